import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judgeTrust, meantService, type TrustQuestion } from '../../server/src/core/emr/trust';
import { policyFromText } from '../../server/src/core/policy/text';

type Json = { readonly [key: string]: unknown };

const emr = 'elasticmapreduce.amazonaws.com';
const here = { account: '111122223333', partition: 'aws' } as const;

function trust(Service: unknown, more: Json = {}): Json {
  return { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole', ...more };
}

function when(key: string, value: unknown, operator = 'StringEquals'): Json {
  return { Condition: { [operator]: { [key]: value } } };
}

/** Each verdict, and of a "no" the cause. */
function verdicts(question: TrustQuestion, ...statements: readonly Json[]): readonly string[] {
  const policy = policyFromText(JSON.stringify({ Version: '2012-10-17', Statement: statements }), 'trust');
  assert.ok(policy);
  return judgeTrust(policy, question).map(({ verdict, cause }) => (cause === undefined ? verdict : `${verdict}: ${cause.kind}`));
}

describe('a service role', () => {
  const source = (arn: string): Json => when('aws:SourceArn', arn, 'ArnLike');
  for (const [what, statements, expected] of [
    ['trusts EMR', [trust(emr)], 'yes'],
    ['trusts EMR among others', [trust(['datapipeline.amazonaws.com', 'ElasticMapReduce.amazonaws.com'])], 'yes'],
    ['allows any action of STS', [trust(emr, { Action: 'sts:*' })], 'yes'],
    ['allows it in its account', [trust(emr, when('aws:SourceAccount', '111122223333'))], 'yes'],
    ['allows it in another account', [trust(emr, when('aws:SourceAccount', '999988887777'))], 'no: condition'],
    ['allows it in another account too', [trust(emr, when('aws:SourceAccount', ['999988887777', '111122223333']))], 'yes'],
    ['allows it for clusters of one Region', [trust(emr, source('arn:aws:elasticmapreduce:eu-west-1:111122223333:cluster/*'))], 'may'],
    ['allows it for another service', [trust(emr, source('arn:aws:ec2:*:111122223333:*'))], 'no: condition'],
    ['allows it in another partition', [trust(emr, source('arn:aws-cn:elasticmapreduce:*:111122223333:*'))], 'no: condition'],
    ['wants an external ID', [trust(emr, when('sts:ExternalId', 'x'))], 'no: condition'],
    ['has a condition on what is not known', [trust(emr, when('aws:SourceVpc', 'vpc-1'))], 'may'],
    ['has one way in that is closed, and one that is open', [trust(emr, when('sts:ExternalId', 'x')), trust(emr)], 'yes'],
    ['denies everybody', [trust(emr), { ...trust(emr), Effect: 'Deny' }], 'no: denied'],
    [
      'denies all but its account',
      [trust(emr), { ...trust(emr, when('aws:SourceAccount', '111122223333', 'StringNotEquals')), Effect: 'Deny' }],
      'yes',
    ],
    ['allows another action', [trust(emr, { Action: 'sts:TagSession' })], 'no: action'],
    ['trusts EC2', [trust('ec2.amazonaws.com')], 'no: missing'],
    ['trusts a misspelt EMR', [trust('emr.amazonaws.com')], 'no: misspelt'],
    ['trusts EMR of China', [trust(`${emr}.cn`)], 'no: partition'],
    ['trusts EMR with its Region', [trust('elasticmapreduce.eu-west-1.amazonaws.com')], 'may'],
    ['trusts EMR as an account', [{ ...trust(emr), Principal: { AWS: emr } }], 'no: not-as-service'],
    ['names nobody, as AWS prints it', [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }], 'no: no-principal'],
    ['trusts whom a template names', [trust({ 'Fn::Sub': 'x' })], 'may'],
  ] as const) {
    test(`that ${what}: ${expected}`, () => {
      assert.deepEqual(verdicts({ kind: 'service', ...here }, ...statements), [expected]);
    });
  }

  test('of an account that is not known may be in any', () => {
    assert.deepEqual(verdicts({ kind: 'service' }, trust(`${emr}.cn`)), ['yes']);
    assert.deepEqual(verdicts({ kind: 'service' }, trust(emr, when('aws:SourceAccount', '999988887777'))), ['may']);
    assert.deepEqual(verdicts({ kind: 'service' }, trust(emr, source('arn:aws-cn:elasticmapreduce:*:999988887777:*'))), ['may']);
    assert.deepEqual(verdicts({ kind: 'service' }, trust('emr.amazonaws.com')), ['no: misspelt']);
  });

  test('of China is for EMR of China, and of a partition of its own not judged', () => {
    assert.deepEqual(verdicts({ kind: 'service', partition: 'aws-cn' }, trust(`${emr}.cn`)), ['yes']);
    assert.deepEqual(verdicts({ kind: 'service', partition: 'aws-cn' }, trust(emr)), ['no: partition']);
    assert.deepEqual(verdicts({ kind: 'service', partition: 'aws-us-gov' }, trust(emr)), ['yes']);
    assert.deepEqual(verdicts({ kind: 'service', partition: 'aws-iso' }, trust('ec2.amazonaws.com')), []);
  });
});

