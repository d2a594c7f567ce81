// Each fix removes its finding, adds no error, and leaves a text that parses; a safe one grants nothing anew; and taking fixes comes to an end.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type ParseError, parse } from 'jsonc-parser';
import { type Document, parseDocument, type Syntax } from '../../server/src/core/document';
import type { RoleUses } from '../../server/src/core/emr/roles';
import { type AccountFacts, noFacts } from '../../server/src/core/facts/facts';
import type { Finding, Fix } from '../../server/src/core/finding';
import { safeEdits } from '../../server/src/core/fix';
import { lint } from '../../server/src/core/lint';
import { rules } from '../../server/src/core/rules/index';
import { defaultSettings } from '../../server/src/core/settings';
import type { Surroundings } from '../../server/src/core/surroundings';
import { applyEdits } from '../../server/src/core/text';
import { usesOf } from '../harness/account';
import {
  configLike,
  configText,
  embeddedIn,
  grantPolicies,
  jsonLike,
  launchText,
  layouts,
  mistakenConfig,
  policyText,
  someFacts,
  someSurroundings,
} from '../harness/arbitraries';
import { catalog } from '../harness/catalog';
import { allFixtures, configFilesOf, type Fixture, factsOfFixture } from '../harness/fixture';
import { grantedAnew } from '../harness/grants';
import { managedPolicies } from '../harness/managedPolicies';
import { inRepository } from '../harness/repository';

interface Input {
  readonly syntax: Syntax;
  readonly path: string;
  readonly facts: AccountFacts;
  readonly surroundings?: Surroundings;
  readonly uses?: RoleUses;
}

function read(
  text: string,
  { syntax, facts, surroundings, uses }: Input,
): { readonly document: Document; readonly findings: readonly Finding[] } {
  const document = parseDocument(text, syntax);
  // The rules for audits too.
  const settings = { ...defaultSettings, profile: 'audit' } as const;
  return { document, findings: lint(document, { settings, catalog: catalog(), facts, surroundings, uses }) };
}

/** How strict a reader the text gets by: none for a text that is broken. */
function readers(document: Document): readonly ('json' | 'jsonc' | 'config' | 'launch')[] {
  if (document.kind === 'refused') return [];
  if (document.kind === 'launch') return document.launches.map(() => 'launch');
  if (document.kind === 'config') return document.config.errors.length === 0 ? ['config'] : [];
  const errors: ParseError[] = [];
  parse(document.text, errors, { allowTrailingComma: true });
  return errors.length > 0 ? [] : isStrictJson(document.text) ? ['json', 'jsonc'] : ['jsonc'];
}

function isStrictJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function count(findings: readonly Finding[], rule: string): number {
  return findings.filter((finding) => finding.rule === rule).length;
}

/** Rules whose suggestions write a name that means something: then it may be seen what else is wrong with it. */
const uncovering = /^policy\/(invalid-|missing-statement$)/;

/** Of policies. In config files a fix often brings a line into force, and so to light what is wrong with it. */
function newErrors(
  rule: string,
  kind: Fix['kind'],
  before: readonly Finding[],
  after: readonly Finding[],
  { syntax }: Input,
): readonly string[] {
  if (syntax !== 'json' || (kind === 'suggestion' && uncovering.test(rule))) return [];
  const errors = new Set(after.filter(({ severity }) => severity === 'error').map((finding) => finding.rule));
  return [...errors].filter((error) => count(after, error) > count(before, error));
}

/** What a policy grants after a fix, and did not before. */
function granted(before: Document, after: Document): readonly string[] {
  // What was hardly a policy may be none without an empty Sid.
  if (before.kind !== 'json' || after.kind !== 'json' || before.policies.length !== after.policies.length) return [];
  return before.policies.flatMap((policy, i) => {
    const fixed = after.policies[i];
    return fixed === undefined ? [] : grantedAnew(policy, fixed, catalog());
  });
}

function checkEachFix(text: string, input: Input): void {
  const before = read(text, input);
  const accepting = readers(before.document);
  // What stands where in broken JSON is a guess, and so is what a fix does to it.
  const isBroken = before.document.kind === 'json' && accepting.length === 0;
  for (const { rule, fixes } of before.findings) {
    for (const { title, kind, edits } of fixes) {
      const fixed = applyEdits(text, edits);
      const after = read(fixed, input);
      const context = `${rule}, "${title}", gives ${JSON.stringify(fixed)}`;
      const stillAccepting = readers(after.document);
      assert.ok(
        accepting.every((reader) => stillAccepting.includes(reader)),
        `parses no more: ${context}`,
      );
      assert.ok(isBroken || count(after.findings, rule) < count(before.findings, rule), `still found: ${context}`);
      if (kind === 'safe') assert.deepEqual(granted(before.document, after.document), [], `grants more: ${context}`);
      if (!isBroken) assert.deepEqual(newErrors(rule, kind, before.findings, after.findings, input), [], `a new error: ${context}`);
    }
  }
}

function checkConvergence(text: string, input: Input): void {
  let current = text;
  for (let round = 0; round < 10; round++) {
    const edits = read(current, input).findings.flatMap(({ fixes }) => fixes[0]?.edits ?? []);
    if (edits.length === 0) return;
    current = applyEdits(current, edits);
  }
  assert.fail(`after ten rounds there are still fixes: ${JSON.stringify(current)}`);
}

