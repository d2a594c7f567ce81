// A refactoring leaves what a policy grants and denies as it was, and JSON as strict as it was.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type JsonDocument, parseDocument, type Syntax } from '../../server/src/core/document';
import { refactorings } from '../../server/src/core/features/policyRefactor';
import { applyEdits, type Span, withoutOverlaps } from '../../server/src/core/text';
import { grantPolicies, layouts, policies, policyText } from '../harness/arbitraries';
import { catalog } from '../harness/catalog';
import { isInside } from '../harness/fixture';
import { grantedAnew, type Measure } from '../harness/grants';
import { managedPolicies } from '../harness/managedPolicies';
import { nodesOf } from '../harness/spans';

function read(text: string, syntax: Syntax): JsonDocument {
  const document = parseDocument(text, syntax);
  assert.ok(document.kind === 'json');
  return document;
}

function commentsIn(text: string): readonly string[] {
  return text.match(/\/\/ "x": \{|\/\* , \*\//g) ?? [];
}

/** Checks all that is offered for a selection; gives the titles. */
function check(document: JsonDocument, selection: Span): readonly string[] {
  const { text, syntax } = document;
  return refactorings(document, selection, catalog()).map(({ title, edits }) => {
    const after = applyEdits(text, edits);
    const context = `${title}:\n${text}\n${after}`;
    for (const { span } of edits) assert.ok(isInside(span, text), context);
    assert.equal(withoutOverlaps(edits).length, edits.length, `edits overlap: ${context}`);
    if (commentsIn(text).length === 0) JSON.parse(after);
    assert.ok(commentsIn(after).length >= commentsIn(text).length, `a comment is lost: ${context}`);
    if (text.includes('\r\n')) assert.doesNotMatch(after, /[^\r]\n/, `line ends: ${context}`);
    const result = read(after, syntax);
    assert.ok(!result.isBroken && result.policies.length === document.policies.length, context);
    document.policies.forEach((before, i) => {
      const policy = result.policies[i];
      assert.ok(policy !== undefined);
      const [most, least] = measures.find(([start]) => title.startsWith(start))?.[1] ?? ['text', 'text'];
      assert.deepEqual(grantedAnew(before, policy, catalog(), most), [], context);
      assert.deepEqual(grantedAnew(policy, before, catalog(), least), [], context);
    });
    assert.notEqual(after, text, title);
    return title;
  });
}

/**
 * How it is compared that no more is granted, and that no less is. A pattern is collapsed and expanded to what there is today; a
 * statement that is split leaves out pairs of an action and a resource that there cannot be.
 */
const measures: readonly (readonly [string, readonly [Measure, Measure]])[] = [
  ['Expand', ['today', 'today']],
  ['Collapse', ['today', 'today']],
  ['Split', ['fitting', 'fitting']],
];

/** Selections that make a difference: in each string, and over neighbours of one list. */
function selectionsIn(document: JsonDocument): readonly Span[] {
  const nodes = document.policies.flatMap(({ statements }) => statements.flatMap(({ node }) => [...nodesOf(node)]));
  return nodes.flatMap((node): Span[] => {
    if (node.kind === 'string') return [{ start: node.span.start + 1, end: node.span.start + 1 }];
    if (node.kind !== 'array') return [];
    const [, second, , fourth] = node.items;
    return second === undefined ? [] : [{ start: second.span.start, end: (fourth ?? second).span.end }];
  });
}

const kinds = [
  'Expand',
  'Collapse',
  'Split',
  'Sort the actions',
  'Sort the resources',
  'Remove the duplicate',
  'Write as',
  'Write without',
];

describe('refactorings grant and deny what was granted and denied', () => {
  test('of real actions on real resources, in every layout', () => {
    const heard = new Map<string, number>();
    fc.assert(
      fc.property(grantPolicies, fc.nat(5), fc.nat(), (value, layout, which) => {
        const document = read(layouts(value)[layout] ?? '', 'jsonc');
        const all = selectionsIn(document);
        for (const selection of [0, 1, 2].flatMap((i) => all[(which + i * 7) % all.length] ?? [])) {
          for (const title of check(document, selection)) {
            const kind = kinds.find((start) => title.startsWith(start)) ?? title;
            heard.set(kind, (heard.get(kind) ?? 0) + 1);
          }
        }
      }),
      { numRuns: 1500 },
    );
    for (const kind of kinds) assert.ok((heard.get(kind) ?? 0) > 4, `${kind}: ${heard.get(kind) ?? 0}`);
  });

  test('of policies where they stand in templates', () => {
    fc.assert(
      fc.property(policies, (value) => {
        const document = read(JSON.stringify(value), 'json');
        for (const selection of selectionsIn(document)) check(document, selection);
      }),
      { numRuns: 200 },
    );
  });

  test("of AWS's managed policies", () => {
    let made = 0;
    for (const [i, text] of [...managedPolicies().values()].entries()) {
      if (i % 20 !== 0) continue;
      const document = read(text, 'json');
      const all = selectionsIn(document);
      for (let k = 0; k < 4; k++) {
        const selection = all[(k * 31) % all.length];
        if (selection !== undefined) made += check(document, selection).length;
      }
    }
    assert.ok(made > 100, `only ${made}`);
  });
});

test('no text and no selection makes them throw', () => {
  fc.assert(
    fc.property(policyText, fc.nat(), fc.nat(), (text, a, b) => {
      const [start = 0, end = 0] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y);
      const document = parseDocument(text, 'json');
      if (document.kind === 'json') for (const { edits } of refactorings(document, { start, end }, catalog())) applyEdits(text, edits);
    }),
    { numRuns: 500 },
  );
});
