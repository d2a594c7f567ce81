// EMR IAM: Generate EMR launch command. The command is shown and copied, never run.

import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type LaunchCommandParams,
  type LaunchCommandResult,
  type LaunchFile,
  type LaunchProfilesParams,
  launchCommandRequest,
  launchProfilesRequest,
} from '../../server/src/lsp/protocol';

interface ProfileItem extends vscode.QuickPickItem {
  readonly launch?: LaunchCommandParams;
}

/** The argument may name the profile, and then nothing is asked. */
export function launchCommandGenerator(client: BaseLanguageClient): (argument: unknown) => Promise<void> {
  return async (argument) => {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const files = await client.sendRequest<LaunchFile[]>(
      launchProfilesRequest,
      (uri === undefined ? {} : { uri }) satisfies LaunchProfilesParams,
    );
    const items = files.flatMap(profileItems);
    if (!items.some(({ launch }) => launch !== undefined)) {
      void vscode.window.showWarningMessage(
        'No profile found: there is no AWS config file open, in the workspace, or in your home folder.',
      );
      return;
    }
    const named = profileNamed(argument);
    const chosen =
      named === undefined
        ? await vscode.window.showQuickPick(items, {
            title: 'Generate EMR launch command',
            placeHolder: 'The profile to launch with',
            matchOnDescription: true,
          })
        : items.find(({ launch }) => launch?.profile === named);
    if (chosen?.launch !== undefined) await show(client, chosen.launch);
    else if (named !== undefined) void vscode.window.showWarningMessage(`There is no profile "${named}" in your AWS config files.`);
  };
}

function profileItems({ uri, profiles }: LaunchFile): ProfileItem[] {
  const file = vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
  // Those with roles first: these are what a launch is usually made with.
  const sorted = [...profiles].sort((a, b) => Number(b.serviceRole !== undefined) - Number(a.serviceRole !== undefined));
  const items = sorted.map(({ name, serviceRole, instanceProfile }) => ({
    label: name,
    description:
      serviceRole === undefined && instanceProfile === undefined ? 'names no roles' : `${serviceRole ?? '?'}, ${instanceProfile ?? '?'}`,
    launch: { uri, profile: name },
  }));
  return [{ label: file, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function profileNamed(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null || !('profile' in argument)) return undefined;
  return typeof argument.profile === 'string' ? argument.profile : undefined;
}

async function show(client: BaseLanguageClient, launch: LaunchCommandParams): Promise<void> {
  try {
    const { command, annotated } = await client.sendRequest<LaunchCommandResult>(launchCommandRequest, launch);
    const document = await vscode.workspace.openTextDocument({ language: 'shellscript', content: annotated });
    await vscode.window.showTextDocument(document);
    await vscode.env.clipboard.writeText(command);
    vscode.window.setStatusBarMessage(`Launch command for the profile "${launch.profile}" copied`, 5000);
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}
