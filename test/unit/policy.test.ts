import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseJson } from '../../server/src/core/json/parse';
import { dateOfEpoch, isDate } from '../../server/src/core/policy/conditionValue';
import { findPolicies } from '../../server/src/core/policy/find';
import { isPrivate, networkOf, parseIpRange, writeIpRange } from '../../server/src/core/policy/ipRange';
import { conditionKeys } from '../../server/src/core/policy/policy';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const assume = { Effect: 'Allow', Action: 'sts:AssumeRole' };
const principal = { Principal: { Service: 'ec2.amazonaws.com' } };

function kinds(value: unknown): readonly string[] {
  return findPolicies(parseJson(JSON.stringify(value)).root).policies.map(({ kind }) => kind);
}

describe('the kind of a policy', () => {
  test('comes from what it holds', () => {
    assert.deepEqual(kinds({ Statement: [allow] }), ['identity']);
    assert.deepEqual(kinds({ Statement: allow }), ['identity']);
    assert.deepEqual(kinds({ Statement: [{ ...allow, ...principal }] }), ['resource']);
    assert.deepEqual(kinds({ Statement: [{ ...allow, NotPrincipal: { AWS: '*' } }] }), ['resource']);
    assert.deepEqual(kinds({ Statement: [{ ...assume, ...principal }] }), ['trust']);
    assert.deepEqual(kinds({ Statement: [assume] }), ['trust']);
    assert.deepEqual(kinds({ Statement: [{ ...assume, Action: ['STS:assumerole', 'sts:TagSession'] }] }), ['trust']);
    assert.deepEqual(kinds({ Statement: [{ ...assume, ...principal, Action: 'sts:*' }] }), ['trust']);
    assert.deepEqual(kinds({ Statement: [{ ...assume, ...principal, Action: ['sts:AssumeRole*', 'sts:TagSession'] }] }), ['trust']);
    assert.deepEqual(
      kinds({ Statement: [{ ...assume, ...principal, Action: 'sts:*', Resource: '*' }] }),
      ['resource'],
      'of a VPC endpoint',
    );
    assert.deepEqual(kinds({ Statement: [{ ...assume, ...principal, Action: '*' }] }), ['resource']);
    assert.deepEqual(kinds({ Statement: [{ ...assume, Action: 'sts:*' }] }), ['identity']);
    assert.deepEqual(kinds({ Statement: [{ ...assume, Resource: '*' }] }), ['identity'], 'who may assume a role');
    assert.deepEqual(kinds({ Statement: [assume, { ...allow, ...principal }] }), ['resource']);
    assert.deepEqual(kinds({ Version: '2012-10-17', Statement: [] }), ['identity']);
  });

  test('comes from the member that it stands under', () => {
    assert.deepEqual(kinds({ AssumeRolePolicyDocument: { Statement: [allow] } }), ['trust']);
    assert.deepEqual(kinds({ KeyPolicy: { Statement: [allow] }, BucketPolicy: { Statement: [allow] } }), ['resource', 'resource']);
    assert.deepEqual(kinds({ PolicyDocument: { Statement: [allow] } }), ['identity']);
    assert.deepEqual(kinds({ constructor: { Statement: [allow] } }), ['identity']);
  });

  test('comes from the resource, the list or the names that it stands among', () => {
    const PolicyDocument = { Statement: [{ ...allow, ...principal }] };
    const resource = (Type: string, Properties: object): object => ({ Resources: { R: { Type, Properties } } });
    assert.deepEqual(kinds(resource('AWS::IAM::Role', { Policies: [{ PolicyName: 'p', PolicyDocument }] })), ['inline-identity']);
    assert.deepEqual(kinds(resource('AWS::IAM::Policy', { PolicyDocument })), ['inline-identity']);
    assert.deepEqual(kinds(resource('AWS::IAM::ManagedPolicy', { PolicyDocument })), ['identity']);
    assert.deepEqual(kinds(resource('AWS::SQS::QueuePolicy', { PolicyDocument: { Statement: [allow] } })), ['resource']);
    assert.deepEqual(kinds(resource('AWS::IoT::Policy', { PolicyDocument: { Statement: [allow] } })), ['identity']);
    assert.deepEqual(kinds(resource('Custom::Thing', { PolicyDocument })), ['resource']);
    assert.deepEqual(kinds({ RoleName: 'r', PolicyName: 'p', PolicyDocument }), ['inline-identity']);
    assert.deepEqual(kinds({ RoleName: 'r', PolicyDocument }), ['trust'], 'of update-assume-role-policy');
    assert.deepEqual(kinds({ RolePolicyList: [{ PolicyName: 'p', PolicyDocument }] }), ['inline-identity']);
    assert.deepEqual(kinds({ Type: 'SERVICE_CONTROL_POLICY', Content: { Statement: [allow] } }), ['scp']);
    assert.deepEqual(kinds({ Type: 'RESOURCE_CONTROL_POLICY', Content: { Statement: [allow] } }), ['rcp']);
    assert.deepEqual(kinds({ Type: 'toString', Content: { Statement: [allow] } }), ['identity']);
  });

  test('is trust where only a trust policy makes sense, as AWS prints it', () => {
    const resource = { Resource: 'arn:aws:iam::123456789012:role/R' };
    const ofSource = (arn: string): object => ({ Condition: { ArnLike: { 'aws:SourceArn': arn } } });
    const printed = { ...assume, ...resource, ...ofSource('arn:aws:elasticmapreduce:*:123456789012:*') };
    assert.deepEqual(kinds({ Statement: [printed] }), ['trust']);
    assert.deepEqual(kinds({ Statement: [printed, { ...allow }] }), ['identity']);
    assert.deepEqual(kinds({ PolicyDocument: { Statement: [printed] } }), ['identity']);
    assert.deepEqual(kinds({ Statement: [{ ...assume, ...resource, ...ofSource('arn:aws:lambda:*:123456789012:*') }] }), ['identity']);
  });

  test('is never trust where a statement names a resource, or a permissions policy stands', () => {
    const runtime = { Statement: [{ ...assume, Resource: 'arn:aws:iam::111122223333:role/R' }] };
    assert.deepEqual(kinds(runtime), ['identity']);
    assert.deepEqual(kinds({ PolicyDocument: runtime }), ['identity']);
    assert.deepEqual(kinds({ PolicyName: 'p', PolicyDocument: { Statement: [assume] } }), ['identity']);
    assert.deepEqual(kinds({ PolicyDocument: { Statement: [{ ...assume, ...principal }] } }), ['resource']);
  });
});

