// Completion in create-cluster commands, asserted by the text after it is applied.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { newestRelease } from '../../server/src/core/emr/releases';
import { launchCompletions } from '../../server/src/core/features/launchCompletion';
import { findLaunches } from '../../server/src/core/launch/launch';
import type { ShellSyntax } from '../../server/src/core/launch/shellRegions';
import { lint } from '../../server/src/core/lint';
import { defaultSettings } from '../../server/src/core/settings';
import { noSurroundings } from '../../server/src/core/surroundings';
import { applyEdits } from '../../server/src/core/text';
import { factsOf } from '../harness/account';
import { atCursor } from '../harness/cursor';

const trust = (principal: object): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: ['sts:AssumeRole', 'sts:TagSession'] }],
  });
const ec2Role = 'arn:aws:iam::111122223333:role/Ec2Role';
const facts = factsOf({
  roles: [
    { name: 'Service' },
    { name: 'a,b' },
    { name: 'Below', path: '/team/' },
    { name: 'Scaling', trustPolicy: trust({ Service: ['elasticmapreduce.amazonaws.com', 'application-autoscaling.amazonaws.com'] }) },
    { name: 'Job', trustPolicy: trust({ AWS: ec2Role }) },
    { name: 'OtherJob', trustPolicy: trust({ AWS: 'arn:aws:iam::111122223333:role/OtherEc2Role' }) },
    { name: 'Ec2Role' },
    { name: 'Comma,Role' },
  ],
  instanceProfiles: [
    { name: 'Nodes', role: 'Ec2Role' },
    { name: 'Comma,Nodes', role: 'Comma,Role' },
  ],
});
const config = parseDocument('[profile dev]\nregion = eu-west-1\n[profile "my team"]\n[profile a$b]\n[profile 🚀é]\n', 'aws-config');
assert.ok(config.kind === 'config');
const context = { facts, surroundings: { ...noSurroundings, aws: { config, credentials: undefined } } };

function at(marked: string, syntax: ShellSyntax = 'shellscript') {
  const { text, offset } = atCursor(marked);
  return { text, found: launchCompletions(text, syntax, offset, context) };
}

function labels(...args: Parameters<typeof at>): string[] {
  return at(...args).found.map(({ label }) => label);
}

function applied(marked: string, label: string, syntax?: ShellSyntax): string {
  const { text, found } = at(marked, syntax);
  const chosen = found.find((candidate) => candidate.label === label);
  assert.ok(chosen !== undefined, `no ${label} among ${found.map((candidate) => candidate.label).join(' ')}`);
  return applyEdits(text, [chosen.edit]);
}

const create = 'aws emr create-cluster';

