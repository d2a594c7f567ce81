// What is planned for a profile and the options of a command.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createClusterWords } from '../../server/src/core/emr/createCluster';
import { parseArguments } from '../../server/src/core/emr/launchArguments';
import type { LaunchPlan } from '../../server/src/core/emr/launchSpec';
import { newestRelease, releasesKnownOn } from '../../server/src/core/emr/releases';
import { planOf } from '../harness/launches';

function plan(profile: string, words: readonly string[], roles: 'named' | 'profile' = 'named'): LaunchPlan {
  return planOf(profile, { ...parseArguments(words), roles });
}

/** The options of the command that is written, but for the profile. */
function optionsOf({ spec }: LaunchPlan): readonly string[] {
  return createClusterWords(spec)
    .slice(2)
    .map((words) => words.join(' '));
}

const whole = ['--release-label', 'emr-7.1.0', '--instance-type', 'm5.xlarge'];

describe('a command', () => {
  test('that is whole gets the roles and settings of the profile, and nothing else', () => {
    assert.deepEqual(optionsOf(plan('full', whole)), [
      '--release-label emr-7.1.0',
      '--instance-type m5.xlarge',
      '--service-role Service+=,.@-x',
      `--ec2-attributes InstanceProfile='Nodes,a=b',KeyName='a key, "quoted"'`,
      "--log-uri s3://logs/it's",
      '--enable-debugging',
    ]);
  });

  test('that is not gets what create-cluster cannot do without', () => {
    assert.deepEqual(optionsOf(plan('plain', [])).slice(0, 5), [
      '--name My cluster',
      `--release-label ${newestRelease}`,
      '--applications Name=Spark',
      '--instance-type m5.xlarge',
      '--instance-count 3',
    ]);
  });

  test('keeps its own roles, key, log URI and debugging over those of the profile', () => {
    const own = [
      '--service-role',
      'R',
      '--ec2-attributes',
      'InstanceProfile=P,KeyName=k,SubnetId=s',
      '--log-uri',
      's3://l',
      '--no-enable-debugging',
    ];
    const { mended, ...rest } = plan('full', [...whole, ...own]);
    assert.deepEqual(optionsOf({ mended, ...rest }).slice(2), [
      '--service-role R',
      '--ec2-attributes InstanceProfile=P,KeyName=k,SubnetId=s',
      '--log-uri s3://l',
      '--no-enable-debugging',
    ]);
    assert.deepEqual(
      mended.map(({ setting }) => setting),
      ['service_role', 'instance_profile', 'enable_debugging'],
    );
  });

  test('may leave the roles to the profile', () => {
    const { spec, problems } = plan('full', whole, 'profile');
    assert.equal(spec.values['service-role'], undefined);
    assert.deepEqual(spec.values['ec2-attributes'], { KeyName: 'a key, "quoted"' });
    assert.deepEqual(problems, []);
    assert.match(plan('half', whole, 'profile').problems[0]?.message ?? '', /InstanceProfile is required for creating cluster/);
  });

  test('with the default roles keeps them, and says that those of the profile are ignored', () => {
    const { spec, notes } = plan('full', [...whole, '--use-default-roles']);
    assert.ok(spec.values['use-default-roles'] === true && spec.values['service-role'] === undefined);
    assert.equal(spec.values['ec2-attributes']?.InstanceProfile, undefined);
    assert.match(notes.join('\n'), /ignores service_role of the profile \("Service.*instance_profile of the profile \("Nodes/);
  });

  test('that has its EC2 attributes in a file leaves the instance profile to it, and to the profile', () => {
    const { spec, problems } = plan('full', [...whole, '--ec2-attributes', 'file://ec2.json']);
    assert.deepEqual(optionsOf(plan('full', [...whole, '--ec2-attributes', 'file://ec2.json']))[3], '--ec2-attributes file://ec2.json');
    assert.equal(spec.values['use-default-roles'], undefined);
    assert.deepEqual(problems, []);
  });

  test('is told what the AWS CLI would pass over', () => {
    const fleet = [
      '--release-label',
      'emr-7.1.0',
      '--instance-fleets',
      'InstanceFleetType=MASTER,TargetOnDemandCapacity=1',
      '--instance-type',
      'a',
    ];
    const { spec, notes } = plan('full', fleet);
    assert.equal(spec.values['instance-type'], undefined);
    assert.match(notes.join(), /--instance-type is left out/);
  });
});

test('options of aws itself count where one is begun, and --version launches nothing', () => {
  const said = (word: string): string =>
    parseArguments([...whole, word])
      .problems.map(({ message }) => message)
      .join();
  assert.match(said('--v'), /^--v could be --version and --v2-debug/);
  assert.match(said('--vers'), /print its version and launch nothing/);
  assert.equal(said('--vis'), '');
  assert.equal(said('--output=off'), '');
  assert.equal(said('--cli-error-format=legacy'), '');
  assert.match(said('--cli-error-format=xml'), /cannot be "xml"/);
});

test('JSON at an address, which only one version of the AWS CLI reads, is refused with the way out', () => {
  const { problems } = parseArguments([...whole, '--configurations', 'https://s3.amazonaws.com/bucket/c.json']);
  assert.match(problems.map(({ message }) => message).join(), /^--configurations is an address.* name it with file:\/\/\.$/);
});

test('what EMR refuses is a problem of another kind', () => {
  for (const [words, message] of [
    [['--auto-termination-policy', 'IdleTimeout=59'], /IdleTimeout is 59; EMR takes 60 to 604800\./],
    [['--step-concurrency-level', '257'], /--step-concurrency-level is 257; EMR takes 1 to 256\./],
    [['--ebs-root-volume-size', '14'], /--ebs-root-volume-size is 14; EMR takes 15 to 100\./],
    [['--ebs-root-volume-iops', '20000'], /EMR takes 3000 to 16000/],
    [['--ebs-root-volume-throughput', '100'], /EMR takes 125 to 1000/],
    [['--instance-count', '0'], /--instance-count is 0; EMR takes 1 or more\./],
    [['--scale-down-behavior', 'TERMINATE_AT_TASK_COMPLETON'], /EMR does not know\. Did you mean TERMINATE_AT_TASK_COMPLETION\?/],
    [['--name', 'x'.repeat(257)], /--name may have at most 256 characters and has 257\./],
    [['--placement-group-configs', 'InstanceRole=MAIN'], /It knows MASTER, CORE and TASK\./],
    [
      ['--release-label', 'emr-6.14.0', '--ebs-root-volume-iops', '3000'],
      /--ebs-root-volume-iops is for emr-6\.15\.0 and later, not for emr-6\.14\.0\./,
    ],
    [['--release-label', 'emr-5.27.1', '--step-concurrency-level', '2'], /is for emr-5\.28\.0 and later/],
    [['--release-label', 'emr-5.6.0', '--custom-ami-id', 'ami-1'], /is for emr-5\.7\.0 and later/],
    [['--session-enabled'], /is for emr-spark-8\.0\.0 and later/],
    [
      [
        '--release-label',
        'emr-6.0.0',
        '--managed-scaling-policy',
        'ComputeLimits={UnitType=VCPU,MinimumCapacityUnits=1,MaximumCapacityUnits=2}',
      ],
      /--managed-scaling-policy is for emr-5\.30\.0 to 5\.x, emr-6\.0\.1 and later, not for emr-6\.0\.0\./,
    ],
    [['--release-label', 'emr-6.5.0', '--os-release-label', '2.0.20220218.1'], /is for emr-5\.36\.0 to 5\.x, emr-6\.6\.0 and later/],
    [
      ['--applications', 'Name=ganglia'],
      /--applications has ganglia, which emr-7\.1\.0 lacks: it is in emr-4\.2\.0 to emr-6\.15\.0\. Take AmazonCloudWatchAgent instead, or leave it out\./,
    ],
    [
      ['--applications', 'Name=Mahout', 'Name=Hive', 'Name=PrestoSQL'],
      /has Mahout, .* Leave it out\. --applications has PrestoSQL, .* Take Trino instead/,
    ],
    [['--release-label', 'emr-6.0.1', '--applications', 'Name=Pig'], /lacks: it is in emr-4\.0\.0 to 5\.x, emr-6\.1\.0 and later\./],
    [
      ['--release-label', 'emr-spark-8.0.0', '--applications', 'Name=Hive'],
      /emr-spark-8\.0\.0 lacks: that has Spark, Iceberg, .* and Amazon/,
    ],
  ] as const) {
    const { problems } = plan('full', [...whole, ...words]);
    assert.deepEqual(
      problems.map(({ by }) => by),
      ['emr'],
      JSON.stringify(problems),
    );
    assert.match(problems[0]?.message ?? '', message);
  }
  const fleets = ['--release-label', 'emr-7.1.0', '--instance-fleets', 'InstanceFleetType=MASTER', '--auto-scaling-role', 'R'];
  assert.match(plan('full', fleets).problems[0]?.message ?? '', /--auto-scaling-role is for instance groups/);
});

describe('a text that begins as an address', () => {
  const named = (name: string): LaunchPlan =>
    planOf('full', { values: { name, 'release-label': 'emr-7.1.0', 'instance-type': 'm5.xlarge' } });

  test('of a file is a problem: the AWS CLI would send what is in the file', () => {
    for (const name of ['file:///etc/passwd', 'fileb://x'])
      assert.match(
        named(name)
          .problems.map(({ by, message }) => `${by}: ${message}`)
          .join(),
        /^cli: --name begins with file:\/\//,
      );
  });

  test('of the web is noted: version 1 of the AWS CLI would fetch it', () => {
    assert.deepEqual(named('https://x').problems, []);
    assert.match(named('https://x').notes.join(), /--name is an address: version 1 of the AWS CLI sends what it finds there/);
  });
});

test('nothing is said of what is right, or not known', () => {
  for (const words of [
    ['--release-label', 'emr-5.9.0', '--ebs-root-volume-size', '10'],
    ['--release-label', 'emr-spark-8.0.0', '--session-enabled'],
    ['--release-label', 'emr-7.99.0', '--applications', 'Name=Ganglia', '--os-release-label', '2.0'],
    ['--release-label', 'emr-6.15.0', '--applications', 'Name=GANGLIA', 'Name=flink', 'Name=SomethingNew'],
    ['--release-label', 'emr-5.36.9', '--os-release-label', '2.0', '--applications', 'Name=Flink'],
    ['--release-label', '$LABEL', '--custom-ami-id', 'ami-1', '--step-concurrency-level', '1'],
    ['--instance-groups', 'file://groups.json'],
    ['--configurations', 'file://c.json', '--tags', 'file://t.json'],
  ]) {
    const base = words.includes('--instance-groups') ? ['--release-label', 'emr-7.1.0'] : whole;
    assert.deepEqual(plan('full', [...base, ...words]).problems, [], words.join(' '));
  }
});

test('a release or an application that is not known is a note, with what may be meant', () => {
  const notes = (...words: readonly string[]): string => plan('full', [...whole, ...words]).notes.join('\n');
  assert.equal(
    notes('--release-label', 'emr-7.99.0'),
    `"emr-7.99.0" is not among the releases known here, as of ${releasesKnownOn}: what it has is not checked.`,
  );
  assert.match(notes('--release-label', 'emr-7.12'), /is not a release label, which has the form of emr-.* Did you mean emr-7\.12\.0\?/);
  assert.match(
    notes('--applications', 'Name=spork', 'Name=hive'),
    /^"spork" is not among the applications known here, .* Did you mean Spark\?$/,
  );
  assert.equal(notes('--applications', 'Name=spark'), '');
  assert.equal(plan('full', ['--ami-version', '3.11.0', '--instance-type', 'm1.large', '--applications', 'Name=Hunk']).notes.join(), '');
});
