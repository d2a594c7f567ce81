// The launch command, run by a real shell with both real AWS CLIs against moto: what arrives is what the profile means.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { parseDocument } from '../../server/src/core/document';
import { createClusterWords } from '../../server/src/core/emr/createCluster';
import { launchCommand } from '../../server/src/core/emr/launchCommand';
import type { LaunchOptions, LaunchSpec } from '../../server/src/core/emr/launchSpec';
import { newestRelease } from '../../server/src/core/emr/releases';
import { render } from '../../server/src/core/emr/render/render';
import { runJobFlowRequest } from '../../server/src/core/emr/render/runJobFlow';
import { posixCommand } from '../../server/src/core/emr/shell';
import { accountFacts, noFacts } from '../../server/src/core/facts/facts';
import { lint } from '../../server/src/core/lint';
import { defaultSettings } from '../../server/src/core/settings';
import { factsOf, snapshot } from '../harness/account';
import { type AwsCli, awsEnvironment, credentialsOf, oracleOf, withEachCli } from '../harness/awsCli';
import { knownTo, launchConfig, launchOptions, launchProfiles, planOf } from '../harness/launches';
import { type Moto, startMoto } from '../harness/moto';
import { inRepository } from '../harness/repository';

const execute = promisify(execFile);

let folder = '';
let moto: Moto | undefined;
let proxy: Server | undefined;
let endpoint = '';
const requests: { readonly target: string; readonly body: string }[] = [];

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emr-iam-aws-'));
  writeFileSync(join(folder, 'credentials'), credentialsOf(['default', 'analytics', 'p', ...launchProfiles]));
  moto = await startMoto();
  const { port } = moto;
  // moto makes up what a request leaves out, so the requests themselves are kept.
  proxy = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      requests.push({ target: String(incoming.headers['x-amz-target'] ?? ''), body: body.toString() });
      const { method, url, headers } = incoming;
      const forwarded = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      forwarded.on('error', () => outgoing.writeHead(502).end());
      forwarded.end(body);
    });
  });
  await new Promise<void>((resolve) => proxy?.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});

