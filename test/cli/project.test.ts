// The project file, on the command line.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { authorizationDetails } from '../harness/account';
import { inRepository } from '../harness/repository';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'emr-iam-'));
  mkdirSync(join(home, '.git'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function write(name: string, content: unknown): string {
  const path = join(home, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return path;
}

interface Ran {
  readonly code: number | null;
  readonly err: string;
  /** Rule and file of each finding, and the kind of its policy. */
  readonly found: readonly string[];
  readonly messages: readonly string[];
  readonly summary: {
    readonly files: number;
    readonly facts: readonly string[];
    readonly factsGaps?: readonly string[];
    readonly factsConflicts?: readonly string[];
  };
}

function lint(...args: readonly string[]): Ran {
  const env = { PATH: process.env['PATH'], HOME: home, USERPROFILE: home };
  const command = [inRepository('dist/emr-iam.js'), 'lint', '--format', 'json', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: home, env, encoding: 'utf8', timeout: 20_000 });
  assert.notEqual(stdout, '', stderr);
  const { findings, summary } = JSON.parse(stdout);
  const found = findings
    .map(({ rule, file, policyKind }: Record<string, string>) => [rule, file, policyKind].filter(Boolean).join(' '))
    .filter((finding: string) => !finding.startsWith('emr/use-default-roles'));
  return { code: status, err: stderr, found, messages: findings.map(({ message }: { message: string }) => message), summary };
}

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const noVersion = { Statement: [statement] };
const missing = 'policy/missing-version';
const ignoring = (entry: object): object => ({ ignore: [{ rule: missing, reason: 'so', ...entry }] });

describe('the nearest project file', () => {
  test('counts for the files beside and below it, whatever the current folder is', () => {
    write('.emr-iam.jsonc', { rules: { [missing]: 'off' } });
    write('inner/.emr-iam.jsonc', { rules: { [missing]: 'error' } });
    for (const file of ['a.json', 'deep/down/a.json', 'inner/a.json', 'inner/b/a.json']) write(file, noVersion);
    const { code, err, found, summary } = lint('.');
    assert.deepEqual([code, err], [1, '']);
    assert.deepEqual(found, [`${missing} inner/a.json identity`, `${missing} inner/b/a.json identity`]);
    assert.equal(summary.files, 6);
    assert.deepEqual(lint(join(home, 'deep/down/a.json')).found, []);
  });

  test('is not looked for above a folder with .git', () => {
    write('.emr-iam.jsonc', { rules: { [missing]: 'off' } });
    write('other/.git/HEAD', '');
    write('other/down/a.json', noVersion);
    assert.equal(lint('other').found.length, 1);
  });

  test('says the kind of bare policies', () => {
    write('.emr-iam.jsonc', { policyKinds: { 'scp/**': 'scp', 'scp/not/*': 'rcp' } });
    const noEffect = { Version: '2012-10-17', Statement: [{ Action: 's3:GetObject', Resource: '*' }] };
    for (const file of ['a.json', 'scp/a.json', 'scp/not/a.json']) write(file, noEffect);
    write('scp/b.json', { PolicyDocument: noEffect });
    assert.deepEqual(
      lint('.').found.filter((found) => found.startsWith('policy/missing-effect')),
      ['a.json identity', 'scp/a.json scp', 'scp/b.json identity', 'scp/not/a.json rcp'].map((place) => `policy/missing-effect ${place}`),
    );
  });

  test('names facts, unless the command line does', () => {
    write('.emr-iam.jsonc', { factsFiles: ['facts/account.json'] });
    write('facts/account.json', authorizationDetails({ roles: [{ name: 'Other' }], instanceProfiles: [] }));
    write('facts/second.json', authorizationDetails({ roles: [{ name: 'Nobody' }], instanceProfiles: [] }));
    const config = write('aws/.aws/config', '[default]\nemr =\n    service_role = Nobody\n    instance_profile = P\n');
    const own = lint(config);
    assert.ok(own.found.includes('emr/unknown-role aws/.aws/config'));
    assert.deepEqual(own.summary.facts, ['account.json']);
    const given = lint(config, '--facts', join(home, 'facts/second.json'));
    assert.ok(!given.found.includes('emr/unknown-role aws/.aws/config'));
    assert.deepEqual(given.summary.facts, ['second.json']);
    write('.emr-iam.jsonc', { factsFiles: ['facts/gone.json'] });
    const gone = lint(config);
    assert.equal(gone.code, 2);
    assert.match(gone.err, /gone\.json: not used as facts: it does not exist\./);
  });

  test('that is wrong is reported like a file with findings, and exits with 2', () => {
    write('.emr-iam.jsonc', '{ "rule": {}, "rules": { "policy/missing-version": "off" } }');
    write('a.json', noVersion);
    const { code, found, messages } = lint('a.json', '--fail-on', 'never');
    assert.equal(code, 2);
    assert.deepEqual(found, ['project/invalid .emr-iam.jsonc']);
    assert.match(messages.join(), /Did you mean "rules"/);
    write('.emr-iam.jsonc', `{ "rules": ${'['.repeat(100_000)}`);
    assert.deepEqual(lint('.').found, ['project/invalid .emr-iam.jsonc', `${missing} a.json identity`]);
  });

  test('that cannot be read is one sentence, and exits with 2', () => {
    mkdirSync(join(home, '.emr-iam.jsonc'));
    write('a.json', noVersion);
    const { code, err, found } = lint('a.json');
    assert.equal(code, 2);
    assert.equal(err, `${join(home, '.emr-iam.jsonc')}: not used: it is a folder.\n`);
    assert.equal(found.length, 1);
  });

  test('is checked when it is named, and never fixed or taken for a policy', () => {
    const path = write('.emr-iam.jsonc', { ...noVersion, ignore: [{}] });
    const before = readFileSync(path, 'utf8');
    const { code, found } = lint(path, '--fix');
    assert.equal(code, 2);
    assert.ok(found.length > 1 && found.every((finding) => finding === 'project/invalid .emr-iam.jsonc'));
    assert.equal(readFileSync(path, 'utf8'), before);
  });
});

test('the page about it shows what really happens', () => {
  const page = readFileSync(inRepository('docs/project-file.md'), 'utf8');
  const examples = page.split('\n## ').filter((part) => part.includes('$ emr-iam '));
  const counts: number[] = [];
  for (const [i, example] of examples.entries()) {
    const files = [...example.matchAll(/This is `([^`]+)`:\n\n```\w+\n(.*?)```/gs)];
    counts.push(files.length);
    for (const [, name = '', text = ''] of files) write(`${i}/${name}`, text);
    const [, command = '', shown] = /```\n\$ emr-iam (.*?)\n(.*?)```/s.exec(example) ?? [];
    const env = { PATH: process.env['PATH'], HOME: home, USERPROFILE: home };
    const options = { cwd: join(home, `${i}`), env, encoding: 'utf8', timeout: 20_000 } as const;
    const { stdout } = spawnSync(process.execPath, [inRepository('dist/emr-iam.js'), ...command.split(' ')], options);
    assert.equal(stdout, shown);
  }
  assert.deepEqual(counts, [4, 4, 2]);
  assert.ok(lint('0/guardrails').found.includes('policy/missing-effect 0/guardrails/no-users.json scp'));
});

describe('a project file of somebody else', () => {
  const posix = process.platform === 'win32' ? { skip: 'links need rights on Windows' } : {};

  test('names no facts outside its folder, by their path or by a link', posix, () => {
    write('facts.json', authorizationDetails({ roles: [{ name: 'Other' }], instanceProfiles: [] }));
    const config = write('repo/.aws/config', '[default]\nemr =\n    service_role = Nobody\n    instance_profile = P\n');
    mkdirSync(join(home, 'repo/inner'));
    symlinkSync('../facts.json', join(home, 'repo/out.json'));
    symlinkSync('..', join(home, 'repo/up'));
    symlinkSync('../out.json', join(home, 'repo/inner/again.json'));
    for (const path of ['../facts.json', join(home, 'facts.json'), 'out.json', 'up/facts.json', 'inner/again.json', '~/facts.json']) {
      write('repo/.emr-iam.jsonc', { factsFiles: [path] });
      const { code, err, found, summary, messages } = lint(config);
      assert.equal(code, 2, path);
      assert.deepEqual(summary.facts, [], path);
      assert.ok(!found.some((finding) => finding.startsWith('emr/unknown-role')), path);
      assert.match(`${err}${messages.join()}`, /leads out of the folder|does not begin at the folder/, path);
    }
    write('repo/facts/real.json', authorizationDetails({ roles: [{ name: 'Other' }], instanceProfiles: [] }));
    symlinkSync(join(home, 'repo/facts'), join(home, 'repo/inner/linked'));
    write('repo/.emr-iam.jsonc', { factsFiles: ['./inner/linked/real.json'] });
    assert.deepEqual(lint(config).summary.facts, ['real.json']);
  });

  test('is not read through a link that leads out of its folder', posix, () => {
    write('elsewhere.jsonc', { rules: { [missing]: 'off' } });
    write('repo/a.json', noVersion);
    symlinkSync('../elsewhere.jsonc', join(home, 'repo/.emr-iam.jsonc'));
    const { code, err, found } = lint('repo');
    assert.deepEqual([code, found], [2, [`${missing} repo/a.json identity`]]);
    assert.match(err, /\.emr-iam\.jsonc: not used: a link in its path leads out of the folder of the project file\./);
  });
});

describe('what it ignores', () => {
  const unused = 'project/unused-ignore .emr-iam.jsonc';

  test('is neither reported nor fixed', () => {
    write('.emr-iam.jsonc', ignoring({ files: 'legacy/**' }));
    const path = write('legacy/a.json', noVersion);
    write('b.json', noVersion);
    const { code, found } = lint('.', '--fix');
    assert.deepEqual([code, found], [0, []]);
    assert.equal(JSON.parse(readFileSync(path, 'utf8')).Version, undefined);
  });

  test('is a hint once it is nowhere to be found, if the whole project was linted', () => {
    write('.emr-iam.jsonc', ignoring({ files: 'legacy/**' }));
    write('legacy/a.json', { Version: '2012-10-17', ...noVersion });
    assert.deepEqual(lint('.').found, [unused]);
    assert.equal(lint('.').code, 0);
    assert.equal(lint('.', '--fail-on', 'hint').code, 1);
    assert.deepEqual(lint('legacy').found, []);
    assert.deepEqual(lint('legacy/a.json').found, []);
    write('legacy/b.json', noVersion);
    assert.deepEqual(lint('.').found, []);
  });

  test('is not called stale where no file matches, or one of them could not be read', () => {
    write('.emr-iam.jsonc', ignoring({ files: 'legacy/**' }));
    write('a.json', { Version: '2012-10-17', ...noVersion });
    assert.deepEqual(lint('.').found, []);
    write('legacy/a.json', { Version: '2012-10-17', ...noVersion });
    write('legacy/b.json', `{"Statement":${'['.repeat(1000)}`);
    assert.deepEqual(lint('.').found, []);
  });

  test('may be one statement', () => {
    write('.emr-iam.jsonc', { ignore: [{ sid: 'Pass', rule: 'policy/pass-role-with-star-in-resource', reason: 'so' }] });
    const pass = { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' };
    write('a.json', {
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Pass', ...pass },
        { Sid: 'Other', ...pass },
      ],
    });
    const found = lint('.').found.filter((finding) => finding.startsWith('policy/pass-role-with-star'));
    assert.equal(found.length, 1);
  });
});

describe('what the linted files declare', () => {
  const launch = '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = Nodes\n';
  const mismatch = 'emr/instance-profile-role-mismatch';
  const holds = { InstanceProfileName: 'Nodes', RoleName: 'Other' };

  test('are facts, and the summary says so', () => {
    write('work/.aws/config', launch);
    assert.deepEqual(lint('work').summary.facts, []);
    write('work/iam/add-role.json', holds);
    const { found, summary, err } = lint('work');
    assert.deepEqual(found, [`${mismatch} work/.aws/config`]);
    assert.deepEqual(summary.facts, ['the workspace']);
    assert.equal(err, '');
    assert.deepEqual(lint('work/.aws/config').found, []);
  });

  test('never makes a name unknown', () => {
    write('work/.aws/config', launch);
    write('work/create-role.json', { RoleName: 'Else', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } });
    assert.ok(lint('work').found.every((finding) => !finding.startsWith('emr/')));
  });

  test('that differ from an account are noted once, and the account counts', () => {
    write('work/.aws/config', launch);
    write('work/iam/add-role.json', holds);
    write('work/other/.emr-iam.jsonc', '{}');
    write('work/other/a.json', noVersion);
    const account = write(
      'account.json',
      authorizationDetails({ roles: [{ name: 'Nodes' }], instanceProfiles: [{ name: 'Nodes', role: 'Nodes' }] }),
    );
    const { found, err, summary } = lint('work', '--facts', account);
    assert.ok(!found.some((finding) => finding.startsWith(mismatch)));
    assert.equal(err, '');
    const sentence = 'account.json and the workspace differ in the role of the instance profile "Nodes"; what account.json says counts.';
    assert.deepEqual(summary.factsConflicts, [sentence]);
  });

  test('is not known where two of them differ, and the summary says so', () => {
    write('work/.aws/config', launch);
    write('work/iam/add-role.json', holds);
    write('work/iam/add-other.json', { ...holds, RoleName: 'Another' });
    const { found, err, summary } = lint('work');
    assert.deepEqual([found, err], [[], '']);
    assert.deepEqual(summary.factsGaps, [
      'Files of the workspace differ in the role in the instance profile "Nodes", so that it is not known.',
    ]);
  });
});

describe('the roles of a project file', () => {
  test('are facts, and say the kind of the policies in their files', () => {
    write('.aws/config', '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = Nodes\n');
    write('.emr-iam.jsonc', {
      policyKinds: { '**': 'scp' },
      roles: { Other: { trustPolicy: './trust.json', inlinePolicies: ['own.json'] } },
      instanceProfiles: { Nodes: { role: 'Other' } },
    });
    for (const file of ['trust.json', 'own.json', 'scp.json'])
      write(file, { Version: '2012-10-17', Statement: [{ Action: 's3:GetObject' }] });
    const { found, summary, code } = lint('.');
    assert.equal(code, 1);
    assert.ok(found.includes('emr/instance-profile-role-mismatch .aws/config'));
    const effects = found.filter((finding) => finding.startsWith('policy/missing-effect'));
    assert.deepEqual(
      effects,
      ['own.json inline-identity', 'scp.json scp', 'trust.json trust'].map((file) => `policy/missing-effect ${file}`),
    );
    assert.deepEqual(summary.facts, ['the workspace']);
  });

  test('say whose the policies in their files are, and so whom these must trust', () => {
    const trusting = (service: string): object => ({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' }],
    });
    for (const file of ['trust.json', 'unused.json']) write(file, trusting('lambda'));
    const project = (kind: string | undefined): string =>
      write('.emr-iam.jsonc', { roles: { Own: { kind, trustPolicy: 'trust.json' }, Twin: { trustPolicy: 'trust.json' } } });
    project('service');
    const { found, messages, code } = lint('.');
    assert.deepEqual(found, ['emr/service-role-trust trust.json trust']);
    assert.equal(code, 1);
    assert.match(messages.join(), /the roles "Own" and "Twin"/);
    project('ec2');
    assert.deepEqual(lint('.').found, ['emr/ec2-role-trust trust.json trust']);
    project(undefined);
    assert.deepEqual(lint('.').found, []);
    write('.aws/config', '[default]\nemr =\n    service_role = Twin\n    instance_profile = Nodes\n');
    assert.deepEqual(
      lint('.').found.filter((finding) => finding.endsWith('trust')),
      ['emr/service-role-trust trust.json trust'],
    );
    write('trust.json', trusting('elasticmapreduce'));
    assert.deepEqual(lint('.').found, ['emr/confused-deputy .aws/config', 'emr/confused-deputy trust.json trust']);
  });

  test('name no file outside, nor one that cannot be read', () => {
    write('trust.json', {});
    write('repo/a.json', { Version: '2012-10-17', Statement: [statement] });
    for (const [path, sentence] of [
      ['gone.json', /gone\.json: not used as a policy of a role: it does not exist\./],
      ['out.json', /out\.json: not used as a policy of a role: a link in its path leads out/],
      ['../trust.json', /leads out of the folder/],
    ] as const) {
      write('repo/.emr-iam.jsonc', { roles: { R: { trustPolicy: path } } });
      if (path === 'out.json') symlinkSync('../trust.json', join(home, 'repo/out.json'));
      const { code, err, messages } = lint('repo/a.json');
      assert.equal(code, 2, path);
      assert.match(`${err}${messages.join()}`, sentence);
    }
  });
});