describe('policies are found', () => {
  test('at any depth, in the order of the text', () => {
    const policy = (action: string): object => ({ Version: '2012-10-17', Statement: [{ ...allow, Action: action }] });
    const found = findPolicies(
      parseJson(JSON.stringify({ a: [{ b: policy('s3:One') }, [policy('s3:Two')]], c: policy('s3:Three') })).root,
    ).policies;
    assert.deepEqual(
      found.map(({ statements }) => statements[0]?.actions[0]?.value),
      ['s3:One', 's3:Two', 's3:Three'],
    );
  });

  test('in what an account listing says of roles', () => {
    const role = {
      AssumeRolePolicyDocument: { Statement: [{ ...assume, ...principal }] },
      RolePolicyList: [{ PolicyDocument: { Statement: [allow] } }],
    };
    assert.deepEqual(kinds({ RoleDetailList: [role] }), ['trust', 'inline-identity']);
  });

  test('but none that AWS writes, and no version that is not in force', () => {
    const version = (id: string, isDefault: boolean): object => ({
      VersionId: id,
      IsDefaultVersion: isDefault,
      Document: { Statement: [allow] },
    });
    const listed = (arn: string): object => ({ Arn: arn, PolicyVersionList: [version('v2', true), version('v1', false)] });
    assert.deepEqual(kinds({ Policies: [listed('arn:aws:iam::aws:policy/ReadOnlyAccess')] }), []);
    assert.deepEqual(kinds({ Policies: [listed('arn:aws-cn:iam::aws:policy/service-role/X')] }), []);
    assert.deepEqual(kinds({ Policies: [listed('arn:aws:iam::111122223333:policy/mine')] }), ['identity']);
    assert.deepEqual(kinds({ IsDefaultVersion: false, Document: { Statement: [allow] } }), ['identity'], 'not a listing');
    assert.deepEqual(kinds({ PolicyVersion: version('v1', true) }), ['identity']);
    assert.deepEqual(kinds({ PolicyVersion: version('v1', false) }), []);
  });

  test('but not in what only has a Statement', () => {
    for (const value of [
      { Statement: 'Bank of Acme' },
      { Statement: [] },
      { Statement: [{ Action: 'payment' }] },
      { Statement: null },
      { Statement: [1, 'x', null] },
      { Version: '1.0', Statement: [{ date: '2026-01-31' }] },
      { statement: [allow] },
    ]) {
      assert.deepEqual(kinds(value), [], JSON.stringify(value));
    }
  });
});

