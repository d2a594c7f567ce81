// The workspace that the runners open, a copy of examples/, and what a user sees of its files.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './poll';

export const configFile = '.aws/config';
export const policyFile = 'policies/launch-user.json';

export function fileUri(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function open(what: string | { readonly language: string; readonly content: string }): Promise<vscode.TextDocument> {
  const document = await (typeof what === 'string'
    ? vscode.workspace.openTextDocument(fileUri(what))
    : vscode.workspace.openTextDocument(what));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** Throws unsaved text away. Reverting comes first: the text of an editor that is only closed is still there for the next one. */
export async function closeEverything(): Promise<void> {
  await until('all changes are thrown away', async () => {
    const dirty = vscode.workspace.textDocuments.filter(({ isDirty, isUntitled }) => isDirty && !isUntitled);
    for (const document of dirty) {
      await vscode.window.showTextDocument(document);
      // It reverts what is in front, which on a slow machine may not be that yet.
      if (vscode.window.activeTextEditor?.document === document) await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    return dirty.length === 0 || undefined;
  });
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await until('all editors are closed', () => vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0) || undefined);
}

export function findings({ uri }: vscode.TextDocument): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'EMR IAM');
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

export function finding(document: vscode.TextDocument, rule: string): Promise<vscode.Diagnostic> {
  const shown = (): string => `${rule} is reported for ${document.uri} (${findings(document).map(ruleOf).join(', ') || 'nothing'} is)`;
  return until(shown, () => findings(document).find((diagnostic) => ruleOf(diagnostic) === rule));
}

export async function gone(document: vscode.TextDocument, rule: string): Promise<void> {
  await until(`${rule} is gone`, () => findings(document).every((diagnostic) => ruleOf(diagnostic) !== rule) || undefined);
}

export async function codeActions(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind: vscode.CodeActionKind,
): Promise<readonly vscode.CodeAction[]> {
  return (
    (await vscode.commands.executeCommand<vscode.CodeAction[] | undefined>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      kind.value,
    )) ?? []
  );
}

export async function applyEdit({ edit, title }: vscode.CodeAction): Promise<void> {
  assert.ok(edit, `"${title}" has no edit`);
  assert.ok(await vscode.workspace.applyEdit(edit), `"${title}" could not be applied`);
}

/** All hovers at the place, as Markdown. */
export async function hoverText(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
  const contents = hovers.flatMap((hover) => hover.contents);
  return contents.map((content) => (typeof content === 'string' ? content : content.value)).join('\n');
}

/** Where the text stands in the document, which must have it. */
export function placeOf(document: vscode.TextDocument, text: string): vscode.Position {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `the document has no "${text}"`);
  return document.positionAt(offset);
}
