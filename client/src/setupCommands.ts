// The AWS commands that set up what a finding says is missing. They are shown, never run.

import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type SetupCommandsResult, setupCommandsRequest } from '../../server/src/lsp/protocol';

/** @param argument what the server put into its code action. */
export async function showSetupCommands(client: BaseLanguageClient, argument: unknown): Promise<void> {
  try {
    const { script } = await client.sendRequest<SetupCommandsResult>(setupCommandsRequest, argument);
    const document = await vscode.workspace.openTextDocument({ language: 'shellscript', content: script });
    await vscode.window.showTextDocument(document);
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}
