// The extension in a browser: the server is a web worker, and this side reads files for it.

import type * as vscode from 'vscode';
import { activateWith, type Start } from './activation';

export function activate(context: vscode.ExtensionContext): void {
  activateWith(context, loadStart);
}

/** In the same bundle, but not run before. */
async function loadStart(): Promise<Start> {
  const { start } = await import('./start.web');
  return start;
}
