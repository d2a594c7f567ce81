// EMR IAM: Generate EMR launch command. The command is shown and copied, never run.

import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type LaunchCommandParams,
  type LaunchCommandResult,
  launchCommandRequest,
  type ShowShellTextParams,
} from '../../server/src/lsp/protocol';
import { pickProfile } from './pickProfile';

/** The argument may name the profile, and then nothing is asked. */
export function launchCommandGenerator(client: BaseLanguageClient): (argument: unknown) => Promise<void> {
  return async (argument) => {
    const chosen = await pickProfile(client, 'Generate EMR launch command', 'The profile to launch with', argument);
    if (chosen !== undefined) await show(client, chosen);
  };
}

const languageOf = { posix: 'shellscript', powershell: 'powershell', cmd: 'bat' } as const;

async function show(client: BaseLanguageClient, launch: LaunchCommandParams): Promise<void> {
  try {
    const { command, annotated, shell } = await client.sendRequest<LaunchCommandResult>(launchCommandRequest, launch);
    await showShellText({ text: annotated, shell } satisfies ShowShellTextParams);
    await vscode.env.clipboard.writeText(command);
    vscode.window.setStatusBarMessage(`Launch command for the profile "${launch.profile}" copied`, 5000);
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}

/** In an editor of its own. @param argument what the server put into its code action. */
export async function showShellText(argument: unknown): Promise<void> {
  if (!isShellText(argument)) return;
  const document = await vscode.workspace.openTextDocument({ language: languageOf[argument.shell], content: argument.text });
  await vscode.window.showTextDocument(document);
}

function isShellText(value: unknown): value is ShowShellTextParams {
  if (typeof value !== 'object' || value === null || !('text' in value) || !('shell' in value)) return false;
  return typeof value.text === 'string' && Object.hasOwn(languageOf, String(value.shell));
}