describe('completion of options', () => {
  test('leaves out those that are there, before or behind, and those that they exclude', () => {
    const found = labels(`${create} --name x --use-default-roles \\\n  $0 \\\n  --release-label emr-7.1.0 --no-auto-terminate\n`);
    for (const there of ['--name', '--release-label', '--auto-terminate', '--no-auto-terminate', '--service-role', '--ami-version'])
      assert.ok(!found.includes(there), there);
    for (const free of ['--instance-groups', '--no-termination-protected', '--region']) assert.ok(found.includes(free), free);
  });

  test('leaves out what the AWS CLI or EMR refuses together', () => {
    const excluded: readonly (readonly [given: string, ...others: string[]])[] = [
      ['--release-label x', '--ami-version'],
      ['--ami-version "$V"', '--release-label'],
      ['--service-role R', '--use-default-roles'],
      ['--ec2-attributes InstanceProfile=P', '--use-default-roles'],
      ['--use-default-roles', '--service-role'],
      ['--instance-groups "$G"', '--instance-fleets', '--instance-type', '--instance-count'],
      ['--instance-type m5.xlarge', '--instance-groups'],
      ['--instance-fleets InstanceFleetType=MASTER', '--instance-groups', '--instance-type', '--instance-count', '--auto-scaling-role'],
    ];
    for (const [given, ...others] of excluded) {
      const found = labels(`${create} ${given} --$0`);
      assert.deepEqual(
        others.filter((name) => found.includes(name)),
        [],
        given,
      );
      assert.ok(found.includes('--name') && found.length > 45, given);
    }
    const keys = labels(`${create} --use-default-roles --ec2-attributes $0`);
    assert.ok(keys.includes('KeyName') && !keys.includes('InstanceProfile'));
  });

  test('replaces the one that is being written, and makes room for its value', () => {
    assert.equal(applied(`${create} --serv$0`, '--service-role'), `${create} --service-role `);
    assert.equal(applied(`${create} --serv$0ice-role R`, '--service-role'), `${create} --service-role R`);
    assert.equal(applied(`${create} --serv$0=R`, '--service-role'), `${create} --service-role=R`);
    assert.equal(applied(`${create} --auto$0\n`, '--auto-terminate'), `${create} --auto-terminate\n`);
    assert.equal(applied(`${create} -$0`, '--no-auto-terminate'), `${create} --no-auto-terminate`);
  });

  test('says what an option does, takes, and needs', () => {
    const { found } = at(`${create} --$0`);
    const item = (label: string) => found.find((candidate) => candidate.label === label);
    assert.equal(item('--ebs-root-volume-iops')?.detail, 'whole number · not in version 2.9 of the AWS CLI');
    assert.equal(item('--instance-groups')?.detail, 'InstanceGroupType=,… …');
    assert.match(item('--no-auto-terminate')?.documentation ?? '', /^Turns off what `--auto-terminate` does: the cluster/);
    assert.ok(found.every(({ documentation }) => documentation?.endsWith('.')));
  });

  test('is there wherever a command is, however unfinished', () => {
    for (const text of [
      `ID=$(${create} --$0`,
      `echo "$(${create} --$0)"`,
      `if true; then\n  ${create} \\\n    --$0`,
      `f() {\n  AWS_PROFILE=x ${create} --name 'a b' --$0\n}\n`,
      `${create} --name "$NAME" \\\n$0`,
      `aws --profile dev emr create-cluster "\${ARGS[@]}" --$0`,
    ])
      assert.ok(labels(text).includes('--release-label'), text);
    assert.ok(labels(`\`\`\`bash\n${create} --$0\n\`\`\`\n`, 'markdown').includes('--release-label'));
    assert.ok(labels(`launch:\n\t${create} --name x \\\n\t  --$0`, 'makefile').includes('--release-label'));
    assert.ok(labels(`- run: |\n    ${create} \\\n      --$0`, 'yaml').includes('--release-label'));
    assert.ok(labels(`- run: ${create} --$0`, 'yaml').includes('--release-label'));
  });

  test('is nowhere else', () => {
    for (const text of [
      `${create} --name x\n$0`,
      `${create} --name x; ls --$0`,
      `# ${create} --$0`,
      `echo ${create} --$0`,
      `aws emr list-clusters --$0 # ${create}`,
      `${create} --name $(date --$0)`,
      `${create} --name x \\$0`,
      `${create} --name $0`,
      `${create} --use-default-roles x$0`,
      `cat <<EOF\n${create} --$0\nEOF\n`,
    ])
      assert.deepEqual(labels(text), [], text);
    assert.deepEqual(labels(`${create} --$0`, 'markdown'), []);
  });
});

