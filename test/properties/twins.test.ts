// A policy and its twin, which says the same in another order and layout and with single values as lists and lists of one as single values,
// get the same findings.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type JsonDocument, parseDocument } from '../../server/src/core/document';
import { noFacts } from '../../server/src/core/facts/facts';
import type { Finding } from '../../server/src/core/finding';
import { parseJson } from '../../server/src/core/json/parse';
import { lint } from '../../server/src/core/lint';
import { defaultSettings } from '../../server/src/core/settings';
import { isWithin, type Span } from '../../server/src/core/text';
import { grantPolicies, policies } from '../harness/arbitraries';
import { catalog } from '../harness/catalog';
import { allFixtures } from '../harness/fixture';
import { said } from '../harness/grants';
import { managedPolicies } from '../harness/managedPolicies';

/** Rules whose findings stand elsewhere in another order, and why: they are compared by the statement, or the policy, alone. */
const dependingOnOrder: readonly { readonly rules: RegExp; readonly within: 'statement' | 'policy'; readonly because: string }[] = [
  {
    rules:
      /^(policy\/((create-slr|pass-role)-with-|private-(not-)?ip-address|(allow|deny)-(notaction-)?with-unsupported-tag|(action-resource-mismatch|dependent-action-missing|invalid-condition-data-type|missing-action-for-condition-key|rcp-missing-related-(service-)?principal-condition-key|unsupported-action-for-condition-key|unsupported-(action|resource-arn)-in-policy|restrict-access-to-service-principal|redundant-(key|statement)-due-to-wildcard-in-condition|missing-paired-condition-keys|use-condition-key-only-with-supported-services)$)|security\/(credential|resource)-exposure$)/,
    within: 'statement',
    because: 'of several items that are wrong together, or excluded together, the first is marked',
  },
  {
    rules: /^emr\/(autoscaling|ec2|runtime|service)-role-trust$/,
    within: 'statement',
    because: 'of several conditions that are never met the first is marked',
  },
  {
    rules:
      /^(policy\/(s3-prefix-in-negative-context|wildcard-without-like-operator|(variable|wildcard)-usage-too-permissive)|trust\/specific-github-repo-and-branch-recommended)$/,
    within: 'statement',
    because: 'of several values of a condition the first is marked',
  },
  {
    rules: /^policy\/(duplicate-keys-with-different-case|redundant-(action|resource))$/,
    within: 'statement',
    because: 'of two that mean the same the later one is marked',
  },
  {
    rules: /^policy\/(redundant-statement|unique-sids-(recommended|required))$/,
    within: 'policy',
    because: 'of two statements that are alike the later one is marked',
  },
  {
    rules: /^(emr\/confused-deputy|policy\/variable-unsupported-in-version|security\/privilege-escalation)$/,
    within: 'policy',
    because: 'of several statements that together are one cause the first is marked',
  },
];

function findingsIn(text: string): readonly string[] {
  const document = parseDocument(text, 'json');
  assert.ok(document.kind === 'json');
  const settings = { ...defaultSettings, profile: 'audit' as const };
  return lint(document, { settings, catalog: catalog(), facts: noFacts })
    .map((finding) => identity(document, finding))
    .sort();
}

/** The rule, the statement, and what is marked, as IAM reads them. */
function identity(document: JsonDocument, { rule, span }: Finding): string {
  const policy = document.policies.find(({ node }) => isWithin(span, node.span));
  const statement = policy?.statements.find(({ node }) => isWithin(span, node.span));
  const within = dependingOnOrder.find(({ rules }) => rules.test(rule))?.within;
  if (within === 'policy') return `${rule}\n  ${said(policy?.node)}`;
  return `${rule}\n  ${said(statement?.node)}${within === 'statement' ? '' : `\n  ${marked(document, span)}`}`;
}

function marked({ text }: JsonDocument, span: Span): string {
  const source = text.slice(span.start, span.end);
  const isMember = /^"(?:[^"\\]|\\.)*"\s*:/.test(source);
  const { root, isBroken } = parseJson(isMember ? `{${source}}` : source);
  return isBroken ? source : said(root);
}

/** @param next gives numbers from 0 on that look random. */
function twin(value: unknown, next: () => number, key = ''): unknown {
  const shuffled = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, at: next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  if (Array.isArray(value)) {
    const items = value.map((item) => twin(item, next));
    // The arguments of an intrinsic function have an order.
    if (key.startsWith('Fn::')) return items;
    return canBeSingle(key) && items.length === 1 && typeof items[0] !== 'object' ? items[0] : shuffled(items);
  }
  if (typeof value === 'object' && value !== null) {
    const isPlace = !/^(Principal|NotPrincipal|String.*|Arn.*|Bool.*|Numeric.*|Date.*|(Not)?IpAddress.*|Null|For(All|Any).*)$/.test(key);
    return Object.fromEntries(
      shuffled(Object.entries(value).map(([name, inner]: [string, unknown]) => [name, twin(inner, next, isPlace ? name : `in ${name}`)])),
    );
  }
  return typeof value === 'string' && canBeSingle(key) && next() % 2 === 0 ? [value] : value;
}

/** Where IAM reads a single value as a list of it: elements, principals and values of conditions. */
function canBeSingle(key: string): boolean {
  return /^((Not)?Action|(Not)?Resource)$/.test(key) || (key.startsWith('in ') && !/^in (Ref|Fn::.*)$/.test(key));
}

function check(value: unknown, seed: number): number {
  let state = seed % 2147483647;
  const next = (): number => {
    state = (state * 48271 + 11) % 2147483647;
    return state;
  };
  const found = findingsIn(JSON.stringify(value, undefined, 2));
  const other = twin(value, next);
  assert.deepEqual(findingsIn(JSON.stringify(other)), found, `${JSON.stringify(value)}\n${JSON.stringify(other)}`);
  return found.length;
}

describe('a policy and its twin get the same findings', () => {
  test('of the rule fixtures', () => {
    for (const { syntax, text, name } of allFixtures()) {
      if (syntax !== 'json' || !isPlainJson(text)) continue;
      for (const seed of [1, 2, 3]) {
        try {
          check(JSON.parse(text), seed);
        } catch (error) {
          throw new Error(`${name}: ${error instanceof Error ? error.message : error}`);
        }
      }
    }
  });

  test("of AWS's managed policies", () => {
    let found = 0;
    for (const [i, text] of [...managedPolicies().values()].entries()) if (i % 4 === 0) found += check(JSON.parse(text), i + 1);
    assert.ok(found > 100, `only ${found}`);
  });

  test('of random policies', () => {
    fc.assert(
      fc.property(fc.oneof(policies, grantPolicies), fc.nat(), (value, seed) => {
        check(value, seed);
      }),
      { numRuns: 600 },
    );
  });
});

/** Strict, and with no name twice in an object: which of two counts is a matter of order. */
function isPlainJson(text: string): boolean {
  try {
    return JSON.stringify(JSON.parse(text)).length === text.replace(/("(?:[^"\\]|\\.)*")|\s/g, '$1').length;
  } catch {
    return false;
  }
}
