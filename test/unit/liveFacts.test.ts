// Live facts against an IAM that does what is hard to get a real one to do.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { accountFacts, type FactsSource } from '../../server/src/core/facts/facts';
import type { LiveOptions, LiveQuestion } from '../../server/src/lsp/runtime';
import { live } from '../../server/src/node/live';
import { whyFailed } from '../../server/src/node/liveFailure';
import { account, answer, answering, document, plain, type Reply, refusal, type ScriptedIam, startIam, trustOf } from '../harness/iam';

const secret = 'wJalrXUtnFEMIK7MDENG';
const environment = { ...process.env };
let folder = '';
let iam: ScriptedIam;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'emr-iam-live-'));
  const keys = `aws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = ${secret}\n`;
  writeFileSync(
    join(folder, 'config'),
    [
      `[profile dev]\nregion = eu-west-1\n${keys}`,
      '[profile nothing]\nregion = eu-west-1\n',
      '[profile mfa]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = dev\nmfa_serial = arn:aws:iam::111122223333:mfa/x\n',
      '[profile role]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = dev\n',
      '[profile sso]\nsso_session = s\nsso_account_id = 111122223333\nsso_role_name = x\n',
      '[profile of-sso]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = sso\n',
      '[sso-session s]\nsso_region = eu-west-1\nsso_start_url = https://example.invalid/start\n',
      '[profile process]\ncredential_process = node -e "process.exit(1)"\n',
      `[profile elsewhere]\nendpoint_url = http://127.0.0.1:1\n${keys}`,
    ].join(''),
  );
});
after(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  iam = await startIam(answering(plain));
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, {
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_ENDPOINT_URL_IAM: iam.endpoint,
    AWS_ENDPOINT_URL_STS: iam.endpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
    HOME: folder,
  });
});
afterEach(async () => {
  await iam.stop();
  for (const name of Object.keys(process.env)) if (!Object.hasOwn(environment, name)) delete process.env[name];
  Object.assign(process.env, environment);
});

const names = { roles: ['Service'], instanceProfiles: ['NodesProfile'] };

async function ask(question: Partial<LiveQuestion> = { names }, options: LiveOptions = {}): Promise<FactsSource> {
  const result = await live.ask({ profile: 'dev', ...question }, options);
  assert.ok(result.ok, result.ok ? '' : result.reason);
  return result.source;
}

async function failure(question: Partial<LiveQuestion> = { names }, options: LiveOptions = {}): Promise<string> {
  const result = await live.ask({ profile: 'dev', ...question }, options);
  assert.ok(!result.ok);
  assert.doesNotMatch(result.reason, new RegExp(`${secret}|hunter2|AKIDEXAMPLE|<|\\n`));
  assert.match(result.reason, /^[A-Z].*[.?]$/);
  return result.reason;
}

/** As the account, but for some actions. */
function except(replies: Readonly<Record<string, (nth: number, marker: string | null) => Reply | undefined>>): void {
  const usual = answering(plain);
  iam.respond = (call, nth) => {
    const reply = replies[call.action];
    return reply === undefined ? usual(call, nth) : reply(nth, call.parameters.get('Marker'));
  };
}

const actions = (): string[] => [...new Set(iam.calls.map(({ action }) => action))].sort();

