// The language client in Node: the server is a process.

import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { type Started, startClient } from './client';
import { ownConfig } from './ownConfig';

export function start(context: vscode.ExtensionContext, output: vscode.LogOutputChannel): Promise<Started> {
  const module = context.asAbsolutePath('dist/server.js');
  const server = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6010'] } },
  };
  return startClient(context, output, (id, name, options) => new LanguageClient(id, name, server, options), ownConfig());
}
