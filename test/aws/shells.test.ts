// The texts of hostile commands, run by the shells of this machine: the words that a program named `aws` gets are those of the command.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { type Shell, shellCommand, shellComment } from '../../server/src/core/emr/shell';
import { hostileGroups } from '../harness/arbitraries';

let folder = '';

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'emr-iam-shells-'));
  // Ends every word with a NUL, and the whole with one more.
  writeFileSync(join(folder, 'aws'), `#!/bin/sh\nprintf '%s\\0' "$@" '' >>"${join(folder, 'words')}"\n`, { mode: 0o755 });
});

after(() => rmSync(folder, { recursive: true, force: true }));

const programs: readonly (readonly [program: string, shell: Shell, ...options: readonly string[]])[] = [
  ['bash', 'posix'],
  ['dash', 'posix'],
  ['zsh', 'posix'],
  ['pwsh', 'powershell', '-NoProfile', '-File'],
];

describe('hostile commands', () => {
  for (const [program, shell, ...options] of programs) {
    const isThere = spawnSync(program, ['-c', 'exit']).error === undefined;
    test(`from ${program}`, { skip: !isThere && `${program} is not on the path` }, () => {
      const commands = fc
        .sample(hostileGroups, 1000)
        .map((groups) => ({ groups, result: shellCommand(groups, shell) }))
        .flatMap(({ groups, result }) => (result.ok ? [{ words: groups.flat().slice(1), text: result.text }] : []));
      assert.ok(commands.length > 500);
      const script = join(folder, shell === 'powershell' ? 'script.ps1' : 'script.sh');
      writeFileSync(join(folder, 'words'), '');
      writeFileSync(script, commands.map(({ text }) => `${shellComment("it's 100% `$x` \\", shell)}\n${text}\n`).join(''));
      const { status, stderr } = spawnSync(program, [...options, script], {
        env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` },
        encoding: 'utf8',
      });
      assert.equal(status, 0, stderr);
      const wanted = commands.map(({ words }) => [...words, '', ''].join('\0')).join('');
      assert.equal(readFileSync(join(folder, 'words'), 'utf8'), wanted);
    });
  }
});