describe('a few names', () => {
  for (const [how, encode] of [
    ['percent-encoded', encodeURIComponent],
    ['plain', (text: string) => text],
  ] as const) {
    test(`are looked up with their policies, documents ${how}`, async () => {
      iam.respond = answering({ ...plain, encode });
      const source = await ask();
      assert.equal(source.kind, 'live');
      assert.equal(source.label, 'live IAM, profile dev');
      assert.ok(Math.abs(Date.now() - (source.asOf ?? 0)) < 60_000);
      assert.deepEqual(source.accounts, [account]);
      assert.deepEqual([source.listsEveryRole, source.listsEveryProfile, source.gaps], [false, 'no', undefined]);
      const facts = accountFacts([source]);
      const service = facts.role('Service');
      assert.ok(service.state === 'known');
      assert.equal(service.value.trustPolicy, trustOf('elasticmapreduce.amazonaws.com'));
      assert.deepEqual(service.value.inlinePolicies, [{ name: 'inline', document }]);
      assert.deepEqual(
        service.value.attachedPolicies?.map(({ name }) => name),
        ['shared'],
      );
      const shared = facts.managedPolicy('shared');
      assert.ok(shared.state === 'known');
      assert.deepEqual([shared.value.version, shared.value.document], ['v2', document]);
      const profile = facts.instanceProfile('NodesProfile');
      assert.equal(profile.state === 'known' && profile.value.role, 'Nodes');
      assert.equal(facts.role('Nodes').state, 'known', 'the role in the profile');
      assert.equal(facts.role('Other').state, 'unknown');
      assert.equal(facts.instanceProfile('Other').state, 'unknown');
    });
  }

  test('that are not there are absent, and of an absent profile the role of that name and its profiles are looked for', async () => {
    const facts = accountFacts([await ask({ names: { roles: ['Gone'], instanceProfiles: ['Nodes', 'Missing', 'Empty'] } })]);
    assert.equal(facts.role('Gone').state, 'absent');
    assert.equal(facts.instanceProfile('Missing').state, 'absent');
    assert.equal(facts.role('Missing').state, 'unknown', 'nobody asked whether it is a role');
    assert.equal(facts.instanceProfile('Nodes').state, 'absent');
    assert.deepEqual(
      facts.instanceProfilesHolding('Nodes').map(({ name }) => name),
      ['NodesProfile'],
    );
    const empty = facts.instanceProfile('Empty');
    assert.equal(empty.state === 'known' && empty.value.role, undefined);
    assert.deepEqual(facts.sources[0]?.accounts, [account]);
    assert.equal(facts.forAccount('999988887777').role('Gone').state, 'unknown');
  });

  test('are absent from no account if nobody can tell which it is', async () => {
    process.env['AWS_ENDPOINT_URL_STS'] = 'http://127.0.0.1:1';
    const facts = accountFacts([await ask({ names: { roles: ['Gone'], instanceProfiles: [] } })]);
    assert.equal(facts.role('Gone').state, 'unknown');
  });

  test('with a path or as an ARN are asked for by their name; what is of another account, or no name at all, is not asked for', async () => {
    const roles = ['/a/Service', `arn:aws:iam::${account}:role/Nodes`, 'arn:aws:iam::999988887777:role/Foreign', '<role>', 'a b'];
    const facts = accountFacts([await ask({ names: { roles, instanceProfiles: [`arn:aws:iam::${account}:role/Nodes`] } })]);
    assert.deepEqual([...facts.roleNames].sort(), ['Nodes', 'Service']);
    const asked = iam.calls.filter(({ action }) => action === 'GetRole').map(({ parameters }) => parameters.get('RoleName'));
    assert.deepEqual(asked.sort(), ['Nodes', 'Service']);
    assert.ok(!actions().includes('GetInstanceProfile'));
  });

  test('are asked for eight at a time, each once', async () => {
    const roles = Array.from({ length: 60 }, (_, i) => `R${i}`);
    iam.respond = answering({ ...plain, roles });
    const told: string[] = [];
    await ask({ names: { roles: [...roles, ...roles], instanceProfiles: [] } }, { onProgress: (text) => told.push(text) });
    assert.ok(iam.mostAtOnce() > 1 && iam.mostAtOnce() <= 8, `${iam.mostAtOnce()} at once`);
    assert.equal(iam.calls.filter(({ action }) => action === 'GetRole').length, 60);
    assert.equal(iam.calls.filter(({ action }) => action === 'GetPolicyVersion').length, 1);
    assert.equal(told.at(-1), '61 of 61 roles, instance profiles and policies');
  });
});

describe('the whole account', () => {
  test('is listed, page after page, whatever the markers look like', async () => {
    const marker = 'a+b/c=&d é%20"<x>';
    const escaped = marker.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const page = (action: string, list: string, item: string, isLast: boolean): Reply =>
      answer(
        action,
        `<${list}><member>${item}</member></${list}><IsTruncated>${!isLast}</IsTruncated>${isLast ? '' : `<Marker>${escaped}</Marker>`}`,
      );
    const role = (name: string): string => `<RoleName>${name}</RoleName><Path>/</Path><Arn>arn:aws:iam::${account}:role/${name}</Arn>`;
    const profile = (name: string): string =>
      `<InstanceProfileName>${name}</InstanceProfileName><Path>/</Path><Arn>arn:aws:iam::${account}:instance-profile/${name}</Arn>`;
    except({
      GetAccountAuthorizationDetails: (_, at) =>
        page('GetAccountAuthorizationDetails', 'RoleDetailList', role(at === marker ? 'B' : 'A'), at === marker),
      ListInstanceProfiles: (_, at) => page('ListInstanceProfiles', 'InstanceProfiles', profile(at === marker ? 'Q' : 'P'), at === marker),
    });
    const told: string[] = [];
    const source = await ask({}, { onProgress: (text) => told.push(text) });
    assert.deepEqual(
      source.roles.map(({ name }) => name),
      ['A', 'B'],
    );
    assert.deepEqual(
      source.instanceProfiles.map(({ name }) => name),
      ['P', 'Q'],
    );
    assert.deepEqual([source.listsEveryRole, source.listsEveryProfile], [true, 'yes']);
    assert.equal(told.at(-1), '2 roles, 0 users, 0 policies, 2 instance profiles');
  });

  test('says of it what a look-up of its names says', async () => {
    const [all, some] = [
      accountFacts([await ask({})]),
      accountFacts([await ask({ names: { roles: ['Service', 'Nodes'], instanceProfiles: ['NodesProfile', 'Empty'] } })]),
    ];
    for (const name of ['Service', 'Nodes']) {
      const [a, b] = [all.role(name), some.role(name)];
      assert.ok(a.state === 'known' && b.state === 'known');
      assert.equal(JSON.stringify(a.value), JSON.stringify(b.value));
    }
    for (const name of ['NodesProfile', 'Empty']) {
      const [a, b] = [all.instanceProfile(name), some.instanceProfile(name)];
      assert.ok(a.state === 'known' && b.state === 'known');
      assert.equal(JSON.stringify(a.value), JSON.stringify(b.value));
    }
  });

  test('is not known if its pages never end', async () => {
    except({
      ListInstanceProfiles: () => answer('ListInstanceProfiles', '<InstanceProfiles/><IsTruncated>true</IsTruncated><Marker>m</Marker>'),
    });
    assert.match(await failure({}), /not IAM/);
  });
});

