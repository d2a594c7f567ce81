// Every rule: its fixtures, its documented examples, and that it has enough of both.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import type { Finding } from '../../server/src/core/finding';
import { lint } from '../../server/src/core/lint';
import { ruleById, rules } from '../../server/src/core/rules/index';
import { type Example, severityIn, severityOfReport } from '../../server/src/core/rules/rule';
import { defaultSettings, type Settings } from '../../server/src/core/settings';
import { factsOf, usesOf } from '../harness/account';
import { catalog } from '../harness/catalog';
import { allFixtures, allGoldens, checkFindings, checkGolden, configFilesOf, findingsOf, settingsFor } from '../harness/fixture';

const fixtures = allFixtures();

describe('rule fixtures', () => {
  for (const fixture of fixtures) {
    test(fixture.name, () => {
      const findings = findingsOf(fixture);
      checkFindings(fixture, findings);
      checkGolden(fixture, findings);
    });
  }

  test('every golden belongs to a fixture', () => {
    const names = new Set(fixtures.map(({ name }) => name));
    assert.deepEqual(
      allGoldens().filter((name) => !names.has(name)),
      [],
    );
  });

  test('every folder is named after a rule', () => {
    assert.deepEqual(
      [...new Set(fixtures.map(({ rule }) => rule))].filter((rule) => !ruleById.has(rule)),
      [],
    );
  });

  for (const { id } of rules) {
    test(`${id} has two fixtures in which it is found and two near-misses`, () => {
      const own = fixtures.filter(({ rule }) => rule === id);
      const firing = own.filter(({ expectations }) => expectations.some(({ rule }) => rule === id));
      const silent = own.filter(({ expectations }) => expectations.every(({ rule }) => rule !== id));
      assert.ok(firing.length >= 2, `only ${firing.length} in which it is found`);
      assert.ok(silent.length >= 2, `only ${silent.length} near-misses`);
    });
  }
});

describe('documented examples', () => {
  for (const { id, docs, profile } of rules) {
    test(id, () => {
      assert.ok(docs.bad.length > 0 && docs.good.length > 0, 'both kinds of examples');
      docs.bad.forEach((example, index) => {
        assert.deepEqual(rulesFound(id, example, profile), [id], `bad example ${index + 1}`);
      });
      docs.good.forEach((example, index) => {
        assert.deepEqual(rulesFound(id, example, profile), [], `good example ${index + 1}`);
      });
    });
  }
});

test('the rules are listed in the order of their groups, each id once', () => {
  assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
  for (const { id } of rules) assert.match(id, /^(config|emr|launch|policy|security|trust)\/[a-z][a-z0-9-]*[a-z0-9]$/);
});

test('a setting changes the severity of a rule or turns it off', () => {
  const text = '{"Statement":[{"Effect":"Allow","Action":"iam:PassRole","Resource":"*"}]}';
  const document = parseDocument(text, 'json');
  const found = (severities: Parameters<typeof settingsWith>[0]): readonly Finding[] =>
    lint(document, { settings: settingsWith(severities), facts: factsOf(undefined) });
  assert.deepEqual(
    found([
      ['policy/missing-version', 'off'],
      ['policy/pass-role-with-star-in-resource', 'error'],
    ]).map(({ rule, severity }) => [rule, severity]),
    [['policy/pass-role-with-star-in-resource', 'error']],
  );
  assert.equal(found([]).length, 2);
  assert.deepEqual(lint(document, { settings: { ...defaultSettings, enable: false }, facts: factsOf(undefined) }), []);
});

test('a rule for audits is on where the profile is audit, or its own severity is set', () => {
  const everyday = { id: 'policy/x', severity: 'warning' } as const;
  const audit = { ...everyday, profile: 'audit' } as const;
  for (const [rule, profile, own, severity] of [
    [everyday, undefined, [], 'warning'],
    [everyday, 'default', [], 'warning'],
    [everyday, 'audit', [], 'warning'],
    [everyday, 'audit', ['policy/x', 'off'], 'off'],
    [audit, undefined, [], 'off'],
    [audit, 'default', [], 'off'],
    [audit, 'audit', [], 'warning'],
    [audit, 'audit', ['policy/x', 'off'], 'off'],
    [audit, undefined, ['policy/x', 'hint'], 'hint'],
    [audit, 'default', ['policy/y', 'hint'], 'off'],
  ] as const) {
    const [id, given] = own;
    const settings = { profile, rules: new Map(id === undefined ? [] : [[id, given] as const]) };
    assert.equal(severityIn(rule, settings), severity, JSON.stringify([rule, profile, own]));
  }
});

