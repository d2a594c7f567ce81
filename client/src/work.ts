// Which documents the server has work in.

import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { projectFileName } from '../../server/src/lsp/protocol';

export const configLanguages = ['aws-config', 'aws-credentials'] as const;
export const jsonLanguages = ['json', 'jsonc'] as const;
export const awsFolderPattern = '**/.aws/{config,credentials}';

/** The file that the AWS CLI would read (botocore, session.py: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE). */
export function awsFolderFile(name: 'config' | 'credentials'): string {
  const variable = name === 'config' ? 'AWS_CONFIG_FILE' : 'AWS_SHARED_CREDENTIALS_FILE';
  return process.env[variable] || join(homedir(), '.aws', name);
}

/** Larger texts are asked when they are opened, not at every change. */
const smallText = 200_000;

export function hasWork(document: vscode.TextDocument): boolean {
  if (configLanguages.some((language) => language === document.languageId)) return true;
  if (basename(document.uri.path) === projectFileName) return true;
  if (jsonLanguages.some((language) => language === document.languageId)) {
    return (!document.isDirty || document.lineCount < smallText / 20) && document.getText().includes('"Statement"');
  }
  const isFile = document.uri.scheme === 'file';
  return isFile && (vscode.languages.match({ pattern: awsFolderPattern }, document) > 0 || document.uri.fsPath === awsFolderFile('config'));
}
