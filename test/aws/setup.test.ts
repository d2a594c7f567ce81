// The commands that set up what findings say is missing, run by real shells with both real AWS CLIs against moto: afterwards it is there.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { type ConfigDocument, parseDocument } from '../../server/src/core/document';
import { setupCommands, setupTitle } from '../../server/src/core/emr/setupCommands';
import { trustVerdict } from '../../server/src/core/emr/trustWords';
import { type AccountFacts, accountFacts } from '../../server/src/core/facts/facts';
import type { Finding } from '../../server/src/core/finding';
import { lint } from '../../server/src/core/lint';
import { defaultSettings } from '../../server/src/core/settings';
import { snapshot } from '../harness/account';
import { awsEnvironment, clis } from '../harness/awsCli';
import { catalog } from '../harness/catalog';
import { type Moto, startMoto } from '../harness/moto';

const execute = promisify(execFile);

let folder = '';
let moto: Moto | undefined;
let endpoint = '';
let scripts = 0;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emr-iam-setup-'));
  moto = await startMoto({ MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' });
  endpoint = `http://127.0.0.1:${moto.port}`;
  const keys = 'region = eu-west-1\naws_access_key_id = testing\naws_secret_access_key = testing\n';
  writeFileSync(join(folder, 'config'), ['dev', "'my $team'"].map((profile) => `[profile ${profile}]\n${keys}`).join(''));
  await createRole('Bystander', 'lambda.amazonaws.com');
});

after(() => {
  moto?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** With `aws` sent to moto, in a folder of its own for the documents; by the two versions of the AWS CLI in turn. */
async function run(shell: string, script: string): Promise<string> {
  const { path } = clis[scripts++ % clis.length] ?? assert.fail();
  const toMoto = `set -e\naws() { '${path}' --endpoint-url ${endpoint} "$@"; }\n`;
  const { stdout } = await execute(shell, ['-c', toMoto + script], { cwd: folder, env: awsEnvironment(folder), maxBuffer: 100_000_000 });
  return stdout;
}

async function createRole(name: string, service: string): Promise<void> {
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });
  await run('bash', `aws iam create-role --profile dev --role-name ${name} --assume-role-policy-document '${trust}'`);
}

/** What moto's IAM holds now. */
async function facts(): Promise<AccountFacts> {
  const read = async (what: string): Promise<object> => JSON.parse(await run('bash', `aws iam ${what} --profile dev --output json`));
  // Without AWS's own policies, which the catalog has: they are a thousand.
  const [details, profiles] = await Promise.all([
    read('get-account-authorization-details --filter Role LocalManagedPolicy'),
    read('list-instance-profiles'),
  ]);
  return accountFacts([snapshot(JSON.stringify({ ...details, ...profiles }), 'moto')]);
}

function config(text: string): ConfigDocument {
  const document = parseDocument(text, 'aws-config');
  assert.ok(document.kind === 'config');
  return document;
}

function wrong(document: ConfigDocument, known: AccountFacts): readonly Finding[] {
  const found = lint(document, { settings: defaultSettings, facts: known, catalog: catalog() });
  return found.filter(({ severity }) => severity === 'error' || severity === 'warning');
}

/** Runs the commands for every finding that has some; the rules of those findings. */
async function setUp(shell: string, document: ConfigDocument): Promise<readonly string[]> {
  const context = { settings: defaultSettings, facts: await facts(), catalog: catalog() };
  const findings = wrong(document, context.facts).filter(({ rule }) => setupTitle(rule) !== undefined);
  const scripts = findings.map(({ rule, span }) => {
    const result = setupCommands(document, rule, span.start, context);
    assert.ok(result !== undefined && 'script' in result, rule);
    return result.script;
  });
  // Two findings may lack the same.
  for (const script of new Set(scripts)) await run(shell, script);
  return findings.map(({ rule }) => rule);
}

const block = (profile: string, service: string, instanceProfile: string): string =>
  `[profile ${profile}]\nregion = eu-west-1\nemr =\n    service_role = ${service}\n    instance_profile = ${instanceProfile}\n    log_uri = s3://my-logs/emr/\n    enable_debugging = true\n`;

