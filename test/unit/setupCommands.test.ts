// The AWS commands that set up what a finding says is missing. test/aws runs them.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { setupCommands, setupTitle } from '../../server/src/core/emr/setupCommands';
import { type AccountFacts, accountFacts } from '../../server/src/core/facts/facts';
import type { LintContext } from '../../server/src/core/lint';
import type { Quotas } from '../../server/src/core/policy/size';
import type { ExampleAccount, ExampleRole } from '../../server/src/core/rules/rule';
import { defaultSettings } from '../../server/src/core/settings';
import { factsOf, snapshot } from '../harness/account';
import { catalog } from '../harness/catalog';

function setup(
  text: string,
  rule: string,
  setting: 'service_role' | 'instance_profile' | 'log_uri',
  facts: AccountFacts,
  quotas: Partial<Quotas> = {},
) {
  const document = parseDocument(text, 'aws-config');
  assert.ok(document.kind === 'config');
  const span = document.emrBlocks[0]?.settings.get(setting)?.value;
  assert.ok(span);
  return setupCommands(document, rule, span.start, contextWith(facts, quotas));
}

function contextWith(facts: AccountFacts, quotas: Partial<Quotas> = {}): LintContext {
  return { settings: { ...defaultSettings, quotas: { ...defaultSettings.quotas, ...quotas } }, facts, catalog: catalog() };
}

function script(...args: Parameters<typeof setup>): string {
  const result = setup(...args);
  assert.ok(result !== undefined && 'script' in result, JSON.stringify(result));
  return result.script;
}

function refused(...args: Parameters<typeof setup>): string {
  const result = setup(...args);
  assert.ok(result !== undefined && 'refused' in result, JSON.stringify(result));
  return result.refused;
}

const block = (service: string, profile: string, more = ''): string =>
  `[profile dev]\n${more}emr =\n    service_role = ${service}\n    instance_profile = ${profile}\n    log_uri = s3://my-logs/emr/\n`;

const account: ExampleAccount = {
  roles: [
    { name: 'Service' },
    { name: 'Nodes' },
    {
      name: 'Loner',
      trustPolicy: '{"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}',
    },
  ],
  instanceProfiles: [{ name: 'NodesProfile', role: 'Nodes' }, { name: 'Empty' }],
};
const facts = factsOf(account);

/** The commands, each on one line, without its documents, comments and the profile. */
function commands(text: string): readonly string[] {
  const lines = text.replace(/ \\\n {2}/g, ' ').replace(/cat > .*<<'EOF'\n[\s\S]*?\nEOF\n/g, '');
  return lines.split('\n').flatMap((line) => (line === '' || line.startsWith('#') ? [] : [line.replace(' --profile dev', '')]));
}

/** By the names of their files. */
function documents(text: string): Readonly<Record<string, unknown>> {
  const found = [...text.matchAll(/cat > (\S+) <<'EOF'\n([\s\S]*?)\nEOF\n/g)];
  return Object.fromEntries(found.map(([, file = '', json = '']) => [file, JSON.parse(json)]));
}

