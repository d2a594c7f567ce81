// The command line asks an IAM on this machine, as a user would have it ask AWS.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { snapshot } from '../harness/account';
import { answering, document, plain, refusal, type ScriptedIam, startIam } from '../harness/iam';
import { inRepository } from '../harness/repository';

const program = inRepository('dist/emr-iam.js');
const secret = 'wJalrXUtnFEMIK7MDENG';
let home = '';
let config = '';
let iam: ScriptedIam;

before(async () => {
  home = mkdtempSync(join(tmpdir(), 'emr-iam-facts-'));
  config = join(home, 'config');
  writeFileSync(
    config,
    `[profile dev]\nregion = eu-west-1\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = ${secret}\nemr =\n    service_role = Service\n    instance_profile = Nodes\n`,
  );
  iam = await startIam(answering(plain));
});
beforeEach(() => {
  iam.respond = answering(plain);
  iam.calls.length = 0;
});
after(async () => {
  await iam.stop();
  rmSync(home, { recursive: true, force: true });
});

function run(args: readonly string[], node: readonly string[] = []): Promise<{ code: number; out: string; err: string }> {
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    USERPROFILE: home,
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'),
    AWS_ENDPOINT_URL_IAM: iam.endpoint,
    AWS_ENDPOINT_URL_STS: iam.endpoint,
  };
  return new Promise((resolve) =>
    execFile(process.execPath, [...node, program, ...args], { env, cwd: home, timeout: 60_000 }, (error, out, err) => {
      assert.ok(!`${out}${err}`.includes(secret));
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err });
    }),
  );
}

const failing = (code: string) => {
  iam.respond = (call) => (call.action === 'GetCallerIdentity' ? answering(plain)(call, 0) : refusal(403, code, 'hunter2'));
};

describe('facts', () => {
  test('writes what both AWS commands would, for its owner alone, and complete', async () => {
    const out = join(home, 'facts.json');
    const { code, out: printed, err } = await run(['facts', '--aws-profile', 'dev', '--out', out]);
    assert.deepEqual([code, printed], [0, '']);
    assert.match(err, /^2 roles, 0 users, 1 policies, 2 instance profiles$/m);
    if (process.platform !== 'win32') assert.equal(statSync(out).mode & 0o777, 0o600);
    const text = readFileSync(out, 'utf8');
    const json = JSON.parse(text);
    for (const list of ['RoleDetailList', 'UserDetailList', 'GroupDetailList', 'Policies', 'InstanceProfiles'])
      assert.ok(Array.isArray(json[list]), list);
    assert.deepEqual(json.RoleDetailList[0].RolePolicyList[0].PolicyDocument, JSON.parse(document));
    const source = snapshot(text, 'facts.json');
    assert.deepEqual([source.listsEveryRole, source.listsEveryProfile], [true, 'yes']);
    assert.ok(Math.abs(Date.now() - (source.asOf ?? 0)) < 60_000);
    assert.equal(source.roles[0]?.inlinePolicies?.[0]?.document, document);
  });

  test('goes to standard output without --out', async () => {
    const { code, out } = await run(['facts', '--aws-profile', 'dev']);
    assert.equal(code, 0);
    assert.equal(snapshot(out, 'x').listsEveryProfile, 'yes');
  });

  test('says in a sentence why there are none, and leaves the file as it was', async () => {
    const out = join(home, 'old.json');
    writeFileSync(out, 'old');
    failing('ExpiredToken');
    const { code, err } = await run(['facts', '--aws-profile', 'dev', '--out', out]);
    assert.equal(code, 2);
    assert.match(err, /^emr-iam: The credentials of the profile "dev" have expired: [^\n]*\n$/);
    assert.equal(readFileSync(out, 'utf8'), 'old');
    assert.match((await run(['facts'])).err, /needs --aws-profile NAME/);
    assert.match((await run(['facts', '--aws-profile', 'dev', '--out', join(home, 'no', 'folder')])).err, /it cannot be|have expired/);
  });

  test('that are not all are never written as all', async () => {
    const usual = answering(plain);
    iam.respond = (call, nth) => (call.action === 'ListInstanceProfiles' ? refusal(403, 'AccessDenied') : usual(call, nth));
    const { code, out, err } = await run(['facts', '--aws-profile', 'dev']);
    assert.equal(code, 2);
    assert.match(err, /may not call iam:ListInstanceProfiles, so instance profiles that hold no role are unknown\./);
    assert.equal(snapshot(out, 'x').listsEveryProfile, 'with-a-role');
  });
});

