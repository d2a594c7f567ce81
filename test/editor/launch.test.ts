// The launch command: the steps before it, and what can be done with it.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './poll';
import { type Act, hasUser, user } from './user';
import { closeEverything, configFile, fileUri, open, placeOf } from './workspace';

const generate = 'emrIam.generateLaunchCommand';
const now = 'Generate the command now';

const byUser = (title: string, body: () => Promise<void>, isTrusted = false): void => {
  if (hasUser() && (!isTrusted || vscode.workspace.isTrusted)) test(title, body);
};

suite('the launch command', () => {
  teardown(async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
    for (const terminal of vscode.window.terminals) terminal.dispose();
    await closeEverything();
  });

  test('opens in a new editor and is on the clipboard', async () => {
    await vscode.commands.executeCommand(generate, { profile: 'analytics', words: [] });
    const document = await shown('aws emr create-cluster');
    assert.equal(document.isUntitled, true);
    assert.match(document.getText(), /--service-role \S*AnalyticsEmrServiceRole/);
    const copied = await vscode.env.clipboard.readText();
    assert.match(copied, /^aws emr create-cluster/);
    assert.ok(document.getText().includes(copied));
    assert.match(
      document.getText(),
      /^# From the emr block of the profile "analytics": --service-role, --log-uri, InstanceProfile, KeyName\.$/m,
    );
  });

  test('takes the text of the editor, not of the disk', async () => {
    const document = await open(configFile);
    const start = placeOf(document, 'EMR_DefaultRole');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(start, start.translate(0, 'EMR_DefaultRole'.length)), 'AnalyticsEmrServiceRole');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await vscode.commands.executeCommand(generate, { profile: 'default', words: ['--name', 'n'] });
    assert.match((await shown('--name n ')).getText(), /--service-role \S*AnalyticsEmrServiceRole/);
  });

  test('has a lens on each emr block', async () => {
    const document = await open(configFile);
    await until('the lenses are there', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[] | undefined>('vscode.executeCodeLensProvider', document.uri);
      return lenses?.filter(({ command }) => command?.command === generate).length === 4 || undefined;
    });
  });

  test('is reached with Enter alone, filled in', async () => {
    const done = vscode.commands.executeCommand(generate, { uri: fileUri(configFile).toString(), profile: 'analytics' });
    await until('the command is shown', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return shownNow('aws emr create-cluster');
    });
    await done;
    const { text } = await theCommand();
    assert.match(text, /^# As chosen: --name, --release-label, --applications, --instance-type, --instance-count\.$/m);
    assert.match(text, /--service-role \S*AnalyticsEmrServiceRole/);
  });

  byUser('is asked for step by step; what is wrong is said below the box', async () => {
    const { text } = await generated('analytics', [
      { sees: 'Launch with analytics: Name', types: 'Monday', presses: ['Enter'] },
      { sees: 'analytics: Release', types: 'emr-6.15.0', presses: ['Enter'] },
      { sees: 'analytics: Applications', types: 'Ganglia', presses: ['ArrowDown', 'Space', 'Enter'] },
      { sees: 'analytics: Instances', presses: ['Enter'] },
      { sees: 'analytics: Instance type', types: 'r5.xlarge', presses: ['Enter'] },
      { sees: 'analytics: Number of instances', types: 'three' },
      { sees: '--instance-count must be a whole number', types: '4', presses: ['Enter'] },
      { sees: 'analytics: Network', types: 'subnet-0a1b2c3d', presses: ['Enter'] },
      { sees: 'analytics: Service role', presses: ['Enter'] },
      { sees: 'analytics: Instance profile', presses: ['Enter'] },
      { sees: 'analytics: Tags', types: "env=dev owner='Data team'", presses: ['Enter'] },
      { sees: 'analytics: Shell', presses: ['Enter'] },
    ]);
    for (const part of ['--name Monday', '--release-label emr-6.15.0', 'Name=Ganglia', '--instance-type r5.xlarge', '--instance-count 4'])
      assert.ok(text.includes(part), `${part} in ${text}`);
    assert.match(text, /SubnetId=subnet-0a1b2c3d[\s\S]*--tags env=dev 'owner=Data team'/);
    await vscode.commands.executeCommand('notifications.clearAll');
    await closeEverything();
    // The next time they are there already.
    const again = await generated('analytics', [{ sees: 'Launch with analytics: Name', clicks: now }]);
    assert.ok(again.text.includes('--name Monday') && again.text.includes('--instance-count 4'), again.text);
  });

  byUser('is another one after going back to the profiles', async () => {
    const { text } = await generated('analytics', [
      { sees: 'Launch with analytics: Name', presses: ['Enter'] },
      { sees: 'analytics: Release', clicks: 'Back' },
      { sees: 'Launch with analytics: Name', clicks: 'Back' },
      { sees: 'Generate EMR launch command', types: 'adhoc', presses: ['Enter'] },
      { sees: 'Launch with adhoc: Name', clicks: now },
    ]);
    assert.match(text, /--profile adhoc/);
    assert.match(text, /^# WARNING: The AWS CLI ignores "service-role" in the emr block of the profile "adhoc"/);
  });

  byUser('is given up with Escape', async () => {
    user({ sees: 'Launch with analytics: Name', presses: ['Escape'] });
    await vscode.commands.executeCommand(generate, { uri: fileUri(configFile).toString(), profile: 'analytics' });
    assert.equal(shownNow('aws emr create-cluster'), undefined);
  });

  byUser(
    'is saved as a preset, which the next launch begins with',
    async () => {
      await vscode.commands.executeCommand(generate, { profile: 'analytics', words: ['--name', 'Weekly', '--log-uri', 's3://weekly/'] });
      user({ notified: 'Save as preset' }, { sees: 'Its name in .emr-iam.jsonc', types: 'weekly', presses: ['Enter'] });
      const file = await shown('"launches"');
      assert.match(
        file.getText(),
        /"weekly": \{\n {6}"profile": "analytics",[\s\S]*"--release-label", "emr-[\s\S]*"--log-uri", "s3:\/\/weekly\/"/,
      );
      await until('it is saved', () => !file.isDirty || undefined);
      await closeEverything();
      const { text } = await generated(undefined, [
        { sees: 'Generate EMR launch command', types: 'weekly', presses: ['Enter'] },
        { sees: 'Launch with analytics: Name', clicks: now },
      ]);
      assert.match(text, /--name Weekly[\s\S]*--log-uri s3:\/\/weekly\//);
      await vscode.workspace.fs.delete(fileUri('.emr-iam.jsonc'));
    },
    true,
  );

  byUser(
    'is put into a terminal',
    async () => {
      await vscode.commands.executeCommand(generate, { profile: 'analytics', words: ['--name', 'n'], shell: 'powershell' });
      assert.match((await shown('--name n')).getText(), /--profile analytics `\n/);
      user({ notified: 'Put into terminal' });
      await until('the terminal is there', () => vscode.window.terminals.find(({ name }) => name === 'EMR launch'));
    },
    true,
  );
});

/** What comes of it when the user does so. */
async function generated(profile: string | undefined, acts: readonly Act[]): Promise<{ readonly text: string }> {
  user(...acts);
  const argument = profile === undefined ? undefined : { uri: fileUri(configFile).toString(), profile };
  await vscode.commands.executeCommand(generate, argument);
  return theCommand();
}

async function theCommand(): Promise<{ readonly text: string }> {
  return { text: (await shown('aws emr create-cluster')).getText() };
}

function shown(text: string): Promise<vscode.TextDocument> {
  return until(`"${text}" is shown`, () => shownNow(text));
}

function shownNow(text: string): vscode.TextDocument | undefined {
  return vscode.window.visibleTextEditors.map(({ document }) => document).find((document) => document.getText().includes(text));
}
