// What is found of a policy is found of it in a string too, and stands at the same words, whatever the escapes and however deep.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDocument } from '../../server/src/core/document';
import { documentAt } from '../../server/src/core/embedded';
import { noFacts } from '../../server/src/core/facts/facts';
import type { Finding } from '../../server/src/core/finding';
import { lint } from '../../server/src/core/lint';
import { defaultSettings } from '../../server/src/core/settings';
import { applyEdits, type Span } from '../../server/src/core/text';
import { embeddedIn, policyText } from '../harness/arbitraries';
import { catalog } from '../harness/catalog';
import { allFixtures } from '../harness/fixture';

const strictFixtures = allFixtures().flatMap(({ syntax, text }) => (syntax === 'json' && isStrictJson(text) ? [text] : []));

const cases = fc.tuple(fc.oneof(policyText, fc.constantFrom(...strictFixtures)), fc.integer({ min: 1, max: 3 }), fc.nat(20));

function findingsOf(text: string): readonly Finding[] {
  return lint(parseDocument(text, 'json'), { settings: defaultSettings, catalog: catalog(), facts: noFacts });
}

function isStrictJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A part of a string in a string, as the innermost text has it. */
function decoded(part: string, levels: number): string {
  return levels === 0 ? part : decoded(String(JSON.parse(`"${part}"`)), levels - 1);
}

test('findings, their places and their fixes', () => {
  fc.assert(
    fc.property(cases, ([text, levels, seed]) => {
      const outer = embeddedIn(text, levels, seed);
      const words = (source: string, depth: number, { start, end }: Span): string => decoded(source.slice(start, end), depth);
      const said = (source: string, depth: number, { rule, message, span, related, fixes }: Finding): unknown => ({
        rule,
        message,
        words: words(source, depth, span),
        related: related.map((other) => words(source, depth, other.span)),
        fixed: fixes.map(({ title, kind, edits }) => [title, kind, innermost(applyEdits(source, edits), depth)]),
      });
      assert.deepEqual(
        findingsOf(outer).map((finding) => said(outer, levels, finding)),
        findingsOf(text).map((finding) => said(text, 0, finding)),
      );
    }),
    { numRuns: 400 },
  );
});

function innermost(text: string, levels: number): string {
  return levels === 0 ? text : innermost(String(Reflect.get(JSON.parse(text), 'policy')), levels - 1);
}

test('an offset inside goes in and out again', () => {
  fc.assert(
    fc.property(cases, fc.nat(), ([text, levels, seed], at) => {
      const document = parseDocument(embeddedIn(text, levels, seed), 'json');
      assert.ok(document.kind === 'json');
      const offset = at % document.text.length;
      const inside = documentAt(document, offset);
      const { start, end } = inside.toOuter({ start: inside.offset, end: inside.offset });
      assert.ok(start === end && start <= offset && documentAt(document, start).document === inside.document);
      assert.equal(documentAt(document, start).offset, inside.offset);
      const inserted = applyEdits(document.text, [inside.toOuterEdit({ span: { start: inside.offset, end: inside.offset }, newText: '' })]);
      assert.equal(inserted, document.text);
    }),
    { numRuns: 400 },
  );
});
