// What is said of a trust policy, and which roles and instance profiles are offered by it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RoleKind } from '../../server/src/core/emr/roleKind';
import { trustInWords, trustVerdict } from '../../server/src/core/emr/trustWords';
import { accountFacts, type Role } from '../../server/src/core/facts/facts';
import { described } from '../../server/src/core/facts/provenance';
import { instanceProfiles, serviceRoles } from '../../server/src/core/features/roleCompletion';
import { snapshot } from '../harness/account';

const emr = 'elasticmapreduce.amazonaws.com';
const ec2 = 'ec2.amazonaws.com';

function role(statements: readonly object[], arn = 'arn:aws:iam::111122223333:role/R'): Role {
  return { name: 'R', path: '/', arn, trustPolicy: JSON.stringify({ Version: '2012-10-17', Statement: statements }) };
}

const allow = (principal: unknown, more: object = {}): object => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...more,
});
const letsIn = (service: unknown, more: object = {}): object => allow({ Service: service }, more);
const guard = (account: string): object => ({
  Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': `arn:aws:elasticmapreduce:*:${account}:*` } },
});

const cases: readonly (readonly [what: string, role: Role, kind: RoleKind, verdict: string | undefined, words: string])[] = [
  ['the right trust', role([letsIn(emr)]), 'service', 'yes', 'EMR may assume it'],
  [
    'a guarded one',
    role([letsIn(emr, guard('111122223333'))]),
    'service',
    'yes',
    'EMR may assume it, if <aws:SourceAccount> is <111122223333> and <aws:SourceArn> is like <arn:aws:elasticmapreduce:*:111122223333:*>',
  ],
  [
    'a guard for another account',
    role([letsIn(emr, { Condition: { StringEquals: { 'aws:SourceAccount': ['999988887777'] } } })]),
    'service',
    'no',
    'EMR may assume it only if <aws:SourceAccount> is <999988887777>, which is never so',
  ],
  [
    'an external ID',
    role([letsIn(emr, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })]),
    'service',
    'no',
    'EMR may assume it only if <sts:ExternalId> is <x>, which is never so',
  ],
  ['the trust of another kind', role([letsIn(ec2)]), 'service', 'no', 'EMR may not assume it: only <ec2.amazonaws.com> may'],
  ['no principal', role([{ Effect: 'Allow', Action: 'sts:AssumeRole' }]), 'service', 'no', 'nobody may assume it'],
  [
    'a wrong action',
    role([letsIn(emr, { Action: 'sts:TagSession' })]),
    'service',
    'no',
    'it names EMR, but does not allow <sts:AssumeRole>',
  ],
  ['a Deny', role([letsIn(emr), { ...letsIn(emr), Effect: 'Deny' }]), 'service', 'no', 'a Deny keeps EMR from assuming it'],
  [
    'an unknown account',
    role([letsIn(emr, guard('111122223333'))], ''),
    'service',
    'may',
    'EMR may be able to assume it; that depends on whether <aws:SourceAccount> is <111122223333> and <aws:SourceArn> is like <arn:aws:elasticmapreduce:*:111122223333:*>',
  ],
  ['a template', role([letsIn('${service}')]), 'service', 'may', 'EMR may be able to assume it; that depends on more than is known'],
  [
    'one of two for Auto Scaling',
    role([letsIn(emr)]),
    'autoscaling',
    'no',
    'EMR may assume it; Application Auto Scaling may not assume it: only <elasticmapreduce.amazonaws.com> may',
  ],
  ['EC2', role([letsIn(ec2)]), 'ec2', 'yes', 'EC2 may assume it'],
  ['the old name of EC2 in China', role([letsIn(`${ec2}.cn`)], 'arn:aws-cn:iam::111122223333:role/R'), 'ec2', 'yes', 'EC2 may assume it'],
  [
    'the name of EMR elsewhere, in China',
    role([letsIn(emr)], 'arn:aws-cn:iam::111122223333:role/R'),
    'service',
    'no',
    'EMR may not assume it: it is called <elasticmapreduce.amazonaws.com.cn>, not <elasticmapreduce.amazonaws.com>',
  ],
  [
    'a name that EMR does not have',
    role([letsIn('emr.amazonaws.com')]),
    'service',
    'no',
    'EMR may not assume it: it is called <elasticmapreduce.amazonaws.com>, not <emr.amazonaws.com>',
  ],
  [
    'EMR as an account',
    role([allow({ AWS: emr })]),
    'service',
    'no',
    'EMR may not assume it: <elasticmapreduce.amazonaws.com> is not named as a service',
  ],
  [
    'a guard that EC2 does not know',
    role([letsIn(ec2, { Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } })]),
    'ec2',
    'may',
    'EC2 may assume it only if <aws:SourceAccount> is <111122223333>, which is probably never so',
  ],
  ['either name where the partition is not known', role([letsIn(`${emr}.cn`)], ''), 'service', 'yes', 'EMR may assume it'],
  [
    'a runtime role',
    role([allow({ AWS: 'arn:aws:iam::111122223333:role/E' })]),
    'runtime',
    undefined,
    '<arn:aws:iam::111122223333:role/E> may assume it',
  ],
  ['no policy at all', { name: 'R', path: '/', arn: '' }, 'service', undefined, 'who may assume it is not known'],
  ['what is no policy', { name: 'R', path: '/', arn: '', trustPolicy: '[]' }, 'service', undefined, 'its trust policy cannot be read'],
];

