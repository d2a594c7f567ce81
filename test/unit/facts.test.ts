import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type AccountFacts, accountFacts, type FactsSource, noFacts, type Role } from '../../server/src/core/facts/facts';
import { parseReference } from '../../server/src/core/facts/reference';
import { parseSnapshot, snapshotReader, takenAtMember } from '../../server/src/core/facts/snapshot';
import type { ExampleAccount } from '../../server/src/core/rules/rule';
import { authorizationDetails, listInstanceProfiles, snapshot } from '../harness/account';
import { inRepository } from '../harness/repository';

function facts(...files: readonly string[]): AccountFacts {
  return accountFacts(files.map((file) => snapshot(readFileSync(inRepository('test/fixtures/facts', file), 'utf8'), file)));
}

const arn = (type: string, name: string, account = '111122223333'): string => `arn:aws:iam::${account}:${type}/${name}`;

describe('a snapshot', () => {
  test('is known by its shape', () => {
    assert.deepEqual(parseSnapshot('{"RoleDetailList":[]}', 'x').ok, true);
    assert.deepEqual(parseSnapshot('{"InstanceProfiles":[]}', 'x').ok, true);
    assert.deepEqual(parseSnapshot('{', 'x'), { ok: false, reason: 'it is not JSON' });
    for (const text of ['{}', '[]', 'null', '3', '"RoleDetailList"', '{"RoleDetailList":{}}', '{"Roles":[]}']) {
      const result = parseSnapshot(text, 'x');
      assert.ok(!result.ok, text);
      assert.match(result.reason, /no RoleDetailList and no InstanceProfiles/);
    }
  });

  test('of the wrong shape is not quoted', () => {
    for (const text of ['{"SecretAccessKey":"wJalrXUtnFEMI"}', 'wJalrXUtnFEMI', '["wJalrXUtnFEMI"']) {
      assert.ok(!JSON.stringify(parseSnapshot(text, 'x')).includes('wJalr'));
    }
  });

  test('survives fields of the wrong type', () => {
    for (const text of [
      '{"RoleDetailList":[1,null,"x",[],{},{"RoleName":3},{"RoleName":"R","Arn":7,"InstanceProfileList":{"a":1},"RolePolicyList":[{"PolicyName":1}]}]}',
      '{"InstanceProfiles":[null,{},{"InstanceProfileName":"P","Roles":"R","Path":3},{"InstanceProfileName":"Q","Roles":[null]}]}',
    ]) {
      const { roles, instanceProfiles } = snapshot(text, 'x');
      assert.ok(roles.length + instanceProfiles.length > 0);
      const all = accountFacts([snapshot(text, 'x')]);
      all.role('R');
      all.instanceProfile('P');
    }
  });

  test('of authorization details tells of roles, their policies and their profiles', () => {
    const source = snapshot(readFileSync(inRepository('test/fixtures/facts/account.json'), 'utf8'), 'account.json');
    assert.deepEqual(source.accounts, ['111122223333']);
    assert.equal(source.roles.length, 8);
    const role = source.roles.find(({ name }) => name === 'AnalyticsServiceRole');
    assert.deepEqual(
      [role?.path, role?.inlinePolicies?.map(({ name }) => name), role?.attachedPolicies?.map(({ name }) => name)],
      ['/service-role/', ['emr-permissions', 'emr-pass-role'], ['ClusterLaunch']],
    );
    assert.deepEqual(
      source.instanceProfiles.map(({ name, role: held }) => `${name}: ${held}`),
      [
        'EMR_EC2_DefaultRole: EMR_EC2_DefaultRole',
        'AnalyticsNodeProfile: AnalyticsNodeRole',
        'AnalyticsNodeRole: AnalyticsNodeRole',
        'LegacyNodes: LegacyNodeRole',
      ],
    );
    assert.deepEqual([source.listsEveryRole, source.listsEveryProfile], [true, 'with-a-role']);
  });

  test('of instance profiles tells of the roles in them, not of their policies', () => {
    const source = snapshot(readFileSync(inRepository('test/fixtures/facts/profiles.json'), 'utf8'), 'profiles.json');
    assert.equal(source.instanceProfiles.find(({ name }) => name === 'EmptyNodeProfile')?.role, undefined);
    assert.equal(source.roles.find(({ name }) => name === 'LegacyNodeRole')?.inlinePolicies, undefined);
    assert.deepEqual([source.listsEveryRole, source.listsEveryProfile], [false, 'yes']);
  });
});

