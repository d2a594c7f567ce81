// A launch in each form: what a program or a tool makes of the text is the request.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseArguments } from '../../server/src/core/emr/launchArguments';
import type { LaunchSpec } from '../../server/src/core/emr/launchSpec';
import { type Form, forms, type Rendered, render } from '../../server/src/core/emr/render/render';
import { runJobFlowRequest } from '../../server/src/core/emr/render/runJobFlow';
import { launchOptions, planOf } from '../harness/launches';

function rendered(spec: LaunchSpec, form: Form): Rendered {
  const result = render(spec, form);
  assert.ok('text' in result);
  return result;
}

function specOf(...words: readonly string[]): LaunchSpec {
  return planOf('full', parseArguments(['--release-label', 'emr-7.1.0', ...words])).spec;
}

const specs = launchOptions
  .map(({ profile, options }) => planOf(profile, options))
  .filter(({ problems, spec }) => problems.every(({ by }) => by === 'emr') && Boolean(spec.values['release-label']));

describe('a launch', () => {
  test('in JavaScript is evaluated to the request', () => {
    fc.assert(
      fc.property(specs, ({ spec }) => {
        const { text } = rendered(spec, 'sdk-js');
        const argument = /new RunJobFlowCommand\(([\s\S]*)\)\);\nconsole/.exec(text)?.[1];
        const value: unknown = new Function(`return ${argument}`)();
        assert.deepEqual(JSON.parse(JSON.stringify(value)), JSON.parse(JSON.stringify(runJobFlowRequest(spec))));
      }),
      { numRuns: 200 },
    );
  });

  test('as JSON is the request', () => {
    fc.assert(
      fc.property(specs, ({ spec }) => {
        assert.deepEqual(JSON.parse(rendered(spec, 'json').text), JSON.parse(JSON.stringify(runJobFlowRequest(spec))));
      }),
      { numRuns: 100 },
    );
  });

  test('is refused in other forms where its values are not known', () => {
    for (const form of forms) {
      const result = render(specOf('--instance-type', 'a', '--configurations', 'file://c.json'), form);
      assert.ok('refused' in result && /--configurations is in a file/.test(result.refused));
    }
    const old = planOf('full', parseArguments(['--ami-version', '3.11.0', '--instance-type', 'a'])).spec;
    assert.ok('refused' in render(old, 'json'));
  });
});

const groups = [
  '--instance-groups',
  'InstanceGroupType=MASTER,InstanceType=m5.xlarge,InstanceCount=1',
  'InstanceGroupType=CORE,InstanceType=m5.xlarge,InstanceCount=2,BidPrice=0.1,EbsConfiguration={EbsBlockDeviceConfigs=[{VolumeSpecification={VolumeType=gp3,SizeInGB=100}}]}',
  'InstanceGroupType=TASK,InstanceType=r5.xlarge,InstanceCount=3',
];

test('a template has a property for the instances of each role, and other names for properties', () => {
  const spec = specOf(
    ...groups,
    '--configurations',
    '[{"Classification":"spark","Properties":{"Properties":"${x}"}}]',
    '--repo-upgrade-on-boot',
    'NONE',
  );
  const { text, notes } = rendered(spec, 'cloudformation');
  const { Type, Properties } = JSON.parse(text).Resources.Cluster;
  assert.equal(Type, 'AWS::EMR::Cluster');
  assert.deepEqual(Object.keys(Properties.Instances), [
    'MasterInstanceGroup',
    'CoreInstanceGroup',
    'TaskInstanceGroups',
    'Ec2KeyName',
    'KeepJobFlowAliveWhenNoSteps',
    'TerminationProtected',
  ]);
  assert.equal(Properties.Instances.TaskInstanceGroups.length, 1);
  assert.equal(Properties.Instances.CoreInstanceGroup.InstanceRole, undefined);
  assert.deepEqual(Properties.Configurations, [{ Classification: 'spark', ConfigurationProperties: { Properties: '${x}' } }]);
  assert.deepEqual(notes, ['RepoUpgradeOnBoot is left out: AWS::EMR::Cluster has no place for it.']);
});

test('Terraform has resources of their own for task groups and scaling, and interpolates nothing', () => {
  const policy = 'ComputeLimits={UnitType=VCPU,MinimumCapacityUnits=1,MaximumCapacityUnits=9}';
  const spec = specOf(...groups, '--tags', 'a b=${x}%{y}"\\', '--managed-scaling-policy', policy, '--ebs-root-volume-iops', '3000');
  const { text, notes } = rendered(spec, 'terraform');
  assert.deepEqual(
    [...text.matchAll(/^resource "(\w+)"/gm)].map(([, type]) => type),
    ['aws_emr_cluster', 'aws_emr_instance_group', 'aws_emr_managed_scaling_policy'],
  );
  assert.match(text, /"a b" = "\$\$\{x\}%%\{y\}\\"\\\\"/);
  assert.match(text, / {4}ebs_config \{\n {6}type = "gp3"\n {6}size = 100\n {4}\}/);
  assert.match(text, /core_instance_group \{[^}]*bid_price = "0\.1"/);
  assert.deepEqual(notes, ["EbsRootVolumeIops is left out: Terraform's AWS provider has no place for it."]);
});

test('boto3 and the SDK name the profile, and the region of the command line', () => {
  const spec = specOf('--instance-type', 'a', '--region', 'eu-west-1');
  assert.match(rendered(spec, 'boto3').text, /boto3\.Session\(profile_name="full", region_name="eu-west-1"\)/);
  assert.match(rendered(spec, 'sdk-js').text, /new EMRClient\(\{ region: "eu-west-1", profile: "full" \}\)/);
});

test('a backup of HBase is restored as the AWS CLI asks for it', () => {
  const { text } = rendered(
    specOf('--instance-type', 'a', '--applications', 'Name=HBase', '--restore-from-hbase-backup', 'Dir=s3://b,BackupVersion=1'),
    'json',
  );
  assert.deepEqual(JSON.parse(text).Steps.at(-1).HadoopJarStep.Args, [
    'emr.hbase.backup.Main',
    '--restore',
    '--backup-dir',
    's3://b',
    '--backup-version',
    '1',
  ]);
});

test('Terraform has the release of the system, and how scaling is to weigh cost', () => {
  const { text, notes } = rendered(
    specOf(
      ...['--instance-type', 'a', '--os-release-label', '2023.1', '--managed-scaling-policy'],
      'ComputeLimits={UnitType=VCPU,MinimumCapacityUnits=1,MaximumCapacityUnits=2},ScalingStrategy=ADVANCED,UtilizationPerformanceIndex=50',
    ),
    'terraform',
  );
  assert.match(text, /os_release_label = "2023\.1"/);
  assert.match(text, /scaling_strategy = "ADVANCED"\n {2}utilization_performance_index = 50/);
  assert.deepEqual(notes, []);
});