test('a rule may lower the severity of one finding, unless the user set one', () => {
  const rule = { id: 'emr/x' };
  const settings = (own: readonly (readonly [string, Finding['severity']])[]): Pick<typeof defaultSettings, 'rules'> => ({
    rules: new Map(own),
  });
  assert.equal(severityOfReport(rule, 'error', {}, settings([])), 'error');
  assert.equal(severityOfReport(rule, 'error', { severity: 'warning' }, settings([])), 'warning');
  assert.equal(severityOfReport(rule, 'warning', { severity: 'error' }, settings([])), 'warning', 'never raise it');
  assert.equal(severityOfReport(rule, 'error', { severity: 'warning' }, settings([['emr/x', 'error']])), 'error');
});

test('the examples and fixtures of a rule for audits are silent without the profile', () => {
  for (const { id, docs, profile } of rules) {
    if (profile === undefined) continue;
    for (const example of docs.bad) assert.ok(!rulesFound(id, example, undefined).includes(id), id);
  }
});

test('a finding carries the code of the Access Analyzer check that its rule mirrors, or none', () => {
  const policy = lint(parseDocument('{"Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}', 'json'), {
    settings: defaultSettings,
    catalog: catalog(),
    facts: factsOf(undefined),
  });
  assert.deepEqual(
    policy.map((finding) => finding.accessAnalyzer),
    ['MISSING_VERSION'],
  );
  const config = lint(parseDocument('[default]\nemr =\n  service_role = EMR_DefaultRole\n', 'aws-config'), {
    settings: defaultSettings,
    catalog: catalog(),
    facts: factsOf(undefined),
  });
  assert.deepEqual(
    config.map((finding) => 'accessAnalyzer' in finding),
    [false],
  );
});

test('findings come in the order of their places', () => {
  for (const fixture of fixtures) {
    const starts = findingsOf(fixture).map(({ span }) => span.start);
    assert.deepEqual(
      starts,
      [...starts].sort((a, b) => a - b),
      fixture.name,
    );
  }
});

test('only a fix that never widens access, and needs no guess, is safe', () => {
  const kinds = fixtures.flatMap((fixture) =>
    findingsOf(fixture).flatMap(({ rule, fixes }) => (fixes.length === 0 ? [] : `${rule}: ${fixes.map(({ kind }) => kind).join()}`)),
  );
  assert.deepEqual([...new Set(kinds.filter((kind) => kind.endsWith('safe')))].sort(), [
    'config/invalid-boolean: safe',
    'config/unused-suppression: safe',
    'policy/duplicate-key: safe',
    'policy/empty-object-condition: safe',
    'policy/empty-sid-value: safe',
    'policy/equivalent-to-null-false: safe',
    'policy/equivalent-to-null-true: safe',
    'policy/improve-ip-range: safe',
    'policy/json-syntax-error: safe',
    'policy/missing-version: safe',
    'policy/redundant-action: safe',
    'policy/redundant-condition-value-num: safe',
    'policy/redundant-key-due-to-wildcard-in-condition: safe',
    'policy/redundant-resource: safe',
    'policy/redundant-statement: safe',
    'policy/unsupported-sid: safe',
    'trust/foranyvalue-with-audience-claim-type: safe',
    'trust/redundant-principal-in-role-trust-policy: safe',
  ]);
  assert.ok(kinds.includes('config/invalid-boolean: suggestion,suggestion'), 'of a value that could mean either');
  assert.ok(kinds.includes('policy/missing-version: suggestion'), 'of a policy with variables');
});

function settingsWith(severities: Iterable<readonly [string, 'off' | Finding['severity']]>): typeof defaultSettings {
  return { ...defaultSettings, rules: new Map(severities) };
}

function rulesFound(
  id: string,
  { syntax, text, account, roleKinds, config, keyPairFiles = {} }: Example,
  profile: Settings['profile'],
): readonly string[] {
  const document = parseDocument(text, syntax);
  assert.notEqual(document.kind, 'refused');
  return lint(document, {
    settings: { ...settingsFor(id), profile },
    catalog: catalog(),
    facts: factsOf(account),
    uses: usesOf(roleKinds),
    surroundings: { aws: configFilesOf(config), keyPairFiles: new Map(Object.entries(keyPairFiles)) },
  }).map(({ rule }) => rule);
}
