// The language client, its status item, and the commands that need the server, wherever that runs.

import * as vscode from 'vscode';
import type { BaseLanguageClient, DocumentFilter, DocumentSelector, LanguageClientOptions } from 'vscode-languageclient';
import {
  type AskIamParams,
  askIamRequest,
  factsNotification,
  type InitializationOptions,
  trustedNotification,
} from '../../server/src/lsp/protocol';
import { launchCommands, showShellText } from './launchCommand';
import { roleMaps } from './roleMap';
import { showSetupCommands } from './setupCommands';
import { statusItem } from './status';
import { awsFolderPattern, configLanguages, jsonLanguages, schemes, scriptLanguages } from './work';

export interface Started {
  generateLaunchCommand(argument: unknown): Promise<void>;
  saveLaunchPreset(): Promise<void>;
  askIam(what: AskIamParams['what']): Promise<void>;
  showRoleMap(argument: unknown): Promise<void>;
  showSetupCommands(argument: unknown): Promise<void>;
  showShellText(argument: unknown): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

type NewClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

/** @param ownConfig the config file of the AWS CLI of this machine. */
export async function startClient(
  context: vscode.ExtensionContext,
  output: vscode.LogOutputChannel,
  newClient: NewClient,
  ownConfig?: vscode.Uri,
): Promise<Started> {
  const client = newClient('emrIam', 'EMR IAM', options(context, output, ownConfig));
  const status = statusItem();
  context.subscriptions.push(status);
  client.onDidChangeState(({ newState }) => status.serverIs(newState));
  client.onNotification(factsNotification, status.factsAre);
  context.subscriptions.push(
    vscode.workspace.onDidGrantWorkspaceTrust(() => void client.sendNotification(trustedNotification).catch(() => undefined)),
  );
  await client.start();
  const maps = roleMaps(client);
  const launches = launchCommands(client, context.workspaceState);
  context.subscriptions.push(maps);
  return {
    generateLaunchCommand: launches.generate,
    saveLaunchPreset: launches.savePreset,
    askIam: (what) => askIam(client, what),
    showRoleMap: maps.show,
    showSetupCommands: (argument) => showSetupCommands(client, argument),
    showShellText,
    async restart() {
      await client.stop();
      await client.start();
    },
    stop: () => client.dispose(),
  };
}

/** Progress, with a way to cancel, is the server's. */
async function askIam(client: BaseLanguageClient, what: AskIamParams['what']): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  try {
    void vscode.window.showInformationMessage(await client.sendRequest<string>(askIamRequest, { what, uri } satisfies AskIamParams));
  } catch (error) {
    const settings = 'Open setting';
    const isUnset = vscode.workspace.getConfiguration('emrIam').get('live.profile', '') === '';
    const sentence = error instanceof Error ? error.message : String(error);
    const chosen = await vscode.window.showWarningMessage(sentence, ...(isUnset ? [settings] : []));
    if (chosen === settings) await vscode.commands.executeCommand('workbench.action.openSettings', 'emrIam.live');
  }
}

function options(
  context: vscode.ExtensionContext,
  output: vscode.LogOutputChannel,
  ownConfig: vscode.Uri | undefined,
): LanguageClientOptions {
  return {
    documentSelector: selector(ownConfig),
    outputChannel: output,
    diagnosticCollectionName: 'EMR IAM',
    // Asked again when the server is restarted.
    initializationOptions: (): InitializationOptions => ({
      isTrusted: vscode.workspace.isTrusted,
      hasCommands: true,
      storage: context.globalStorageUri.toString(),
    }),
  };
}

/** By path whatever the language id, and by language wherever the file is. */
function selector(ownConfig: vscode.Uri | undefined): DocumentSelector {
  const byPath: DocumentFilter[] = [];
  for (const scheme of schemes()) {
    byPath.push({ scheme, pattern: awsFolderPattern });
    for (const language of [...configLanguages, ...jsonLanguages, ...scriptLanguages]) byPath.push({ scheme, language });
  }
  if (ownConfig === undefined) return byPath;
  const name = ownConfig.path.slice(ownConfig.path.lastIndexOf('/') + 1);
  return [...byPath, { scheme: 'file', pattern: { baseUri: vscode.Uri.joinPath(ownConfig, '..').toString(), pattern: name } }];
}