describe('trust in words', () => {
  for (const [what, given, kind, verdict, words] of cases) {
    test(`of ${what}`, () => {
      assert.equal(
        trustInWords(given, kind, (name) => `<${name}>`),
        words,
      );
      assert.equal(trustVerdict(given, kind), verdict);
    });
  }
});

test('the age of facts', () => {
  const minute = 60_000;
  const ageOf = (elapsed: number): string => described({ label: 'a.json', asOf: 0 }, elapsed).replace(/^a\.json \((.*)\)$/, '$1');
  assert.deepEqual([-5, 0, 59_999, minute, 119 * minute, 2 * 60 * minute, 47 * 60 * minute, 72 * 60 * minute].map(ageOf), [
    'just now',
    'just now',
    'just now',
    '1 minute old',
    '1 hour old',
    '2 hours old',
    '1 day old',
    '3 days old',
  ]);
});

describe('what is offered for a launch', () => {
  const entry = (name: string, statements: readonly object[] | undefined, path = '/', profiles: readonly string[] = []): object => ({
    RoleName: name,
    Path: path,
    Arn: `arn:aws:iam::111122223333:role${path}${name}`,
    ...(statements === undefined ? {} : { AssumeRolePolicyDocument: { Statement: statements } }),
    InstanceProfileList: profiles.map((profile) => ({
      InstanceProfileName: profile,
      Arn: `arn:aws:iam::111122223333:instance-profile${path}${profile}`,
      Roles: [{ RoleName: name }],
    })),
  });
  const facts = accountFacts([
    snapshot(
      JSON.stringify({
        RoleDetailList: [
          entry('Unknown', undefined, '/', ['UnknownProfile']),
          entry('Guarded', [letsIn(emr, { Condition: { StringEquals: { 'aws:SourceOrgID': 'o-1' } } })]),
          entry('Right', [letsIn(emr)]),
          entry('Nodes', [letsIn(ec2)], '/emr/', ['NodesProfile']),
          entry('Wrong', [letsIn('lambda.amazonaws.com')], '/', ['WrongProfile']),
          entry('Below', [letsIn(emr)], '/service-role/'),
        ],
        InstanceProfiles: [{ InstanceProfileName: 'Empty', Arn: 'arn:aws:iam::111122223333:instance-profile/Empty', Roles: [] }],
      }),
      'account.json',
    ),
  ]);

  test('service roles: those that EMR may assume, then those of which that is not known; below a path by their ARN', () => {
    assert.deepEqual(serviceRoles(facts, undefined), [
      { label: 'Right', detail: 'EMR service role · account.json' },
      {
        label: 'Below',
        detail: 'EMR service role · path /service-role/ · account.json',
        text: 'arn:aws:iam::111122223333:role/service-role/Below',
      },
      { label: 'Unknown', detail: 'trust not known · account.json' },
      { label: 'Guarded', detail: 'trust depends on conditions · account.json' },
    ]);
  });

  test('instance profiles: those that hold a role for EC2, none that is empty', () => {
    assert.deepEqual(instanceProfiles(facts, undefined), [
      { label: 'NodesProfile', detail: 'holds the EC2 role Nodes · path /emr/ · account.json' },
      { label: 'UnknownProfile', detail: 'holds the role Unknown · trust not known · account.json' },
    ]);
  });
});
