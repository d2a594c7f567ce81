// Live IAM, what "emr-iam facts" writes and what the two AWS commands write say the same, on the command line and in the editor. The IAM
// is moto's, with every shape of role in it among 2,000 others.

import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver-protocol/node';
import { type AccountFacts, type Answer, accountFacts } from '../../server/src/core/facts/facts';
import { askIamRequest } from '../../server/src/lsp/protocol';
import { live } from '../../server/src/node/live';
import { snapshot } from '../harness/account';
import { connect } from '../harness/client';
import { inRepository } from '../harness/repository';

const execute = promisify(execFile);
const others = 2000;
/** For every role that is asked for: the whole account, from the question to the last answer. */
const budget = 5000;

let folder = '';
let config = '';
let endpoint = '';
let moto: ChildProcess | undefined;

const trust = (principal: object, more: object = {}): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more }] });
const emr = { Service: 'elasticmapreduce.amazonaws.com' };
const ec2 = { Service: 'ec2.amazonaws.com' };
const allow = (action: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: 'arn:aws:s3:::a+b%20c/*' }] });

/** Path, trust policy and inline policies by name. */
const roles: Readonly<
  Record<string, { readonly trust: string; readonly path?: string; readonly inline?: Readonly<Record<string, string>> }>
> = {
  CustomService: { trust: trust(emr), path: '/service-role/' },
  CustomNodes: { trust: trust(ec2), inline: { extra: allow('s3:GetObject'), more: allow('s3:PutObject') } },
  Denied: {
    trust: JSON.stringify({
      Version: '2012-10-17',
      Statement: [JSON.parse(trust(emr)).Statement[0], { Effect: 'Deny', Principal: '*', Action: 'sts:*' }],
    }),
  },
  Guarded: {
    trust: trust(emr, {
      Condition: {
        StringEquals: { 'aws:SourceAccount': '123456789012' },
        ArnLike: { 'aws:SourceArn': 'arn:aws:elasticmapreduce:*:123456789012:*' },
      },
    }),
  },
  Wrong: { trust: trust({ Service: 'emr.amazonaws.com' }) },
  ChinaService: { trust: trust({ Service: 'elasticmapreduce.amazonaws.com.cn' }) },
  ChinaNodes: { trust: trust({ Service: ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] }) },
};
/** The role in each, if there is one. */
const profiles: Readonly<Record<string, string | undefined>> = {
  NodesProfile: 'CustomNodes',
  ChinaNodes: 'ChinaNodes',
  EmptyProfile: undefined,
};
/** Named in the blocks of the config file; the last of each does not exist. */
const named = {
  roles: [
    'EMR_DefaultRole',
    'CustomService',
    'Denied',
    'Guarded',
    'Wrong',
    'ChinaService',
    'arn:aws:iam::123456789012:role/service-role/CustomService',
    'CustomServic',
  ],
  instanceProfiles: ['EMR_EC2_DefaultRole', 'NodesProfile', 'ChinaNodes', 'EmptyProfile', 'CustomNodes', 'NodesProfil'],
};

function environment(): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_ENDPOINT_URL_IAM: endpoint,
    AWS_ENDPOINT_URL_STS: endpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

async function aws(...args: string[]): Promise<string> {
  const { stdout } = await execute('aws', ['--profile', 'dev', '--output', 'json', ...args], {
    env: environment(),
    maxBuffer: 100_000_000,
  });
  return stdout;
}

