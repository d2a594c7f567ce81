// What a launch takes, who may do it, and what EMR's service role is for.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { type EmrBlock, usedBlocks } from '../../server/src/core/emr/block';
import { callerIn, judgeNeeds, launchersIn, launchNeeds } from '../../server/src/core/emr/launchNeeds';
import { serviceActions, servicePolicyNames } from '../../server/src/core/emr/rolePermissions';
import { type NamedPolicy, policiesOf } from '../../server/src/core/emr/roles';
import { type AccountFacts, accountFacts } from '../../server/src/core/facts/facts';
import { isRefused } from '../../server/src/core/policy/evaluate';
import { policyFromText } from '../../server/src/core/policy/text';
import { noSurroundings } from '../../server/src/core/surroundings';
import { snapshot } from '../harness/account';
import { catalog } from '../harness/catalog';
import { inRepository } from '../harness/repository';

function factsIn(file: string): AccountFacts {
  return accountFacts([snapshot(readFileSync(inRepository('test/fixtures/facts', file), 'utf8'), file)]);
}

function blockOf(settings: string, emr: string): EmrBlock {
  const document = parseDocument(`[profile dev]\n${settings}emr =\n${emr}`, 'aws-config');
  assert.ok(document.kind === 'config');
  const [block] = usedBlocks(document, noSurroundings);
  assert.ok(block);
  return block;
}

function ofAws(name: string): NamedPolicy {
  const document = catalog().emrPolicy(name)?.versions.at(-1)?.document ?? '';
  const policy = policyFromText(document, 'identity');
  assert.ok(policy, name);
  return { name, kind: 'managed', isOfAws: true, document, policy };
}

describe('what a launch takes', () => {
  const facts = factsIn('launchers.json');
  const granted = (emr: string): readonly (readonly [string, readonly string[]])[] => {
    const policies = ['AmazonElasticMapReduceFullAccess', 'AmazonEMRFullAccessPolicy_v2'].map(ofAws);
    const needs = launchNeeds(blockOf('', emr), facts);
    return judgeNeeds(needs, { policies, areAll: true }).map(({ kind, grantedBy }) => [kind, grantedBy]);
  };
  const [v1, v2] = ['AmazonElasticMapReduceFullAccess', 'AmazonEMRFullAccessPolicy_v2'];

  test('with roles that AmazonEMRFullAccessPolicy_v2 does not name', () => {
    assert.deepEqual(granted('  service_role = EMR_DefaultRole\n  instance_profile = OwnNodes\n'), [
      ['launch', [v1, v2]],
      ['pass-service-role', [v1]],
      ['pass-ec2-role', [v1]],
      ['cleanup-role', [v1, v2]],
    ]);
  });

  test('tags, where the service role has AmazonEMRServicePolicy_v2', () => {
    assert.deepEqual(granted('  service_role = V2Service\n  instance_profile = EMR_EC2_DefaultRole\n'), [
      ['launch', [v1, v2]],
      ['pass-service-role', [v1]],
      ['pass-ec2-role', [v1, v2]],
      ['tags', [v1, v2]],
      ['cleanup-role', [v1, v2]],
    ]);
  });

  test('passing a role that is not known is left out, and making the cleanup role where it is there', () => {
    const kinds = launchNeeds(blockOf('', '  service_role = ${role}\n  instance_profile = Nowhere\n'), factsIn('v2-launchers.json'));
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ['launch'],
    );
  });
});

describe('who launches', () => {
  const facts = factsIn('launchers.json');
  const names = (of: AccountFacts): readonly string[] => launchersIn(catalog())(of).map(({ name }) => name);

  test('users and roles whose policies name it, not administrators', () => {
    assert.deepEqual(names(facts), [
      'mia',
      'tom',
      'Analysts',
      'Pipelines',
      'TagLess',
      'AWSReservedSSO_DataTeam_0123456789abcdef',
      'Unknown',
    ]);
    assert.deepEqual(names(factsIn('v2-launchers.json')), ['mia', 'jo', 'Analysts']);
    assert.deepEqual(names(factsIn('permissions.json')), []);
  });

  test('the role that the profile assumes, or that its permission set made', () => {
    const caller = (settings: string): string | undefined => callerIn(blockOf(settings, '  service_role = X\n').caller, facts)?.name;
    assert.equal(caller('role_arn = arn:aws:iam::111122223333:role/Analysts\n'), 'Analysts');
    assert.equal(caller('role_arn = arn:aws:iam::444455556666:role/Analysts\n'), undefined);
    assert.equal(caller('role_arn = ${role}\nsso_role_name = DataTeam\n'), undefined);
    assert.equal(caller('sso_role_name = DataTeam\n'), 'AWSReservedSSO_DataTeam_0123456789abcdef');
    assert.equal(caller('sso_role_name = Data\n'), undefined);
    assert.equal(caller(''), undefined);
  });

  test('an account of 5,000 roles is looked through once', () => {
    const [source] = facts.sources;
    assert.ok(source);
    const [role] = source.roles.filter(({ name }) => name === 'Pipelines');
    assert.ok(role);
    const many = accountFacts([{ ...source, roles: Array.from({ length: 5000 }, (_, i) => ({ ...role, name: `Pipelines${i}` })) }]);
    const first = launchersIn(catalog())(many);
    assert.equal(first.length, 5002);
    assert.equal(launchersIn(catalog())(many), first);
  });
});

describe("the service role's actions", () => {
  const all = serviceActions.flatMap(({ actions }) => actions);

  test('are in the table, each once and as the service data write it', () => {
    assert.equal(new Set(all).size, all.length);
    for (const action of all) assert.equal(catalog().action(action)?.id, action);
  });

  test('are those of the two service policies', () => {
    const policies = servicePolicyNames.map((name) => ofAws(name).policy);
    for (const action of all) assert.ok(!isRefused(policies, { action, resource: '*', context: new Map() }), `${action} is in neither`);
    const named = policies.flatMap(({ statements }) => statements.flatMap(({ actions }) => actions.map(({ value }) => value)));
    const missing = named.filter((action) => !action.includes('*') && action !== 'iam:PassRole' && !all.includes(action));
    assert.deepEqual(missing, []);
    // Of the rest of the policies' patterns the table has what a cluster is known to need.
    for (const pattern of named.filter((action) => action.includes('*'))) {
      assert.ok(
        all.some((action) => action.startsWith(pattern.replace('*', ''))),
        pattern,
      );
    }
  });
});

test('a boundary, or a policy that is not known, leaves open what a role may do', () => {
  const facts = factsIn('permissions.json');
  const areAll = (name: string): boolean | undefined => {
    const role = facts.role(name);
    return role.state === 'known' ? policiesOf(role.value, facts, catalog()).areAll : undefined;
  };
  assert.deepEqual(['OwnService', 'BoundedService', 'UnknownService'].map(areAll), [true, false, false]);
});
