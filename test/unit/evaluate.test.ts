import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { evaluate, type Request } from '../../server/src/core/policy/evaluate';
import type { PolicyKind } from '../../server/src/core/policy/policy';
import { policyFromText } from '../../server/src/core/policy/text';

type Json = { readonly [key: string]: unknown };

function outcome(statements: readonly Json[], request: Partial<Request>, kind: PolicyKind = 'identity'): string {
  const policy = policyFromText(JSON.stringify({ Version: '2012-10-17', Statement: statements }), kind);
  assert.ok(policy);
  return evaluate([policy], { action: 'iam:PassRole', context: new Map(), ...request }).outcome;
}

const role = 'arn:aws:iam::111122223333:role/EMR_EC2_DefaultRole';
const allow = (more: Json = {}): Json => ({ Effect: 'Allow', Action: 'iam:PassRole', Resource: '*', ...more });
const deny = (more: Json = {}): Json => ({ ...allow(more), Effect: 'Deny' });

describe('a request', () => {
  for (const [what, statements, expected] of [
    ['named', [allow()], 'allowed'],
    ['in other letters', [allow({ Action: 'IAM:passrole' })], 'allowed'],
    ['by a pattern', [allow({ Action: 'iam:P*' })], 'allowed'],
    ['by another action', [allow({ Action: 'iam:GetRole' })], 'not-allowed'],
    ['by NotAction', [allow({ Action: undefined, NotAction: 's3:*' })], 'allowed'],
    ['left out by NotAction', [allow({ Action: undefined, NotAction: ['iam:*'] })], 'not-allowed'],
    ['on this role', [allow({ Resource: role })], 'allowed'],
    ['on roles like it', [allow({ Resource: 'arn:aws:iam::*:role/EMR_*' })], 'allowed'],
    ['on a role below a path', [allow({ Resource: 'arn:aws:iam::111122223333:role/emr/EMR_EC2_DefaultRole' })], 'not-allowed'],
    ['of another partition', [allow({ Resource: 'arn:aws-cn:iam::111122223333:role/EMR_EC2_DefaultRole' })], 'not-allowed'],
    ['by NotResource', [allow({ Resource: undefined, NotResource: 'arn:aws:iam::*:role/Admin' })], 'allowed'],
    ['through a variable', [allow({ Resource: 'arn:aws:iam::*:role/${aws:username}' })], 'may'],
    ['through a placeholder', [allow({ Resource: 'arn:aws:iam::${Account}:role/x' })], 'may'],
    ['through what a template fills in', [allow({ Resource: [{ Ref: 'Role' }] })], 'may'],
    ['denied', [allow(), deny()], 'denied'],
    ['denied on another role', [allow(), deny({ Resource: 'arn:aws:iam::*:role/Admin' })], 'allowed'],
    ['perhaps denied', [allow(), deny({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })], 'may'],
  ] as const) {
    test(`${what}: ${expected}`, () => {
      assert.equal(outcome(statements, { resource: role }), expected);
    });
  }
});

describe('a request of which a part is not known', () => {
  for (const [resource, asked, expected] of [
    ['arn:aws:s3:::my-data/*', 'arn:*:s3:::my-logs/emr/*', 'not-allowed'],
    ['arn:aws:s3:::my-logs/*', 'arn:*:s3:::my-logs/emr/*', 'may'],
    ['arn:aws:s3:::my-logs/emr/j-1/*', 'arn:aws:s3:::my-logs/emr/*', 'may'],
    ['arn:aws:s3:::my-logs/*', 'arn:aws:s3:::my-logs/emr/*', 'allowed'],
    ['arn:aws:s3:*', 'arn:*:s3:::my-logs/emr/*', 'may'],
    ['*', 'arn:*:s3:::my-logs/emr/*', 'allowed'],
    ['arn:aws:iam::*:role/EMR_EC2_DefaultRole', 'arn:*:iam::*:role/x/EMR_EC2_DefaultRole', 'not-allowed'],
  ] as const) {
    test(`${resource} for ${asked}: ${expected}`, () => {
      assert.equal(outcome([allow({ Resource: resource })], { resource: asked }), expected);
    });
  }

  test('what a template puts in the place of a statement may allow it', () => {
    assert.equal(outcome([allow({ Action: 's3:GetObject' }), { 'Fn::If': ['x', {}, {}] }], { resource: role }), 'may');
    assert.equal(outcome([deny(), { 'Fn::If': ['x', {}, {}] }], { resource: role }), 'denied');
  });
});

