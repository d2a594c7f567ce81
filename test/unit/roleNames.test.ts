import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ConfigDocument, parseDocument } from '../../server/src/core/document';
import type { Declarations } from '../../server/src/core/facts/declarations';
import type { Place } from '../../server/src/core/facts/facts';
import { declarationsIn } from '../../server/src/core/facts/workspace';
import { declaredNameAt, declaredPlaces, roleDefinition, roleNameIn, roleUsesIn } from '../../server/src/core/features/roleNames';
import { atCursor } from '../harness/cursor';

const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const trust = { Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' } };

const files: Readonly<Record<string, unknown>> = {
  'stack.json': {
    Resources: {
      Nodes: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: trust, Policies: [{ PolicyName: 'inside', PolicyDocument: document }] },
      },
      Logs: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'logs', PolicyDocument: document, Roles: [{ Ref: 'Nodes' }] } },
      Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { InstanceProfileName: 'NodeProfile', Roles: [{ Ref: 'Nodes' }] } },
    },
  },
  'create-role.json': { RoleName: 'ClusterRole', AssumeRolePolicyDocument: trust },
  'put-role-policy.json': { RoleName: 'clusterrole', PolicyName: 'more', PolicyDocument: document },
  'add-role.json': { InstanceProfileName: 'ClusterProfile', RoleName: 'ClusterRole' },
};
const texts = new Map(Object.entries(files).map(([name, value]) => [name, JSON.stringify(value, null, 2)]));
const declared: readonly Declarations[] = [...texts].map(([name, text]) => declarationsIn(text, name, name));

function shown(places: readonly Place[]): readonly string[] {
  return places.map(({ uri, span }) => `${uri}: ${texts.get(uri)?.slice(span.start, span.end)}`);
}

function read(text: string): ConfigDocument {
  const parsed = parseDocument(text, 'aws-config');
  assert.ok(parsed.kind === 'config');
  return parsed;
}

function definition(marked: string): readonly string[] {
  const { text, offset } = atCursor(marked);
  const name = roleNameIn(read(text), offset);
  return name === undefined ? [] : shown(roleDefinition(name, declared));
}

describe('a name in an emr block', () => {
  test('leads to the role, and to what of it stands elsewhere', () => {
    for (const value of ['Cluster$0Role', '$0clusterrole', 'arn:aws:iam::111122223333:role/emr/ClusterRole$0'])
      assert.deepEqual(
        definition(`[default]\nemr =\n  service_role = ${value}\n`),
        ['create-role.json: "ClusterRole"', 'put-role-policy.json: "clusterrole"'],
        value,
      );
  });

  test('leads to the instance profile, and through it to its role and policies', () => {
    assert.deepEqual(definition('[default]\nemr =\n  instance_profile = Cluster$0Profile\n'), [
      'add-role.json: "ClusterProfile"',
      'create-role.json: "ClusterRole"',
      'put-role-policy.json: "clusterrole"',
    ]);
    assert.deepEqual(definition('[default]\nemr =\n  instance_profile = NodeProfile$0\n'), [
      'stack.json: "NodeProfile"',
      'stack.json: "Nodes"',
      'stack.json: "logs"',
    ]);
  });

  test('leads nowhere from elsewhere', () => {
    for (const marked of [
      '[default]\nemr =\n  service_role$0 = ClusterRole\n',
      '[default]\nemr =\n  log_uri = Cluster$0Role\n',
      '[default]\nservice_role = Cluster$0Role\n',
      '[default]\nemr =\n  service_role = Cluster$0Profile\n',
      '[default]\nemr =\n  instance_profile = Cluster$0Role\n',
      '[default]\nemr =\n  service_role = "Cluster$0Role"\n',
      '[default]\nemr =\n  service_role = arn:aws:iam::111122223333:instance-profile/Cluster$0Role\n',
      '[default]\nemr =\n  # service_role = Cluster$0Role\n  x = y\n',
      '[default]\nemr =\n  service_role = $0<role>\n',
    ])
      assert.deepEqual(definition(marked), [], marked);
  });
});

describe('a name where it is declared', () => {
  const at = (file: string, word: string): ReturnType<typeof declaredNameAt> =>
    declaredNameAt(declared, (uri) => uri === file, (texts.get(file) ?? '').indexOf(word) + 2);

  test('is that of a role or an instance profile', () => {
    assert.deepEqual(at('create-role.json', '"ClusterRole"'), { type: 'role', name: 'ClusterRole' });
    assert.deepEqual(at('put-role-policy.json', '"clusterrole"'), { type: 'role', name: 'clusterrole' });
    assert.deepEqual(at('add-role.json', '"ClusterRole"'), { type: 'role', name: 'ClusterRole' });
    assert.deepEqual(at('add-role.json', '"ClusterProfile"'), { type: 'instance-profile', name: 'ClusterProfile' });
    assert.deepEqual(at('stack.json', '"NodeProfile"'), { type: 'instance-profile', name: 'NodeProfile' });
    for (const [file, word] of [
      ['stack.json', '"Nodes"'],
      ['stack.json', '"logs"'],
      ['create-role.json', '"RoleName"'],
      ['other.json', '"ClusterRole"'],
    ] as const)
      assert.equal(at(file, word), undefined, word);
  });

  test('is found where config files use it, once in a block that is inherited', () => {
    const config = read(
      '[DEFAULT]\nemr =\n  service_role = ClusterRole\n[profile a]\n[profile b]\n[profile c]\nemr =\n  service_role = x/CLUSTERROLE\n  instance_profile = ClusterRole\n',
    );
    const used = (type: 'role' | 'instance-profile'): readonly string[] =>
      roleUsesIn({ type, name: 'ClusterRole' }, config).map(({ start, end }) => config.text.slice(start, end));
    assert.deepEqual(used('role'), ['ClusterRole', 'x/CLUSTERROLE']);
    assert.deepEqual(used('instance-profile'), ['ClusterRole']);
  });

  test('stands in every file that says something of it', () => {
    assert.deepEqual(shown(declaredPlaces({ type: 'role', name: 'ClusterRole' }, declared)), [
      'create-role.json: "ClusterRole"',
      'put-role-policy.json: "clusterrole"',
      'add-role.json: "ClusterRole"',
    ]);
    assert.deepEqual(shown(declaredPlaces({ type: 'instance-profile', name: 'nodeprofile' }, declared)), ['stack.json: "NodeProfile"']);
  });
});
