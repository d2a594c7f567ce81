// Asking which profile of the user's AWS config files a command is for.

import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type LaunchCommandParams, type LaunchFile, type LaunchProfilesParams, launchProfilesRequest } from '../../server/src/lsp/protocol';

interface ProfileItem extends vscode.QuickPickItem {
  readonly launch?: LaunchCommandParams;
}

/** @param argument may name the profile, and the file, and then nothing is asked. Why there is none, the user is told here. */
export async function pickProfile(
  client: BaseLanguageClient,
  title: string,
  placeHolder: string,
  argument: unknown,
): Promise<LaunchCommandParams | undefined> {
  const named = textOf(argument, 'profile');
  const file = textOf(argument, 'uri');
  if (named !== undefined && file !== undefined) return { uri: file, profile: named };
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  const files = await client.sendRequest<LaunchFile[]>(
    launchProfilesRequest,
    (uri === undefined ? {} : { uri }) satisfies LaunchProfilesParams,
  );
  const items = files.flatMap(profileItems);
  if (!items.some(({ launch }) => launch !== undefined)) {
    void vscode.window.showWarningMessage('No profile found: there is no AWS config file open, in the workspace, or in your home folder.');
    return undefined;
  }
  if (named === undefined) return (await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true }))?.launch;
  const found = items.find(({ launch }) => launch?.profile === named)?.launch;
  if (found === undefined) void vscode.window.showWarningMessage(`There is no profile "${named}" in your AWS config files.`);
  return found;
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

function textOf(argument: unknown, key: string): string | undefined {
  const value: unknown = typeof argument === 'object' && argument !== null ? Reflect.get(argument, key) : undefined;
  return typeof value === 'string' ? value : undefined;
}
