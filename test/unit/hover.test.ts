import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDocument, type Syntax } from '../../server/src/core/document';
import { accountFacts, type FactsSource, noFacts } from '../../server/src/core/facts/facts';
import { hover } from '../../server/src/core/features/hover';
import { lint } from '../../server/src/core/lint';
import type { ExampleAccount } from '../../server/src/core/rules/rule';
import { defaultSettings } from '../../server/src/core/settings';
import { noSurroundings } from '../../server/src/core/surroundings';
import { factsOf, snapshot } from '../harness/account';
import { catalog } from '../harness/catalog';
import { atCursor } from '../harness/cursor';
import { configFilesOf } from '../harness/fixture';

const account: ExampleAccount = {
  roles: [{ name: 'Service', inlinePolicies: ['a`b](c)'], attachedPolicies: ['SomePolicy'] }, { name: 'Ec2Role' }],
  instanceProfiles: [{ name: 'Ec2Profile', role: 'Ec2Role' }, { name: 'Empty' }],
};

/** The text that is marked, and the Markdown; nothing where there is no hover. */
function hoverAt(marked: string, syntax: Syntax = 'aws-config', known: ExampleAccount | null = account) {
  const { text, offset } = atCursor(marked);
  const facts = factsOf(known ?? undefined);
  const document = parseDocument(text, syntax);
  const found = hover(document, offset, lint(document, { settings: defaultSettings, facts }), { facts });
  return found && { marked: text.slice(found.span.start, found.span.end), markdown: found.markdown };
}

const block = (settings: string): string => `[default]\nemr =\n${settings}\n`;

