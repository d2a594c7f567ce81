// The config file of the AWS CLI of this machine.

import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from './poll';
import { closeEverything, hoverText, placeOf } from './workspace';

suite('the AWS config file of the home folder', () => {
  teardown(closeEverything);

  test('is read', async () => {
    const document = await vscode.workspace.openTextDocument(join(homedir(), '.aws', 'config'));
    await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, 'aws-config');
    const place = placeOf(document, 'HomeRole');
    await until('HomeRole has a hover', async () => /Role `HomeRole`/.test(await hoverText(document, place)) || undefined);
  });

  test('serves the launch command when no file is open', async () => {
    await vscode.commands.executeCommand('emrIam.generateLaunchCommand', { profile: 'home-only', words: [] });
    const document = await until('the editor with the command', () => vscode.window.activeTextEditor?.document);
    assert.match(document.getText(), /--profile home-only[\s\S]*--service-role HomeRole/);
  });
});