describe('answers', () => {
  test('of no facts are all unknown', () => {
    assert.equal(noFacts.role('EMR_DefaultRole').state, 'unknown');
    assert.equal(noFacts.instanceProfile('EMR_EC2_DefaultRole').state, 'unknown');
    assert.deepEqual(noFacts.instanceProfilesHolding('R'), []);
  });

  test('of a whole listing are known or absent', () => {
    const known = facts('account.json');
    assert.equal(known.role('EMR_DefaultRole').state, 'known');
    assert.equal(known.role('NoSuchRole').state, 'absent');
    const profile = known.instanceProfile('EmptyNodeProfile');
    assert.deepEqual([profile.state, profile.state === 'absent' && profile.orEmpty], ['absent', true]);
  });

  test('of both listings know the empty profile, and say absent without more ado', () => {
    for (const both of [facts('account.json', 'profiles.json'), facts('profiles.json', 'account.json')]) {
      assert.equal(both.instanceProfile('EmptyNodeProfile').state, 'known');
      const profile = both.instanceProfile('NoSuchProfile');
      assert.deepEqual([profile.state, profile.state === 'absent' && profile.orEmpty], ['absent', false]);
      assert.equal(profile.state === 'absent' && profile.source.label, 'profiles.json');
      const role = both.role('LegacyNodeRole');
      assert.deepEqual(
        role.state === 'known' && role.value.inlinePolicies?.map(({ name }) => name),
        ['legacy-s3'],
        'the source that tells more',
      );
    }
  });

  test('of a listing of profiles leave the roles unknown', () => {
    const profiles = facts('profiles.json');
    assert.equal(profiles.role('NoSuchRole').state, 'unknown');
    assert.equal(profiles.role('LegacyNodeRole').state, 'known');
    assert.equal(profiles.instanceProfile('NoSuchProfile').state, 'absent');
  });

  test('of a part of a listing never say absent', () => {
    const whole: unknown = JSON.parse(readFileSync(inRepository('test/fixtures/facts/account.json'), 'utf8'));
    assert.ok(typeof whole === 'object');
    const cutShort = [{ IsTruncated: true }, { Marker: 'x' }, { NextToken: 'x' }, { NextToken: '' }].map((more) =>
      snapshot(JSON.stringify({ ...whole, ...more }), 'x'),
    );
    const filtered = ['truncated.json', 'users-only.json', 'profiles-of-role.json'].map((file) =>
      snapshot(readFileSync(inRepository('test/fixtures/facts', file), 'utf8'), file),
    );
    for (const source of [...cutShort, ...filtered]) {
      const partial = accountFacts([source]);
      assert.equal(partial.role('NoSuchRole').state, 'unknown');
      assert.equal(partial.instanceProfile('NoSuchProfile').state, 'unknown');
    }
  });

  test('of a listing that may be filtered never say absent', () => {
    const profile = (name: string, path: string, role?: string): object => ({
      Path: path,
      InstanceProfileName: name,
      Arn: arn('instance-profile', name),
      Roles: role === undefined ? [] : [{ RoleName: role, Path: '/', Arn: arn('role', role) }],
    });
    const state = (...profiles: readonly object[]): string =>
      accountFacts([snapshot(JSON.stringify({ InstanceProfiles: profiles }), 'x')]).instanceProfile('NoSuchProfile').state;
    assert.equal(state(), 'unknown');
    assert.equal(state(profile('A', '/', 'R'), profile('B', '/', 'R')), 'unknown', 'of one role');
    assert.equal(state(profile('A', '/emr/', 'R'), profile('B', '/emr/', 'S')), 'unknown', 'of one path');
    assert.equal(state(profile('A', '/', 'R'), profile('B', '/emr/', 'S')), 'absent');
  });

  test('of merged sources are absent only if one of them lists everything', () => {
    const merged = facts('truncated.json', 'profiles-of-role.json');
    assert.equal(merged.role('NoSuchRole').state, 'unknown');
    assert.equal(merged.instanceProfile('NoSuchProfile').state, 'unknown');
    assert.equal(merged.instanceProfile('AnalyticsNodeProfile').state, 'known');
    assert.equal(facts('truncated.json', 'account.json').role('NoSuchRole').state, 'absent');
  });

  test('of two accounts are absent only if both are listed', () => {
    const both = facts('account.json', 'other-account.json');
    assert.equal(both.role('PartnerNodes').state, 'known');
    assert.equal(both.role('NoSuchRole').state, 'absent');
    const half = facts('truncated.json', 'other-account.json');
    assert.equal(half.role('NoSuchRole').state, 'unknown');
    assert.equal(half.instanceProfile('NoSuchProfile').state, 'unknown');
  });

  test('do not depend on letter case, and give the true name', () => {
    const role = facts('account.json').role('emr_DEFAULTrole');
    assert.equal(role.state === 'known' && role.value.name, 'EMR_DefaultRole');
    const profile = facts('profiles.json').instanceProfile('legacynodes');
    assert.equal(profile.state === 'known' && profile.value.name, 'LegacyNodes');
    assert.deepEqual(
      facts('account.json')
        .instanceProfilesHolding('ANALYTICSnoderole')
        .map(({ name }) => name),
      ['AnalyticsNodeProfile', 'AnalyticsNodeRole'],
    );
  });

  test('to an ARN are unknown unless it is of an account that the facts cover', () => {
    const known = facts('account.json');
    assert.equal(known.role(arn('role', 'EMR_DefaultRole')).state, 'known');
    assert.equal(known.role(arn('role', 'service-role/AnalyticsServiceRole')).state, 'known');
    assert.equal(known.role(arn('role', 'NoSuchRole')).state, 'absent');
    assert.equal(known.role(arn('role', 'EMR_DefaultRole', '999988887777')).state, 'unknown');
    assert.equal(known.instanceProfile(arn('instance-profile', 'LegacyNodes')).state, 'known');
    assert.equal(known.instanceProfile(arn('instance-profile', 'LegacyNodes', '999988887777')).state, 'unknown');
  });

  test('to what cannot be a name are unknown', () => {
    for (const text of [
      '',
      '<role>',
      '${ROLE}',
      'a b',
      'arn:aws:s3:::bucket',
      'arn:aws:iam::111122223333:user/mia',
      'role/',
      'R # x',
      '"R"',
      'x'.repeat(129),
    ]) {
      assert.equal(facts('account.json').role(text).state, 'unknown', text);
    }
  });
});

