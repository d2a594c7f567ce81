// The extension in Node.

import type * as vscode from 'vscode';
import { activateWith, type Start } from './activation';
import { ownConfig } from './ownConfig';

export function activate(context: vscode.ExtensionContext): void {
  activateWith(context, loadStart, ownConfig());
}

/** A bundle of its own beside this one. */
async function loadStart(): Promise<Start> {
  const { start }: typeof import('./start') = require('./start');
  return start;
}
