// The language client, its status item, and the commands that need the server.

import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import {
  type DocumentFilter,
  type DocumentSelector,
  LanguageClient,
  type LanguageClientOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { factsNotification, type InitializationOptions, trustedNotification } from '../../server/src/lsp/protocol';
import { launchCommandGenerator } from './launchCommand';
import { statusItem } from './status';
import { awsFolderFile, awsFolderPattern, configLanguages, jsonLanguages } from './work';

export interface Started {
  generateLaunchCommand(argument: unknown): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function start(context: vscode.ExtensionContext, output: vscode.LogOutputChannel): Promise<Started> {
  const module = context.asAbsolutePath('dist/server.js');
  const client = new LanguageClient(
    'emrIam',
    'EMR IAM',
    {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6010'] } },
    },
    options(output),
  );
  const status = statusItem();
  context.subscriptions.push(status);
  client.onDidChangeState(({ newState }) => status.serverIs(newState));
  client.onNotification(factsNotification, status.factsAre);
  context.subscriptions.push(
    vscode.workspace.onDidGrantWorkspaceTrust(() => void client.sendNotification(trustedNotification).catch(() => undefined)),
  );
  await client.start();
  return {
    generateLaunchCommand: launchCommandGenerator(client),
    restart: () => client.restart(),
    stop: () => client.dispose(),
  };
}

function options(output: vscode.LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: selector(),
    outputChannel: output,
    diagnosticCollectionName: 'EMR IAM',
    // Asked again when the server is restarted.
    initializationOptions: (): InitializationOptions => ({ isTrusted: vscode.workspace.isTrusted }),
  };
}

/** By path whatever the language id, and by language wherever the file is; only texts that can be edited, not the old sides of comparisons. */
function selector(): DocumentSelector {
  const config = vscode.Uri.file(awsFolderFile('config'));
  const byPath: DocumentFilter[] = [
    { scheme: 'file', pattern: awsFolderPattern },
    { scheme: 'file', pattern: { baseUri: vscode.Uri.file(dirname(config.fsPath)).toString(), pattern: basename(config.fsPath) } },
  ];
  const byLanguage = [...configLanguages, ...jsonLanguages].flatMap((language) =>
    ['file', 'untitled'].map((scheme) => ({ scheme, language })),
  );
  return [...byPath, ...byLanguage];
}
