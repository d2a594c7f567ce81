// What wakes the extension: the built bundle, in a VS Code that has one document open.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inRepository } from '../harness/repository';

const home = mkdtempSync(join(tmpdir(), 'emr-iam-'));
after(() => rmSync(home, { recursive: true }));

const vscode = `
const nothing = () => ({ dispose() {} });
const file = (path) => ({ fsPath: path, path, scheme: 'file' });
module.exports = {
  Uri: { file },
  window: { createOutputChannel: nothing },
  commands: { registerCommand: nothing },
  languages: { match: () => 0 },
  workspace: {
    onDidOpenTextDocument: nothing,
    onDidChangeTextDocument: nothing,
    textDocuments: [{ languageId: 'plaintext', uri: file(process.env.OPEN) }],
  },
};`;

test('the config file that AWS_CONFIG_FILE names wakes the extension, however it is written, and no other file does', () => {
  for (const folder of ['dist', 'node_modules']) mkdirSync(join(home, folder));
  copyFileSync(inRepository('dist/extension.js'), join(home, 'dist', 'extension.js'));
  writeFileSync(join(home, 'dist', 'start.js'), "exports.start = async () => { console.log('started'); return {}; };");
  writeFileSync(join(home, 'node_modules', 'vscode.js'), vscode);
  const wakes = (configFile: string, open: string): boolean => {
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', "require('./dist/extension.js').activate({ subscriptions: [] })"], {
      cwd: home,
      env: { HOME: home, USERPROFILE: home, TEAM: 'team', OPEN: join(home, open), AWS_CONFIG_FILE: configFile },
      encoding: 'utf8',
    });
    assert.equal(stderr, '');
    return stdout === 'started\n';
  };
  assert.ok(wakes('~/own', 'own'));
  assert.ok(wakes('~/$TEAM/aws', join('team', 'aws')));
  assert.ok(wakes(join(home, 'own'), 'own'));
  assert.ok(!wakes('~/own', 'other'));
});
