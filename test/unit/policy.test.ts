import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseJson } from '../../server/src/core/json/parse';
import { findPolicies } from '../../server/src/core/policy/find';
import { conditionKeys } from '../../server/src/core/policy/policy';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const assume = { Effect: 'Allow', Action: 'sts:AssumeRole' };
const principal = { Principal: { Service: 'ec2.amazonaws.com' } };

function kinds(value: unknown): readonly string[] {
  return findPolicies(parseJson(JSON.stringify(value)).root).map(({ kind }) => kind);
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
    const found = findPolicies(parseJson(JSON.stringify({ a: [{ b: policy('s3:One') }, [policy('s3:Two')]], c: policy('s3:Three') })).root);
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
    assert.deepEqual(kinds({ RoleDetailList: [role] }), ['trust', 'identity']);
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
  const [policy] = findPolicies(parseJson(text).root);
  assert.deepEqual(
    policy?.statements.map(({ effect, actions, resources }) => [effect, actions.map(({ value }) => value), resources.length]),
    [
      [undefined, ['a:B', 'c:D'], 0],
      ['Deny', [], 0],
    ],
  );
});

test('condition keys come one by one', () => {
  const condition = parseJson('{"StringEquals":{"a:b":"x","c:d":["y","z"]},"Bool":{"e:f":true},"Odd":"?"}').root;
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