test('a statement has its actions, resources and condition', () => {
  const text =
    '{"Version":"2012-10-17","Statement":[{"Effect":"allow","Action":["a:B",1,"c:D"],"Resource":{"Ref":"X"}},"x",{"Effect":"Deny","NotAction":"a:B"}]}';
  const [policy] = findPolicies(parseJson(text).root).policies;
  assert.deepEqual(
    policy?.statements.map(({ effect, actions, resources }) => [effect, actions.map(({ value }) => value), resources.length]),
    [
      [undefined, ['a:B', 'c:D'], 0],
      ['Deny', [], 0],
    ],
  );
});

test('condition keys come one by one', () => {
  const condition = parseJson('{"StringEquals":{"a:b":"x","Fn::If":[],"c:d":["y","z"],"Ref":"x"},"Bool":{"e:f":true},"Odd":"?"}').root;
  assert.deepEqual(
    conditionKeys(condition).map(({ operator, key, values }) => [operator.name, key.value, values.length]),
    [
      ['StringEquals', 'a:b', 1],
      ['StringEquals', 'c:d', 2],
      ['Bool', 'e:f', 1],
    ],
  );
  assert.deepEqual(conditionKeys(undefined), []);
});

test('dates are those of ISO 8601 as IAM names it', () => {
  for (const text of ['2024', '2024-02', '2024-02-29', '2024-02-29T23:59', '2024-02-29T23:59:60.5Z', '2024-12-31T00:00:00+01:00'])
    assert.ok(isDate(text), text);
  for (const text of ['', '24', '2023-02-29', '2024-13', '2024-00-01', '2024-04-31', '2024-01-01T25:00', '2024-1-1', '2024-01-01 10:00'])
    assert.ok(!isDate(text), text);
});

test('seconds since 1970 are the date that they are to everybody', () => {
  for (const seconds of [0, 86_399, 86_400, 951_782_400, 1_709_164_800, 1_735_689_599, 4_102_444_800, 253_402_300_799])
    assert.equal(dateOfEpoch(seconds), new Date(seconds * 1000).toISOString().replace('.000', ''));
  for (const seconds of [-1, 253_402_300_800, Number.NaN]) assert.equal(dateOfEpoch(seconds), undefined);
});

