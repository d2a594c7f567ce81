// The language client in a browser.

import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import {
  type FindFilesParams,
  findFilesRequest,
  type ReadFileParams,
  type ReadFileResult,
  readFileRequest,
  type ServiceData,
  serviceDataRequest,
} from '../../server/src/lsp/protocol';
import { type Started, startClient } from './client';
import { findFiles, readFile } from './readFile';

export async function start(context: vscode.ExtensionContext, output: vscode.LogOutputChannel): Promise<Started> {
  const readOwn = (name: string): Thenable<Uint8Array> =>
    vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'dist', name));
  // Not from its own address: VS Code makes no worker from that of an extension on a remote machine (microsoft/vscode#168942).
  const script = new Blob([new Uint8Array(await readOwn('server.web.js'))], { type: 'text/javascript' });
  const address = URL.createObjectURL(script);
  context.subscriptions.push({ dispose: () => URL.revokeObjectURL(address) });

  const startServer = async () => {
    const worker = new Worker(address);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  return startClient(context, output, (id, name, options) => {
    const client = new LanguageClient(id, name, startServer, options);
    client.onRequest<ReadFileResult, void>(readFileRequest, (params: ReadFileParams) => readFile(params));
    client.onRequest<readonly string[], void>(findFilesRequest, (params: FindFilesParams) => findFiles(params));
    client.onRequest<Uint8Array, void>(serviceDataRequest, (data: ServiceData) => readOwn(`${data}.json`));
    return client;
  });
}