describe('lint and command', () => {
  test('ask for the names in the config files, and say where the facts come from', async () => {
    const { code, out, err } = await run(['lint', config, '--aws-profile', 'dev']);
    assert.deepEqual([code, err], [1, '']);
    assert.match(out, /error emr\/role-used-as-instance-profile\n.*live IAM, profile dev/);
    assert.match(out, /Change to NodesProfile/);
    assert.match(out, /facts: live IAM, profile dev \(just now\)\n$/);
    assert.ok(!iam.calls.some(({ action }) => action === 'GetAccountAuthorizationDetails'));
    const { summary } = JSON.parse((await run(['lint', config, '--aws-profile', 'dev', '--format', 'json'])).out);
    assert.deepEqual(summary.facts, ['live IAM, profile dev']);
    assert.equal(summary.factsSources[0].kind, 'live');
    assert.match((await run(['command', '--profile', 'dev', '--aws-profile', 'dev'])).out, /InstanceProfile=NodesProfile/);
  });

  test('go on without facts where IAM does not answer', async () => {
    failing('ExpiredToken');
    const { code, out, err } = await run(['lint', config, '--aws-profile', 'dev']);
    assert.equal(code, 2);
    assert.match(err, /^emr-iam: no facts from IAM: The credentials of the profile "dev" have expired: [^\n]*\n$/);
    assert.match(out, /no facts, so no role name was checked/);
    const command = await run(['command', '--profile', 'dev', '--aws-profile', 'dev']);
    assert.match(command.out, /^aws emr create-cluster/);
  });

  test('say which permission is missing', async () => {
    const usual = answering(plain);
    iam.respond = (call, nth) => (call.action === 'GetRole' ? refusal(403, 'AccessDenied') : usual(call, nth));
    const { out } = await run(['lint', config, '--aws-profile', 'dev']);
    assert.match(out, /\nThe profile "dev" may not call iam:GetRole, so roles are unknown\.\n$/);
    assert.doesNotMatch(out, /emr\/unknown-role/);
  });

  test('say how old the facts are, and what they leave open', async () => {
    const account = join(home, 'account.json');
    writeFileSync(account, JSON.stringify({ RoleDetailList: [{ RoleName: 'Service' }] }));
    const then = new Date(Date.now() - 3 * 86_400_000 - 60_000);
    utimesSync(account, then, then);
    const { out } = await run(['lint', config, '--facts', account]);
    assert.match(out, /facts: account\.json \(3 days old\)\nInstance profiles without a role are not listed; .*\n$/);
  });

  test('load the AWS SDK only if they are to ask', async () => {
    const hook = join(home, 'hook.cjs');
    writeFileSync(
      hook,
      "process.on('exit', () => process.stderr.write(Object.keys(require.cache).some((file) => file.includes('liveFacts')) ? 'loaded' : 'not loaded'));\n",
    );
    assert.match((await run(['lint', config], ['--require', hook])).err, /not loaded$/);
    assert.match((await run(['command', '--profile', 'dev'], ['--require', hook])).err, /not loaded$/);
    assert.match((await run(['lint', config, '--aws-profile', 'dev'], ['--require', hook])).err, /^loaded$/);
    for (const bundle of ['emr-iam.js', 'server.js', 'extension.js', 'start.js', 'extension.web.js', 'server.web.js'])
      assert.ok(!readFileSync(inRepository('dist', bundle), 'utf8').includes('@aws-sdk/client-iam'), bundle);
    assert.ok(readFileSync(inRepository('dist/liveFacts.js'), 'utf8').includes('@aws-sdk/client-iam'));
  });
});

test('a listing of 100 MB is read in little memory', async () => {
  const path = join(home, 'large.json');
  const file = openSync(path, 'w');
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${'x'.repeat(1000)}/*` };
  const old = { Document: { Version: '2012-10-17', Statement: Array.from({ length: 100 }, () => statement) }, IsDefaultVersion: false };
  const policy = `${JSON.stringify({ PolicyName: 'p', Arn: 'arn:aws:iam::111122223333:policy/p', PolicyVersionList: [old] })},\n`;
  writeSync(file, '{"RoleDetailList": [{"RoleName": "Service"}], "Policies": [\n');
  for (let written = 0; written < 100_000_000; written += policy.length) writeSync(file, policy);
  writeSync(file, '{}]}\n');
  closeSync(file);
  const { code, err, out } = await run(['lint', config, '--facts', path, '--format', 'json'], ['--max-old-space-size=48']);
  assert.deepEqual([code, err], [1, '']);
  assert.deepEqual(JSON.parse(out).summary.facts, ['large.json']);
});