async function emrIam(...args: string[]): Promise<{ out: string; err: string }> {
  return await execute(process.execPath, [inRepository('dist/emr-iam.js'), ...args], { env: environment(), maxBuffer: 100_000_000 }).then(
    ({ stdout, stderr }) => ({ out: stdout, err: stderr }),
    ({ stdout, stderr }) => ({ out: stdout, err: stderr }),
  );
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emr-iam-live-'));
  config = join(folder, 'config');
  const keys = 'region = us-east-1\naws_access_key_id = testing\naws_secret_access_key = testing\n';
  const blocks = named.roles.map(
    (role, i) =>
      `[profile p${i}]\nemr =\n    service_role = ${role}\n    instance_profile = ${named.instanceProfiles[i % named.instanceProfiles.length]}\n`,
  );
  writeFileSync(config, `[profile dev]\n${keys}${blocks.join('')}`);
  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
  const { port } = free.address() as AddressInfo;
  free.close();
  endpoint = `http://127.0.0.1:${port}`;
  moto = spawn(await pythonOfMoto(), [inRepository('test/aws/moto_iam.py'), String(others), '-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
  });
  const deadline = Date.now() + 60_000;
  while (
    !(await fetch(`${endpoint}/moto-api/`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    assert.ok(Date.now() < deadline, 'moto did not start');

  await aws('emr', 'create-default-roles', '--iam-endpoint', endpoint);
  for (const [name, { trust: document, path = '/', inline = {} }] of Object.entries(roles)) {
    await aws('iam', 'create-role', '--role-name', name, '--path', path, '--assume-role-policy-document', document);
    for (const [policy, text] of Object.entries(inline))
      await aws('iam', 'put-role-policy', '--role-name', name, '--policy-name', policy, '--policy-document', text);
  }
  for (const [name, role] of Object.entries(profiles)) {
    await aws('iam', 'create-instance-profile', '--instance-profile-name', name);
    if (role !== undefined) await aws('iam', 'add-role-to-instance-profile', '--instance-profile-name', name, '--role-name', role);
  }
  const { Policy } = JSON.parse(await aws('iam', 'create-policy', '--policy-name', 'own', '--policy-document', allow('s3:ListBucket')));
  await aws('iam', 'attach-role-policy', '--role-name', 'CustomService', '--policy-arn', Policy.Arn);
  await aws(
    'iam',
    'attach-role-policy',
    '--role-name',
    'CustomService',
    '--policy-arn',
    'arn:aws:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2',
  );
  for (const [name, value] of Object.entries(environment())) process.env[name] = value;
});

after(() => {
  moto?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** The interpreter that the program `moto_server` runs with. */
async function pythonOfMoto(): Promise<string> {
  const { stdout } = await execute('sh', ['-c', 'command -v moto_server']);
  const program = /^#!(\S+)/.exec(readFileSync(stdout.trim(), 'utf8'))?.[1];
  return program === undefined || !/python/.test(program) ? 'python3' : program;
}

async function liveSource(names: typeof named | undefined) {
  const answer = await live.ask({ profile: 'dev', names }, {});
  assert.ok(answer.ok, answer.ok ? '' : answer.reason);
  return answer.source;
}

/** What matters of an answer, however its source writes it: documents as JSON, and lists without their order. */
function said<T extends object>({ state, ...rest }: Answer<T>): unknown {
  if (state !== 'known' || !('value' in rest)) return state;
  const parsed = (_key: string, value: unknown): unknown => {
    if (Array.isArray(value)) return [...value].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    return typeof value === 'string' && value.startsWith('{') ? JSON.parse(value) : value;
  };
  return JSON.parse(JSON.stringify(rest.value, parsed));
}

function answers(facts: AccountFacts): unknown {
  const byName = (names: readonly string[], ask: (name: string) => unknown): unknown =>
    Object.fromEntries(names.map((name) => [name, ask(name)]));
  return {
    roles: byName(named.roles, (name) => said(facts.role(name))),
    instanceProfiles: byName(named.instanceProfiles, (name) => said(facts.instanceProfile(name))),
    held: byName(named.instanceProfiles, (name) => {
      const profile = facts.instanceProfile(name);
      return profile.state === 'known' && profile.value.role !== undefined ? said(facts.role(profile.value.role)) : undefined;
    }),
    policies: byName(['own', 'AmazonEMRServicePolicy_v2', 'AmazonElasticMapReduceRole'], (name) => said(facts.managedPolicy(name))),
    holding: facts.instanceProfilesHolding('CustomNodes').map(({ name }) => name),
  };
}

describe('live IAM, "emr-iam facts" and the AWS commands', () => {
  const files = { facts: '', details: '', profiles: '' };
  before(async () => {
    for (const [name, text] of [
      ['details', await aws('iam', 'get-account-authorization-details')],
      ['profiles', await aws('iam', 'list-instance-profiles')],
    ] as const) {
      files[name] = join(folder, `${name}.json`);
      writeFileSync(files[name], text);
    }
    files.facts = join(folder, 'facts.json');
    const { err } = await emrIam('facts', '--aws-profile', 'dev', '--out', files.facts);
    assert.match(err, new RegExp(`^${others + 3 + Object.keys(roles).length} roles, `, 'm'));
    assert.equal(statSync(files.facts).mode & 0o777, 0o600);
  });

  test('give the same answers about every shape', async () => {
    const read = (path: string) => snapshot(readFileSync(path, 'utf8'), 'x');
    const expected = answers(accountFacts([read(files.details), read(files.profiles)]));
    assert.ok(JSON.stringify(expected).includes('"absent"') && JSON.stringify(expected).includes('a+b%20c'));
    assert.deepEqual(answers(accountFacts([read(files.facts)])), expected);
    assert.deepEqual(answers(accountFacts([await liveSource(undefined)])), expected);
    assert.deepEqual(answers(accountFacts([await liveSource(named)])), expected);
  });

  test('tell of the roles that only a script names', async () => {
    const script = join(folder, 'launch.sh');
    const roles = '--service-role NobodyKnows --ec2-attributes InstanceProfile=NorThis --auto-scaling-role NorThat';
    writeFileSync(script, `aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge ${roles}\n`);
    const { findings } = JSON.parse((await emrIam('lint', script, '--format', 'json', '--aws-profile', 'dev')).out);
    assert.deepEqual(findings.map(({ rule }: { rule: string }) => rule).sort(), [
      'launch/unknown-instance-profile',
      'launch/unknown-role',
      'launch/unknown-role',
    ]);
  });

  test('give the same findings, on the command line and in the editor', async () => {
    const found = async (...args: string[]): Promise<unknown[]> => {
      const { findings } = JSON.parse((await emrIam('lint', config, '--format', 'json', ...args)).out);
      return findings.map(({ rule, start }: { rule: string; start: { line: number } }) => `${start.line} ${rule}`).sort();
    };
    const expected = await found('--facts', files.details, '--facts', files.profiles);
    assert.ok(expected.some((finding) => /emr\/unknown-role/.test(String(finding))));
    assert.ok(expected.some((finding) => /emr\/role-used-as-instance-profile/.test(String(finding))));
    assert.deepEqual(await found('--facts', files.facts), expected);
    assert.deepEqual(await found('--aws-profile', 'dev'), expected);

    const uri = pathToFileURL(config).href;
    const inEditor = async (settings: unknown, what?: 'file' | 'account'): Promise<unknown[]> => {
      const child = spawn(process.execPath, [inRepository('dist/server.js'), '--stdio'], {
        env: environment(),
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      try {
        const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
        const client = await connect(connection, { textDocument: { diagnostic: {} }, workspace: { configuration: true } }, settings);
        await client.open(uri, readFileSync(config, 'utf8'), 'aws-config');
        if (what !== undefined) await connection.sendRequest(askIamRequest, { what, uri });
        const diagnostics = await client.diagnostics(uri);
        await client.stop();
        return diagnostics.map(({ code, range }) => `${range.start.line + 1} ${code}`).sort();
      } finally {
        child.kill();
      }
    };
    assert.deepEqual(await inEditor({ factsFiles: [files.details, files.profiles] }), expected);
    assert.deepEqual(await inEditor({ factsFiles: [files.facts] }), expected);
    assert.deepEqual(await inEditor({ live: { profile: 'dev' } }, 'file'), expected);
    assert.deepEqual(await inEditor({ live: { profile: 'dev' } }, 'account'), expected);
  });

  test(`know ${others} other roles in ${budget / 1000} seconds`, async (t) => {
    const start = performance.now();
    const source = await liveSource(undefined);
    const took = performance.now() - start;
    assert.ok(source.roles.length > others);
    // How long moto itself needs for the larger of the two answers.
    const [before] = [performance.now()];
    await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: 'AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=x',
      },
      body: 'Action=GetAccountAuthorizationDetails&Version=2010-05-08',
    }).then((response) => response.text());
    const floor = performance.now() - before;
    t.diagnostic(`${Math.round(took)} ms, of which moto ${Math.round(floor)} ms`);
    assert.ok(took < Math.max(budget, 2 * floor), `${took} ms`);
  });
});
