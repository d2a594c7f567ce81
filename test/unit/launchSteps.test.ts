// The steps before a launch command: each is filled in, and its answer is words of create-cluster.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { newestRelease } from '../../server/src/core/emr/releases';
import { type LaunchAnswers, type LaunchQuestions, type LaunchStep, launchSteps } from '../../server/src/core/features/launchSteps';
import type { ExampleAccount } from '../../server/src/core/rules/rule';
import { factsOf } from '../harness/account';

const config = `[default]
emr =
  service_role = Mine
  instance_profile = Nodes
[profile bare]
region = eu-west-1
[profile half]
emr =
  instance_profile = Nodes
`;

const trusting = (Service: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }] });

const account: ExampleAccount = {
  roles: [
    { name: 'Mine', trustPolicy: trusting('ec2.amazonaws.com') },
    { name: 'Emr', trustPolicy: trusting('elasticmapreduce.amazonaws.com') },
    { name: 'Deep', trustPolicy: trusting('elasticmapreduce.amazonaws.com'), path: '/team/' },
    { name: 'NodesRole', trustPolicy: trusting('ec2.amazonaws.com') },
    { name: 'Lambda', trustPolicy: trusting('lambda.amazonaws.com') },
  ],
  instanceProfiles: [
    { name: 'Nodes', role: 'NodesRole' },
    { name: 'Wrong', role: 'Lambda' },
  ],
};

interface Asked {
  readonly profile?: string;
  readonly words?: readonly string[];
  readonly answer?: readonly [step: string, ...given: string[]];
  readonly example?: ExampleAccount;
}

function asked({ profile = 'default', words = [], answer, example }: Asked = {}): LaunchQuestions {
  const document = parseDocument(config, 'aws-config');
  assert.ok(document.kind === 'config');
  const answers: LaunchAnswers = { words, shell: 'posix' };
  const [step, ...given] = answer ?? [];
  const context = { facts: factsOf(example) };
  const questions = launchSteps(document, profile, context, answers, step === undefined ? undefined : { step, given });
  assert.ok(questions !== undefined);
  return questions;
}

function stepOf(id: string, from: Asked = {}): LaunchStep {
  const step = asked(from).steps.find((one) => one.id === id);
  assert.ok(step, `there is no step ${id}`);
  return step;
}

/** Those that are picked are marked. */
function offered(id: string, from: Asked = {}): readonly string[] {
  return (stepOf(id, from).choices ?? []).map(({ label, isPicked }) => `${isPicked ? '* ' : ''}${label}`);
}

const whole = ['--release-label', 'emr-7.1.0', '--applications', 'Name=Hive', '--instance-type', 'r5.large', '--instance-count', '4'];
const tag = 'for-use-with-amazon-emr-managed-policies=true';

describe('the steps', () => {
  test('are asked in the order in which a launch is thought of', () => {
    const ids = ['name', 'release', 'applications', 'instances', 'instance-type', 'instance-count', 'network', 'service-role'];
    assert.deepEqual(
      asked().steps.map(({ id }) => id),
      [...ids, 'instance-profile', 'tags', 'shell'],
    );
  });

  test('are filled in from the defaults, or else from the answers', () => {
    assert.equal(stepOf('release').choices?.find(({ isPicked }) => isPicked)?.value, newestRelease);
    assert.deepEqual(
      ['name', 'instance-type', 'instance-count', 'network', 'tags'].map((id) => stepOf(id).text),
      ['My cluster', 'm5.xlarge', '3', '', ''],
    );
    const words = [...whole, '--name', "It's", '--ec2-attributes', 'SubnetId=subnet-1', '--tags', 'a=b', 'owner=Data team'];
    assert.equal(stepOf('release', { words }).choices?.find(({ isPicked }) => isPicked)?.value, 'emr-7.1.0');
    assert.deepEqual(
      ['name', 'instance-type', 'instance-count', 'network', 'tags'].map((id) => stepOf(id, { words }).text),
      ["It's", 'r5.large', '4', 'subnet-1', "a=b 'owner=Data team'"],
    );
  });

  test('leave the words alone that they do not ask for, but do not have them kept', () => {
    const words = ['--region', 'eu-west-1', ...whole, '--ec2-attributes', 'SubnetId=subnet-1,KeyName=k', '--additional-info', 'secret'];
    const after = asked({ words, answer: ['name', 'n'] });
    assert.deepEqual(after.words, [
      ...['--region', 'eu-west-1', '--name', 'n', ...whole],
      ...['--ec2-attributes', 'SubnetId=subnet-1,KeyName=k', '--additional-info', 'secret'],
    ]);
    assert.deepEqual(after.asked, ['--name', 'n', ...whole, '--ec2-attributes', 'SubnetId=subnet-1']);
  });

  test('are none for a profile that is gone', () => {
    const document = parseDocument(config, 'aws-config');
    assert.ok(document.kind === 'config');
    assert.equal(launchSteps(document, 'gone', { facts: factsOf(undefined) }, { words: [], shell: 'posix' }), undefined);
  });
});