/** `--fix`: safe fixes leave no safe fix behind, and change nothing where there is none. */
function checkSafeEdits(text: string, input: Input): void {
  let current = text;
  for (let round = 0; round < 10; round++) {
    const edits = safeEdits(read(current, input).findings);
    if (edits.length === 0) return;
    current = applyEdits(current, edits);
  }
  assert.fail(`after ten rounds there are still safe fixes: ${JSON.stringify(current)}`);
}

function checkAll(text: string, input: Input): void {
  checkEachFix(text, input);
  checkConvergence(text, input);
  checkSafeEdits(text, input);
}

const asConfig = (facts: AccountFacts, surroundings?: Surroundings): Input => ({
  syntax: 'aws-config',
  path: '/home/u/.aws/config',
  facts,
  ...(surroundings === undefined ? {} : { surroundings }),
});
const aws = configFilesOf('[profile dev]\nemr =\n  service_role = R\n');
function asScript(syntax: Syntax, facts: AccountFacts): Input {
  return { syntax, path: '/project/x', facts, surroundings: { aws, keyPairFiles: new Map() } };
}
function inputOf(fixture: Fixture): Input {
  const { syntax, path, surroundings, roleKinds } = fixture;
  return { syntax, path, facts: factsOfFixture(fixture), surroundings, uses: usesOf(roleKinds) };
}
const asJson: Input = { syntax: 'json', path: '/project/policy.json', facts: noFacts };

describe('fixes', () => {
  test('of policies', () => {
    fc.assert(
      fc.property(policyText, (text) => checkAll(text, asJson)),
      { numRuns: 1000 },
    );
  });

  test('of policies in strings', () => {
    fc.assert(
      fc.property(policyText, fc.integer({ min: 1, max: 3 }), fc.nat(20), (text, levels, seed) =>
        checkAll(embeddedIn(text, levels, seed), asJson),
      ),
      { numRuns: 300 },
    );
  });

  test('of policies that grant and deny real actions', () => {
    fc.assert(
      fc.property(grantPolicies, fc.nat(5), (value, layout) => checkAll(layouts(value)[layout] ?? '', asJson)),
      { numRuns: 300 },
    );
  });

  test('of create-cluster commands', () => {
    fc.assert(
      fc.property(launchText, someFacts, ([text, syntax], facts) => checkAll(text, asScript(syntax, facts))),
      { numRuns: 1000 },
    );
  });

  test('of the examples', () => {
    const folder = inRepository('examples');
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json')))
      checkAll(readFileSync(join(folder, file), 'utf8'), asJson);
  });

  test("of AWS's managed policies", () => {
    let made = 0;
    for (const text of managedPolicies().values()) {
      if (read(text, asJson).findings.every(({ fixes }) => fixes.length === 0)) continue;
      made++;
      checkEachFix(text, asJson);
    }
    assert.ok(made > 100, `only ${made}`);
  });

  test('of emr blocks', () => {
    fc.assert(
      fc.property(configText, someFacts, (text, facts) => checkAll(text, asConfig(facts))),
      { numRuns: 500 },
    );
  });

  test('of texts that look like policies', () => {
    fc.assert(
      fc.property(jsonLike, (text) => checkEachFix(text, asJson)),
      { numRuns: 1000 },
    );
  });

  test('of texts that look like a config file', () => {
    fc.assert(
      fc.property(configLike, someFacts, (text, facts) => checkAll(text, asConfig(facts))),
      { numRuns: 1000 },
    );
  });

  test('of config files full of mistakes', () => {
    fc.assert(
      fc.property(mistakenConfig, someFacts, someSurroundings, (text, facts, around) => checkAll(text, asConfig(facts, around))),
      { numRuns: 1000 },
    );
  });

  test('of the rule fixtures in strings', () => {
    for (const [i, { syntax, text }] of allFixtures().entries()) {
      if (syntax === 'json') checkAll(embeddedIn(text, 1 + (i % 2), i), asJson);
    }
  });

  test('of the rule fixtures', () => {
    for (const fixture of allFixtures()) checkAll(fixture.text, inputOf(fixture));
  });
});

/** Strict JSON among the fixtures, in every layout: what a rule says of a policy it says of the same policy laid out otherwise. */
function laidOut(): readonly (readonly [text: string, input: Input])[] {
  return allFixtures().flatMap((fixture) => {
    if (fixture.syntax !== 'json' || !isStrictJson(fixture.text)) return [];
    const input = inputOf(fixture);
    return layouts(JSON.parse(fixture.text)).map((text) => [text, input] as const);
  });
}

test('fixes of the rule fixtures, however they are laid out', () => {
  for (const [text, input] of laidOut()) checkAll(text, input);
});

test('the documents of these tests make every rule speak', () => {
  const heard = new Set<string>();
  const listen = (text: string, input: Input): void => {
    for (const { rule } of read(text, input).findings) heard.add(rule);
  };
  for (const { syntax, text } of allFixtures()) if (syntax === 'json') listen(text, asJson);
  for (const [text, input] of laidOut()) listen(text, input);
  fc.assert(
    fc.property(configText, mistakenConfig, someFacts, someSurroundings, (config, mistaken, facts, around) => {
      listen(config, asConfig(facts));
      listen(mistaken, asConfig(facts, around));
    }),
    { numRuns: 1500, seed: 1 },
  );
  fc.assert(
    fc.property(launchText, someFacts, ([script, syntax], facts) => listen(script, asScript(syntax, facts))),
    { numRuns: 1500, seed: 1 },
  );
  assert.deepEqual(
    rules.map(({ id }) => id).filter((id) => !heard.has(id)),
    [],
  );
});
