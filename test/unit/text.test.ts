import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits, type Edit, lineIndex, spansTouch, withoutOverlaps } from '../../server/src/core/text';

describe('lineIndex', () => {
  const text = 'a\nbc\r\nd\re\n';

  test('knows \\n, \\r\\n and \\r', () => {
    const index = lineIndex(text);
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((line) => index.line(line)),
      ['a', 'bc', 'd', 'e', ''],
    );
    assert.deepEqual(
      [0, 2, 6, 8, 10].map((offset) => index.position(offset)),
      [0, 1, 2, 3, 4].map((line) => ({ line, column: 0 })),
    );
    assert.deepEqual(index.position(5), { line: 1, column: 3 }, 'between \\r and \\n');
  });

  test('goes there and back', () => {
    const index = lineIndex(text);
    for (let offset = 0; offset <= text.length; offset++) assert.equal(index.offset(index.position(offset)), offset);
  });

  test('keeps what is outside within the text', () => {
    const index = lineIndex(text);
    assert.deepEqual(index.position(-3), { line: 0, column: 0 });
    assert.deepEqual(index.position(99), { line: 4, column: 0 });
    assert.equal(index.offset({ line: 99, column: 0 }), text.length);
    assert.equal(index.offset({ line: 0, column: 99 }), 2);
    assert.equal(index.line(99), '');
  });

  test('counts UTF-16 units', () => {
    assert.deepEqual(lineIndex('🚀x').position(2), { line: 0, column: 2 });
  });

  test('takes an empty text for one line', () => {
    assert.deepEqual(lineIndex('').position(0), { line: 0, column: 0 });
  });

  test('takes no other character for a line end', () => {
    assert.equal(lineIndex('a\u2028b\u0085c\vd\fe').line(0), 'a\u2028b\u0085c\vd\fe');
  });
});

describe('applyEdits', () => {
  const edit = (start: number, end: number, newText: string): Edit => ({ span: { start, end }, newText });

  test('goes by the places, not by the order given', () => {
    assert.equal(applyEdits('abcdef', [edit(4, 5, 'E'), edit(0, 1, 'A'), edit(2, 2, '-')]), 'Ab-cdEf');
  });

  test('makes none of no edits, and of empty ones', () => {
    assert.equal(applyEdits('abc', []), 'abc');
    assert.equal(applyEdits('abc', [edit(1, 1, '')]), 'abc');
  });

  test('makes neighbours both', () => {
    assert.equal(applyEdits('abc', [edit(0, 1, 'x'), edit(1, 2, 'y')]), 'xyc');
    assert.equal(applyEdits('abc', [edit(0, 1, 'x'), edit(1, 1, 'y')]), 'xybc');
  });

  test('leaves out what overlaps an earlier one', () => {
    assert.equal(applyEdits('abcdef', [edit(0, 3, 'x'), edit(2, 4, 'y'), edit(4, 5, 'z')]), 'xdzf');
    assert.equal(applyEdits('abc', [edit(1, 1, 'x'), edit(1, 1, 'y')]), 'axbc');
    assert.deepEqual(withoutOverlaps([edit(1, 1, 'x'), edit(1, 1, 'x')]).length, 1);
  });

  test('works at both ends', () => {
    assert.equal(applyEdits('', [edit(0, 0, 'x')]), 'x');
    assert.equal(applyEdits('ab', [edit(2, 2, 'x'), edit(0, 0, 'y')]), 'yabx');
  });
});

test('spans touch where one ends and the other begins', () => {
  assert.ok(spansTouch({ start: 0, end: 2 }, { start: 2, end: 3 }));
  assert.ok(spansTouch({ start: 1, end: 1 }, { start: 0, end: 5 }));
  assert.ok(!spansTouch({ start: 0, end: 2 }, { start: 3, end: 4 }));
});