describe('a permission that is missing', () => {
  for (const [action, isUnknown] of [
    ['GetRole', ({ roles }: FactsSource) => roles.every(({ inlinePolicies }) => inlinePolicies === undefined)],
    ['ListRolePolicies', ({ roles }: FactsSource) => roles.every(({ inlinePolicies }) => inlinePolicies === undefined)],
    [
      'GetRolePolicy',
      ({ roles }: FactsSource) =>
        roles.every(({ inlinePolicies }) => (inlinePolicies ?? []).every((policy) => policy.document === undefined)),
    ],
    ['ListAttachedRolePolicies', ({ roles }: FactsSource) => roles.every(({ attachedPolicies }) => attachedPolicies === undefined)],
    ['GetPolicy', ({ managedPolicies }: FactsSource) => managedPolicies.length === 0],
    ['GetPolicyVersion', ({ managedPolicies }: FactsSource) => managedPolicies.every((policy) => policy.document === undefined)],
    ['GetInstanceProfile', ({ instanceProfiles }: FactsSource) => instanceProfiles.length === 0],
  ] as const) {
    test(`${action}: leaves what it would have told unknown, and is named`, async () => {
      except({ [action]: () => refusal(403, 'AccessDenied', `User hunter2 is not authorized`) });
      const source = await ask();
      assert.equal(source.gaps?.length, 1);
      assert.match(source.gaps?.[0] ?? '', new RegExp(`^The profile "dev" may not call iam:${action}, so .* unknown\\.$`));
      assert.ok(isUnknown(source));
      assert.deepEqual([source.absentRoles, source.absentInstanceProfiles], [undefined, undefined]);
      assert.ok(source.roles.length + source.instanceProfiles.length > 0, 'the rest is known');
    });
  }

  test('to list everything: the other list is as good as the AWS CLI command for it', async () => {
    except({ ListInstanceProfiles: () => refusal(403, 'AccessDenied') });
    const details = await ask({});
    assert.deepEqual([details.listsEveryRole, details.listsEveryProfile], [true, 'with-a-role']);
    assert.match(details.gaps?.join() ?? '', /iam:ListInstanceProfiles/);
    except({ GetAccountAuthorizationDetails: () => refusal(403, 'AccessDenied') });
    assert.equal((await ask({})).listsEveryRole, false);
    iam.respond = () => refusal(403, 'AccessDenied');
    assert.match(await failure({}), /iam:GetAccountAuthorizationDetails, .*iam:ListInstanceProfiles, /);
  });
});

