// The checker of grants is trusted by the property tests: here it is seen to notice what it must.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import type { Policy } from '../../server/src/core/policy/policy';
import { catalog } from '../harness/catalog';
import { grantedAnew, type Measure } from '../harness/grants';

function policy(...statements: readonly object[]): Policy {
  const document = parseDocument(JSON.stringify({ Version: '2012-10-17', Statement: statements }), 'json');
  assert.ok(document.kind === 'json' && document.policies[0] !== undefined);
  return document.policies[0];
}

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
const deny = { ...allow, Effect: 'Deny' };
const under = (Condition: object): object => ({ ...allow, Condition });

function anew(before: Policy, after: Policy, measure?: Measure): number {
  return grantedAnew(before, after, catalog(), measure).length;
}

test('wider actions, resources, principals and conditions are noticed, and less denied', () => {
  for (const [before, after] of [
    [policy(allow), policy({ ...allow, Action: 's3:Get*' })],
    [policy(allow), policy({ ...allow, Action: ['s3:GetObject', 's3:PutObject'] })],
    [policy(allow), policy({ Effect: 'Allow', NotAction: 's3:PutObject', Resource: allow.Resource })],
    [policy(allow), policy({ ...allow, Resource: 'arn:aws:s3:::*' })],
    [policy(allow), policy({ Effect: 'Allow', Action: allow.Action, NotResource: 'arn:aws:s3:::c/*' })],
    [policy({ ...allow, Principal: { AWS: '111122223333' } }), policy({ ...allow, Principal: '*' })],
    [policy(under({ Bool: { 'aws:SecureTransport': 'true' } })), policy(allow)],
    [policy(under({ StringEquals: { 'aws:x': 'a' } })), policy(under({ StringEquals: { 'aws:x': ['a', 'b'] } }))],
    [policy(under({ IpAddress: { 'aws:SourceIp': '10.0.0.1/24' } })), policy(under({ IpAddress: { 'aws:SourceIp': '10.0.0.0/16' } }))],
    [policy(allow, deny), policy(allow)],
    [policy(deny), policy({ ...deny, Resource: 'arn:aws:s3:::b/c' })],
    [policy(deny), policy({ ...deny, Condition: { Bool: { 'aws:SecureTransport': 'true' } } })],
  ] as const)
    assert.ok(anew(before, after) > 0, JSON.stringify(after.statements.map(({ node }) => node)));
});

test('less, and the same in other words, is nothing new', () => {
  for (const [before, after] of [
    [policy({ ...allow, Action: 's3:Get*' }), policy(allow)],
    [policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), policy(allow)],
    [policy(allow), policy({ ...allow, Action: ['S3:GETOBJECT'], Sid: 'x' })],
    [policy(allow), policy(allow, deny)],
    [policy(allow), policy(under({ Bool: { 'aws:SecureTransport': 'true' } }))],
    [policy(under({ IpAddress: { 'aws:SourceIp': '10.0.0.1/24' } })), policy(under({ IpAddress: { 'aws:SourceIp': ['10.0.0.0/24'] } }))],
    [policy(under({ StringLike: { 'aws:x': '*' } })), policy(under({ Null: { 'aws:x': 'false' } }))],
  ] as const)
    assert.equal(anew(before, after), 0, JSON.stringify(after.statements.map(({ node }) => node)));
});

test('the measures tell what there is from what there may be', () => {
  const pattern = policy({ ...allow, Action: 's3:*BucketTagging' });
  const written = policy({ ...allow, Action: ['s3:GetBucketTagging', 's3:PutBucketTagging'] });
  assert.equal(anew(written, pattern), 1);
  assert.equal(anew(written, pattern, 'today'), 0);
  const other = policy({ ...allow, Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'] });
  assert.equal(anew(policy(allow), other, 'today'), 1);
  assert.equal(anew(policy(allow), other, 'fitting'), 0);
});
