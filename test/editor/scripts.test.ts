// Launch commands in scripts.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './poll';
import { applyEdit, closeEverything, codeActions, finding, gone, hoverText, open, placeOf } from './workspace';

const script = 'scripts/launch-nightly.sh';

suite('a script that launches a cluster', () => {
  teardown(closeEverything);

  test('is checked, and mended', async () => {
    const document = await open(script);
    const { range } = await finding(document, 'launch/split-argument');
    await finding(document, 'launch/tag-syntax');
    await finding(document, 'launch/application');
    const [join] = (await codeActions(document, range, vscode.CodeActionKind.QuickFix)).filter(
      ({ title }) => title === 'Join the two words',
    );
    assert.ok(join);
    await applyEdit(join);
    await gone(document, 'launch/split-argument');
  });

  test('says which roles its command would use', async () => {
    const document = await open(script);
    await finding(document, 'launch/split-argument');
    assert.match(await hoverText(document, placeOf(document, 'create-cluster')), /Service role.*EMR_DefaultRole.*--use-default-roles/);
  });

  test('is completed while it is typed', async () => {
    const document = await open({ language: 'shellscript', content: 'aws emr create-cluster --release-label emr-7.12.0 ' });
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document, document);
    const end = document.positionAt(document.getText().length);
    editor.selection = new vscode.Selection(end, end);
    await until('the option is offered', async () => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        end,
      );
      return items.some(({ label }) => label === '--instance-type') || undefined;
    });
    await vscode.commands.executeCommand('type', { text: '--instance-ty' });
    await until('the option is written', async () => {
      await vscode.commands.executeCommand('editor.action.triggerSuggest');
      await vscode.commands.executeCommand('acceptSelectedSuggestion');
      return document.getText().includes('--instance-type') || undefined;
    });
  });

  test('has its command written for another shell', async () => {
    const document = await open({
      language: 'shellscript',
      content: "aws emr create-cluster --name 'a b' --release-label emr-7.12.0 --instance-type m5.xlarge --use-default-roles\n",
    });
    const action = await until('the action is offered', async () => {
      const actions = await codeActions(document, new vscode.Range(0, 5, 0, 5), vscode.CodeActionKind.RefactorRewrite);
      return actions.find(({ title }) => title === 'Rewrite for PowerShell in a new editor');
    });
    assert.ok(action.command);
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
    const shown = vscode.window.activeTextEditor?.document;
    assert.equal(shown?.isUntitled, true);
    assert.match(shown?.getText() ?? '', /--name 'a b' `\n/);
  });
});
