// The launch command where the policies of the service role ask for a tag.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { type LaunchCommand, launchCommand } from '../../server/src/core/emr/launchCommand';
import type { ExampleRole } from '../../server/src/core/rules/rule';
import { defaultSettings } from '../../server/src/core/settings';
import { factsOf } from '../harness/account';

const tag = 'for-use-with-amazon-emr-managed-policies=true';

function commandFor(block: string, ...roles: readonly ExampleRole[]): LaunchCommand {
  const document = parseDocument(`[default]\n${block}`, 'aws-config');
  assert.equal(document.kind, 'config');
  const facts = factsOf(roles.length === 0 ? undefined : { roles, instanceProfiles: [] });
  const result = document.kind === 'config' ? launchCommand(document, 'default', { settings: defaultSettings, facts }, {}) : undefined;
  assert.ok(result !== undefined && 'command' in result);
  return result;
}

const named = 'emr =\n  service_role = MyServiceRole\n  instance_profile = MyClusterRole\n';
const v2 = ['AmazonEMRServicePolicy_v2'];

test('a service role with the policy of the second generation gets its tag, as key=value, and a note', () => {
  const { command, notes } = commandFor(named, { name: 'MyServiceRole', attachedPolicies: v2 });
  assert.ok(command.endsWith(`--tags ${tag}`), command);
  assert.equal(notes.filter((note) => note.includes(tag) && note.includes('elasticmapreduce:AddTags')).length, 1);
});

test('the default role too, where the profile names none', () => {
  assert.match(commandFor('', { name: 'EMR_DefaultRole', attachedPolicies: v2 }).command, /--use-default-roles[\s\S]*--tags /);
});

test('any other role, and one of which nothing is known, gets none', () => {
  for (const roles of [
    [],
    [{ name: 'Other', attachedPolicies: v2 }],
    [{ name: 'MyServiceRole', attachedPolicies: ['AmazonElasticMapReduceRole'] }],
    [{ name: 'MyServiceRole', attachedPolicies: ['arn:aws:iam::111122223333:policy/AmazonEMRServicePolicy_v2'] }],
  ])
    assert.doesNotMatch(commandFor(named, ...roles).command, /--tags/);
});
