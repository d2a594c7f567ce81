// Activation, in Node and in the browser. It costs next to nothing: the language client, and with it the server, start when a document
// shows up that they have work in. VS Code has no activation event for "a JSON file that holds a policy" or "a script that launches a cluster", so this small file asks.

import * as vscode from 'vscode';
import type { Started } from './client';
import { hasWork } from './work';

export type Start = (context: vscode.ExtensionContext, output: vscode.LogOutputChannel) => Promise<Started>;

/**
 * @param load is called when there is work.
 * @param ownConfig the config file of the AWS CLI of this machine.
 */
export function activateWith(context: vscode.ExtensionContext, load: () => Promise<Start>, ownConfig?: vscode.Uri): void {
  const output = vscode.window.createOutputChannel('EMR IAM', { log: true });
  let starting: Promise<Started> | undefined;

  /** Starts once; a failure is shown, and the next document or command tries again. */
  const start = (): Promise<Started> => {
    starting ??= load()
      .then((startClient) => startClient(context, output))
      .catch((error: unknown) => {
        starting = undefined;
        output.error(`The language server did not start: ${error instanceof Error ? error.message : String(error)}`);
        throw error;
      });
    return starting;
  };
  const consider = (document: vscode.TextDocument): void => {
    if (starting === undefined && hasWork(document, ownConfig)) void start().catch(() => undefined);
  };

  context.subscriptions.push(
    output,
    { dispose: () => void starting?.then(({ stop }) => stop()) },
    vscode.workspace.onDidOpenTextDocument(consider),
    vscode.workspace.onDidChangeTextDocument(({ document }) => consider(document)),
    vscode.commands.registerCommand('emrIam.generateLaunchCommand', async (argument: unknown) =>
      (await start()).generateLaunchCommand(argument),
    ),
    vscode.commands.registerCommand('emrIam.saveLaunchPreset', async () => (await start()).saveLaunchPreset()),
    vscode.commands.registerCommand('emrIam.askIamForFile', async () => (await start()).askIam('file')),
    vscode.commands.registerCommand('emrIam.askIamForAccount', async () => (await start()).askIam('account')),
    vscode.commands.registerCommand('emrIam.refreshFacts', async () => (await start()).askIam('again')),
    vscode.commands.registerCommand('emrIam.showRoleMap', async (argument: unknown) => (await start()).showRoleMap(argument)),
    vscode.commands.registerCommand('emrIam.showSetupCommands', async (argument: unknown) => (await start()).showSetupCommands(argument)),
    vscode.commands.registerCommand('emrIam.showShellText', async (argument: unknown) => (await start()).showShellText(argument)),
    vscode.commands.registerCommand('emrIam.restartServer', async () => (await start()).restart()),
    vscode.commands.registerCommand('emrIam.showOutput', () => output.show()),
  );
  for (const document of vscode.workspace.textDocuments) consider(document);
}