describe('completion of values', () => {
  test('of roles and instance profiles has those of the right trust, as they must be named', () => {
    assert.deepEqual(labels(`${create} --service-role $0`), ['Service', 'a,b', 'Below', 'Scaling']);
    assert.equal(
      applied(`${create} --service-role Be$0low`, 'Below'),
      `${create} --service-role arn:aws:iam::111122223333:role/team/Below`,
    );
    assert.deepEqual(labels(`${create} --auto-scaling-role=$0`), ['Scaling']);
    const runtime = `--ec2-attributes InstanceProfile=Nodes --step-execution-role-arn`;
    assert.deepEqual(labels(`${create} ${runtime} $0`), ['Job']);
    assert.equal(applied(`${create} ${runtime} $0`, 'Job'), `${create} ${runtime} arn:aws:iam::111122223333:role/Job`);
    assert.deepEqual(labels(`${create} --ec2-attributes InstanceProfile=$0,KeyName=k`), ['Nodes', 'Comma,Nodes']);
  });

  test('writes for the quotes and the syntax that it stands in', () => {
    const option = '--ec2-attributes';
    const profile = 'Comma,Nodes';
    assert.equal(applied(`${create} ${option} InstanceProfile=$0`, profile), `${create} ${option} InstanceProfile=Comma\\\\,Nodes`);
    assert.equal(applied(`${create} ${option} 'InstanceProfile=Co$0`, profile), `${create} ${option} 'InstanceProfile=Comma\\,Nodes`);
    assert.equal(applied(`${create} ${option} "InstanceProfile=$0"`, profile), `${create} ${option} "InstanceProfile=Comma\\\\,Nodes"`);
    assert.equal(applied(`${create} ${option} 'InstanceProfile="$0"'`, profile), `${create} ${option} 'InstanceProfile="Comma,Nodes"'`);
    assert.equal(applied(`${create} --service-role $0`, 'a,b'), `${create} --service-role a,b`);
    assert.equal(applied(`${create} --profile $0`, 'my team'), `${create} --profile my\\ team`);
    assert.equal(applied(`${create} --profile $0`, '🚀é'), `${create} --profile 🚀é`);
    assert.equal(applied(`${create} --profile "my$0"`, 'my team'), `${create} --profile "my team"`);
    for (const [quotes, name] of [
      ['', 'a\\$$b'],
      ["'", 'a$$b'],
      ['"', 'a\\$$b'],
    ]) {
      const [before, after] = [`x:\n\t${create} --profile ${quotes}`, `${quotes}\n`];
      assert.equal(applied(`${before}$0${after}`, 'a$b', 'makefile'), `${before}${name}${after}`);
    }
    for (const quotes of ['', "'", '"']) {
      const text = applied(`${create} ${option} ${quotes}InstanceProfile=$0${quotes}`, profile);
      const [launch] = findLaunches(text, 'shellscript').launches;
      assert.equal(launch?.arguments.values['ec2-attributes']?.InstanceProfile, profile, text);
    }
  });

  test('of keys in the shorthand syntax leaves out those that are there, at any depth', () => {
    const option = `${create} --instance-groups`;
    assert.deepEqual(labels(`${option} InstanceGroupType=MASTER,$0,InstanceCount=1`).slice(0, 3), ['InstanceType', 'Name', 'BidPrice']);
    assert.deepEqual(labels(`${option} 'InstanceGroupType=CORE,EbsConfiguration={EbsBlockDeviceConfigs=[{VolumesPerInstance=1,$0`), [
      'VolumeSpecification',
    ]);
    assert.equal(applied(`${option} Inst$0Count=1`, 'InstanceCount'), `${option} InstanceCount=1`);
    assert.equal(applied(`${option} Name=x,$0`, 'InstanceType'), `${option} Name=x,InstanceType=`);
    const { found } = at(`${option} '$0`);
    assert.equal(found.find(({ label }) => label === 'EbsConfiguration')?.snippet, 'EbsConfiguration={$1\\}');
    assert.ok(!labels(`${create} --ec2-attributes SubnetId=s,$0`).some((key) => ['SubnetIds', 'AvailabilityZone'].includes(key)));
    assert.ok(labels(`${create} --ec2-attributes InstanceProfile=$PROFILE,$0`).includes('KeyName'));
  });

  test('of enumerations and booleans comes from the schema', () => {
    assert.deepEqual(labels(`${create} --instance-groups InstanceGroupType=$0`), ['MASTER', 'CORE', 'TASK']);
    assert.deepEqual(labels(`${create} --scale-down-behavior $0`), ['TERMINATE_AT_INSTANCE_HOUR', 'TERMINATE_AT_TASK_COMPLETION']);
    assert.deepEqual(labels(`${create} --managed-scaling-policy 'ComputeLimits={UnitType=$0}'`), [
      'InstanceFleetUnits',
      'Instances',
      'VCPU',
    ]);
    assert.deepEqual(labels(`${create} --emrfs Consistent=$0`), ['true', 'false']);
    assert.deepEqual(labels(`${create} --output $0`).slice(0, 2), ['json', 'text']);
  });

  test('works within JSON', () => {
    const option = `${create} --instance-fleets`;
    assert.equal(applied(`${option} '[{$0`, 'InstanceFleetType'), `${option} '[{"InstanceFleetType": `);
    assert.equal(applied(`${option} '[{"$0"}]'`, 'InstanceFleetType'), `${option} '[{"InstanceFleetType"}]'`);
    assert.equal(applied(`${option} '[{"InstanceFleetType": "M$0"}]'`, 'MASTER'), `${option} '[{"InstanceFleetType": "MASTER"}]'`);
    assert.equal(applied(`${option} "[{\\"InstanceFleetType\\": $0}]"`, 'CORE'), `${option} "[{\\"InstanceFleetType\\": \\"CORE\\"}]"`);
    assert.deepEqual(labels(`${create} --configurations '[{"Classification": "x", $0}]'`), ['Properties', 'Configurations']);
  });

  test('of releases has the newest first, and of applications those of the release', () => {
    const { found } = at(`${create} --release-label $0`);
    assert.ok(found.some(({ label, detail }) => label === newestRelease && /support until \d{4}/.test(detail ?? '')));
    assert.ok(labels(`${create} --release-label emr-6.5.0 --applications Name=$0`).includes('Ganglia'));
    const behind = labels(`${create} --applications Name=Spark Name=$0 --release-label emr-7.1.0`);
    assert.ok(behind.includes('Hive') && !behind.includes('Spark') && !behind.includes('Ganglia'));
    assert.equal(applied(`${create} --applications Hi$0`, 'Name=Hive'), `${create} --applications Name=Hive`);
  });

  test('behind the values of a list has options as well', () => {
    const found = labels(`${create} --applications Name=Spark $0`);
    assert.ok(found.indexOf('Name=Hive') >= 0 && found.indexOf('Name=Hive') < found.indexOf('--release-label'));
  });

  test('never breaks the line or the quotes around it', () => {
    assert.equal(
      applied(`${create} --ec2-attributes 'Inst$0\n  --name x\n`, 'InstanceProfile'),
      `${create} --ec2-attributes 'InstanceProfile=\n  --name x\n`,
    );
    assert.deepEqual(labels(`${create} --service-role "Serv"ic$0`), []);
  });
});

