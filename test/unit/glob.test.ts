import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Glob, matches, parseGlob } from '../../server/src/core/glob';

function globOf(text: string): Glob {
  const parsed = parseGlob(text);
  assert.ok(parsed.ok, text);
  return parsed.glob;
}

const table: readonly (readonly [glob: string, matching: readonly string[], others: readonly string[]])[] = [
  ['a.json', ['a.json'], ['b/a.json', 'a.jsonc', 'axjson', 'A.json', '']],
  ['*.json', ['a.json', '.json', 'a.b.json'], ['b/a.json']],
  ['a/*/c', ['a/b/c', 'a//c'], ['a/c', 'a/b/b/c']],
  ['?.json', ['a.json', '𝒳.json'], ['ab.json', '.json', '/.json']],
  ['**', ['', 'a', 'a/b/c'], []],
  ['**/a', ['a', 'b/a', 'c/b/a'], ['ba', 'a/b']],
  ['a/**', ['a/b', 'a/b/c'], ['a', 'ab']],
  ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['ab', 'a/xb', 'xa/b']],
  ['a**b', ['ab', 'axb'], ['a/b']],
  ['a/***/b', ['a/x/b'], ['a/b', 'a/x/y/b']],
  ['*.{json,jsonc}', ['a.json', 'a.jsonc'], ['a.jso']],
  ['{a,b/**,c{d,}}/e', ['a/e', 'b/x/y/e', 'cd/e', 'c/e'], ['b/e/f', 'd/e']],
  ['{**/x,y}', ['x', 'a/x', 'y'], ['a/y']],
  ['{}a', ['a'], []],
  ['a,b', ['a,b'], ['a', 'b']],
  ['[a].json', ['[a].json'], ['a.json']],
];

describe('a glob', () => {
  for (const [glob, matching, others] of table) {
    test(glob, () => {
      for (const path of matching) assert.ok(matches(globOf(glob), path), `matches ${path}`);
      for (const path of others) assert.ok(!matches(globOf(glob), path), `does not match ${path}`);
    });
  }

  test('that can match nothing, or is too long, is refused', () => {
    for (const text of ['', '/a', 'C:/a', './a', 'a/../b', '..', 'a\\b', '{a', 'a}', '}{', 'a'.repeat(501)]) {
      assert.equal(parseGlob(text).ok, false, text);
    }
  });

  test('without special characters matches itself alone', () => {
    const segment = fc.stringMatching(/^[a-z_@[\]^$+().-]{1,5}$/).filter((text) => !/^\.\.?$/.test(text));
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), segment, (segments, other) => {
        const path = segments.join('/');
        assert.ok(matches(globOf(path), path));
        assert.ok(matches(globOf(`**/${segments.at(-1)}`), path));
        assert.equal(matches(globOf(path), `${path}/${other}`), false);
      }),
    );
  });

  test('takes no more steps than its length times that of the path', () => {
    const path = `${'a/'.repeat(2000)}${'a'.repeat(2000)}`;
    for (const unit of ['*a', '**/', '{a,a}', '{*,a*}', '**/*a/', '{**/,a}', '?*']) {
      matches(globOf(`${unit.repeat(Math.floor(499 / unit.length))}b`), path);
    }
    matches(globOf(`${'{'.repeat(250)}${'}'.repeat(250)}`), path);
  });

  test('never throws, whatever it is', () => {
    const text = fc
      .array(fc.constantFrom('*', '**', '?', '{', '}', ',', '/', 'a', '.', '\\'), { maxLength: 12 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (glob, path) => {
        const parsed = parseGlob(glob);
        if (parsed.ok) matches(parsed.glob, path);
      }),
      { numRuns: 2000 },
    );
  });
});