describe('setup commands', () => {
  test('create a service role with the trust, the policy and the PassRole that it needs', () => {
    const text = script(block('Newcomer', 'NodesProfile'), 'emr/unknown-role', 'service_role', facts);
    assert.deepEqual(commands(text), [
      'aws iam create-role --role-name Newcomer --assume-role-policy-document file://Newcomer-trust.json',
      'aws iam attach-role-policy --role-name Newcomer --policy-arn arn:aws:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2',
      'policy_arn=$(aws iam create-policy --policy-name Newcomer-pass-ec2-role --policy-document file://Newcomer-pass-ec2-role.json --query Policy.Arn --output text)',
      'aws iam attach-role-policy --role-name Newcomer --policy-arn "$policy_arn"',
    ]);
    assert.deepEqual(documents(text), {
      'Newcomer-trust.json': {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'elasticmapreduce.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: {
              StringEquals: { 'aws:SourceAccount': '111122223333' },
              ArnLike: { 'aws:SourceArn': 'arn:aws:elasticmapreduce:*:111122223333:*' },
            },
          },
        ],
      },
      'Newcomer-pass-ec2-role.json': {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'iam:PassRole',
            Resource: 'arn:aws:iam::111122223333:role/Nodes',
            Condition: { StringLike: { 'iam:PassedToService': 'ec2.amazonaws.com*' } },
          },
        ],
      },
    });
    assert.match(text, /^# For the profile "dev" of the AWS config file\. Nothing has been run/);
    assert.match(text, /for-use-with-amazon-emr-managed-policies=true/);
  });

  test('leave PassRole to the managed policy where the EC2 role is the default one', () => {
    const text = script(block('Newcomer', 'EMR_EC2_DefaultRole'), 'emr/unknown-role', 'service_role', facts);
    assert.doesNotMatch(text, /pass-ec2-role/);
  });

  test('create an instance profile and a role for it, with what the logs take', () => {
    const text = script(block('Service', 'Fresh'), 'emr/unknown-instance-profile', 'instance_profile', facts);
    assert.deepEqual(commands(text), [
      'aws iam create-role --role-name Fresh --assume-role-policy-document file://Fresh-trust.json',
      'policy_arn=$(aws iam create-policy --policy-name Fresh-logs --policy-document file://Fresh-logs.json --query Policy.Arn --output text)',
      'aws iam attach-role-policy --role-name Fresh --policy-arn "$policy_arn"',
      'aws iam create-instance-profile --instance-profile-name Fresh',
      'aws iam add-role-to-instance-profile --instance-profile-name Fresh --role-name Fresh',
    ]);
    assert.match(JSON.stringify(documents(text)), /"s3:PutObject","Resource":"arn:aws:s3:::my-logs\/emr\/\*"/);
    assert.doesNotMatch(JSON.stringify(documents(text)['Fresh-trust.json']), /Condition/);
  });

  test('allow the logs in whatever folder the finding is about, or say why not', () => {
    const lacking = factsOf({
      roles: [{ name: 'Nodes', inlinePolicies: [], attachedPolicies: [] }],
      instanceProfiles: [{ name: 'Nodes', role: 'Nodes' }],
    });
    const at = (folder: string): string => block('Service', 'Nodes').replace('s3://my-logs/emr/', `s3://my-logs/${folder}/`);
    for (const folder of ['año', 'a&b', 'my logs', 'emr']) {
      const text = script(at(folder), 'emr/ec2-role-permissions', 'log_uri', lacking);
      assert.ok(JSON.stringify(documents(text)).includes(`"Resource":"arn:aws:s3:::my-logs/${folder}/*"`), text);
    }
    const reason = 'log_uri has "日", and a policy takes no character beyond U+00FF. Choose a log_uri without it.';
    assert.equal(refused(at('日本'), 'emr/ec2-role-permissions', 'log_uri', lacking), reason);
    const created = script(at('日本').replace('= Nodes', '= Fresh'), 'emr/unknown-instance-profile', 'instance_profile', facts);
    assert.ok(created.includes(`# No policy for logs: ${reason}`), created);
    assert.ok(commands(created).some((line) => line.startsWith('aws iam create-instance-profile')));
  });

  test('put a role that is there into a profile of its name, opened to EC2 where it is not', () => {
    assert.deepEqual(commands(script(block('Service', 'Loner'), 'emr/role-used-as-instance-profile', 'instance_profile', facts)), [
      'aws iam create-instance-profile --instance-profile-name Loner',
      'aws iam add-role-to-instance-profile --instance-profile-name Loner --role-name Loner',
    ]);
    assert.deepEqual(commands(script(block('Service', 'Service'), 'emr/role-used-as-instance-profile', 'instance_profile', facts)), [
      'aws iam get-role --role-name Service --query Role.AssumeRolePolicyDocument --output json > Service-trust-before.json',
      'aws iam update-assume-role-policy --role-name Service --policy-document file://Service-trust.json',
      'aws iam create-instance-profile --instance-profile-name Service',
      'aws iam add-role-to-instance-profile --instance-profile-name Service --role-name Service',
    ]);
  });

  test('fill an empty instance profile, and say so where it may be there', () => {
    const filled = commands(script(block('Service', 'Empty'), 'emr/instance-profile-without-role', 'instance_profile', facts));
    assert.equal(filled.at(-1), 'aws iam add-role-to-instance-profile --instance-profile-name Empty --role-name Empty');
    assert.ok(!filled.some((line) => line.includes('create-instance-profile')));
    const details = snapshot('{"RoleDetailList":[{"RoleName":"R","Arn":"arn:aws:iam::111122223333:role/R"}]}', 'account.json');
    assert.match(
      script(block('R', 'P'), 'emr/unknown-instance-profile', 'instance_profile', accountFacts([details])),
      /EntityAlreadyExists/,
    );
  });

  test('mend the trust of both kinds of roles, and keep the old one', () => {
    const swapped = block('Nodes', 'NodesProfile');
    const text = script(swapped, 'emr/service-role-trust', 'service_role', facts);
    assert.match(text, /EMR may not assume it: only "ec2\.amazonaws\.com" may/);
    assert.deepEqual(commands(text), [
      'aws iam get-role --role-name Nodes --query Role.AssumeRolePolicyDocument --output json > Nodes-trust-before.json',
      'aws iam update-assume-role-policy --role-name Nodes --policy-document file://Nodes-trust.json',
    ]);
    const ec2 = documents(script(swapped, 'emr/ec2-role-trust', 'instance_profile', facts))['Nodes-trust.json'];
    assert.match(JSON.stringify(ec2), /"Service":"ec2\.amazonaws\.com"/);
  });

  test('are of the partition and the account that the block or the facts name', () => {
    const region = (name: string): string =>
      script(block('New', 'Fresh', `region = ${name}\n`), 'emr/unknown-role', 'service_role', accountFacts([]));
    assert.match(region('cn-north-1'), /elasticmapreduce\.amazonaws\.com\.cn"[\s\S]*arn:aws-cn:iam::aws:policy/);
    assert.match(region('us-gov-west-1'), /arn:aws-us-gov:iam::aws:policy/);
    // Without an account there is nothing to guard with.
    assert.doesNotMatch(region('eu-west-1'), /SourceAccount/);
    const arn = 'arn:aws-cn:iam::999988887777:role/teams/data/New';
    const text = script(block(arn, 'Fresh'), 'emr/unknown-role', 'service_role', accountFacts([]));
    assert.match(text, /aws:SourceAccount": "999988887777"/);
    assert.match(text, /--role-name New \\\n {2}--path \/teams\/data\//);
    assert.match(text, /arn:aws-cn:iam::999988887777:role\/Fresh/);
  });

  test('are refused in a sentence for what IAM would not take', () => {
    const long = 'r'.repeat(65);
    assert.equal(
      refused(block(long, 'P'), 'emr/unknown-role', 'service_role', facts),
      `"${long}" cannot be the name of a role: it has 65 characters, and IAM takes 64 at most.`,
    );
    assert.match(
      refused(block('S', long), 'emr/unknown-instance-profile', 'instance_profile', facts),
      /name of a role: it has 65 characters/,
    );
    assert.match(
      refused(block('S', 'r'.repeat(129)), 'emr/unknown-instance-profile', 'instance_profile', facts),
      /an instance profile: it has 129/,
    );
    for (const name of ['a b', '$(reboot)', '${role}', "x'y", 'é', '<role>'])
      assert.match(refused(block(name, 'P'), 'emr/unknown-role', 'service_role', facts), /cannot be the name of a role: IAM takes letters/);
    assert.match(
      refused(block('R', 'P').replace('dev', "'a\u0007b'"), 'emr/unknown-role', 'service_role', facts),
      /--profile has control characters/,
    );
  });

  test('quote what a shell would take apart', () => {
    const text = script(block('=a,b@c', 'P').replace('dev', "'my $team'"), 'emr/unknown-role', 'service_role', facts);
    assert.match(text, /cat > '=a,b@c-trust\.json' <<'EOF'/);
    assert.match(text, /--profile 'my \$team'/);
    assert.match(text, /--role-name '=a,b@c'/);
    assert.match(script(block('-x', 'P'), 'emr/unknown-role', 'service_role', facts), /--role-name=-x/);
  });

  describe('for a copy of a policy of EMR', () => {
    const drift = 'emr/inline-policy-drift';
    const version = (name: string, id: string): string =>
      catalog()
        .emrPolicy(name)
        ?.versions.find((each) => each.id === id)?.document ?? assert.fail(`${name} has no ${id}`);
    const notebooks = { name: 'notebooks', document: version('AmazonElasticMapReduceEditorsRole', 'v1') };
    const old = { name: 'emr', document: version('AmazonElasticMapReduceRole', 'v9') };
    const withRole = (role: Omit<ExampleRole, 'name'>, partition: ExampleAccount['partition'] = 'aws'): AccountFacts =>
      factsOf({ partition, roles: [{ name: 'Copied', ...role }], instanceProfiles: [] });
    const inline = '--role-name Copied --policy-name';
    const attach =
      'aws iam attach-role-policy --role-name Copied --policy-arn arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceEditorsRole';
    const keep = (name: string): string =>
      `aws iam get-role-policy ${inline} ${name} --query PolicyDocument --output json > Copied-${name}-before.json`;

    test('attach the managed policy before they take the copy away', () => {
      const inInline = script(block('Copied', 'P'), drift, 'service_role', withRole({ inlinePolicies: [notebooks, 'logs'] }));
      assert.deepEqual(commands(inInline), [keep('notebooks'), attach, `aws iam delete-role-policy ${inline} notebooks`]);
      assert.match(inInline, /a copy of AmazonElasticMapReduceEditorsRole v1 of 2018-11-16\./);
      const customerManaged = script(block('Copied', 'P'), drift, 'service_role', withRole({ attachedPolicies: [notebooks] }));
      assert.deepEqual(commands(customerManaged), [
        attach,
        'aws iam detach-role-policy --role-name Copied --policy-arn arn:aws:iam::111122223333:policy/notebooks',
      ]);
      for (const text of [inInline, customerManaged]) {
        assert.deepEqual(documents(text), {});
        assert.doesNotMatch(text, /changes/);
      }
    });

    test('attach nothing that is attached, even on the path to deprecation', () => {
      const facts = withRole({
        inlinePolicies: [notebooks, old],
        attachedPolicies: ['AmazonElasticMapReduceEditorsRole', 'AmazonElasticMapReduceRole'],
      });
      assert.deepEqual(commands(script(block('Copied', 'P'), drift, 'service_role', facts)), [
        keep('notebooks'),
        `aws iam delete-role-policy ${inline} notebooks`,
        keep('emr'),
        `aws iam delete-role-policy ${inline} emr`,
      ]);
    });

    test('give what is in the newest version to a copy of what is on the path to deprecation', () => {
      const newest: unknown = JSON.parse(version('AmazonElasticMapReduceRole', 'v10'));
      const inInline = script(block('Copied', 'P'), drift, 'service_role', withRole({ inlinePolicies: [old] }));
      assert.deepEqual(commands(inInline), [keep('emr'), `aws iam put-role-policy ${inline} emr --policy-document file://Copied-emr.json`]);
      assert.deepEqual(documents(inInline), { 'Copied-emr.json': newest });
      const customerManaged = script(block('Copied', 'P'), drift, 'service_role', withRole({ attachedPolicies: [old] }));
      assert.deepEqual(commands(customerManaged), [
        'aws iam create-policy-version --policy-arn arn:aws:iam::111122223333:policy/emr --policy-document file://Copied-emr.json --set-as-default',
      ]);
      assert.deepEqual(documents(customerManaged), { 'Copied-emr.json': newest });
    });

    test('are of the partition of the role', () => {
      const facts = withRole({ inlinePolicies: [notebooks, old] }, 'aws-cn');
      const text = script(block('Copied', 'P'), drift, 'service_role', facts);
      assert.match(text, /--policy-arn arn:aws-cn:iam::aws:policy\/service-role\/AmazonElasticMapReduceEditorsRole/);
      assert.match(text, /"arn:aws-cn:iam::\*:role\/aws-service-role/);
      assert.doesNotMatch(text, /arn:aws:/);
    });

    test('say what is lost of a copy with changes', () => {
      const { Statement: statements } = JSON.parse(old.document);
      const more = { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:Encrypt'], Resource: '*' };
      const changed = { name: 'emr', document: JSON.stringify({ Version: '2012-10-17', Statement: [...statements, more] }) };
      const text = script(block('Copied', 'P'), drift, 'service_role', withRole({ inlinePolicies: [changed] }));
      assert.match(text, /^# It has changes, which are lost here/m);
    });

    test('are for the role that the finding is about', () => {
      const facts = factsOf({
        roles: [
          { name: 'Service', inlinePolicies: [notebooks] },
          { name: 'Nodes', inlinePolicies: [old] },
        ],
        instanceProfiles: [{ name: 'NodesProfile', role: 'Nodes' }],
      });
      const of = (setting: 'service_role' | 'instance_profile'): string => script(block('Service', 'NodesProfile'), drift, setting, facts);
      assert.match(of('service_role'), /delete-role-policy[\s\S]*--role-name Service/);
      assert.doesNotMatch(of('service_role'), /Nodes/);
      assert.match(of('instance_profile'), /put-role-policy[\s\S]*--role-name Nodes/);
      assert.doesNotMatch(of('instance_profile'), /--role-name Service/);
      assert.equal(setup(block('Service', 'NodesProfile'), drift, 'log_uri', facts), undefined);
    });

    test('are refused in a sentence for what is too long, or not known by its ARN', () => {
      const asked = (role: Omit<ExampleRole, 'name'>, quotas: Partial<Quotas>): string =>
        refused(block('Copied', 'P'), drift, 'service_role', withRole(role), quotas);
      assert.equal(
        asked({ attachedPolicies: [old] }, { managedPolicy: 2041 }),
        'The policy "emr" cannot be brought up to date: AmazonElasticMapReduceRole v10 has 2,042 characters without white space, and a managed policy may have 2,041.',
      );
      assert.equal(
        asked({ inlinePolicies: [old, 'logs'] }, { inlinePolicies: 2100 }),
        'Up to date, the inline policies of the role "Copied" would have 2,163 characters together, and a role may have 2,100. Make one of them a managed policy.',
      );
      // What gives way to a managed policy has no quota to keep.
      assert.deepEqual(
        setup(block('Copied', 'P'), drift, 'service_role', withRole({ inlinePolicies: [notebooks] }), { inlinePolicies: 10 }),
        {
          script: script(block('Copied', 'P'), drift, 'service_role', withRole({ inlinePolicies: [notebooks] })),
        },
      );
      const [source] = withRole({ attachedPolicies: [notebooks] }).sources;
      assert.ok(source);
      const { document } = notebooks;
      const roles = source.roles.map((role) => ({ ...role, attachedPolicies: [{ name: 'notebooks', arn: '', document }] }));
      assert.equal(
        refused(block('Copied', 'P'), drift, 'service_role', accountFacts([{ ...source, roles, managedPolicies: [] }])),
        'The ARN of the managed policy "notebooks" is not known, and the AWS commands take nothing else.',
      );
    });
  });

  test('are there for these rules, and for nothing that is no emr block', () => {
    assert.equal(setupTitle('emr/unknown-role'), 'Show the AWS commands that create it');
    assert.equal(setupTitle('emr/inline-policy'), undefined);
    assert.equal(setupTitle('constructor'), undefined);
    const document = parseDocument('[default]\nregion = x\n', 'aws-config');
    assert.ok(document.kind === 'config');
    assert.equal(setupCommands(document, 'emr/unknown-role', 3, contextWith(facts)), undefined);
    assert.equal(setup(block('Nobody', 'NodesProfile'), 'emr/service-role-trust', 'service_role', facts), undefined);
  });
});
