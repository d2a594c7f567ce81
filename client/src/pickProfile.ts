// Asking which profile of the user's AWS config files a command is for.

import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type LaunchCommandParams,
  type LaunchFile,
  type LaunchPresetItem,
  type LaunchProfilesParams,
  launchProfilesRequest,
} from '../../server/src/lsp/protocol';

interface ProfileItem extends vscode.QuickPickItem {
  readonly launch?: LaunchCommandParams;
  readonly preset?: LaunchPresetItem;
}

/**
 * @param argument may name the profile, and the file, and then nothing is asked. Why there is none, the user is told here.
 * @param presets to choose one of instead; one that names no profile is asked for it.
 */
export async function pickProfile(
  client: BaseLanguageClient,
  title: string,
  placeHolder: string,
  argument: unknown,
  presets: readonly LaunchPresetItem[] = [],
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
  if (named === undefined) {
    const options = { title, placeHolder, matchOnDescription: true, matchOnDetail: true };
    const chosen = await vscode.window.showQuickPick([...items, ...presetItems(presets)], options);
    if (chosen?.preset === undefined) return chosen?.launch;
    const { profile, shell, options: words } = chosen.preset;
    const launch = await pickProfile(client, title, `The profile for the preset "${chosen.preset.name}"`, { profile });
    return launch && { ...launch, words, ...(shell === undefined ? {} : { shell }) };
  }
  const found = items.find(({ launch }) => launch?.profile === named)?.launch;
  if (found === undefined) void vscode.window.showWarningMessage(`There is no profile "${named}" in your AWS config files.`);
  return found;
}

function profileItems({ uri, profiles }: LaunchFile): ProfileItem[] {
  const file = vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
  // Those with roles first: these are what a launch is usually made with.
  const sorted = [...profiles].sort((a, b) => Number(b.serviceRole !== undefined) - Number(a.serviceRole !== undefined));
  const items = sorted.map(({ name, serviceRole, instanceProfile, problems: [problem, ...more] = [] }) => ({
    label: name,
    description:
      serviceRole === undefined && instanceProfile === undefined ? 'names no roles' : `${serviceRole ?? '?'}, ${instanceProfile ?? '?'}`,
    ...(problem === undefined ? {} : { detail: `$(warning) ${problem}${more.length === 0 ? '' : ` (and ${more.length} more)`}` }),
    launch: { uri, profile: name },
  }));
  return [{ label: file, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function presetItems(presets: readonly LaunchPresetItem[]): ProfileItem[] {
  const items = presets.map((preset) => ({
    label: preset.name,
    description: [preset.profile, preset.shell].filter((part) => part !== undefined).join(', '),
    detail: preset.options.join(' '),
    preset,
  }));
  return items.length === 0 ? [] : [{ label: 'presets', kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function textOf(argument: unknown, key: string): string | undefined {
  const value: unknown = typeof argument === 'object' && argument !== null ? Reflect.get(argument, key) : undefined;
  return typeof value === 'string' ? value : undefined;
}