describe('the applications', () => {
  test('are those of the release', () => {
    const names = (label: string): readonly string[] => offered('applications', { words: ['--release-label', label] });
    assert.ok(names('emr-6.15.0').includes('Ganglia'));
    assert.ok(!names('emr-7.1.0').includes('Ganglia'));
    assert.deepEqual(names('emr-spark-8.0.0').slice(0, 2), ['* Spark', 'Iceberg']);
  });

  test('that were chosen stay, with their arguments, but for those that the release lacks', () => {
    const words = ['--release-label', 'emr-7.1.0', '--applications', 'Name=hive,Args=[a]', 'Name=Ganglia', 'Name=MyOwn'];
    const chosen = offered('applications', { words }).filter((label) => label.startsWith('*'));
    assert.deepEqual(chosen, ['* Hive', '* MyOwn']);
    const after = asked({ words, answer: ['applications', 'Hive', 'Spark'] });
    assert.deepEqual(after.words.slice(2), ['--applications', 'Name=hive,Args=[a]', 'Name=Spark']);
  });

  test('may be none, and then the default ones do not come back', () => {
    const none = asked({ answer: ['applications'] });
    assert.ok(offered('applications', none).every((label) => !label.startsWith('*')));
  });
});

describe('the instances', () => {
  test('may be given as groups or as fleets, which begin with what there was', () => {
    const groups = asked({ words: whole, answer: ['instances', 'instance-groups'] });
    assert.equal(
      stepOf('instance-groups', groups).text,
      'InstanceGroupType=MASTER,InstanceType=r5.large,InstanceCount=1 InstanceGroupType=CORE,InstanceType=r5.large,InstanceCount=3',
    );
    assert.ok(!groups.steps.some(({ id }) => id === 'instance-count'));
    const back = asked({ words: groups.words, answer: ['instances', 'instance-type'] });
    assert.deepEqual(back.words, whole);
    const fleets = asked({ words: whole, answer: ['instances', 'instance-fleets'] });
    assert.match(stepOf('instance-fleets', fleets).text ?? '', /InstanceFleetType=CORE,TargetOnDemandCapacity=3,InstanceTypeConfigs=/);
    // What stands in the box is what it takes.
    assert.deepEqual(asked({ words: fleets.words, answer: ['instance-fleets', stepOf('instance-fleets', fleets).text ?? ''] }), fleets);
  });

  for (const [step, text, message, words = whole] of [
    ['instance-count', 'abc', /--instance-count must be a whole number/],
    ['instance-count', '0', /--instance-count is 0; EMR takes 1 or more\./],
    ['instance-type', '', /--instance-type/],
    ['instance-groups', 'InstanceGroupType=CORE', /lacks InstanceType and InstanceCount/],
    ['instance-groups', "'InstanceGroupType=CORE", /A quote does not end/],
    ['instance-groups', '', /--instance-groups lacks its value/],
    ['name', 'x'.repeat(257), /at most 256/],
    ['release', '', /--release-label is empty/],
    ['tags', 'a=b --x', /--x is no option/],
    ['network', 'vpc-1', /"vpc-1" is not the ID of a subnet/],
    ['network', 'subnet-1 subnet-2', /only for instance fleets/],
  ] as const) {
    test(`as the parser says: ${step} "${text.slice(0, 30)}" is refused, and changes nothing`, () => {
      const own = step === 'instance-groups' ? asked({ words, answer: ['instances', step] }).words : words;
      const after = asked({ words: own, answer: [step, text] });
      assert.match(after.refused ?? '', message);
      assert.deepEqual(after.words, own);
    });
  }

  test('of several subnets are fleets', () => {
    const { words } = asked({ words: whole, answer: ['instances', 'instance-fleets'] });
    const after = asked({ words, answer: ['network', 'subnet-1, subnet-2'] });
    assert.ok(after.words.join(' ').includes('--ec2-attributes SubnetIds=[subnet-1,subnet-2]'), after.words.join(' '));
    assert.ok(!asked({ words: after.words, answer: ['network', ''] }).words.includes('--ec2-attributes'));
  });
});

