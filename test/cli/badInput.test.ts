// The built bundle with paths that name no file that can be read, and with files that nobody would write: it answers, in a sentence.

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readText } from '../../server/src/node/files';
import { inRepository } from '../harness/repository';

const program = inRepository('dist/emr-iam.js');
let home = '';

before(() => {
  home = mkdtempSync(join(tmpdir(), 'emr-iam-'));
});
after(() => rmSync(home, { recursive: true, force: true }));

/** A path that says what the file is, in a folder of its own. */
function configPath(name: string): string {
  const path = join(home, name.replace(/\W+/g, '-'), '.aws', 'config');
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

interface Ending {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(args: readonly string[], nodeArgs: readonly string[] = []): Ending {
  const env = { PATH: process.env['PATH'], HOME: home, USERPROFILE: home };
  const options = { cwd: home, env, encoding: 'utf8', timeout: 120_000, maxBuffer: 512 * 1024 * 1024 } as const;
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [...nodeArgs, program, ...args], options);
  assert.equal(error, undefined, `${args.join(' ')} did not end by itself`);
  assert.doesNotMatch(stdout + stderr, /^ +at .*:\d+:\d+\)?$/m, 'a stack trace');
  return { code: status, out: stdout, err: stderr };
}

function assertUnreadable(path: string, reason: string): void {
  const { code, err } = run(['lint', path]);
  assert.deepEqual([code, err], [2, `${path}: not checked: ${reason}.\n`]);
  assertNoConfig(path, reason);
}

function assertNoConfig(path: string, reason: string): void {
  const err = `emr-iam: ${path}: ${reason}. Name a config file with --config FILE.\n`;
  assert.deepEqual(run(['config', '--config', path]), { code: 2, out: '', err });
}

/** Why the AWS CLI refuses a file, and on which line; or nothing, where it reads the file. */
type Refusal = { readonly line: number; readonly why: RegExp } | undefined;

function assertRead(path: string, refusal: Refusal, findings: 'findings' | 'no findings'): void {
  const lint = run(['lint', path]);
  assert.deepEqual([lint.code, lint.err], [findings === 'findings' ? 1 : 0, '']);
  const config = run(['config', '--config', path]);
  assert.equal(config.code, refusal === undefined ? 0 : 2, config.err);
  if (refusal === undefined) assert.equal(config.err, '');
  else assertRefused(config, path, refusal);
}

function assertRefused({ out, err }: Ending, path: string, { line, why }: NonNullable<Refusal>): void {
  const start = `${path}:${line}: the AWS CLI cannot read the file, and every aws command fails: `;
  assert.ok(err.startsWith(start), err.slice(0, 300));
  assert.match(err.slice(start.length), why);
  assert.equal(err.split('\n').length, 2);
  assert.equal(out, '');
}

describe('a path that cannot be read', () => {
  test('because it does not exist', () => assertUnreadable(configPath('missing'), 'it does not exist'));

  test('because it is a folder, or lies below a file', () => {
    const folder = configPath('folder');
    mkdirSync(folder);
    assertNoConfig(folder, 'it is a folder');
    assert.equal(run(['lint', folder]).code, 0, 'a folder is looked through');
    const file = configPath('not-a-folder');
    writeFileSync(file, '');
    if (process.platform !== 'win32') assertUnreadable(join(file, 'x'), 'a part of its path is not a folder');
  });

  test('because it is larger than 16 MB', () => {
    const path = configPath('17 MB');
    writeFileSync(path, '[default]\n'.padEnd(17 * 1024 * 1024, '# a comment\n'));
    assertUnreadable(path, 'it is larger than 16 MB');
  });

  // Windows has none of these, or lets only administrators make them.
  if (process.platform !== 'win32') {
    test('because it is a pipe', () => {
      const path = configPath('pipe');
      execFileSync('mkfifo', [path]);
      assertUnreadable(path, 'it is not a regular file');
    });

    test('because it is a socket', async () => {
      const path = configPath('socket');
      const server = createServer().listen(path);
      await once(server, 'listening');
      assertUnreadable(path, 'it is not a regular file');
      server.close();
    });

    if (existsSync('/dev/zero')) {
      test('because it is a device', () => {
        assertUnreadable('/dev/zero', 'it is not a regular file');
        const path = configPath('device');
        symlinkSync('/dev/zero', path);
        assertUnreadable(path, 'it is not a regular file');
      });
    }

    test('because its link leads nowhere, or round in a circle', () => {
      const dangling = configPath('dangling');
      symlinkSync('nowhere', dangling);
      assertUnreadable(dangling, 'it does not exist');
      const round = configPath('round');
      symlinkSync('config', round);
      assertUnreadable(round, 'its links go round in a circle');
    });

    // Root may read whatever there is, so that nothing is unreadable to it.
    if (process.getuid?.() !== 0) {
      test('because it is not permitted', () => {
        const path = configPath('forbidden');
        writeFileSync(path, '[default]\n');
        chmodSync(path, 0);
        assertUnreadable(path, 'reading it is not permitted');
      });
    }
  }
});

