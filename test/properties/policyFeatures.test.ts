// What an editor asks about JSON, whatever is in it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Document, parseDocument } from '../../server/src/core/document';
import { policyCompletions } from '../../server/src/core/features/policyCompletion';
import { policySymbols } from '../../server/src/core/features/policySymbols';
import type { OutlineSymbol } from '../../server/src/core/features/symbols';
import { parseJson } from '../../server/src/core/json/parse';
import { applyEdits, isWithin } from '../../server/src/core/text';
import { jsonLike, policyText } from '../harness/arbitraries';
import { catalog } from '../harness/catalog';
import { isInside } from '../harness/fixture';

/** Policies with a part cut out of them, and a part of another one in its place. */
const broken: fc.Arbitrary<string> = fc
  .tuple(
    policyText,
    fc.nat(),
    fc.nat(40),
    fc.oneof(fc.constantFrom('', '"', '{', '}', ',', '[', ':', '\n', '//', '/*', 's3:Get', '"Act'), jsonLike),
  )
  .map(([text, start, length, inserted]) => {
    const at = start % (text.length + 1);
    return text.slice(0, at) + inserted + text.slice(at + length);
  });

const cursors = fc.tuple(fc.boolean(), fc.double({ min: 0, max: 1, noNaN: true }));

/** Anywhere, or where something is usually written. */
function offsetIn(text: string, [isAnywhere, cursor]: readonly [boolean, number]): number {
  const places = isAnywhere ? [] : [...text.matchAll(/["[{,:]/g)].map(({ index }) => index + 1);
  return places[Math.floor(cursor * places.length)] ?? Math.round(cursor * text.length);
}

describe('in any JSON', () => {
  test('completions hold the cursor, stay on its line and do not overlap the commas', () => {
    let offered = 0;
    fc.assert(
      fc.property(fc.oneof(broken, broken, policyText, jsonLike), cursors, (text, cursor) => {
        const offset = offsetIn(text, cursor);
        const { items } = policyCompletions({ text, path: '/policies/x.json', rootKind: undefined }, offset, catalog());
        if (items.length > 0) offered++;
        for (const { label, edit, also } of items) {
          assert.ok(isInside(edit.span, text) && edit.span.start <= offset && offset <= edit.span.end, `${label} is written elsewhere`);
          assert.doesNotMatch(text.slice(edit.span.start, edit.span.end), /[\r\n]/);
          for (const { span, newText } of also) {
            assert.ok(newText === ',' && span.start === span.end && isInside(span, text));
            assert.ok(span.end <= edit.span.start || span.start >= edit.span.end, `${label} overlaps its comma`);
          }
        }
      }),
      { numRuns: 1500 },
    );
    assert.ok(offered > 150, `only ${offered} places had completions`);
  });

  test('a policy without errors is one after any completion', () => {
    let offered = 0;
    fc.assert(
      fc.property(policyText, cursors, (text, cursor) => {
        const { items } = policyCompletions({ text, path: '/policies/x.json', rootKind: undefined }, offsetIn(text, cursor), catalog());
        if (items.length > 0) offered++;
        for (const { label, edit, also } of items.filter((_, i) => i < 5 || i > items.length - 3)) {
          const after = applyEdits(text, [edit, ...also]);
          assert.equal(parseJson(after).fault, undefined, `${label}: ${after}`);
        }
      }),
      { numRuns: 1500 },
    );
    assert.ok(offered > 150, `only ${offered} places had completions`);
  });

  test('the outline stands inside the text', () => {
    const check = (text: string, { span, selection, name, children }: OutlineSymbol): void => {
      assert.ok(isInside(span, text) && isWithin(selection, span) && name.trim() !== '');
      for (const child of children) check(text, child);
    };
    fc.assert(
      fc.property(fc.oneof(broken, policyText, jsonLike), (text) => {
        const document: Document = parseDocument(text, 'jsonc');
        if (document.kind === 'json') for (const symbol of policySymbols(document)) check(text, symbol);
      }),
      { numRuns: 1000 },
    );
  });
});
