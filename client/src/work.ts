// Which documents the server has work in.

import * as vscode from 'vscode';
import { projectFileName } from '../../server/src/lsp/protocol';

export const configLanguages = ['aws-config', 'aws-credentials'] as const;
export const jsonLanguages = ['json', 'jsonc'] as const;
export const awsFolderPattern = '**/.aws/{config,credentials}';

/** Those of files on this machine, of texts that are no files yet, and of the folders: not those of the old sides of comparisons. */
export function schemes(): readonly string[] {
  return [...new Set(['file', 'untitled', ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme)])];
}

/** Larger texts are asked when they are opened, not at every change. */
const smallText = 200_000;

/** @param ownConfig the config file of the AWS CLI of this machine. */
export function hasWork(document: vscode.TextDocument, ownConfig: vscode.Uri | undefined): boolean {
  if (configLanguages.some((language) => language === document.languageId)) return true;
  if (document.uri.path.endsWith(`/${projectFileName}`)) return true;
  if (jsonLanguages.some((language) => language === document.languageId)) {
    return (!document.isDirty || document.lineCount < smallText / 20) && document.getText().includes('"Statement"');
  }
  const isFile = schemes().includes(document.uri.scheme);
  return isFile && (vscode.languages.match({ pattern: awsFolderPattern }, document) > 0 || document.uri.fsPath === ownConfig?.fsPath);
}