describe('no facts, but a sentence', () => {
  for (const [what, reply, sentence] of [
    [
      'expired credentials',
      refusal(403, 'ExpiredToken', 'hunter2'),
      /credentials of the profile "dev" have expired: put new ones .* and ask again/,
    ],
    ['keys that are not known', refusal(403, 'InvalidClientTokenId'), /does not accept the credentials/],
    ['a wrong clock', refusal(403, 'RequestTimeTooSkewed'), /set its clock/],
    ['HTML instead of XML', { body: '<!DOCTYPE html><html><p>hunter2<br></html>' }, /not IAM/],
    ['HTML that is XML too', { body: '<html><body>hunter2</body></html>' }, /not IAM/],
    ['a login page that forbids', { status: 403, body: '<html><body>hunter2</body></html>' }, /not IAM/],
    ['a page that was not found', { status: 404, body: '<html><body>hunter2</body></html>' }, /not IAM/],
    ['malformed XML', { body: '<GetRoleResponse><GetRoleResult><Role>hunter2</Rol>' }, /not IAM/],
    ['an empty answer', { body: '' }, /not IAM/],
    ['an answer to another question', answer('GetRole', '<Role><RoleName>hunter2</RoleName></Role>'), /not IAM/],
    ['a broken server', { status: 503, body: 'hunter2' }, /HTTP 503/],
    ['an answer that is cut', { body: '<GetRoleResponse>hunter2', cutAfter: 12 }, /connection was cut|not IAM/],
  ] as const) {
    test(`for ${what}; and the next try works`, async () => {
      except({ GetRole: () => reply });
      assert.match(await failure(), sentence);
      iam.respond = answering(plain);
      assert.equal((await ask()).roles.length > 0, true);
    });
  }

  test('where too many requests are turned away; a few are made again', async () => {
    except({
      GetRole: (nth) =>
        nth < 2
          ? refusal(400, 'Throttling', 'Rate exceeded')
          : answering(plain)({ action: 'GetRole', parameters: new URLSearchParams({ RoleName: 'Service' }) }, nth),
    });
    await ask({ names: { roles: ['Service'], instanceProfiles: [] } });
    const subject = { profile: 'dev', loginProfile: 'dev', kind: 'keys', assumesRole: false } as const;
    const always = whyFailed(subject, Object.assign(new Error('hunter2'), { name: 'Throttling', $metadata: { httpStatusCode: 400 } }));
    assert.match(always.state === 'failed' ? always.reason : '', /^IAM turned requests away because there were too many/);
  });

  test('where the answer takes longer than the deadline', async () => {
    except({ GetRole: () => undefined });
    const start = Date.now();
    assert.match(await failure({ names }, { deadline: 200 }), /within 0.2 seconds/);
    assert.ok(Date.now() - start < 2000);
  });

  test('where the user cancels, before or during; and then nobody waits for IAM any more', async () => {
    assert.match(await failure({ names }, { signal: AbortSignal.abort() }), /cancelled/);
    except({ GetRole: () => undefined });
    const stop = new AbortController();
    const asking = failure({ names }, { signal: stop.signal });
    while (!actions().includes('GetRole')) await new Promise(setImmediate);
    stop.abort();
    assert.match(await asking, /cancelled/);
    while (iam.waiting() > 0) await new Promise(setImmediate);
  });

  test('where nobody answers at all', async () => {
    process.env['AWS_ENDPOINT_URL_IAM'] = 'http://127.0.0.1:1';
    assert.match(await failure(), /connection is refused/);
  });

  for (const [profile, sentence] of [
    ['nobody', /have no profile "nobody"/],
    ['nothing', /"nothing" has no credentials/],
    ['mfa', /"mfa" asks for an MFA code, which cannot be entered here/],
    ['sso', /run "aws sso login --profile sso"/],
    ['of-sso', /run "aws sso login --profile sso"/],
    ['process', /credential_process of the profile "process" gave no credentials/],
  ] as const) {
    test(`for the profile "${profile}", and IAM is not asked, with no other credentials either`, async () => {
      Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: secret, AWS_PROFILE: 'dev' });
      assert.match(await failure({ profile, names }), sentence);
      assert.deepEqual(iam.calls, []);
    });
  }

  test('for a role that the profile may not assume', async () => {
    except({ AssumeRole: () => refusal(403, 'AccessDenied', 'hunter2') });
    assert.match(await failure({ profile: 'role', names }), /"role" may not assume its role: sts:AssumeRole is denied/);
  });
});

test('the endpoint is that of the environment or of the chosen profile, and of no other', async () => {
  process.env['AWS_PROFILE'] = 'elsewhere';
  delete process.env['AWS_ENDPOINT_URL_IAM'];
  writeFileSync(
    join(folder, 'credentials'),
    `[local]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = ${secret}\nendpoint_url = ${iam.endpoint}\n`,
  );
  assert.equal((await ask({ profile: 'local', names })).roles.length > 0, true);
  assert.match(await failure({ profile: 'elsewhere', names }), /connection is refused/);
});

describe('on disk', () => {
  test('an answer is kept where the caller says, for its owner alone, without credentials, and says the same later', async () => {
    const kept = join(folder, 'storage');
    const result = await live.ask(
      { profile: 'dev', names: { roles: ['Service', 'Gone'], instanceProfiles: [] } },
      {},
      pathToFileURL(kept).href,
    );
    assert.ok(result.ok);
    const [file = ''] = readdirSync(kept);
    if (process.platform !== 'win32') assert.equal(statSync(join(kept, file)).mode & 0o777, 0o600);
    assert.deepEqual(await live.recall(pathToFileURL(kept).href, 'dev'), result.source);
    assert.deepEqual(result.source.absentRoles, ['Gone']);
    assert.equal(await live.recall(pathToFileURL(kept).href, 'other'), undefined);
    await live.forget(pathToFileURL(kept).href);
    assert.deepEqual(readdirSync(kept), []);
  });
});
