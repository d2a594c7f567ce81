// What a user gets from the extension in VS Code.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './poll';
import {
  applyEdit,
  closeEverything,
  codeActions,
  configFile,
  fileUri,
  finding,
  findings,
  gone,
  hoverText,
  open,
  placeOf,
  policyFile,
  ruleOf,
} from './workspace';

const fixAll = vscode.CodeActionKind.SourceFixAll;
const quickFix = vscode.CodeActionKind.QuickFix;
const policyWithoutVersion =
  '{\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n';

/** Facts are read in trusted workspaces only. */
const needsTrust = (title: string, body: () => Promise<void>): void => {
  if (vscode.workspace.isTrusted) test(title, body);
};

const withoutTrust = (title: string, body: () => Promise<void>): void => {
  if (!vscode.workspace.isTrusted) test(title, body);
};

suite('EMR IAM', () => {
  teardown(closeEverything);

  test('is there', () => {
    assert.ok(vscode.extensions.getExtension('emr-iam.emr-iam'));
  });

  suite('the AWS config file', () => {
    test('has a language of its own', async () => {
      assert.equal((await open(configFile)).languageId, 'aws-config');
    });

    test('is checked', async () => {
      const document = await open(configFile);
      const diagnostic = await finding(document, 'config/invalid-boolean');
      assert.equal(diagnostic.source, 'EMR IAM');
      assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
      assert.equal(document.getText(diagnostic.range), 'yes');
    });

    needsTrust('is checked against the facts', async () => {
      const document = await open(configFile);
      const diagnostic = await finding(document, 'emr/role-used-as-instance-profile');
      assert.equal(document.getText(diagnostic.range), 'NightlyEmrEc2Role');
    });

    needsTrust('is checked again while it is edited', async () => {
      const document = await open(configFile);
      const { range } = await finding(document, 'emr/role-used-as-instance-profile');
      await replace(document, range, 'EMR_EC2_DefaultRole');
      await gone(document, 'emr/role-used-as-instance-profile');
      await replace(
        document,
        document.validateRange(range.with(undefined, range.start.translate(0, 'EMR_EC2_DefaultRole'.length))),
        'NoSuchProfile',
      );
      await finding(document, 'emr/unknown-instance-profile');
    });

    needsTrust('shows what is known about a role', async () => {
      const document = await open(configFile);
      await finding(document, 'emr/role-used-as-instance-profile');
      assert.match(await hoverText(document, placeOf(document, 'AnalyticsEmrServiceRole')), /AnalyticsEmrServiceRole[\s\S]*arn:aws:iam::/);
    });

    withoutTrust('is checked without the facts', async () => {
      const document = await open(configFile);
      await finding(document, 'config/invalid-boolean');
      assert.deepEqual(
        findings(document)
          .map(ruleOf)
          .filter((rule) => rule.startsWith('emr/')),
        ['emr/use-default-roles'],
      );
    });
  });

  suite('the AWS config file, as it is written', () => {
    const place = async (text: string, within = 0) => {
      const document = await open(configFile);
      return { document, position: placeOf(document, text).translate(0, within) };
    };

    test('has an outline of its profiles', async () => {
      const document = await open(configFile);
      const names = await until('the outline is there', async () => {
        const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
          'vscode.executeDocumentSymbolProvider',
          document.uri,
        );
        return found?.length ? found.map(({ name, children }) => `${name} ${children.length}`) : undefined;
      });
      assert.deepEqual(names, ['default 2', 'analytics 2', 'nightly 2', 'adhoc 3', 'Profile reports 1']);
    });

    test('completes a setting, and replaces the word that is being written', async () => {
      const { document, position } = await place('service-role', 'service-'.length);
      const found = await until('the completions are there', async () => {
        const list = await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          position,
        );
        return list.items.find(({ label }) => label === 'service_role');
      });
      assert.ok(found.range instanceof vscode.Range);
      assert.equal(document.getText(found.range), 'service-role');
    });

    needsTrust('completes roles from the facts', async () => {
      const { document, position } = await place('NightlyEmrServiceRole', 'Nightly'.length);
      await until('the roles are there', async () => {
        const list = await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          position,
        );
        return list.items.some(({ label }) => label === 'AnalyticsEmrServiceRole') || undefined;
      });
    });

    test('leads from source_profile to the profile, and renames both', async () => {
      const { document, position } = await place('source_profile = analytics', 'source_profile = ana'.length);
      const [target] = await until('the definition is there', async () => {
        const found = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeDefinitionProvider', document.uri, position);
        return found.length > 0 ? found : undefined;
      });
      assert.equal(target?.range.start.line, placeOf(document, '[profile analytics]').line);
      const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
        'vscode.executeDocumentRenameProvider',
        document.uri,
        position,
        'data team',
      );
      assert.ok(await vscode.workspace.applyEdit(edit));
      assert.match(document.getText(), /\[profile 'data team'\][\s\S]*source_profile = data team/);
    });

    test('is formatted', async () => {
      const document = await open(configFile);
      await replace(document, new vscode.Range(placeOf(document, 'region'), placeOf(document, 'region')), '  ');
      const edits = await until('the edits are there', async () => {
        const options = { tabSize: 4, insertSpaces: true };
        const found = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
          'vscode.executeFormatDocumentProvider',
          document.uri,
          options,
        );
        return found?.length ? found : undefined;
      });
      assert.deepEqual(
        edits.map(({ newText }) => newText.trim()).filter((text) => !/^(region = eu-west-1)?$/.test(text)),
        [],
      );
    });

    test('has its findings switched off in place', async () => {
      const document = await open(configFile);
      const { range } = await finding(document, 'config/quoted-value');
      const action = await until('the action is there', async () =>
        (await codeActions(document, range, quickFix)).find(({ title }) => title === 'Disable config/quoted-value for this line'),
      );
      await applyEdit(action);
      await gone(document, 'config/quoted-value');
      assert.match(document.getText(), /\n {4}# emr-iam-disable-next-line config\/quoted-value\n {4}instance_profile/);
    });

    test('folds and has semantic tokens', async () => {
      const document = await open(configFile);
      await finding(document, 'config/quoted-value');
      const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri);
      assert.ok(folds.some(({ start }) => start === placeOf(document, '[profile nightly]').line));
      const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens | undefined>(
        'vscode.provideDocumentSemanticTokens',
        document.uri,
      );
      assert.ok((tokens?.data.length ?? 0) > 0);
    });
  });

  suite('a policy', () => {
    test('is checked, and stays JSON', async () => {
      const document = await open(policyFile);
      await finding(document, 'policy/pass-role-with-star-in-resource');
      assert.equal(document.languageId, 'json');
    });

    test('in a new document is checked', async () => {
      const document = await open({ language: 'json', content: policyWithoutVersion });
      await finding(document, 'policy/missing-version');
    });

    test('is checked against the service data, which also describe its actions', async () => {
      const document = await open({ language: 'json', content: policyWithoutVersion.replace('GetObject', 'GetObjekt') });
      const { range } = await finding(document, 'policy/invalid-action');
      await replace(document, range, '"s3:GetObject"');
      await gone(document, 'policy/invalid-action');
      assert.match(await hoverText(document, placeOf(document, 'GetObject')), /Grants permission to retrieve objects/);
    });

    test('shows the rule of a finding', async () => {
      const document = await open(policyFile);
      const { range } = await finding(document, 'policy/pass-role-with-star-in-resource');
      assert.match(await hoverText(document, range.start), /policy\/pass-role-with-star-in-resource\*\* finds/);
    });

    test('completes an action within its quotes, beside what VS Code knows of JSON', async () => {
      const document = await open(policyFile);
      const position = placeOf(document, 'RunJobFlow').translate(0, 'RunJob'.length);
      const found = await until('the completions are there', async () => {
        const list = await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          position,
        );
        return list.items.find(({ label }) => label === 'elasticmapreduce:RunJobFlow');
      });
      const range = found.range instanceof vscode.Range ? found.range : found.range?.replacing;
      assert.equal(document.getText(range), 'elasticmapreduce:RunJobFlow');
    });

    test('has an outline of its statements', async () => {
      const document = await open(policyFile);
      await until('the statements are there', async () => {
        const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
          'vscode.executeDocumentSymbolProvider',
          document.uri,
        );
        const names = found?.map(({ name }) => name) ?? [];
        return (names.includes('LaunchClusters') && names.includes('PassRoles')) || undefined;
      });
    });

    test('is the only JSON with findings', async () => {
      const plain = await open({ language: 'json', content: '{ "name": "x", "version": "1.0.0", "Statement": "none", "Version": 2 }' });
      // Diagnostics come in the order of the requests, so none are under way for the first document afterwards.
      await finding(await open(policyFile), 'policy/pass-role-with-star-in-resource');
      assert.deepEqual(findings(plain), []);
    });
  });

  suite('fixes', () => {
    test('a quick fix removes its finding', async () => {
      const document = await open(configFile);
      const { range } = await finding(document, 'config/invalid-boolean');
      const fix = (await codeActions(document, range, quickFix)).find(({ title }) => title === 'Change to true');
      assert.ok(fix);
      assert.equal(fix.isPreferred, true);
      await applyEdit(fix);
      assert.match(document.getText(), /enable_debugging = true/);
      await gone(document, 'config/invalid-boolean');
    });

    test('everything safe is fixed at once', async () => {
      const document = await open({ language: 'json', content: policyWithoutVersion });
      await finding(document, 'policy/missing-version');
      const [fix, ...others] = await codeActions(document, new vscode.Range(0, 0, document.lineCount, 0), fixAll);
      assert.ok(fix);
      assert.deepEqual(others, []);
      assert.ok(fix.kind && fixAll.contains(fix.kind));
      await applyEdit(fix);
      await gone(document, 'policy/missing-version');
      assert.match(document.getText(), /"Version": "2012-10-17"/);
    });

    test('what is not safe is not fixed at once', async () => {
      const document = await open(policyFile);
      const { range } = await finding(document, 'policy/pass-role-with-star-in-resource');
      assert.deepEqual(await codeActions(document, range, fixAll), []);
    });
  });

  suite('refactorings', () => {
    test('write a pattern of actions out', async () => {
      const content =
        '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Deny", "Action": "s3:*BucketTagging", "Resource": "*" }\n  ]\n}\n';
      const document = await open({ language: 'json', content });
      const place = placeOf(document, 'BucketTagging');
      const action = await until('the action is there', async () => {
        const actions = await codeActions(document, new vscode.Range(place, place), vscode.CodeActionKind.RefactorInline);
        return actions.find(({ title }) => title.startsWith('Expand s3:*BucketTagging'));
      });
      await applyEdit(action);
      assert.ok(document.getText().includes('"Action": ["s3:GetBucketTagging", "s3:PutBucketTagging"]'), document.getText());
    });
  });

  suite('the role map', () => {
    test('opens beside the editor, and another profile takes its place', async () => {
      await open(configFile);
      await vscode.commands.executeCommand('emrIam.showRoleMap', { uri: fileUri(configFile).toString(), profile: 'nightly' });
      await until('the map is there', () => tabTitled('Role map: nightly'));
      await vscode.commands.executeCommand('emrIam.showRoleMap', { profile: 'analytics' });
      await until('the map is of the other profile', () => tabTitled('Role map: analytics'));
      assert.equal(tabTitled('Role map: nightly'), undefined);
    });

    test('has a lens on each emr block', async () => {
      const document = await open(configFile);
      const lens = await until('the lenses are there', async () => {
        const lenses = await vscode.commands.executeCommand<vscode.CodeLens[] | undefined>('vscode.executeCodeLensProvider', document.uri);
        const own = lenses?.filter(({ command }) => command?.command === 'emrIam.showRoleMap') ?? [];
        return own.length === 4 ? own[2] : undefined;
      });
      assert.equal(document.lineAt(lens.range.start).text, 'emr =');
      assert.ok(lens.command);
      await vscode.commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
      await until('the map is there', () => tabTitled('Role map: nightly'));
    });
  });

  suite('the AWS commands of a finding', () => {
    needsTrust('open in a new editor', async () => {
      const document = await open(configFile);
      const { range } = await finding(document, 'emr/role-used-as-instance-profile');
      const action = await until('the action is there', async () =>
        (await codeActions(document, range, quickFix)).find(
          ({ title }) => title === 'Show the AWS commands that create the instance profile',
        ),
      );
      assert.ok(action.command);
      await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
      const shown = await until('the commands are shown', () => shownDocument('aws iam create-instance-profile'));
      assert.equal(shown.isUntitled, true);
      assert.equal(shown.languageId, 'shellscript');
      assert.match(shown.getText(), /--instance-profile-name NightlyEmrEc2Role/);
    });
  });
});

function tabTitled(title: string): vscode.Tab | undefined {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(({ label, input }) => label === title && input instanceof vscode.TabInputWebview);
}

function shownDocument(text: string): vscode.TextDocument | undefined {
  return vscode.window.visibleTextEditors.map(({ document }) => document).find((document) => document.getText().includes(text));
}

async function replace(document: vscode.TextDocument, range: vscode.Range, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}