test('an EC2 role is for EC2, which does not say for whom', () => {
  const question = { kind: 'ec2', ...here } as const;
  assert.deepEqual(verdicts(question, trust('ec2.amazonaws.com')), ['yes']);
  assert.deepEqual(verdicts(question, trust('ec2.amazonaws.com', when('aws:SourceAccount', '111122223333'))), ['no: condition']);
  assert.deepEqual(verdicts(question, trust('ec2.amazonaws.com', when('aws:SourceAccount', '1', 'StringEqualsIfExists'))), ['yes']);
  assert.deepEqual(verdicts(question, trust('ecs.amazonaws.com')), ['no: missing'], 'another service, however near');
  assert.deepEqual(verdicts(question, trust('ec2.amazonaws.com.cn')), ['no: partition']);
  assert.deepEqual(verdicts({ kind: 'ec2', partition: 'aws-cn' }, trust('ec2.amazonaws.com.cn')), ['yes']);
  assert.deepEqual(verdicts({ kind: 'ec2', partition: 'aws-cn' }, trust('ec2.amazonaws.com')), ['yes']);
});

test('an Auto Scaling role is for two services', () => {
  const question = { kind: 'autoscaling', ...here } as const;
  const scaling = 'application-autoscaling.amazonaws.com';
  assert.deepEqual(verdicts(question, trust([emr, scaling])), ['yes', 'yes']);
  assert.deepEqual(verdicts(question, trust(emr), trust(scaling)), ['yes', 'yes']);
  assert.deepEqual(verdicts(question, trust(scaling)), ['no: missing', 'yes']);
  assert.deepEqual(verdicts(question, trust([emr, 'autoscaling.amazonaws.com'])), ['yes', 'no: misspelt']);
});

test('a runtime role is for a role, which names the step in tags', () => {
  const role = 'arn:aws:iam::111122223333:role/EMR_EC2_DefaultRole';
  const of = (AWS: string, Action: unknown = ['sts:AssumeRole', 'sts:TagSession']): Json => ({
    Effect: 'Allow',
    Principal: { AWS },
    Action,
  });
  assert.deepEqual(verdicts({ kind: 'runtime' }, of(role)), ['may', 'may']);
  assert.deepEqual(verdicts({ kind: 'runtime' }, of(role, 'sts:AssumeRole')), ['may', 'no: action']);
  assert.deepEqual(verdicts({ kind: 'runtime', ec2Role: role }, of(role)), ['yes', 'yes']);
  assert.deepEqual(verdicts({ kind: 'runtime', ec2Role: role }, of('111122223333')), ['yes', 'yes']);
  assert.deepEqual(verdicts({ kind: 'runtime', ec2Role: role }, of(`${role}2`)), ['no: missing', 'no: missing']);
  assert.deepEqual(verdicts({ kind: 'runtime' }, of(role.replace(':role/', ':instance-profile/'))), [
    'no: instance-profile',
    'no: instance-profile',
  ]);
  assert.deepEqual(verdicts({ kind: 'runtime' }, of('AROAEXAMPLE1234567890')), ['may', 'may'], 'the id of a role');
  assert.deepEqual(verdicts({ kind: 'runtime' }, trust('ec2.amazonaws.com')), ['no: missing', 'no: missing']);
});

test('a name that is like that of a service', () => {
  for (const written of [
    'emr.amazonaws.com',
    'elasticmapreduce.aws.com',
    'elasticmapreduce.amazon.com',
    'elasticmapreduce',
    'EMR',
    'elastic-mapreduce.amazonaws.com',
    'elasticmapredcue.amazonaws.com',
  ])
    assert.equal(meantService(written, [emr]), emr, written);
  for (const written of [
    emr,
    'elasticbeanstalk.amazonaws.com',
    'emr-serverless.amazonaws.com',
    'emr-containers.amazonaws.com',
    'elasticfilesystem.amazonaws.com',
    'ec2.amazonaws.com',
    'example.com',
  ])
    assert.equal(meantService(written, [emr]), undefined, written);
});
