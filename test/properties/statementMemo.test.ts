// A rule that says of itself that it looks at one statement at a time does, so that what it found may be remembered.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { type JsonDocument, parseDocument } from '../../server/src/core/document';
import { noUses } from '../../server/src/core/emr/roles';
import { noFacts } from '../../server/src/core/facts/facts';
import { lint } from '../../server/src/core/lint';
import type { Policy } from '../../server/src/core/policy/policy';
import { defaultQuotas } from '../../server/src/core/policy/size';
import { rules } from '../../server/src/core/rules/index';
import type { Report } from '../../server/src/core/rules/rule';
import { defaultSettings } from '../../server/src/core/settings';
import { noSurroundings } from '../../server/src/core/surroundings';
import { grantPolicies, layouts, policyText } from '../harness/arbitraries';
import { catalog } from '../harness/catalog';
import { allFixtures } from '../harness/fixture';

const perStatement = rules.filter(({ scope }) => scope === 'statement');

function said(rule: (typeof rules)[number], document: JsonDocument, subject: Policy): readonly Report[] {
  const reports: Report[] = [];
  rule.check({
    subject,
    document,
    text: document.text,
    facts: noFacts,
    uses: noUses,
    catalog: catalog(),
    surroundings: noSurroundings,
    quotas: defaultQuotas,
    report: (found) => reports.push(found),
  });
  return reports;
}

function check(text: string, wide: Map<string, string>): void {
  const document = parseDocument(text, 'json');
  assert.ok(document.kind === 'json');
  for (const policy of document.policies) {
    for (const rule of perStatement.filter(({ kinds }) => kinds.some((kind) => kind === policy.kind))) {
      const apart: Report[] = policy.statements.flatMap((statement) => said(rule, document, { ...policy, statements: [statement] }));
      if (!isDeepStrictEqual(said(rule, document, policy), apart)) wide.set(rule.id, text);
    }
  }
}

describe('rules that look at one statement at a time', () => {
  test('are most of those of policies', () => assert.ok(perStatement.length > 100));

  test('say of a policy what they say of its statements', () => {
    // By the rule that looks further: a text that shows it.
    const wide = new Map<string, string>();
    for (const { syntax, text } of allFixtures()) if (syntax === 'json') check(text, wide);
    fc.assert(
      fc.property(policyText, grantPolicies, fc.nat(5), (text, value, layout) => {
        check(text, wide);
        check(layouts(value)[layout] ?? '', wide);
      }),
      { numRuns: 300 },
    );
    assert.deepEqual([...wide], []);
  });

  test('are heard in the right place wherever a statement stands', () => {
    const settings = { ...defaultSettings };
    for (const { syntax, text } of allFixtures()) {
      if (syntax !== 'json') continue;
      const at = (source: string): unknown =>
        lint(parseDocument(source, 'json'), { settings, catalog: catalog(), facts: noFacts }).map((finding) => finding);
      const first = at(text);
      assert.deepEqual(at(text), first, 'the second time');
      const moved = at(`\n\n${text}`);
      const back = JSON.parse(JSON.stringify(moved), (key, value) => (key === 'start' || key === 'end' ? value - 2 : value));
      assert.deepEqual(back, JSON.parse(JSON.stringify(first)), text);
    }
  });
});