describe('whole commands', () => {
  const syntaxes: readonly (readonly [ShellSyntax, string, string])[] = [
    ['shellscript', '', ''],
    ['markdown', '- x\n  ```sh\n  ', '\n  ```\n'],
    ['makefile', 'launch:\n\t', '\n'],
    ['yaml', '- run: |\n    ', '\n'],
    ['yaml', '- run: ', '\n'],
  ];

  test('are offered behind `aws emr`, and at the beginning of a line by their own name', () => {
    for (const [syntax, before, after] of syntaxes)
      for (const begun of ['aws emr ', 'aws emr crea', 'emr-c']) {
        const marked = `${before}${begun}$0${after}`;
        const { text, found } = at(marked, syntax);
        assert.equal(found.length, 5, marked);
        for (const { edit, label } of found) {
          const document = parseDocument(applyEdits(text, [edit]), syntax);
          assert.ok(document.kind === 'launch' && document.launches.length === 1, `${marked} ${label} ${document.text}`);
          assert.deepEqual(lint(document, { facts, settings: defaultSettings, surroundings: noSurroundings }), [], document.text);
        }
      }
    for (const text of ['emr-x$0', 'aws emr list$0', 'aws emr $0 --name x', 'echo emr$0', '$0', '# emr$0'])
      assert.deepEqual(labels(text), [], text);
    assert.deepEqual(labels('emr$0', 'markdown'), []);
  });

  test('have a tab stop for each value', () => {
    const { found } = at('aws emr $0');
    assert.match(found[0]?.snippet ?? '', /^create-cluster \\\\\n {2}--name \$\{1:my-cluster\} \\\\\n {2}--release-label \$\{2:emr-/);
    assert.match(found[0]?.snippet ?? '', /--service-role \$\{4?\d+:Service\}/);
  });
});
