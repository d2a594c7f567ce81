// The quick reader of plain JSON takes what JSON.parse takes, and gives the trees of the reader that takes any text.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseJson } from '../../server/src/core/json/parse';
import { maxDepth, parsePlain } from '../../server/src/core/json/plain';
import { jsonLike, policyText } from '../harness/arbitraries';

/** Without members that say nothing. */
function bare(tree: unknown): unknown {
  return tree === undefined ? undefined : JSON.parse(JSON.stringify(tree));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function check(text: string): void {
  const plain = parsePlain(text);
  assert.equal(plain !== undefined, isJson(text), JSON.stringify(text));
  if (plain === undefined) return;
  const { root, isBroken, comments, trailingCommas } = parseJson(text);
  assert.deepEqual([isBroken, comments.length, trailingCommas.length], [false, 0, 0], JSON.stringify(text));
  assert.deepEqual(bare(plain), bare(root), JSON.stringify(text));
}

const escaped = fc.array(
  fc.constantFrom(
    'a',
    'é',
    '😀',
    '\\n',
    '\\"',
    '\\\\',
    '\\/',
    '\\u0041',
    '\\ud83d\\ude00',
    '\\u00',
    '\\x',
    '\u0001',
    '"',
    '\\',
    '\u2028',
    '\u007f',
  ),
  { maxLength: 8 },
);

describe('plain JSON', () => {
  test('of any values, however they are laid out', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t', ' \r\n'.trim()), (value, indent) => {
        check(JSON.stringify(value, undefined, indent));
        check(` \r\n\t${JSON.stringify(value)}\n`);
      }),
      { numRuns: 1000 },
    );
  });

  test('with a character more, less or another', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom('', ',', '"', '{', ']', '/', '//x\n', '\\', '-', '0', '.', 'e', '\u0000', ' '),
        (value, at, mark) => {
          const text = JSON.stringify(value);
          const place = at % (text.length + 1);
          check(text.slice(0, place) + mark + text.slice(place));
          check(text.slice(0, place) + mark + text.slice(place + 1));
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('with strings of every kind', () => {
    fc.assert(
      fc.property(escaped, (parts) => check(`["${parts.join('')}"]`)),
      { numRuns: 3000 },
    );
  });

  test('like policies, and what looks like JSON', () => {
    fc.assert(fc.property(policyText, check), { numRuns: 500 });
    fc.assert(fc.property(jsonLike, check), { numRuns: 1000 });
  });

  test('numbers', () => {
    for (const text of ['0', '-0', '01', '1.', '.5', '1.5e+3', '1e', '-', '+1', '1e400', '0x10', 'NaN', 'tru', 'truex', 'null0', '1 2', ''])
      check(text);
  });

  test('is not read below the depth that is refused', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    assert.ok(parsePlain(nested(maxDepth)) !== undefined);
    assert.equal(parsePlain(nested(maxDepth + 1)), undefined);
    assert.equal(parsePlain(nested(100_000)), undefined);
  });
});