test('references', () => {
  assert.deepEqual(parseReference('R'), { name: 'R', type: undefined, account: undefined, partition: undefined });
  assert.deepEqual(parseReference('/service-role/R')?.name, 'R');
  assert.deepEqual(parseReference('arn:aws-cn:iam::111122223333:role/a/b/R'), {
    name: 'R',
    type: 'role',
    account: '111122223333',
    partition: 'aws-cn',
  });
  assert.deepEqual(parseReference(arn('instance-profile', 'P'))?.type, 'instance-profile');
  for (const text of [
    'arn:aws:iam::1234:role/R',
    'arn:aws:iam::111122223333:role/',
    'arn:aws:iam::111122223333:role/a b',
    'arn:',
    ' R',
    'R ',
  ]) {
    assert.equal(parseReference(text), undefined, text);
  }
});

test('the harness writes accounts that are read as they are meant', () => {
  const account: ExampleAccount = {
    roles: [{ name: 'A', inlinePolicies: ['i'] }, { name: 'B' }],
    instanceProfiles: [{ name: 'P', role: 'A' }, { name: 'B', role: 'B' }, { name: 'Empty' }],
  };
  const details = snapshot(authorizationDetails(account), 'account.json');
  assert.deepEqual(
    details.roles.map(({ name, inlinePolicies }) => [name, inlinePolicies?.map((policy) => policy.name)]),
    [
      ['A', ['i']],
      ['B', []],
    ],
  );
  assert.deepEqual(
    details.instanceProfiles.map(({ name, role }) => [name, role]),
    [
      ['P', 'A'],
      ['B', 'B'],
    ],
  );
  const profiles = snapshot(listInstanceProfiles(account), 'profiles.json');
  assert.deepEqual(
    profiles.instanceProfiles.map(({ name, role }) => [name, role]),
    [
      ['P', 'A'],
      ['B', 'B'],
      ['Empty', undefined],
    ],
  );
  assert.equal(profiles.listsEveryProfile, 'yes');
});