describe('a condition', () => {
  const context = new Map([
    ['iam:passedtoservice', ['ec2.amazonaws.com']],
    ['aws:sourcearn', ['arn:aws:elasticmapreduce:*:111122223333:*']],
    ['aws:tagkeys', ['team', 'stage']],
  ]);
  const absentKeys = new Set(['aws:vpcsourceip']);
  for (const [condition, expected] of [
    [{ StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } }, 'allowed'],
    [{ StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'x'] } }, 'allowed'],
    [{ StringEquals: { 'iam:passedtoservice': 'EC2.amazonaws.com' } }, 'not-allowed'],
    [{ StringEqualsIgnoreCase: { 'iam:PassedToService': 'EC2.amazonaws.com' } }, 'allowed'],
    [{ StringLike: { 'iam:PassedToService': 'ec2.amazonaws.com*' } }, 'allowed'],
    [{ StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com*' } }, 'not-allowed'],
    [{ StringNotEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } }, 'not-allowed'],
    [{ StringEquals: { 'iam:PassedToService': '${aws:PrincipalTag/service}' } }, 'may'],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:elasticmapreduce:*:111122223333:*' } }, 'allowed'],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:elasticmapreduce:eu-west-1:111122223333:*' } }, 'may'],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws-cn:elasticmapreduce:*:111122223333:*' } }, 'not-allowed'],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:elasticmapreduce:*:444455556666:*' } }, 'not-allowed'],
    [{ Bool: { 'aws:SecureTransport': 'true' } }, 'may'],
    [{ IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' } }, 'not-allowed'],
    [{ IpAddressIfExists: { 'aws:VpcSourceIp': '10.0.0.0/8' } }, 'allowed'],
    [{ NotIpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' } }, 'allowed'],
    [{ Null: { 'aws:VpcSourceIp': 'true', 'iam:PassedToService': 'false' } }, 'allowed'],
    [{ Null: { 'iam:PassedToService': 'true' } }, 'not-allowed'],
    [{ Null: { 'aws:RequestTag/x': 'true' } }, 'may'],
    [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'stage', 'x'] } }, 'allowed'],
    [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }, 'not-allowed'],
    [{ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['team'] } }, 'allowed'],
    [{ NoSuchOperator: { 'aws:TagKeys': ['team'] } }, 'may'],
    [{ 'Fn::If': ['x', {}, {}] }, 'may'],
  ] as const) {
    test(`${JSON.stringify(condition)}: ${expected}`, () => {
      assert.equal(outcome([allow({ Condition: condition })], { resource: role, context, absentKeys }), expected);
    });
  }
});

describe('a principal', () => {
  const trust = (principal: unknown, more: Json = {}): Json => ({
    Effect: 'Allow',
    Principal: principal,
    Action: 'sts:AssumeRole',
    ...more,
  });
  const emr = { kind: 'Service', text: 'elasticmapreduce.amazonaws.com' } as const;
  const ec2Role = { kind: 'AWS', text: role } as const;
  for (const [statement, principal, expected] of [
    [trust({ Service: 'elasticmapreduce.amazonaws.com' }), emr, 'allowed'],
    [trust({ Service: ['x.amazonaws.com', 'elasticmapreduce.amazonaws.com'] }), emr, 'allowed'],
    [trust({ Service: 'ec2.amazonaws.com' }), emr, 'not-allowed'],
    [trust({ AWS: 'elasticmapreduce.amazonaws.com' }), emr, 'not-allowed'],
    [trust({ Service: { 'Fn::Sub': 'elasticmapreduce.${AWS::URLSuffix}' } }), emr, 'may'],
    [trust('*'), emr, 'may'],
    [trust({ AWS: role }), ec2Role, 'allowed'],
    [trust({ AWS: '111122223333' }), ec2Role, 'allowed'],
    [trust({ AWS: 'arn:aws:iam::444455556666:root' }), ec2Role, 'not-allowed'],
    [trust({ AWS: 'arn:aws:iam::111122223333:role/Other' }), ec2Role, 'not-allowed'],
    [trust(undefined, { NotPrincipal: { AWS: role } }), ec2Role, 'not-allowed'],
    [{ ...trust({ Service: 'elasticmapreduce.amazonaws.com' }), Action: 'sts:*' }, emr, 'allowed'],
    [{ ...trust({ Service: 'elasticmapreduce.amazonaws.com' }), Action: 'sts:TagSession' }, emr, 'not-allowed'],
  ] as const) {
    test(`${JSON.stringify(statement)} for ${principal.text}: ${expected}`, () => {
      assert.equal(outcome([statement], { action: 'sts:AssumeRole', principal }, 'trust'), expected);
    });
  }
});
