// EMR IAM: Generate EMR launch command. The command is shown and copied, never run.

import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type LaunchCommandParams,
  type LaunchCommandResult,
  type LaunchPresetItem,
  launchCommandRequest,
  launchPresetsRequest,
  projectFileName,
  type SavePresetParams,
  type SavePresetResult,
  type ShowShellTextParams,
  savePresetRequest,
} from '../../server/src/lsp/protocol';
import { askForLaunch } from './launchWizard';
import { pickProfile } from './pickProfile';

export interface LaunchCommands {
  /** The argument may name the profile and its file; with the words of create-cluster too, nothing is asked. */
  generate(argument: unknown): Promise<void>;
  /** Of the command that was generated last. */
  savePreset(): Promise<void>;
}

/** @param memory for the last answers. */
export function launchCommands(client: BaseLanguageClient, memory: vscode.Memento): LaunchCommands {
  let last: LaunchCommandParams | undefined;
  const presets = (): Promise<LaunchPresetItem[]> => client.sendRequest<LaunchPresetItem[]>(launchPresetsRequest);

  const choose = async (argument: unknown): Promise<LaunchCommandParams | undefined> => {
    const [title, placeholder] = ['Generate EMR launch command', 'The profile to launch with, or a preset'];
    for (let named = argument; ; named = undefined) {
      const start = await pickProfile(client, title, placeholder, named, await presets());
      if (start === undefined) return undefined;
      const given = kept(named);
      if (given.words !== undefined) return { ...start, ...given };
      const key = `launch:${start.profile}`;
      const asked = await askForLaunch(client, start.words === undefined ? { ...start, ...kept(memory.get(key)) } : start);
      if (asked === undefined) return undefined;
      if (asked === 'back') continue;
      await memory.update(key, { words: asked.asked, shell: asked.launch.shell });
      return asked.launch;
    }
  };

  const savePreset = reporting(async () => {
    if (last === undefined) throw new Error('There is no launch command yet that could be saved: generate one first.');
    await save(client, last, await presets());
  });

  const generate = reporting(async (argument: unknown) => {
    const launch = await choose(argument);
    if (launch === undefined) return;
    const result = await client.sendRequest<LaunchCommandResult>(launchCommandRequest, launch);
    last = { ...launch, words: result.words, shell: result.shell };
    await show(result);
    // Not waited for: a notification stays until the user has seen it.
    void offer(launch.profile, result, savePreset);
  });

  return { generate, savePreset: () => savePreset(undefined) };
}

const languageOf = { posix: 'shellscript', powershell: 'powershell', cmd: 'bat' } as const;

async function show({ command, annotated, shell }: LaunchCommandResult): Promise<void> {
  await showShellText({ text: annotated, shell } satisfies ShowShellTextParams);
  await vscode.env.clipboard.writeText(command);
}

async function offer(profile: string, { line, errors }: LaunchCommandResult, savePreset: LaunchCommands['generate']): Promise<void> {
  const [terminal, preset] = ['Put into terminal', 'Save as preset'];
  const actions = [...(line === undefined ? [] : [terminal]), ...(vscode.workspace.workspaceFolders === undefined ? [] : [preset])];
  const copied = `Launch command for the profile "${profile}" copied.`;
  const chosen = await (errors === 0
    ? vscode.window.showInformationMessage(copied, ...actions)
    : vscode.window.showWarningMessage(
        `${copied} ${errors === 1 ? 'A problem stands' : `${errors} problems stand`} at its top.`,
        ...actions,
      ));
  if (chosen === preset) await savePreset(undefined);
  if (chosen === terminal && line !== undefined) await putIntoTerminal(line);
}

/** Into one of its own, where nothing runs that could take it for input. Enter is the user's. */
async function putIntoTerminal(line: string): Promise<void> {
  const terminal = vscode.window.createTerminal('EMR launch');
  terminal.show();
  await prompt(terminal);
  terminal.sendText(line, false);
}

/** What is sent before its prompt a shell shows twice. Not every shell says when that is there. */
function prompt(terminal: vscode.Terminal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      listener.dispose();
      clearTimeout(timer);
      resolve();
    };
    const listener = vscode.window.onDidChangeTerminalShellIntegration((event) => event.terminal === terminal && done());
    const timer = setTimeout(done, 3000);
  });
}

async function save(client: BaseLanguageClient, launch: LaunchCommandParams, presets: readonly LaunchPresetItem[]): Promise<void> {
  const { profile, shell, words: options = [] } = launch;
  const [only, ...others] = vscode.workspace.workspaceFolders ?? [];
  const folder = others.length === 0 ? only : await vscode.window.showWorkspaceFolderPick();
  if (folder === undefined) return;
  const isTaken = (name: string): boolean => presets.some((one) => one.name === name && one.folder === folder.uri.toString());
  const name = await vscode.window.showInputBox({
    title: 'Save as preset',
    prompt: `Its name in ${projectFileName} of ${folder.name}`,
    value: profile,
    ignoreFocusOut: true,
    validateInput: (text) =>
      isTaken(text) ? { message: 'The preset of this name is replaced.', severity: vscode.InputBoxValidationSeverity.Info } : undefined,
  });
  if (name === undefined) return;
  const preset = { name, profile, shell, options };
  const params: SavePresetParams = { folder: folder.uri.toString(), preset };
  const { uri, isNew, edits } = await client.sendRequest<SavePresetResult>(savePresetRequest, params);
  const file = client.protocol2CodeConverter.asUri(uri);
  const isClean = !vscode.workspace.textDocuments.some((document) => document.isDirty && document.uri.toString() === file.toString());
  const edit = new vscode.WorkspaceEdit();
  if (isNew) edit.createFile(file, { contents: new TextEncoder().encode(edits.map(({ newText }) => newText).join('')) });
  else edit.set(file, await client.protocol2CodeConverter.asTextEdits([...edits]));
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`${projectFileName} could not be changed.`);
  const document = await vscode.workspace.openTextDocument(file);
  // What the user has not saved yet stays so.
  if (isClean) await document.save();
  await vscode.window.showTextDocument(document, { preview: false });
}

/** What goes wrong, the user is told in a sentence. */
function reporting(work: (argument: unknown) => Promise<void>): (argument: unknown) => Promise<void> {
  return (argument) =>
    work(argument).catch((error: unknown) => {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    });
}

/** Of an argument, or of what was kept of the last answers. */
function kept(value: unknown): Pick<LaunchCommandParams, 'words' | 'shell'> {
  const words = wordsIn(value);
  const shell: unknown = words === undefined ? undefined : Reflect.get(Object(value), 'shell');
  const known = Object.keys(languageOf).find((name): name is keyof typeof languageOf => name === shell);
  return { ...(words === undefined ? {} : { words }), ...(known === undefined ? {} : { shell: known }) };
}

function wordsIn(value: unknown): readonly string[] | undefined {
  const words: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'words') : undefined;
  return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : undefined;
}

/** In an editor of its own. @param argument what the server put into its code action. */
export async function showShellText(argument: unknown): Promise<void> {
  if (!isShellText(argument)) return;
  const document = await vscode.workspace.openTextDocument({ language: languageOf[argument.shell], content: argument.text });
  await vscode.window.showTextDocument(document, { preview: false });
}

function isShellText(value: unknown): value is ShowShellTextParams {
  if (typeof value !== 'object' || value === null || !('text' in value) || !('shell' in value)) return false;
  return typeof value.text === 'string' && Object.hasOwn(languageOf, String(value.shell));
}
