// What stands beside a config file changes what is said of it, and what is launched.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chosenProfile } from '../../server/src/core/awsconfig/profiles';
import { type ConfigDocument, parseDocument } from '../../server/src/core/document';
import { effectiveBlock, resolvedProfiles } from '../../server/src/core/emr/block';
import { launchCommand, launchProfiles } from '../../server/src/core/emr/launchCommand';
import { noFacts } from '../../server/src/core/facts/facts';
import { lint } from '../../server/src/core/lint';
import { defaultSettings } from '../../server/src/core/settings';
import { type Encoding, noSurroundings } from '../../server/src/core/surroundings';
import { factsOf } from '../harness/account';

function read(text: string, syntax: 'aws-config' | 'aws-credentials' = 'aws-config'): ConfigDocument {
  const document = parseDocument(text, syntax);
  assert.ok(document.kind === 'config');
  return document;
}

const block = (service: string): string => `emr =\n  service_role = ${service}\n  instance_profile = P\n`;

describe('a profile in both files', () => {
  const config = read(`[default]\nregion = a\noutput = json\n${block('A')}[profile dev]\n${block('D')}`);
  const credentials = read(`[default]\nregion = b\n${block('B')}[only]\nregion = c\n`, 'aws-credentials');
  const around = { ...noSurroundings, other: credentials };

  test('takes single settings, and the whole block, from the credentials file', () => {
    const resolved = resolvedProfiles(config, around);
    assert.deepEqual([...resolved.keys()], ['default', 'dev', 'only']);
    const shown = [...(resolved.get('default')?.settings() ?? [])].map(([key, { setting, from }]) => [key, setting.value.kind, from]);
    assert.deepEqual(shown, [
      ['region', 'text', 'credentials'],
      ['output', 'text', 'config'],
      ['emr', 'nested', 'credentials'],
    ]);
  });

  test('resolves the same from either side', () => {
    for (const [document, other] of [
      [config, credentials],
      [credentials, config],
    ] as const) {
      const found = effectiveBlock('default', document, { ...noSurroundings, other });
      assert.equal(found?.block.settings.get('service_role')?.text, 'B');
      assert.equal(found?.document.file, 'credentials');
      assert.equal(effectiveBlock('dev', document, { ...noSurroundings, other })?.block.settings.get('service_role')?.text, 'D');
    }
  });

  test('is launched with the roles of the credentials file', () => {
    const context = { settings: defaultSettings, facts: noFacts, surroundings: around };
    const result = launchCommand(config, 'default', context, {});
    assert.match(result !== undefined && 'command' in result ? result.command : '', /--service-role B/);
    assert.deepEqual(
      launchProfiles(config, around).map(({ name, serviceRole }) => [name, serviceRole]),
      [
        ['default', 'B'],
        ['dev', 'D'],
        ['only', undefined],
      ],
    );
    assert.ok(launchCommand(config, 'only', context, {}) !== undefined);
    assert.equal(launchCommand(config, 'none', context, {}), undefined);
  });

  test('has its block in the config file judged no more', () => {
    const wrong = read('[default]\nemr =\n  service_role = "A"\n');
    const rules = lint(wrong, { settings: defaultSettings, facts: noFacts, surroundings: around }).map(({ rule }) => rule);
    assert.deepEqual(rules, ['config/shadowed-profile']);
  });

  test('is judged against the account that either file names', () => {
    const document = read(`[dev]\n${block('A')}`, 'aws-credentials');
    const other = read('[profile dev]\nrole_arn = arn:aws:iam::999988887777:role/x\n');
    const facts = factsOf({ roles: [{ name: 'Other' }], instanceProfiles: [{ name: 'P', role: 'Other' }] });
    const rules = (surroundings = noSurroundings): string[] =>
      lint(document, { settings: defaultSettings, facts, surroundings }).map(({ rule }) => rule);
    assert.deepEqual(rules(), ['emr/use-default-roles', 'emr/unknown-role', 'emr/instance-profile-role-mismatch']);
    assert.deepEqual(rules({ ...noSurroundings, other }), ['emr/use-default-roles'], 'the facts are of another account');
  });

  test('says of the launch command what is wrong with the block that is used', () => {
    const other = read('[default]\nemr =\n  service_role = $R\n  instance_profile = P\n', 'aws-credentials');
    const context = { settings: defaultSettings, facts: noFacts, surroundings: { ...noSurroundings, other } };
    const result = launchCommand(config, 'default', context, {});
    assert.match(
      result !== undefined && 'problems' in result ? result.problems.map(({ message }) => message).join() : '',
      /service_role .* variable/,
    );
  });
});

test('the bytes on disk count, even where the editor does not show them', () => {
  const rules = (encoding: Encoding): string[] =>
    lint(read('[default]\n'), { settings: defaultSettings, facts: noFacts, surroundings: { ...noSurroundings, encoding } }).map(
      ({ message }) => message,
    );
  assert.deepEqual(rules('utf-8'), []);
  assert.match(rules('utf-8-with-mark').join(), /byte-order mark/);
  assert.match(rules('utf-16').join(), /UTF-16/);
  assert.match(rules('not-utf-8').join(), /not UTF-8/);
});

test('a byte-order mark in the text is reported once, with a fix', () => {
  const [finding, ...others] = lint(read('\ufeff[default]\n'), {
    settings: defaultSettings,
    facts: noFacts,
    surroundings: { ...noSurroundings, encoding: 'utf-8-with-mark' },
  });
  assert.deepEqual(others, []);
  assert.deepEqual(
    finding?.fixes.map(({ kind, edits }) => [kind, edits]),
    [['safe', [{ span: { start: 0, end: 1 }, newText: '' }]]],
  );
});

test('the profile is chosen as each version of the AWS CLI does', () => {
  const cases = [
    [undefined, {}, 'default', 'default'],
    [undefined, { AWS_PROFILE: 'a' }, 'a', 'a'],
    [undefined, { AWS_DEFAULT_PROFILE: 'b' }, 'b', 'b'],
    [undefined, { AWS_PROFILE: 'a', AWS_DEFAULT_PROFILE: 'b' }, 'b', 'a'],
    ['c', { AWS_PROFILE: 'a', AWS_DEFAULT_PROFILE: 'b' }, 'c', 'c'],
  ] as const;
  for (const [option, variables, v1, v2] of cases) assert.deepEqual(chosenProfile(option, variables), { v1, v2 });
});