describe('bytes', () => {
  const text = '[default]\nregion = eu-west-1\n';
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
  const inUtf16 = { line: 1, why: /UTF-16/ };
  const cases: readonly (readonly [string, Uint8Array, Refusal])[] = [
    ['UTF-16, little end first', utf16, inUtf16],
    ['UTF-16, big end first', Buffer.from(utf16).swap16(), inUtf16],
    ['half of a UTF-16 character', utf16.subarray(0, -1), inUtf16],
    ['Latin-1', Buffer.from(`${text}# caf\u00e9\n`, 'latin1'), { line: 3, why: /not UTF-8/ }],
    ['a byte-order mark', Buffer.from(`\ufeff${text}`), { line: 1, why: /byte-order mark/ }],
    ['nothing but a byte-order mark', Buffer.from('\ufeff'), { line: 1, why: /byte-order mark/ }],
  ];
  for (const [name, bytes, refusal] of cases) {
    test(name, () => {
      const path = configPath(name);
      writeFileSync(path, bytes);
      assertRead(path, refusal, 'findings');
    });
  }

  test('NUL among them is text like any other, and shown as a picture', () => {
    const path = configPath('NUL');
    writeFileSync(path, '[default]\nregion = a\0b\n\0 = c\n');
    assert.notEqual(run(['lint', path]).code, 2);
    const { code, out, err } = run(['config', '--config', path]);
    assert.deepEqual([code, out, err], [0, 'default\n  region = a␀b\n  ␀ = c\n', '']);
  });

  test('none', () => {
    const path = configPath('empty');
    writeFileSync(path, '');
    assertRead(path, undefined, 'no findings');
    assert.equal(run(['config', '--config', path]).out, '');
    assert.deepEqual(JSON.parse(run(['config', '--config', path, '--format', 'json']).out).profiles, {});
  });
});

function times(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('');
}

const ordinaryProfile = (i: number): string =>
  `[profile team-${i}]\nregion = eu-west-1\nrole_arn = arn:aws:iam::111122223333:role/Team${i}\nsource_profile = default\n\n`;

describe('much of', () => {
  const megabyte = 'x'.repeat(1_000_000);
  const headless = { line: 1, why: /before the first \[section\]/ };
  const cases: readonly (readonly [string, string, Refusal, 'findings' | 'no findings'])[] = [
    ['one value', `[default]\nregion = ${megabyte}\n`, undefined, 'no findings'],
    ['one key', `[default]\n${megabyte} = 1\n`, undefined, 'no findings'],
    ['one name', `[profile ${megabyte}]\nregion = x\n`, undefined, 'no findings'],
    ['one stray line', `[default]\n${megabyte}`, { line: 2, why: /neither a \[section\]/ }, 'findings'],
    ['one line of [', '['.repeat(1_000_000), headless, 'findings'],
    ['white space', '[default]\n'.padEnd(1_000_000), undefined, 'no findings'],
    ['sections', times(100_000, (i) => `[profile p${i}]\n`), undefined, 'no findings'],
    ['one section', '[default]\n'.repeat(100_000), { line: 2, why: /section stands in the file twice/ }, 'findings'],
    ['ordinary profiles', `[default]\n${times(95_000, ordinaryProfile)}`, undefined, 'no findings'],
    ['one block', `[default]\ns3 =\n${times(100_000, (i) => `    k${i} = v\n`)}`, undefined, 'no findings'],
    ['one broken block', `[default]\ns3 =\n${'    v\n'.repeat(100_000)}`, { line: 3, why: /no "="/ }, 'findings'],
    ['indentation', `[default]\n${times(1_400, (i) => `${' '.repeat(i)}a${i} = 1\n`)}`, undefined, 'no findings'],
    ['indentation, ever less', `[default]\n${times(1_400, (i) => `${' '.repeat(1_400 - i)}a${i} = 1\n`)}`, undefined, 'no findings'],
  ];
  for (const [name, text, refusal, findings] of cases) {
    test(name, () => {
      const path = configPath(`much of ${name}`);
      writeFileSync(path, text);
      assertRead(path, refusal, findings);
    });
  }

  test('[DEFAULT], inherited by every section', () => {
    const defaultOf = (count: number): string =>
      `[DEFAULT]\n${times(count, (i) => `k${i} = v\n`)}${times(count, (i) => `[profile p${i}]\n`)}`;
    const path = configPath('inherited');
    writeFileSync(path, defaultOf(5_000));
    assert.deepEqual([run(['lint', path]).code, run(['lint', path]).err], [0, '']);
    const { code, out, err } = run(['config', '--config', path, '--profile', 'p7']);
    assert.deepEqual([code, out.split('\n').length, err], [0, 5_002, '']);
    // A million settings out of a few kilobytes; all at once they would not fit.
    writeFileSync(path, defaultOf(1_000));
    for (const format of ['text', 'json']) {
      const all = run(['config', '--config', path, '--format', format], ['--max-old-space-size=128']);
      assert.deepEqual([all.code, all.out.split('k999').length - 1, all.err], [0, 1_000, '']);
    }
  });
});

