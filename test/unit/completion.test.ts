// A completion is asserted by the text after it is applied.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { type Completion, completions } from '../../server/src/core/features/completion';
import { noSurroundings } from '../../server/src/core/surroundings';
import { applyEdits } from '../../server/src/core/text';
import { factsOf } from '../harness/account';
import { atCursor } from '../harness/cursor';

const account = {
  roles: [{ name: 'Service' }, { name: 'Ec2Role' }],
  instanceProfiles: [{ name: 'Ec2Profile', role: 'Ec2Role' }],
};

function at(marked: string, syntax: 'aws-config' | 'aws-credentials' = 'aws-config', otherText?: string) {
  const { text, offset } = atCursor(marked);
  const document = parseDocument(text, syntax);
  assert.ok(document.kind === 'config');
  const other = otherText === undefined ? undefined : parseDocument(otherText, syntax === 'aws-config' ? 'aws-credentials' : 'aws-config');
  const surroundings = { ...noSurroundings, ...(other?.kind === 'config' ? { other } : {}) };
  return { text, found: completions(document, offset, factsOf(account), surroundings) };
}

function labels(...args: Parameters<typeof at>): string[] {
  return at(...args).found.map(({ label }) => label);
}

function applied(marked: string, label: string): string {
  const { text, found } = at(marked);
  const chosen: Completion | undefined = found.find((candidate) => candidate.label === label);
  assert.ok(chosen !== undefined, `no ${label} among ${found.map((candidate) => candidate.label).join()}`);
  return applyEdits(text, [chosen.edit]);
}

describe('completion', () => {
  test('of settings in an emr block offers those that are not there', () => {
    const block = '[default]\nemr =\n    service_role = R\n    $0\n';
    assert.deepEqual(labels(block), ['instance_profile', 'log_uri', 'key_name', 'enable_debugging', 'key_pair_file']);
    assert.equal(applied(block, 'log_uri'), '[default]\nemr =\n    service_role = R\n    log_uri = \n');
  });

  test('works on a word that is being written, which the AWS CLI could not read', () => {
    assert.equal(applied('[default]\nemr =\n    instance$0\n', 'instance_profile'), '[default]\nemr =\n    instance_profile = \n');
    assert.equal(applied('[default]\nemr =\n    serv$0ice = x\n', 'service_role'), '[default]\nemr =\n    service_role = x\n');
    assert.equal(applied('[default]\nemr =\n\tinst$0', 'instance_profile'), '[default]\nemr =\n\tinstance_profile = ');
    assert.equal(applied('[default]\r\nemr =\r\n  lo$0\r\n', 'log_uri'), '[default]\r\nemr =\r\n  log_uri = \r\n');
  });

  test('of roles and instance profiles comes from the facts', () => {
    assert.equal(applied('[default]\nemr =\n    service_role = Se$0rv\n', 'Service'), '[default]\nemr =\n    service_role = Service\n');
    assert.equal(applied('[default]\nemr =\n    service_role =$0\n', 'Service'), '[default]\nemr =\n    service_role = Service\n');
    const { found } = at('[default]\nemr =\n    instance_profile = $0\n');
    assert.deepEqual(
      found.map(({ label, detail }) => [label, detail]),
      [['Ec2Profile', 'holds the EC2 role Ec2Role · account.json']],
    );
  });

  test('of booleans, regions and fixed words', () => {
    assert.deepEqual(labels('[default]\nemr =\n    enable_debugging = $0\n'), ['true', 'false']);
    assert.equal(applied('[default]\nregion = eu$0-west-9\n', 'eu-west-1'), '[default]\nregion = eu-west-1\n');
    assert.deepEqual(labels('[default]\ncredential_source : $0\n'), ['Environment', 'Ec2InstanceMetadata', 'EcsContainer']);
  });

  test('of profiles for source_profile has those of both files, less the profile itself', () => {
    const text = '[default]\n[profile dev]\nsource_profile = $0\n[profile "my team"]\n';
    assert.deepEqual(labels(text, 'aws-config', '[base]\n'), ['default', 'my team', 'base']);
  });

  test('of settings of a profile, the emr block with its first line begun', () => {
    assert.equal(applied('[profile dev]\nregion = x\nem$0\n', 'emr'), '[profile dev]\nregion = x\nemr =\n    \n');
    assert.ok(!labels('[profile dev]\nregion = x\n$0\n').includes('region'));
    assert.equal(applied('[profile dev]\n  out$0put = x\n', 'output'), '[profile dev]\n  output = x\n');
  });

  test('of section heads', () => {
    assert.equal(applied('[$0', 'default'), '[default]');
    assert.equal(applied('[pro$0]\nregion = x\n', 'profile '), '[profile ]\nregion = x\n');
    assert.ok(!labels('[default]\n[$0]\n').includes('default'));
    assert.deepEqual(labels('[default]\n[profile a]\n[$0', 'aws-config', '[a]\n[my team]\n')[0], "profile 'my team'");
    assert.deepEqual(labels('[$0', 'aws-credentials', '[profile dev]\n'), ['default', 'dev']);
    assert.equal(applied('[sso-session $0', 'sso-session '), '[sso-session ');
  });

  test('replaces up to the cursor where blanks stand before it', () => {
    assert.equal(applied('[default]\nregion = eu   $0\n', 'eu-west-1'), '[default]\nregion = eu-west-1\n');
    assert.equal(applied('[default]\nemr =\n  service  $0\n', 'service_role'), '[default]\nemr =\n  service_role = \n');
    assert.equal(applied('[default]\nemr =\n  $0    \n', 'service_role'), '[default]\nemr =\n  service_role = \n');
  });

  test('of settings that every profile inherits, and of credentials where they belong', () => {
    assert.ok(labels('[DEFAULT]\nre$0\n').includes('region'));
    assert.ok(!labels('[default]\naws$0\n').includes('aws_secret_access_key'));
    assert.ok(labels('[default]\naws$0\n', 'aws-credentials').includes('aws_secret_access_key'));
  });

  test('of roles looks into the account that the other file names', () => {
    const block = '[dev]\nemr =\n  service_role = $0\n';
    const elsewhere = '[profile dev]\nrole_arn = arn:aws:iam::999988887777:role/R\n';
    assert.deepEqual(labels(block, 'aws-credentials', elsewhere), []);
    assert.deepEqual(labels(block, 'aws-credentials'), ['Service']);
  });

  test('offers nothing in comments, in other sections, in other blocks, and for unknown values', () => {
    for (const text of [
      '# $0',
      '[default]$0 # c\n',
      ' $0 [default]\n',
      '[default]\nemr =\n $0  service_role = R\n',
      '[default]\nemr =\n    # $0\n',
      '$0',
      '[sso-session s]\n$0\n',
      '[default]\ns3 =\n  $0\n',
      '[default]\nrole_arn = $0\n',
      '[default]\nemr =\n    log_uri = $0\n',
      '[default]\nemr = x\n    $0\n',
    ]) {
      assert.deepEqual(labels(text), [], text);
    }
  });
});
