import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Glob, parseGlob } from '../../server/src/core/glob';
import { defaultQuotas } from '../../server/src/core/policy/size';
import { ruleIds } from '../../server/src/core/rules/index';
import { defaultSettings, readSettings, settingDefinitions } from '../../server/src/core/settings';

function globOf(text: string): Glob {
  const parsed = parseGlob(text);
  assert.ok(parsed.ok);
  return parsed.glob;
}

test('nothing gives the defaults', () => {
  for (const raw of [undefined, null, {}, 3, 'x', []])
    assert.deepEqual(readSettings(raw, ruleIds), { settings: defaultSettings, problems: [] });
});

test('the defaults are those of the manifest', () => {
  const raw = Object.fromEntries(Object.entries(settingDefinitions).map(([name, { schema }]) => [name, schema.default]));
  assert.deepEqual(readSettings(raw, ruleIds), { settings: defaultSettings, problems: [] });
});

test('right values are taken', () => {
  const raw = {
    enable: false,
    factsFiles: ['facts.json'],
    rules: { 'policy/missing-version': 'off', 'emr/unknown-role': 'hint' },
    policyKinds: { 'a.json': 'scp' },
    profile: 'audit',
    quotas: { trustPolicy: 4096 },
    shell: 'cmd',
    live: { profile: 'dev', keepOnDisk: true },
    more: 1,
  };
  assert.deepEqual(readSettings(raw, ruleIds), {
    settings: {
      enable: false,
      factsFiles: ['facts.json'],
      rules: new Map([
        ['policy/missing-version', 'off'],
        ['emr/unknown-role', 'hint'],
      ]),
      policyKinds: [{ glob: globOf('a.json'), kind: 'scp' }],
      profile: 'audit',
      quotas: { ...defaultQuotas, trustPolicy: 4096 },
      shell: 'cmd',
      live: { profile: 'dev', keepOnDisk: true },
    },
    problems: [],
  });
});

test('names with dots are read as editors send them, in objects or as they stand', () => {
  for (const raw of [{ live: { profile: 'dev' } }, { 'live.profile': 'dev' }])
    assert.deepEqual(readSettings(raw, ruleIds), {
      settings: { ...defaultSettings, live: { profile: 'dev', keepOnDisk: false } },
      problems: [],
    });
  const { settings, problems } = readSettings({ live: { profile: 1, keepOnDisk: 'yes' } }, ruleIds);
  assert.deepEqual(settings, defaultSettings);
  assert.match(problems.join(), /emrIam\.live\.profile .*emrIam\.live\.keepOnDisk /);
});

test('each value of the wrong type is named, and its default used', () => {
  for (const enable of ['yes', 0, [], {}]) {
    const { settings, problems } = readSettings({ enable, factsFiles: ['a'] }, ruleIds);
    assert.equal(settings.enable, true);
    assert.deepEqual(settings.factsFiles, ['a']);
    assert.equal(problems.length, 1);
    assert.match(problems.join(), /emrIam\.enable /);
  }
  for (const factsFiles of ['a.json', [1], ['a', null], { 0: 'a' }, true]) {
    const { settings, problems } = readSettings({ enable: false, factsFiles }, ruleIds);
    assert.deepEqual([settings.enable, settings.factsFiles], [false, []]);
    assert.match(problems.join(), /^The setting emrIam\.factsFiles [^.]*\.?[^.]*\.$/);
  }
  for (const rules of ['off', ['policy/missing-version'], 1, true]) {
    const { settings, problems } = readSettings({ rules }, ruleIds);
    assert.equal(settings.rules.size, 0);
    assert.equal(problems.length, 1);
    assert.match(problems.join(), /emrIam\.rules /);
  }
});

test('of the rules, only the wrong ones are left out', () => {
  const { settings, problems } = readSettings(
    {
      rules: {
        'policy/missing-version': 'loud',
        'policy/no-such-rule': 'off',
        constructor: 'off',
        'emr/unknown-role': 'off',
        'emr/inline-policy': null,
      },
    },
    ruleIds,
  );
  assert.deepEqual([...settings.rules], [['emr/unknown-role', 'off']]);
  assert.deepEqual(
    problems.map((problem) => /"([^"]*)"/.exec(problem)?.[1]),
    ['policy/missing-version', 'policy/no-such-rule', 'constructor', 'emr/inline-policy'],
  );
});

test('a profile is one of two, or not said', () => {
  for (const [profile, taken, wrong] of [
    ['audit', 'audit', 0],
    ['default', 'default', 0],
    [null, undefined, 0],
    ['Audit', undefined, 1],
    [{}, undefined, 1],
  ] as const) {
    const { settings, problems } = readSettings({ profile }, ruleIds);
    assert.equal(settings.profile, taken);
    assert.equal(problems.filter((problem) => /emrIam\.profile must be one of default, audit/.test(problem)).length, wrong);
  }
});

test('of the kinds of policies, only the wrong ones are left out', () => {
  const { settings, problems } = readSettings({ policyKinds: { 'a/**': 'scp', 'b/**': 'SCP', '../c': 'rcp' } }, ruleIds);
  assert.deepEqual(settings.policyKinds, [{ glob: globOf('a/**'), kind: 'scp' }]);
  assert.equal(problems.length, 2);
  assert.match(problems.join('\n'), /gives "b\/\*\*" a kind that is none of identity, /);
  assert.match(problems.join('\n'), /has the glob "\.\.\/c", which has/);
  assert.match(readSettings({ policyKinds: ['x'] }, ruleIds).problems.join(), /emrIam\.policyKinds must be an object/);
});

test('of the quotas, only the wrong ones are left out', () => {
  const { settings, problems } = readSettings(
    { quotas: { managedPolicy: 7000, inlinePolicies: '20000', trustPolicy: 0, constructor: 1 } },
    ruleIds,
  );
  assert.deepEqual(settings.quotas, { ...defaultQuotas, managedPolicy: 7000 });
  assert.equal(problems.length, 3);
  assert.match(problems.join('\n'), /names "constructor", which is none of managedPolicy, inlinePolicies, trustPolicy\./);
  assert.match(readSettings({ quotas: 6144 }, ruleIds).problems.join(), /emrIam\.quotas must be an object/);
});
