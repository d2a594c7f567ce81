// The TextMate grammar against syntaxes/test, where comments below each line name the scopes.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { inRepository } from '../harness/repository';

test('the grammar of AWS config files gives the scopes that its test file names', () => {
  const runner = inRepository('node_modules/vscode-tmgrammar-test/dist/unit.js');
  const args = ['--grammar', 'syntaxes/aws-config.tmLanguage.json', 'syntaxes/test/*.ini'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [runner, ...args], { cwd: inRepository(), encoding: 'utf8' });
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /run successfull?y/);
});
