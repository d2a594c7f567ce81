// The launch command, and what is said of the roles and tags in it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { parseArguments } from '../../server/src/core/emr/launchArguments';
import { type LaunchCommand, launchCommand } from '../../server/src/core/emr/launchCommand';
import type { ExampleRole } from '../../server/src/core/rules/rule';
import { defaultSettings } from '../../server/src/core/settings';
import { factsOf } from '../harness/account';

const tag = 'for-use-with-amazon-emr-managed-policies=true';

function commandFor(block: string, ...roles: readonly ExampleRole[]): LaunchCommand {
  return commandOf(block, [], ...roles);
}

function commandOf(block: string, words: readonly string[], ...roles: readonly ExampleRole[]): LaunchCommand {
  const document = parseDocument(`[default]\n${block}`, 'aws-config');
  assert.equal(document.kind, 'config');
  const facts = factsOf(roles.length === 0 ? undefined : { roles, instanceProfiles: [] });
  const result =
    document.kind === 'config'
      ? launchCommand(document, 'default', { settings: defaultSettings, facts }, parseArguments(words))
      : undefined;
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

describe('what the command line names is judged by the facts', () => {
  const problemsOf = (words: readonly string[], ...roles: readonly ExampleRole[]): readonly string[] =>
    commandOf(named, words, { name: 'MyServiceRole' }, ...roles).problems.map(({ message }) => message);
  const ec2 = { Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] };

  test('names that the account does not have', () => {
    const scaling = problemsOf(['--service-role', 'Nobody', '--auto-scaling-role', 'None']);
    assert.ok(scaling.some((message) => message.startsWith('--service-role: "Nobody" is not among the roles')));
    assert.ok(scaling.some((message) => message.startsWith('--auto-scaling-role: "None" is not among the roles')));
    const profile = problemsOf(['--ec2-attributes', 'InstanceProfile=Nobody']);
    assert.ok(profile.some((message) => /InstanceProfile: "Nobody" .*, and EMR refuses the launch/.test(message)));
  });

  test('roles that those who need them cannot assume', () => {
    const trustless = { name: 'Other', trustPolicy: JSON.stringify(ec2) };
    assert.ok(problemsOf(['--service-role', 'Other'], trustless).some((message) => /^--service-role: EMR cannot assume/.test(message)));
  });

  test('names of the emr block are spoken of once', () => {
    const { problems } = commandOf(named, [], { name: 'Another' });
    assert.equal(problems.filter(({ message }) => message.includes('"MyServiceRole"')).length, 1);
  });

  test('tags in the syntax of other commands, and with another value than the service role asks for', () => {
    const other = '--tags: of Key=a,Value=… create-cluster makes a tag "Key", whose value is "a,Value=…". Write a=… instead.';
    assert.ok(problemsOf(['--tags', 'Key=a,Value=b']).includes(other));
    const wrong = commandOf(named, ['--tags', tag.replace('true', 'True')], { name: 'MyServiceRole', attachedPolicies: v2 });
    assert.equal(wrong.problems.filter(({ message }) => message.includes('no other value will do')).length, 1);
  });
});

test('an endpoint is an option of aws itself, and stays as it is', () => {
  assert.match(commandOf(named, ['--endpoint-url', 'http://localhost:4566']).command, /--endpoint-url http:\/\/localhost:4566 \\/);
});

test('text after "emr =" is a problem where the AWS CLI stops at it', () => {
  const problemsOf = (text: string, ...words: readonly string[]): readonly string[] =>
    commandOf(`emr = ${text}\n`, words).problems.map(({ message }) => message);
  assert.match(problemsOf('log_uri = s3://b/').join(), /string indices must be integers/);
  assert.deepEqual(problemsOf('log_uri = s3://b/', '--log-uri', 's3://b/'), []);
  // The command has the default roles, so that nothing looks for these.
  assert.deepEqual(problemsOf('service_role = R'), []);
});