describe('hover', () => {
  test('on a service role tells what the facts say of it', () => {
    const found = hoverAt(block('  service_role = Ser$0vice\n  instance_profile = Ec2Profile'));
    assert.equal(found?.marked, 'Service');
    const lines = (found?.markdown ?? '').split('\n');
    const from = lines.indexOf('Role `Service`, as the EMR service role');
    assert.deepEqual(lines.slice(from + 1, from + 7), [
      '- ARN: `arn:aws:iam::111122223333:role/Service`',
      '- trust: EMR may assume it, if `aws:SourceAccount` is `111122223333`',
      '- managed policies: `SomePolicy`',
      '- inline policies: `a b](c)`',
      '- held by the instance profiles: none known',
      '- from `account.json`',
    ]);
  });

  test('shows names from a file as text, never as Markdown', () => {
    const found = hoverAt(block('  service_role = $0Service'));
    assert.match(found?.markdown ?? '', /- inline policies: `a b\]\(c\)`/);
  });

  test('on an instance profile tells of the role that it holds', () => {
    const found = hoverAt(block('  instance_profile = Ec2Profile$0'));
    assert.match(found?.markdown ?? '', /^Instance profile `Ec2Profile`[\s\S]*holds the role `Ec2Role`[\s\S]*Role `Ec2Role`/m);
  });

  test('on a role tells the versions of its managed policies, of the wrong trust whom it lets in, and of the facts how old they are', () => {
    const known = snapshot(
      JSON.stringify({
        EmrIamTakenAt: '2026-03-02T09:00:00Z',
        RoleDetailList: [
          {
            RoleName: 'R',
            Arn: 'arn:aws:iam::111122223333:role/R',
            AssumeRolePolicyDocument: {
              Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
            },
            AttachedManagedPolicies: [
              { PolicyName: 'own', PolicyArn: 'arn:aws:iam::111122223333:policy/own' },
              { PolicyName: 'AmazonElasticMapReduceRole', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceRole' },
            ],
          },
        ],
        Policies: [{ PolicyName: 'own', Arn: 'arn:aws:iam::111122223333:policy/own', DefaultVersionId: 'v3' }],
      }),
      'account.json',
    );
    const declared: FactsSource = {
      ...known,
      kind: 'workspace',
      label: 'roles.json',
      roles: [{ name: 'r', path: '/', arn: '', trustPolicy: '{"Statement":[]}' }],
      managedPolicies: [],
    };
    const document = parseDocument(block('  service_role = R'), 'aws-config');
    const facts = accountFacts([declared, known]);
    const now = Date.parse('2026-03-05T10:00:00Z');
    const markdown = hover(document, document.text.indexOf('R'), [], { facts, catalog: catalog(), now })?.markdown ?? '';
    assert.match(markdown, /- trust: EMR may not assume it: only `ec2\.amazonaws\.com` may/);
    assert.match(markdown, /- managed policies: `own` \(v3\) and `AmazonElasticMapReduceRole` \(v\d+\)/);
    assert.match(
      markdown,
      /- from `account\.json`, 3 days old\n- `account\.json` and `roles\.json` differ in its trust policy; what `account\.json` says counts/,
    );
  });

  test('says absent, empty and unknown apart', () => {
    assert.match(hoverAt(block('  service_role = No$0body'))?.markdown ?? '', /^Role `Nobody`: not in the account/m);
    assert.match(hoverAt(block('  instance_profile = Emp$0ty'))?.markdown ?? '', /holds no role/);
    assert.match(
      hoverAt(block('  service_role = No$0body'), 'aws-config', null)?.markdown ?? '',
      /nothing is known about it\..*emrIam\.factsFiles/,
    );
  });

  test('on a finding explains its rule', () => {
    const found = hoverAt('{ "Statem$0ent": [{ "Effect": "Allow", "Action": "a:b", "Resource": "*" }] }', 'json');
    assert.equal(found?.marked, '"Statement"');
    assert.match(found?.markdown ?? '', /^\*\*policy\/missing-version\*\* finds a policy without a `Version`/m);
  });

  test('is silent elsewhere', () => {
    assert.equal(hoverAt(`$0${block('  service_role = Service')}`), undefined);
    assert.equal(hoverAt('{ "Version"$0: "2012-10-17", "Statement": [] }', 'json'), undefined);
  });
});

describe('hover in a config file', () => {
  test('tells of a setting what it does, who reads it, and what the profile has', () => {
    const found = hoverAt(block('  key_$0name = k\n  key_name = k2'));
    assert.equal(found?.marked, 'key_name');
    assert.match(found?.markdown ?? '', /EC2 key pair.*Read by `aws emr` create-cluster; the option `--ec2-attributes KeyName=`/);
    assert.match(found?.markdown ?? '', /The profile `default` has `k2`, from this file\./);
    assert.match(hoverAt(block('  key_pair_$0file = k'))?.markdown ?? '', /ssh, socks, put and get/);
    assert.match(hoverAt(block('  log_$0uri ='))?.markdown ?? '', /has no value for it/);
    assert.match(hoverAt(block('  service_$0role = Service'))?.markdown ?? '', /`--use-default-roles` ignores it/);
  });

  test('tells of a profile that acts as a role what a launch takes, and what grants it', () => {
    const text =
      '[profile emr]\nrole_arn = arn:aws:iam::111122223333:role/Analysts\nemr =\n  service_role = EMR_DefaultRole_V2\n  instance_profile = Ec2Profile\n';
    const facts = factsOf({
      roles: [
        { name: 'EMR_DefaultRole_V2' },
        { name: 'Ec2Role' },
        {
          name: 'Analysts',
          inlinePolicies: [{ name: 'a|b', document: '{"Statement":{"Effect":"Allow","Action":"elasticmapreduce:Run*","Resource":"*"}}' }],
          attachedPolicies: ['AmazonEMRFullAccessPolicy_v2'],
        },
      ],
      instanceProfiles: [{ name: 'Ec2Profile', role: 'Ec2Role' }],
    });
    const document = parseDocument(text, 'aws-config');
    const markdown = hover(document, text.indexOf('emr]'), [], { facts, catalog: catalog() })?.markdown ?? '';
    assert.deepEqual(markdown.split('\n').slice(2, 7), [
      '| A launch takes | `Analysts` has it by |',
      '| --- | --- |',
      '| `elasticmapreduce:RunJobFlow` | `a\\|b` and `AmazonEMRFullAccessPolicy_v2` |',
      '| `iam:PassRole on "EMR_DefaultRole_V2" to elasticmapreduce.amazonaws.com` | `AmazonEMRFullAccessPolicy_v2` |',
      '| `iam:PassRole on "Ec2Role" to ec2.amazonaws.com` | **nothing** |',
    ]);
  });

  test('tells no value of a profile in a section that is none', () => {
    const found = hoverAt('[default]\nregion = x\n[dev]\nemr =\n  key_$0name = k\n');
    assert.match(found?.markdown ?? '', /EC2 key pair/);
    assert.doesNotMatch(found?.markdown ?? '', /The profile/);
  });

  test('says that the credentials file wins', () => {
    const other = parseDocument('[default]\nemr =\n  key_name = theirs\n', 'aws-credentials');
    const document = parseDocument(block('  key_name = k'), 'aws-config');
    assert.ok(other.kind === 'config');
    const found = hover(document, block('  ').length, [], { facts: noFacts, surroundings: { ...noSurroundings, other } });
    assert.match(found?.markdown ?? '', /has `theirs`, from the credentials file, whose emr block replaces this one/);
  });

  test('tells what a section is', () => {
    assert.match(hoverAt('[def$0ault]\n')?.markdown ?? '', /takes if none is named/);
    assert.match(hoverAt('[profile "de$0v"]\n')?.markdown ?? '', /Profile `dev`/);
    assert.match(hoverAt('[sso-ses$0sion x]\n')?.markdown ?? '', /No profile/);
    assert.match(hoverAt('[DEF$0AULT]\n')?.markdown ?? '', /inherits/);
    assert.match(hoverAt('[profile d$0ev]\n[profile "dev"]\n')?.markdown ?? '', /a later section replaces/);
  });

  test('tells of other settings in a line, and nothing of what is not known', () => {
    assert.match(hoverAt('[default]\nsource_$0profile = x\n')?.markdown ?? '', /credentials assume `role_arn`/);
    assert.equal(hoverAt('[default]\nno_such_$0thing = x\n'), undefined);
    assert.equal(hoverAt('[default]\nregion = x$0\n'), undefined);
    assert.equal(hoverAt('# em$0r\n[default]\n'), undefined);
  });
});

describe('hover on a create-cluster command', () => {
  const config = '[profile dev]\nemr =\n    service_role = Service\n';
  const rolesAt = (marked: string, files?: string): string => {
    const { text, offset } = atCursor(marked);
    const facts = factsOf(account);
    const surroundings = { aws: configFilesOf(files), keyPairFiles: new Map() };
    return hover(parseDocument(text, 'shellscript'), offset, [], { facts, surroundings })?.markdown ?? '';
  };
  const start = 'aws emr create-$0cluster --release-label emr-7.12.0 --instance-type m5.xlarge';

  test('tells the roles that it would use, from where, and what the facts say of them', () => {
    const found = rolesAt(`${start} --service-role Service --ec2-attributes InstanceProfile=Ec2Profile`);
    assert.match(
      found,
      /^\*\*Service role\*\*: `Service`, from `--service-role`\.\n\nRole `Service`, as the EMR service role\n[\s\S]*from `account\.json`/m,
    );
    assert.match(found, /^\*\*Instance profile\*\*: `Ec2Profile`, from `--ec2-attributes`\.[\s\S]*holds the role `Ec2Role`/m);
  });

  test('of the profile, where the command names none', () => {
    const found = rolesAt(`${start} --profile dev`, config);
    assert.match(found, /with the profile `dev`/);
    assert.match(found, /`Service`, from the emr block of the profile\./);
    assert.match(found, /Instance profile\*\*: none: neither the command nor the profile names one/);
    assert.match(rolesAt(`${start} --profile dev`), /from the emr block of the profile that the command is run with, if it has one/);
  });

  test('with --use-default-roles those, whatever the profile says', () => {
    assert.match(rolesAt(`${start} --profile dev --use-default-roles`, config), /`EMR_DefaultRole`, from `--use-default-roles`/);
  });

  test('and the roles that no emr block names', () => {
    const found = rolesAt(`${start} --auto-scaling-role Service --step-execution-role-arn "$ROLE"`);
    assert.match(found, /\*\*Auto Scaling role\*\*: `Service`, from `--auto-scaling-role`\.\n\nRole `Service`, as the Auto Scaling role/);
    assert.match(found, /\*\*Runtime role\*\*: from `--step-execution-role-arn`, whose value only running/);
  });

  test('says what only running it would tell', () => {
    assert.match(rolesAt(`${start} --service-role "$ROLE"`), /Service role\*\*: from `--service-role`, whose value only running/);
    assert.match(rolesAt(`${start} "$@"`), /Instance profile\*\*: only running the command tells\./);
    assert.equal(rolesAt('aws emr create-cluster --name $0x'), '');
  });
});
