// The AWS CLI's shorthand syntax: what version 1.45 made of the frozen texts (test/aws/shorthand.test.ts), the places of what is read, and
// what is written.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { errorOfCli, parseShorthand, readShorthand } from '../../server/src/core/emr/shorthand';
import { type Node, sourceOffset } from '../../server/src/core/tree/node';
import type { ShorthandAnswer } from '../harness/awsCli';
import { inRepository } from '../harness/repository';
import { frozenShorthand, shorthandReading, shorthandText } from '../harness/shorthand';

const frozen: readonly { readonly text: string; readonly is: ShorthandAnswer }[] = JSON.parse(
  readFileSync(inRepository(frozenShorthand), 'utf8'),
);

test(`${frozen.length} texts are read as the AWS CLI read them`, () => {
  assert.ok(frozen.length >= 200);
  for (const { text, is } of frozen) assert.deepEqual(shorthandReading(text, '1.45'), is, JSON.stringify(text));
});

describe('what is read', () => {
  test('stands where its span says, character by character', () => {
    const check = (text: string, node: Node | undefined): void => {
      if (node?.kind === 'array') for (const item of node.items) check(text, item);
      if (node?.kind === 'object') {
        for (const { key, value } of node.members) {
          check(text, key);
          check(text, value);
        }
      }
      if (node?.kind !== 'string') return;
      for (let i = 0; i < node.value.length; i++) assert.equal(text[sourceOffset(node, i)], node.value[i], JSON.stringify(text));
    };
    fc.assert(
      fc.property(shorthandText, (text) => {
        const result = parseShorthand(text);
        if (result.ok) check(text, result.node);
        else assert.ok(result.at >= 0 && result.at <= text.length);
      }),
    );
  });

  test('may be in a file', () => {
    for (const [text, readsFile] of [
      ['A@=file://x', true],
      ['A={B@=fileb://x}', true],
      ['A@=[x,file://y]', true],
      ['A@=x,B=file://x', false],
      ['A=file://x', false],
    ] as const) {
      const result = parseShorthand(text);
      assert.ok(result.ok && result.readsFile === readsFile, text);
    }
  });

  test('is refused where the versions of the AWS CLI read different things', () => {
    for (const text of ["A='C:\\\\',B='x'", 'A=["C:\\\\","x"]', "A='a\\\\'b'"]) {
      const [old, recent] = (['2.9', '1.45'] as const).map((version) => readShorthand(text, version));
      assert.notDeepEqual(old, recent, text);
      const result = parseShorthand(text);
      assert.ok(!result.ok && /^Versions of the AWS CLI differ/.test(result.message) && text.startsWith('\\\\', result.at), text);
    }
    // Nothing follows that the quote could belong to.
    assert.ok(parseShorthand("A='C:\\\\'").ok);
  });

  test('takes a time that its length bounds', () => {
    const started = performance.now();
    for (const rest of [`"${'\\'.repeat(100)}'`, `'${'\\'.repeat(100)}"`, `"\\"${'\\'.repeat(99)}'`, `b${' '.repeat(200_000)}c`])
      parseShorthand(`a=${rest}`);
    assert.ok(performance.now() - started < 5_000);
  });

  test('never goes too deep', () => {
    assert.equal(parseShorthand(`A=${'['.repeat(100_000)}`).ok, false);
    assert.equal(parseShorthand(`A=${'{a='.repeat(100_000)}`).ok, false);
  });
});

test('an error is shown as the AWS CLI shows it, with a mark below the place', () => {
  for (const [text, shown] of [
    ['KeyName', "Expected: '=', received: 'EOF' for input:\nKeyName\n       ^"],
    ['A=b,\nC==d\nE', "Expected: ',', received: '=' for input:\nA=b,\nC==d\n  ^\nE"],
    ['\u{1f600}', "Expected: '=', received: '\u{1f600}' for input:\n\u{1f600}\n^"],
    [
      'A=b,A=c',
      'Second instance of key "A" encountered for input:\nA=b,A=c\n    ^\nThis is often because there is a preceding "," instead of a space.',
    ],
  ] as const) {
    const result = parseShorthand(text);
    assert.ok(!result.ok);
    assert.equal(errorOfCli(result, text), shown);
  }
});
