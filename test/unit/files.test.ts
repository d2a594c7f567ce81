// Files of this machine, as the language server and the command line read them.

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { decode } from '../../server/src/lsp/decode';
import { awsFiles, otherAwsFile } from '../../server/src/node/awsFiles';
import { asJsonText, keyPairFile, leadingOut, nearestFiles, readText } from '../../server/src/node/files';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'emr-iam-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('bytes are decoded as UTF-8, and it is said where they are not', () => {
  const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);
  assert.deepEqual(decode(new TextEncoder().encode('[ä]')), { text: '[ä]', encoding: 'utf-8' });
  assert.deepEqual(decode(bytes()), { text: '', encoding: 'utf-8' });
  assert.deepEqual(decode(bytes(0xef, 0xbb, 0xbf, 0x5b)), { text: '\ufeff[', encoding: 'utf-8-with-mark' });
  assert.deepEqual(decode(bytes(0x5b, 0xe9, 0x5d)), { text: '[\ufffd]', encoding: 'not-utf-8' });
  assert.deepEqual(decode(bytes(0xff, 0xfe, 0x5b, 0)), { text: '[', encoding: 'utf-16' });
  assert.deepEqual(decode(bytes(0xfe, 0xff, 0, 0x5b)), { text: '[', encoding: 'utf-16' });
  assert.deepEqual(decode(bytes(0x5b, 0, 0x5d)), { text: '[\0]', encoding: 'utf-8' });
});

test('JSON must be UTF-8 text', () => {
  const json = (text: string, encoding: 'utf-8' | 'utf-8-with-mark' | 'not-utf-8' = 'utf-8') => asJsonText({ ok: true, text, encoding });
  assert.deepEqual(json('\ufeff{}', 'utf-8-with-mark'), { ok: true, text: '{}', encoding: 'utf-8-with-mark' });
  assert.equal(json('\ufffd', 'not-utf-8').ok, false);
  assert.equal(json('\0').ok, false);
});

describe('the files of the AWS CLI', () => {
  const home = resolve('/home/u');
  test('are found as it finds them', () => {
    const files = (env: Record<string, string>) => awsFiles({ HOME: home, ...env });
    assert.equal(files({}).config, join(home, '.aws', 'config'));
    assert.equal(files({ AWS_CONFIG_FILE: '~/team.cfg' }).config, join(home, 'team.cfg'));
    assert.equal(files({ AWS_CONFIG_FILE: '$DIR/a-${NAME}', DIR: resolve('/etc'), NAME: 'b' }).config, resolve('/etc/a-b'));
    assert.equal(files({ AWS_CONFIG_FILE: resolve('/etc/$GONE') }).config, resolve('/etc/$GONE'));
    assert.equal(files({ AWS_SHARED_CREDENTIALS_FILE: resolve('/c') }).credentials, resolve('/c'));
  });

  test('know each other', () => {
    const env = { HOME: home, AWS_CONFIG_FILE: resolve('/etc/team.cfg') };
    assert.equal(otherAwsFile(resolve('/etc/team.cfg'), env), join(home, '.aws', 'credentials'));
    assert.equal(otherAwsFile(join(home, '.aws', 'credentials'), env), resolve('/etc/team.cfg'));
    assert.equal(otherAwsFile('/project/.aws/config', env), '/project/.aws/credentials');
    assert.equal(otherAwsFile('/project/config', env), undefined);
  });
});

test('a private key is missing, open to others, or fine; of others nothing is said', async () => {
  const key = join(folder, 'key.pem');
  writeFileSync(key, 'x');
  chmodSync(key, 0o600);
  assert.equal(await keyPairFile(key, '/'), 'fine');
  assert.equal(await keyPairFile('~/key.pem', folder), 'fine');
  assert.equal(await keyPairFile(join(folder, 'gone.pem'), '/'), 'missing');
  assert.equal(await keyPairFile(folder, '/'), undefined);
  for (const path of ['key.pem', '//server/share/key.pem', '\\\\server\\share\\key.pem', '/a\0b']) {
    assert.equal(await keyPairFile(path, folder), undefined, path);
  }
  if (process.platform !== 'win32') {
    chmodSync(key, 0o644);
    assert.equal(await keyPairFile(key, '/'), 'open-to-others');
  }
});

test('a file is read whole, up to a limit', async () => {
  const path = join(folder, 'config');
  writeFileSync(path, '[default]\n');
  assert.deepEqual(await readText(path, 10), { ok: true, text: '[default]\n', encoding: 'utf-8' });
  const refused = await readText(path, 9);
  assert.ok(!refused.ok && /larger than/.test(refused.reason));
  assert.ok(!(await readText(folder, 9)).ok);
});

test('a way through links stays in its folder, or is refused before it is followed', async (t) => {
  if (process.platform === 'win32') return t.skip('links need rights on Windows');
  const top = join(folder, 'top');
  mkdirSync(join(top, 'a/b'), { recursive: true });
  for (const [link, target] of [
    ['in', 'a/b'],
    ['a/b/back', '../../in'],
    ['a/absolute', join(top, 'a')],
    ['out', '..'],
    ['a/far', '/etc'],
    ['a/near', '../../topmost'],
    ['a/through', '../in/../../../x'],
    ['round', 'round'],
    ['chain', 'a/far'],
    ['gone', 'nowhere/at/all'],
  ] as const)
    symlinkSync(target, join(top, link));
  for (const [path, sentence] of [
    ['x.json', undefined],
    ['missing/x.json', undefined],
    ['in/x.json', undefined],
    ['in/back/back/x.json', undefined],
    ['a/absolute/b/x.json', undefined],
    ['gone', undefined],
    ['out/x.json', /leads out/],
    ['a/far/passwd', /leads out/],
    ['a/near', /leads out/],
    ['a/through', /leads out/],
    ['chain', /leads out/],
    ['round', /in a circle/],
  ] as const) {
    const { reason } = (await leadingOut(top, join(top, path))) ?? { reason: undefined };
    if (sentence === undefined) assert.equal(reason, undefined, path);
    else assert.match(reason ?? '', sentence, path);
  }
  symlinkSync('top', join(folder, 'alias'));
  assert.equal(await leadingOut(join(folder, 'alias'), join(folder, 'alias/in/x.json')), undefined);
});

test('of too many files the nearest are found, and no links', async () => {
  const top = join(folder, 'many');
  for (const path of ['a/b/deep.json', 'a/one.json', 'a/two.json', 'skipped/x.json', 'top.json', 'top.txt']) {
    mkdirSync(join(top, path, '..'), { recursive: true });
    writeFileSync(join(top, path), '{}');
  }
  symlinkSync(join(top, 'top.json'), join(top, 'link.json'));
  symlinkSync(top, join(top, 'a', 'round'));
  const found = async (limit: number): Promise<string[]> => {
    const files = await nearestFiles(
      top,
      limit,
      (name) => name.endsWith('.json'),
      (name) => name === 'skipped',
    );
    return files.map((file) => relative(top, file));
  };
  assert.deepEqual(await found(9), ['top.json', join('a', 'one.json'), join('a', 'two.json'), join('a', 'b', 'deep.json')]);
  assert.deepEqual(await found(2), ['top.json', join('a', 'one.json')]);
  assert.deepEqual(
    await nearestFiles(
      join(top, 'gone'),
      9,
      () => true,
      () => false,
    ),
    [],
  );
});
