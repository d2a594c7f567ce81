// What happens around the documents: facts files change, the server restarts, another extension has a say.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './poll';
import { closeEverything, configFile, fileUri, finding, gone, open } from './workspace';

suite('EMR IAM, around the documents', () => {
  teardown(closeEverything);

  if (vscode.workspace.isTrusted) {
    test('a facts file that changes on disk is read again', async () => {
      const document = await open(configFile);
      await finding(document, 'emr/role-used-as-instance-profile');
      const file = fileUri('account/account-authorization-details.json');
      const list = fileUri('account/instance-profiles.json');
      const before = [await vscode.workspace.fs.readFile(file), await vscode.workspace.fs.readFile(list)] as const;
      const renamed = (bytes: Uint8Array): Uint8Array =>
        new TextEncoder().encode(new TextDecoder().decode(bytes).replaceAll('NightlyEmrEc2Profile', 'NightlyEmrEc2Role'));
      await vscode.workspace.fs.writeFile(file, renamed(before[0]));
      await vscode.workspace.fs.writeFile(list, renamed(before[1]));
      await gone(document, 'emr/role-used-as-instance-profile');
      await vscode.workspace.fs.writeFile(file, before[0]);
      await vscode.workspace.fs.writeFile(list, before[1]);
      await finding(document, 'emr/role-used-as-instance-profile');
    });
  }

  test('a project file that is a link out of the workspace is not read, and a file in its place is', async () => {
    const policy = fileUri('linked/policy.json');
    await vscode.workspace.fs.writeFile(
      policy,
      new TextEncoder().encode('{ "Statement": [{ "Effect": "Deny", "Action": "*", "Resource": "*" }] }'),
    );
    const document = await open('linked/policy.json');
    await finding(document, 'policy/missing-version');
    const link = fileUri('linked/.emr-iam.jsonc');
    const text = await vscode.workspace.fs.readFile(link);
    await vscode.workspace.fs.delete(link);
    await vscode.workspace.fs.writeFile(link, text);
    await gone(document, 'policy/missing-version');
  });

  test('a config file to which another extension gave its language is checked all the same', async () => {
    const document = await vscode.languages.setTextDocumentLanguage(await open(configFile), 'ini');
    assert.equal(document.languageId, 'ini');
    await finding(document, 'config/invalid-boolean');
    await until('the outline is there', async () => {
      const symbols = await vscode.commands.executeCommand<unknown[] | undefined>('vscode.executeDocumentSymbolProvider', document.uri);
      return symbols?.length || undefined;
    });
  });

  test('a setting turns a rule off, and on again', async () => {
    const document = await open(configFile);
    await finding(document, 'config/invalid-boolean');
    const settings = vscode.workspace.getConfiguration('emrIam', document.uri);
    await settings.update('rules', { 'config/invalid-boolean': 'off' }, vscode.ConfigurationTarget.Workspace);
    await gone(document, 'config/invalid-boolean');
    await settings.update('rules', undefined, vscode.ConfigurationTarget.Workspace);
    await finding(document, 'config/invalid-boolean');
  });

  test('the server restarts on command', async () => {
    const document = await open(configFile);
    await finding(document, 'config/invalid-boolean');
    await vscode.commands.executeCommand('emrIam.restartServer');
    await finding(document, 'config/invalid-boolean');
  });
});
