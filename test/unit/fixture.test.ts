// The fixture harness itself: what it cannot tell apart, no fixture can.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Finding, Fix } from '../../server/src/core/finding';
import { asExpectation, differences, fixedText, parseFixture, renderExpectation } from '../harness/fixture';

function finding(start: number, end: number, message = 'Something is wrong. Mend it.', fixes: readonly Fix[] = []): Finding {
  return { rule: 'group/some-rule', severity: 'warning', span: { start, end }, message, fixes, related: [] };
}

function difference(source: string, findings: readonly Finding[]): string {
  return differences({ ...parseFixture(source, '//'), syntax: 'json' }, findings);
}

describe('expectations', () => {
  const source = '{\n  "ab": 1\n//^^^^ group/some-rule: is wrong\n}\n';

  test('are taken out of the text', () => {
    assert.equal(parseFixture(source, '//').text, '{\n  "ab": 1\n}\n');
    assert.equal(parseFixture('[a]\r\nb = c\r\n#   ^ g/r\r\n# a comment\r\n', '#').text, '[a]\r\nb = c\r\n# a comment\r\n');
  });

  test('are met by exactly one finding', () => {
    assert.equal(difference(source, [finding(4, 8)]), '');
    assert.equal(difference(source, []), '   2 |   "ab": 1\n     - //^^^^ group/some-rule: is wrong');
    assert.equal(
      difference(source, [finding(4, 8), finding(4, 8)]),
      '   2 |   "ab": 1\n     + //^^^^ group/some-rule: Something is wrong. Mend it.',
    );
  });

  test('are not met by another span, rule or message', () => {
    assert.notEqual(difference(source, [finding(4, 9)]), '');
    assert.notEqual(difference(source, [finding(5, 8)]), '');
    assert.notEqual(difference(source, [finding(4, 8, 'All is well.')]), '');
    assert.notEqual(difference(source, [{ ...finding(4, 8), rule: 'group/other-rule' }]), '');
  });

  test('may begin below the marker', () => {
    const text = '{"a":1}\n';
    assert.equal(difference(`${text}//<- group/some-rule\n`, [finding(0, 2)]), '');
    assert.equal(difference(`${text}//.<-- group/some-rule\n`, [finding(1, 4)]), '');
    assert.notEqual(difference(`${text}//.<-- group/some-rule\n`, [finding(0, 3)]), '');
  });

  test('may go on below the line', () => {
    const text = '{\n  "a": [\n  ]\n}\n';
    assert.equal(difference('{\n  "a": [\n//     ^… group/some-rule\n  ]\n}\n', [finding(9, 14)]), '');
    assert.notEqual(difference('{\n  "a": [\n//     ^ group/some-rule\n  ]\n}\n', [finding(9, 14)]), '');
    assert.notEqual(difference('{\n  "a": [\n//     ^… group/some-rule\n  ]\n}\n', [finding(9, 10)]), '');
    assert.deepEqual(asExpectation(text, finding(9, 14)).continues, true);
  });

  test('are rendered as they are read', () => {
    const text = '{"a":1,\n "b": [\n]}\n';
    for (let start = 0; start < text.length; start++) {
      for (let end = start + 1; end < text.length; end++) {
        const expectation = asExpectation(text, finding(start, end));
        if (expectation.length === 0) continue;
        const lines = text.split('\n');
        lines.splice(expectation.line + 1, 0, renderExpectation(expectation, '//'));
        assert.equal(difference(lines.join('\n'), [finding(start, end)]), '');
      }
    }
  });

  test('with a slip in them are refused', () => {
    assert.throws(() => parseFixture('{}\n//   ^^^ some-rule\n', '//'), /looks like one/);
    assert.throws(() => parseFixture('//   ^^^ group/some-rule\n{}\n', '//'), /no line above/);
  });
});

describe('directives', () => {
  test('stand at the top only', () => {
    const parsed = parseFixture(
      '# facts: a.json\n# facts: b.json\n# fix: Change to\n# role: Etl runtime\n[default]\n# facts: c.json\n',
      '#',
    );
    assert.deepEqual(parsed, {
      text: '[default]\n# facts: c.json\n',
      expectations: [],
      factsFiles: ['a.json', 'b.json'],
      fixTitles: ['Change to'],
      surroundings: { encoding: undefined, other: undefined, aws: undefined, keyPairFiles: new Map() },
      roleKinds: { Etl: 'runtime' },
    });
  });

  const fixes: readonly Fix[] = [
    { title: 'Say A', kind: 'safe', edits: [{ span: { start: 0, end: 1 }, newText: 'A' }] },
    { title: 'Say B', kind: 'safe', edits: [{ span: { start: 0, end: 1 }, newText: 'B' }] },
  ];

  test('choose the fix', () => {
    const findings = [finding(0, 1, 'Wrong.', fixes)];
    assert.equal(fixedText({ name: 'x', text: 'x\n', fixTitles: [] }, findings), 'A\n');
    assert.equal(fixedText({ name: 'x', text: 'x\n', fixTitles: ['Say B'] }, findings), 'B\n');
    assert.equal(fixedText({ name: 'x', text: 'x\n', fixTitles: [] }, [finding(0, 1)]), undefined);
    assert.throws(() => fixedText({ name: 'x', text: 'x\n', fixTitles: ['Say C'] }, findings), /no fix has "Say C"/);
  });
});