describe('ranges of addresses', () => {
  const network = (text: string): string | undefined => {
    const range = parseIpRange(text);
    return range && writeIpRange(networkOf(range));
  };

  test('are written as their network', () => {
    for (const [text, expected] of [
      ['10.1.2.3', '10.1.2.3/32'],
      ['10.1.2.3/8', '10.0.0.0/8'],
      ['255.255.255.255/0', '0.0.0.0/0'],
      ['2001:DB8::1/32', '2001:db8::/32'],
      ['::', '::/128'],
      ['::ffff:1.2.3.4', '::ffff:102:304/128'],
      ['1:0:0:2:0:0:0:3', '1:0:0:2::3/128'],
      ['1:2:3:4:5:6:7:8/127', '1:2:3:4:5:6:7:8/127'],
    ] as const)
      assert.equal(network(text), expected);
  });

  test('are not everything', () => {
    for (const text of [
      '',
      '10.0.0',
      '10.0.0.256',
      '10.0.0.0/33',
      '1::2::3',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '::/129',
      '12345::',
      'x/8',
    ])
      assert.equal(parseIpRange(text), undefined, text);
  });

  test('are private if all of them is', () => {
    for (const [text, expected] of [
      ['10.0.0.0/8', true],
      ['10.0.0.0/7', false],
      ['172.31.255.255', true],
      ['172.32.0.0', false],
      ['fd00::/8', true],
      ['fe80::/10', false],
    ] as const) {
      const range = parseIpRange(text) ?? assert.fail();
      assert.equal(isPrivate(range), expected, text);
    }
  });
});

describe('whose a policy is', () => {
  const Statement = [allow];
  const owners = (value: unknown): readonly unknown[] =>
    findPolicies(parseJson(JSON.stringify(value)).root).policies.map(({ owner }) => owner && Object.values(owner).join(' '));

  test('is named beside it', () => {
    assert.deepEqual(owners({ RoleName: 'R', AssumeRolePolicyDocument: { Statement } }), ['role R']);
    assert.deepEqual(owners({ Role: { RoleName: 'R', Path: '/', AssumeRolePolicyDocument: { Statement } } }), ['role R']);
    assert.deepEqual(owners({ RoleName: 'R', PolicyName: 'P', PolicyDocument: { Statement } }), ['role R']);
    assert.deepEqual(owners({ UserName: 'U', PolicyName: 'P', PolicyDocument: { Statement } }), ['user U']);
    assert.deepEqual(owners({ Statement }), [undefined]);
    assert.deepEqual(owners({ AssumeRolePolicyDocument: { Statement } }), [undefined]);
  });

  test('is told by a listing of the account', () => {
    const details = {
      RoleDetailList: [
        {
          RoleName: 'R',
          AssumeRolePolicyDocument: { Statement },
          InstanceProfileList: [{ Roles: [{ RoleName: 'Held', AssumeRolePolicyDocument: { Statement } }] }],
          RolePolicyList: [{ PolicyName: 'p', PolicyDocument: { Statement } }],
        },
      ],
      GroupDetailList: [{ GroupName: 'G', GroupPolicyList: [{ PolicyName: 'p', PolicyDocument: { Statement } }] }],
      Policies: [{ PolicyName: 'M', PolicyVersionList: [{ IsDefaultVersion: true, VersionId: 'v1', Document: { Statement } }] }],
    };
    assert.deepEqual(owners(details), ['role R', 'role Held', 'role R', 'group G', 'policy M']);
  });

  test('is the resource of a template', () => {
    const resource = (Type: string, Properties: object): object => ({ Resources: { Logical: { Type, Properties } } });
    const trust = { AssumeRolePolicyDocument: { Statement } };
    assert.deepEqual(
      owners(resource('AWS::IAM::Role', { RoleName: 'R', ...trust, Policies: [{ PolicyName: 'p', PolicyDocument: { Statement } }] })),
      ['role R Logical', 'role R Logical'],
    );
    assert.deepEqual(owners(resource('AWS::IAM::Role', trust)), ['role  Logical']);
    assert.deepEqual(owners(resource('AWS::IAM::Role', { RoleName: { Ref: 'Name' }, ...trust })), ['role  Logical']);
    assert.deepEqual(owners(resource('AWS::IAM::Role', { RoleName: '<name>', ...trust })), ['role  Logical']);
    assert.deepEqual(owners(resource('AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'M', PolicyDocument: { Statement } })), [
      'policy M Logical',
    ]);
    assert.deepEqual(owners(resource('AWS::IAM::RolePolicy', { RoleName: 'R', PolicyName: 'p', PolicyDocument: { Statement } })), [
      'role R Logical',
    ]);
    assert.deepEqual(owners(resource('AWS::S3::BucketPolicy', { PolicyDocument: { Statement } })), [undefined]);
  });
});
