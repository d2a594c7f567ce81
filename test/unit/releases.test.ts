// The releases that are known, and what they have.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  applicationsOf,
  lackedApplication,
  lifecycleOf,
  newestRelease,
  releaseLabels,
  unknownRelease,
} from '../../server/src/core/emr/releases';

const namesOf = (label: string): readonly string[] => applicationsOf(label).map(({ name }) => name);

describe('the releases', () => {
  test('are each there once, newest first, with every patch', () => {
    assert.equal(new Set(releaseLabels).size, releaseLabels.length);
    assert.deepEqual(releaseLabels.slice(0, 3), ['emr-spark-8.0.0', newestRelease, 'emr-7.13.0']);
    const at = (label: string): number => releaseLabels.indexOf(label);
    const order = ['emr-7.0.0', 'emr-6.15.0', 'emr-6.8.1', 'emr-6.8.0', 'emr-5.36.2', 'emr-5.36.1', 'emr-5.0.0', 'emr-4.9.6', 'emr-4.0.0'];
    assert.deepEqual(
      order.map(at),
      [...order.map(at)].sort((a, b) => a - b),
    );
    assert.ok(order.every((label) => at(label) >= 0));
  });

  test('do not have a release that never was', () => {
    for (const label of ['emr-4.9.0', 'emr-5.36.3', 'emr-6.16.0']) assert.ok(!releaseLabels.includes(label), label);
  });

  test('have a lifecycle where AWS says one', () => {
    assert.deepEqual(lifecycleOf('emr-7.9.0'), { standardSupport: '2027-05-19', endOfLife: '2028-05-19' });
    assert.equal(lifecycleOf('emr-5.29.0'), undefined);
  });
});

describe('applications', () => {
  test('of each release are those of its page', () => {
    for (const [label, has, lacks] of [
      ['emr-7.13.0', ['Pig', 'Trino', 'TensorFlow', 'AmazonCloudWatchAgent', 'Delta'], ['Ganglia', 'Sqoop', 'MXNet', 'Mahout']],
      ['emr-7.4.0', ['Sqoop'], ['MXNet']],
      ['emr-7.2.0', ['MXNet'], ['Ganglia']],
      ['emr-6.4.0', ['Trino', 'Ganglia', 'Pig', 'Sqoop'], ['PrestoSQL', 'Iceberg', 'Mahout']],
      ['emr-6.3.1', ['PrestoSQL', 'JupyterEnterpriseGateway'], ['Trino']],
      ['emr-6.0.1', ['Spark', 'JupyterHub', 'Hudi'], ['Pig', 'Sqoop', 'Flink', 'JupyterEnterpriseGateway']],
      ['emr-5.29.0', ['Hudi', 'Mahout', 'Oozie'], ['JupyterEnterpriseGateway', 'Iceberg', 'Oozie-Sandbox']],
      ['emr-5.0.0', ['Presto', 'Zeppelin'], ['Flink', 'Livy', 'MXNet']],
      ['emr-4.2.0', ['Ganglia', 'Presto-Sandbox'], ['HBase', 'HCatalog', 'Presto']],
    ] as const) {
      const names = namesOf(label);
      for (const name of has) assert.ok(names.includes(name), `${label} has ${name}`);
      for (const name of lacks) assert.ok(!names.includes(name), `${label} lacks ${name}`);
    }
    assert.deepEqual([...namesOf('emr-spark-8.0.0')].sort(), [
      'AmazonCloudWatchAgent',
      'Delta',
      'Hudi',
      'Iceberg',
      'JupyterEnterpriseGateway',
      'Livy',
      'Spark',
    ]);
  });

  test('of a release that is not known are not known', () => {
    assert.deepEqual(applicationsOf('emr-7.99.0'), []);
    assert.equal(lackedApplication('emr-7.99.0', 'Ganglia'), undefined);
    assert.equal(lackedApplication('emr-7.1.0', 'Impala'), undefined);
  });

  test('that were renamed are offered by the name of the release', () => {
    for (const [label, name, instead] of [
      ['emr-6.3.0', 'trino', 'PrestoSQL'],
      ['emr-6.4.0', 'PrestoSQL', 'Trino'],
      ['emr-4.9.6', 'Oozie', 'Oozie-Sandbox'],
      ['emr-5.0.0', 'ZooKeeper-Sandbox', 'ZooKeeper'],
    ] as const)
      assert.match(lackedApplication(label, name) ?? '', new RegExp(`Take ${instead} instead`));
  });
});

test('a label that is not known may be meant for one that is', () => {
  for (const [label, meant] of [
    ['emr-7.1', 'emr-7.1.0'],
    ['7.1.0', 'emr-7.1.0'],
    ['emr-7.12', 'emr-7.12.0'],
    ['EMR-7.1.0', 'emr-7.1.0'],
    ['emr_7,1,0', 'emr-7.1.0'],
    ['emr-7.1.2', 'emr-7.1.0'],
    ['emr-5.36', 'emr-5.36.2 or emr-5.36.1 or emr-5.36.0'],
    ['emr-6.15.0-20231109', 'emr-6.15.0'],
    ['emr-spark-8.0-preview', 'emr-spark-8.0.0'],
    ['emr-8.0.0', 'emr-spark-8.0.0'],
  ] as const)
    assert.match(unknownRelease(label).join(), new RegExp(` Did you mean ${meant}\\?$`), label);
  for (const label of ['emr-7.99.0', 'emr-9.0.0', 'latest', '3.11.0'])
    assert.doesNotMatch(unknownRelease(label).join(), /Did you mean/, label);
  assert.deepEqual(unknownRelease('emr-7.1.0'), []);
});