describe('the setup commands', () => {
  for (const shell of ['bash', 'dash']) {
    test(`make everything that a launch lacks, from ${shell}`, async () => {
      const document = config(block("'my $team'", `arn:aws:iam::123456789012:role/${shell}/Service+${shell}`, `Nodes,${shell}@x`));
      assert.deepEqual(await setUp(shell, document), ['emr/unknown-role', 'emr/unknown-instance-profile']);
      const known = await facts();
      assert.deepEqual(wrong(document, known), []);
      const role = known.role(`Service+${shell}`);
      const profile = known.instanceProfile(`Nodes,${shell}@x`);
      assert.ok(role.state === 'known' && profile.state === 'known');
      assert.equal(role.value.path, `/${shell}/`);
      assert.equal(trustVerdict(role.value, 'service'), 'yes');
      assert.deepEqual(role.value.attachedPolicies?.map(({ name }) => name).sort(), [
        'AmazonEMRServicePolicy_v2',
        `Service+${shell}-pass-ec2-role`,
      ]);
      assert.equal(profile.value.role, `Nodes,${shell}@x`);
    });
  }

  test('mend trust in both directions, give an empty profile its role, and put a role into a profile', async () => {
    for (const [name, service] of [
      ['Swapped', 'ec2.amazonaws.com'],
      ['Closed', 'lambda.amazonaws.com'],
      ['Bare', 'ec2.amazonaws.com'],
    ] as const)
      await createRole(name, service);
    const instanceProfile = 'aws iam create-instance-profile --profile dev --instance-profile-name';
    await run(
      'bash',
      `${instanceProfile} Empty\n${instanceProfile} Closed\naws iam add-role-to-instance-profile --profile dev --instance-profile-name Closed --role-name Closed`,
    );
    const seen = new Set<string>();
    for (const [service, profile] of [
      ['Swapped', 'Closed'],
      ['Swapped', 'Empty'],
      ['Swapped', 'Bare'],
    ] as const) {
      const document = config(block('dev', service, profile));
      // What can be judged only once the rest is right comes in a later round.
      for (let round = 0, rules = await setUp('bash', document); rules.length > 0; rules = await setUp('bash', document)) {
        for (const rule of rules) seen.add(rule);
        assert.ok(round++ < 4, rules.join());
      }
      const left = wrong(document, await facts()).map(({ rule }) => rule);
      // Swapped was made without the policies of a service role.
      assert.deepEqual(left, ['emr/service-role-permissions'], profile);
    }
    for (const rule of [
      'emr/service-role-trust',
      'emr/ec2-role-trust',
      'emr/instance-profile-without-role',
      'emr/role-used-as-instance-profile',
      'emr/ec2-role-permissions',
    ])
      assert.ok(seen.has(rule), rule);
    const before = JSON.parse(await run('bash', 'cat Swapped-trust-before.json'));
    assert.match(JSON.stringify(before), /ec2\.amazonaws\.com/);
  });

  test('bring copies of policies of EMR up to date, or put the managed policy in their place', async () => {
    const version = (name: string, id: string): string =>
      catalog()
        .emrPolicy(name)
        ?.versions.find((each) => each.id === id)?.document ?? assert.fail(`${name} has no ${id}`);
    await createRole('Copied', 'elasticmapreduce.amazonaws.com');
    await createRole('Copies', 'ec2.amazonaws.com');
    const policies = [
      ['emr', 'AmazonElasticMapReduceRole', 'v9'],
      ['notebooks', 'AmazonElasticMapReduceEditorsRole', 'v1'],
    ] as const;
    const made = policies.map(([name, original, id]) => {
      const document = `--policy-document '${version(original, id)}'`;
      return `aws iam put-role-policy --profile dev --role-name Copied --policy-name ${name} ${document}
arn=$(aws iam create-policy --profile dev --policy-name ${name} ${document} --query Policy.Arn --output text)
aws iam attach-role-policy --profile dev --role-name Copies --policy-arn "$arn"`;
    });
    const profile = '--profile dev --instance-profile-name Copies';
    await run(
      'bash',
      `${made.join('\n')}\naws iam create-instance-profile ${profile}\naws iam add-role-to-instance-profile ${profile} --role-name Copies`,
    );
    const document = config(block('dev', 'Copied', 'Copies'));
    const rules = await setUp('dash', document);
    assert.equal(rules.filter((rule) => rule === 'emr/inline-policy-drift').length, 4, rules.join());
    const known = await facts();
    assert.ok(!wrong(document, known).some(({ rule }) => rule === 'emr/inline-policy-drift'));
    const [copied, copies] = [known.role('Copied'), known.role('Copies')];
    assert.ok(copied.state === 'known' && copies.state === 'known');
    assert.deepEqual(
      copied.value.inlinePolicies?.map(({ name }) => name),
      ['emr'],
    );
    assert.deepEqual(
      copied.value.attachedPolicies?.map(({ name }) => name),
      ['AmazonElasticMapReduceEditorsRole'],
    );
    const attached = copies.value.attachedPolicies?.map(({ name }) => name) ?? [];
    assert.ok(attached.includes('emr') && attached.includes('AmazonElasticMapReduceEditorsRole') && !attached.includes('notebooks'));
    const before: unknown = JSON.parse(await run('bash', 'cat Copied-emr-before.json'));
    assert.deepEqual(before, JSON.parse(version('AmazonElasticMapReduceRole', 'v9')));
  });
});