describe('names', () => {
  test('of what every JavaScript object has are profiles and settings like any other', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const text = names.map((name) => `[profile ${name}]\n${name} = v\ns3 =\n  ${name} = w\n`).join('');
    const path = configPath('object');
    writeFileSync(path, text);
    assertRead(path, undefined, 'no findings');
    const { profiles } = JSON.parse(run(['config', '--config', path, '--format', 'json']).out);
    assert.deepEqual(Object.keys(profiles), names);
    for (const name of names) {
      const { s3, ...own } = Object.getOwnPropertyDescriptor(profiles, name)?.value ?? {};
      assert.deepEqual(Object.entries(own), [[name.toLowerCase(), 'v']]);
      assert.deepEqual(Object.entries(s3), [[name, 'w']]);
      assert.match(run(['config', '--config', path, '--profile', name]).out, new RegExp(`^${name}\n`));
    }
    const missing = run(['config', '--config', path, '--profile', 'valueOf']);
    assert.equal(missing.code, 2);
    assert.match(missing.err, /there is no profile "valueOf"/);
  });

  test('with what commands a terminal are shown, and command nothing', () => {
    const path = configPath('terminal');
    const name = 'a\u001b[31m\u0007\u009b2J\u202eb';
    writeFileSync(path, `[profile '${name}']\nk\u001b[2J = v\u001b]0;x\u0007\nemr =\n  enable_debugging = \u001b[8m\n`);
    for (const args of [
      ['lint', path],
      ['config', '--config', path],
      ['config', '--config', path, '--profile', `${name}?`],
      ['command', '--config', path, '--profile', name],
      ['lint', join(home, name)],
      ['config', '--config', join(home, name)],
    ]) {
      const { out, err } = run(args);
      assert.doesNotMatch(out + err, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/, args[0]);
    }
  });
});

describe('a file that is written meanwhile', () => {
  // Until it is told to stop, or has written enough; one system call a line.
  const appending = `
    const { appendFileSync } = require('node:fs');
    const append = (i) => { appendFileSync(process.argv[1], 'k' + i + ' = v\\n'); if (i < 200_000) setImmediate(append, i + 1); };
    append(0);
    process.stdout.write('started');
    process.stdin.on('data', () => process.exit()).on('end', () => process.exit());
  `;

  test('is read as it was at one time, or not at all', async () => {
    const path = configPath('growing');
    writeFileSync(path, '[default]\n');
    const writer = spawn(process.execPath, ['-e', appending, path], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(writer.stdout, 'data');
    const read = [];
    for (let i = 0; i < 200; i++) read.push(await readText(path, 16 * 1024 * 1024));
    writer.stdin.end();
    await once(writer, 'exit');
    const whole = readFileSync(path, 'utf8');
    for (const file of read) {
      if (file.ok) assert.ok(whole.startsWith(file.text) && file.text.endsWith('\n'), `${file.text.length} of ${whole.length}`);
      else assert.deepEqual(file, { ok: false, reason: 'it changes while it is read', missing: false });
    }
    assert.deepEqual(await readText(path, 16 * 1024 * 1024), { ok: true, text: whole, encoding: 'utf-8' });
  });

  test('is not read beyond the limit', async () => {
    const path = configPath('limit');
    writeFileSync(path, 'x'.repeat(1024 * 1024));
    assert.equal((await readText(path, 1024 * 1024)).ok, true);
    writeFileSync(path, 'x'.repeat(1024 * 1024 + 1));
    assert.deepEqual(await readText(path, 1024 * 1024), { ok: false, reason: 'it is larger than 1 MB', missing: false });
  });

  // Its size is 0 whatever it holds: to the reader, somebody has written more than there was.
  const alwaysMore = '/proc/self/status';
  if (existsSync(alwaysMore)) {
    test('is given up in the end', async () => {
      assert.deepEqual(await readText(alwaysMore, 1024), { ok: false, reason: 'it changes while it is read', missing: false });
    });
  }
});