test('a snapshot read in parts, wherever it is cut, says what it says as a whole', () => {
  for (const file of ['account.json', 'profiles.json', 'truncated.json', 'users-only.json']) {
    const text = readFileSync(inRepository('test/fixtures/facts', file), 'utf8');
    const whole = parseSnapshot(text, 'x');
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 40 }), (cuts) => {
        const reader = snapshotReader('x');
        const places = [0, ...cuts.sort((a, b) => a - b), text.length];
        for (const [i, start] of places.entries()) reader.push(text.slice(start, places[i + 1] ?? text.length));
        assert.deepEqual(reader.end(), whole, file);
      }),
      { numRuns: 60 },
    );
  }
});

test('a file with the members of both commands, as "emr-iam facts" writes it, lists everything and says when', () => {
  const details: object = JSON.parse(readFileSync(inRepository('test/fixtures/facts/account.json'), 'utf8'));
  const profiles: object = JSON.parse(readFileSync(inRepository('test/fixtures/facts/profiles.json'), 'utf8'));
  const source = snapshot(JSON.stringify({ ...details, ...profiles, [takenAtMember]: '2026-11-02T10:00:00Z' }), 'x');
  assert.deepEqual([source.listsEveryRole, source.listsEveryProfile], [true, 'yes']);
  assert.equal(source.asOf, Date.UTC(2026, 10, 2, 10));
  assert.equal(accountFacts([source]).instanceProfile('EmptyNodeProfile').state, 'known');
});

test('documents are read as the CLI writes them and as the API does, and a plus stays one', () => {
  const document = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::a+b%20/*"}]}';
  for (const written of [JSON.parse(document), document, encodeURIComponent(document)]) {
    const { roles } = snapshot(JSON.stringify({ RoleDetailList: [{ RoleName: 'R', AssumeRolePolicyDocument: written }] }), 'x');
    assert.equal(roles[0]?.trustPolicy, document);
  }
});

test('of several sources the most certain counts, each fact for itself, and what they say differently is kept', () => {
  const trust = (service: string): string => JSON.stringify({ Statement: { Effect: 'Allow', Principal: { Service: service } } });
  const source = (kind: FactsSource['kind'], role: Partial<Role>): FactsSource => ({
    ...snapshot('{"RoleDetailList":[]}', kind),
    kind,
    roles: [{ name: 'R', path: '/', arn: '', ...role }],
  });
  const live = source('live', { trustPolicy: trust('ec2.amazonaws.com') });
  const declared = source('workspace', { trustPolicy: trust('x'), inlinePolicies: [{ name: 'p', document: undefined }] });
  const both = accountFacts([declared, live]);
  const role = both.role('r');
  assert.ok(role.state === 'known');
  assert.equal(role.source.kind, 'live');
  assert.equal(role.value.trustPolicy, live.roles[0]?.trustPolicy);
  assert.equal(role.value.inlinePolicies?.length, 1);
  assert.deepEqual(
    both.conflicts.map(({ about }) => about),
    ['the trust policy of the role "R"'],
  );
  assert.deepEqual(accountFacts([live, source('workspace', { trustPolicy: `${trust('ec2.amazonaws.com')} ` })]).conflicts, []);
});

test('what a file lists is gone if live IAM, asked later about the same account, does not have it', () => {
  const listed = { ...facts('account.json').sources[0], kind: 'snapshot', asOf: 1000 } as FactsSource;
  const live = (asOf: number, accounts = listed.accounts): FactsSource => ({
    ...snapshot('{"RoleDetailList":[]}', 'live'),
    kind: 'live',
    asOf,
    accounts,
    absentRoles: ['EMR_DefaultRole'],
  });
  assert.equal(accountFacts([listed, live(2000)]).role('EMR_DefaultRole').state, 'absent');
  assert.equal(accountFacts([listed, live(500)]).role('EMR_DefaultRole').state, 'known');
  assert.equal(accountFacts([listed, live(2000, ['999988887777'])]).role('EMR_DefaultRole').state, 'known');
});

test('what was asked for and does not exist is absent, and nothing else is', () => {
  const asked = accountFacts([{ ...snapshot('{"RoleDetailList":[]}', 'live'), kind: 'live', absentRoles: ['Gone'] }]);
  assert.equal(asked.role('gone').state, 'absent');
  assert.equal(asked.role('Other').state, 'unknown');
});

test('an ARN of another partition is of another account', () => {
  const known = facts('account.json');
  assert.equal(known.role('arn:aws:iam::111122223333:role/EMR_DefaultRole').state, 'known');
  assert.equal(known.role('arn:aws-cn:iam::111122223333:role/EMR_DefaultRole').state, 'unknown');
});