after(() => {
  proxy?.close();
  moto?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const environment = (config: string): NodeJS.ProcessEnv => ({
  ...awsEnvironment(folder),
  AWS_CONFIG_FILE: config,
  AWS_DEFAULT_REGION: 'eu-west-1',
});

/** Runs the text in a shell, with `aws` sent to moto; the request that it made. */
async function runJobFlow({ path }: AwsCli, shell: string, command: string, config: string): Promise<Record<string, unknown>> {
  requests.length = 0;
  const text = command.replace(/^aws /, `'${path}' --endpoint-url ${endpoint} `);
  await execute(shell, ['-c', text], { env: environment(config) });
  const sent = requests.find(({ target }) => target === 'ElasticMapReduce.RunJobFlow');
  assert.ok(sent, 'no RunJobFlow request arrived');
  return JSON.parse(sent.body);
}

function commandOf(config: string, profile: string, options = {}, facts = noFacts): string {
  const document = parseDocument(readFileSync(config, 'utf8'), 'aws-config');
  assert.equal(document.kind, 'config');
  const result = document.kind === 'config' && launchCommand(document, profile, { settings: defaultSettings, facts }, options);
  assert.ok(result && 'command' in result);
  return result.command;
}

withEachCli('the launch command', 'command', (cli) => {
  for (const shell of ['bash', 'dash']) {
    test(`sends the roles and settings of the profile, from ${shell}`, async () => {
      const config = inRepository('examples/.aws/config');
      const sent = await runJobFlow(cli, shell, commandOf(config, 'analytics'), config);
      assert.equal(sent['ServiceRole'], 'AnalyticsEmrServiceRole');
      assert.equal(sent['JobFlowRole'], 'AnalyticsEmrEc2Role');
      assert.equal(sent['LogUri'], 's3://example-analytics-logs/emr/');
      assert.equal(sent['ReleaseLabel'], newestRelease);
      assert.deepEqual(sent['Applications'], [{ Name: 'Spark' }]);
    });

    test(`carries names full of shell and shorthand characters through ${shell}`, async () => {
      const hostile = 'a,b=[c] {d} "e" \'f\' $G `h` \\i *j ~k !l #m';
      const config = join(folder, 'hostile');
      writeFileSync(
        config,
        `[profile p]\nemr =\n    service_role = Role+=,.@-x\n    instance_profile = P,q=r\n    key_name = ${hostile}\n`,
      );
      const sent = await runJobFlow(
        cli,
        shell,
        commandOf(config, 'p', { values: { name: hostile, applications: [{ Name: 'Hive' }, { Name: 'A,b' }] } }),
        config,
      );
      assert.equal(sent['Name'], hostile);
      assert.equal(sent['ServiceRole'], 'Role+=,.@-x');
      assert.equal(sent['JobFlowRole'], 'P,q=r');
      assert.equal((sent['Instances'] as Record<string, unknown>)['Ec2KeyName'], hostile);
      assert.deepEqual(sent['Applications'], [{ Name: 'Hive' }, { Name: 'A,b' }]);
    });
  }

  test('works where the profile itself would stop the AWS CLI', async () => {
    const config = join(folder, 'boolean');
    writeFileSync(config, '[default]\nemr =\n    service_role = A\n    instance_profile = B\n    enable_debugging = perhaps\n');
    await assert.rejects(
      runJobFlow(cli, 'bash', 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge', config),
      /perhaps for enable_debugging/,
    );
    assert.equal((await runJobFlow(cli, 'bash', commandOf(config, 'default'), config))['ServiceRole'], 'A');
  });

  test('uses the default roles for a profile that names none', async () => {
    const config = join(folder, 'plain');
    writeFileSync(config, '[default]\nregion = eu-west-1\n');
    const sent = await runJobFlow(cli, 'bash', commandOf(config, 'default'), config);
    assert.deepEqual([sent['ServiceRole'], sent['JobFlowRole']], ['EMR_DefaultRole', 'EMR_EC2_DefaultRole']);
  });

  test('tags the cluster where the policy of the service role asks for it', async () => {
    const config = join(folder, 'tagged');
    writeFileSync(config, '[default]\nemr =\n    service_role = EMR_DefaultRole_V2\n    instance_profile = EMR_EC2_DefaultRole\n');
    const facts = factsOf({
      roles: [{ name: 'EMR_DefaultRole_V2', attachedPolicies: ['AmazonEMRServicePolicy_v2'] }],
      instanceProfiles: [],
    });
    const sent = await runJobFlow(cli, 'bash', commandOf(config, 'default', {}, facts), config);
    assert.deepEqual(sent['Tags'], [{ Key: 'for-use-with-amazon-emr-managed-policies', Value: 'true' }]);
  });

  test('has long JSON read from files', async () => {
    const config = inRepository('examples/.aws/config');
    const document = parseDocument(readFileSync(config, 'utf8'), 'aws-config');
    const Properties = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`key ${i}`, 'ä % "q" \\ 😀']));
    const configurations = [{ Classification: 'spark-defaults', Properties }];
    const jsonFolder = mkdtempSync(join(folder, 'json files '));
    const context = { settings: defaultSettings, facts: noFacts };
    const result = document.kind === 'config' && launchCommand(document, 'analytics', context, { values: { configurations }, jsonFolder });
    assert.ok(result && 'command' in result);
    for (const { name, text } of result.files) writeFileSync(join(jsonFolder, name), text);
    assert.match(result.command, /--configurations 'file:/);
    assert.deepEqual((await runJobFlow(cli, 'bash', result.command, config))['Configurations'], configurations);
  });
});

/** Such as both shells and the CLI take; they are the same in every run. */
const plans = (known: (options: LaunchOptions) => LaunchOptions): readonly LaunchSpec[] =>
  fc
    .sample(launchOptions, { numRuns: 80, seed: 20_261_127 })
    .map(({ profile, options }) => planOf(profile, known(options)))
    .filter(({ spec, problems }) => problems.every(({ by }) => by === 'emr') && Boolean(spec.values['release-label']))
    .filter(({ spec }) => !/"(fileb?|https?):/.test(JSON.stringify(spec.values)))
    .slice(0, 20)
    .map(({ spec }) => spec);

/** A config file with the profiles of the random launches. */
function launchConfigFile(): string {
  const path = join(folder, 'launches');
  writeFileSync(path, launchConfig);
  return path;
}

withEachCli('random launches', 'code', (cli) => {
  const oracle = oracleOf(cli);
  for (const [i, shell] of ['bash', 'dash'].entries()) {
    test(`arrive through ${shell} and the real command as their requests say`, async () => {
      const config = launchConfigFile();
      const options = await oracle.options();
      for (const spec of plans((launch) => knownTo(options, launch)).filter((_, n) => n % 2 === i)) {
        const command = posixCommand(createClusterWords(spec));
        assert.deepEqual(await runJobFlow(cli, shell, command, config), JSON.parse(JSON.stringify(runJobFlowRequest(spec))), command);
      }
    });
  }
});

describe('random launches', () => {
  test('arrive from boto3 too', async () => {
    const config = launchConfigFile();
    for (const spec of plans((launch) => launch).slice(0, 6)) {
      const result = render(spec, 'boto3');
      assert.ok('text' in result);
      requests.length = 0;
      const environmentOfBoto3 = { ...environment(config), AWS_ENDPOINT_URL: endpoint };
      await execute('python3', ['-c', result.text], { env: environmentOfBoto3 });
      const sent = requests.find(({ target }) => target === 'ElasticMapReduce.RunJobFlow');
      assert.deepEqual(JSON.parse(sent?.body ?? '{}'), JSON.parse(JSON.stringify(runJobFlowRequest(spec))), result.text);
    }
  });
});

withEachCli('facts', 'command', ({ path }) => {
  test('come from what the AWS CLI writes about an account', async () => {
    await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    });
    const aws = async (...args: readonly string[]): Promise<string> => {
      const options = { env: environment(join(folder, 'none')) };
      return (await execute(path, ['--endpoint-url', endpoint, '--output', 'json', ...args], options)).stdout;
    };
    for (const role of ['Service', 'Ec2Role', 'Other'])
      await aws('iam', 'create-role', '--role-name', role, '--assume-role-policy-document', trust);
    for (const [profile, role] of [
      ['Ec2Profile', 'Ec2Role'],
      ['OtherProfile', 'Other'],
    ] as const) {
      await aws('iam', 'create-instance-profile', '--instance-profile-name', profile);
      await aws('iam', 'add-role-to-instance-profile', '--instance-profile-name', profile, '--role-name', role);
    }
    const permissions = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] });
    await aws('iam', 'put-role-policy', '--role-name', 'Service', '--policy-name', 'extra', '--policy-document', permissions);
    const facts = accountFacts([
      snapshot(await aws('iam', 'get-account-authorization-details'), 'details.json'),
      snapshot(await aws('iam', 'list-instance-profiles'), 'profiles.json'),
    ]);
    const text =
      '[default]\nemr =\n    service_role = Service\n    instance_profile = Ec2Role\n[profile b]\nemr =\n    service_role = Sevrice\n    instance_profile = Ec2Profiel\n';
    const found = lint(parseDocument(text, 'aws-config'), { settings: defaultSettings, facts });
    assert.deepEqual(
      found.map(({ rule, fixes }) => [rule, ...fixes.map(({ title }) => title)]),
      [
        ['emr/use-default-roles'],
        ['emr/inline-policy'],
        ['emr/service-role-trust'],
        ['emr/role-used-as-instance-profile', 'Change to Ec2Profile, which holds Ec2Role'],
        ['emr/unknown-role', 'Change to Service'],
        ['emr/unknown-instance-profile', 'Change to Ec2Profile'],
      ],
    );
  });
});