describe('the roles', () => {
  test('are that of the profile, with what is wrong with it, and those of the right trust', () => {
    assert.deepEqual(offered('service-role', { example: account }), ['* Mine', 'Emr', 'Deep', 'The default roles']);
    assert.match(stepOf('service-role', { example: account }).choices?.[0]?.detail ?? '', /EMR may not assume it: only "ec2/);
    assert.deepEqual(offered('instance-profile', { example: account }), ['* Nodes']);
  });

  test('go into the command if they are others than those of the profile', () => {
    const after = asked({ example: account, answer: ['service-role', 'Emr'] });
    assert.deepEqual(after.words, ['--service-role', 'Emr']);
    assert.deepEqual(offered('service-role', { ...after, example: account }), ['Mine', '* Emr', 'Deep', 'The default roles']);
    assert.deepEqual(asked({ words: after.words, answer: ['service-role', ''] }).words, []);
    const deep = stepOf('service-role', { example: account }).choices?.find(({ label }) => label === 'Deep');
    assert.match(deep?.value ?? '', /^arn:aws:iam::\d+:role\/team\/Deep$/);
  });

  test('that facts do not have are listed too, once they were answered', () => {
    const { words } = asked({ answer: ['instance-profile', 'Typed'] });
    assert.deepEqual(words, ['--ec2-attributes', 'InstanceProfile=Typed']);
    assert.deepEqual(offered('instance-profile', { words, example: account }), ['Nodes', '* Typed']);
  });

  test('may be the default ones, and are where the profile has none', () => {
    const after = asked({ words: ['--ec2-attributes', 'InstanceProfile=P,KeyName=k'], answer: ['service-role', '--use-default-roles'] });
    assert.deepEqual(after.words, ['--use-default-roles', '--ec2-attributes', 'KeyName=k']);
    assert.ok(!after.steps.some(({ id }) => id === 'instance-profile'));
    assert.deepEqual(offered('service-role', { profile: 'bare' }), ['* The default roles']);
    assert.deepEqual(offered('service-role', { profile: 'half' }), ['* EMR_DefaultRole', 'The default roles']);
  });

  test('for scaling policies are asked for where there are some', () => {
    const policy = '{"Constraints":{"MinCapacity":1,"MaxCapacity":2},"Rules":[]}';
    const group = `[{"InstanceGroupType":"CORE","InstanceType":"m5.xlarge","InstanceCount":1,"AutoScalingPolicy":${policy}}]`;
    assert.ok(stepOf('auto-scaling-role', { words: ['--instance-groups', group] }));
  });
});

test('tags are words, beside the one that the policy of the service role asks for', () => {
  const example: ExampleAccount = { roles: [{ name: 'Mine', attachedPolicies: ['AmazonEMRServicePolicy_v2'] }], instanceProfiles: [] };
  assert.equal(stepOf('tags', { example }).text, '');
  assert.ok(stepOf('tags', { example }).prompt.endsWith(`asks for ${tag}, which is added`));
  assert.deepEqual(asked({ answer: ['tags', `env=dev "owner=Data team"`] }).words, ['--tags', 'env=dev', 'owner=Data team']);
  assert.deepEqual(asked({ words: ['--tags', 'a=b'], answer: ['tags', ' '] }).words, []);
});

test('the shell is answered beside the words', () => {
  const after = asked({ words: whole, answer: ['shell', 'cmd'] });
  assert.deepEqual([after.shell, after.words], ['cmd', whole]);
});

test('what is no choice is refused where choices alone are the answer', () => {
  for (const step of ['instances', 'shell']) {
    const { refused, words, shell } = asked({ words: whole, answer: [step, 'typed'] });
    assert.match(refused ?? '', /^There is no such choice/);
    assert.deepEqual([words, shell], [whole, 'posix']);
  }
});
