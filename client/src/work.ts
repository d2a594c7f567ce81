// Which documents the server has work in.

import * as vscode from 'vscode';
import { projectFileName } from '../../server/src/lsp/protocol';

export const configLanguages = ['aws-config', 'aws-credentials'] as const;
export const jsonLanguages = ['json', 'jsonc'] as const;
export const scriptLanguages = ['shellscript', 'markdown', 'makefile', 'yaml', 'github-actions-workflow'] as const;
export const awsFolderPattern = '**/.aws/{config,credentials}';

/** Those of files on this machine, of texts that are no files yet, and of the folders: not those of the old sides of comparisons. */
export function schemes(): readonly string[] {
  return [...new Set(['file', 'untitled', ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme)])];
}

/** Without the word there is nothing to look at. */
const words: readonly (readonly [languages: readonly string[], word: string])[] = [
  [jsonLanguages, '"Statement"'],
  [scriptLanguages, 'emr'],
];

/** Larger texts are asked when they are opened, not at every change. */
const smallText = 200_000;

/** @param ownConfig the config file of the AWS CLI of this machine. */
export function hasWork(document: vscode.TextDocument, ownConfig: vscode.Uri | undefined): boolean {
  if (configLanguages.some((language) => language === document.languageId)) return true;
  if (document.uri.path.endsWith(`/${projectFileName}`)) return true;
  for (const [languages, word] of words) {
    if (!languages.some((language) => language === document.languageId)) continue;
    return (!document.isDirty || document.lineCount < smallText / 20) && document.getText().includes(word);
  }
  const isFile = schemes().includes(document.uri.scheme);
  return isFile && (vscode.languages.match({ pattern: awsFolderPattern }, document) > 0 || document.uri.fsPath === ownConfig?.fsPath);
}
