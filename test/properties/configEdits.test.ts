// The tree stands where its spans say; and an edit made through it changes what it is meant to change, and nothing else: not a byte of the
// text, not another value.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { addNestedSetting, changeTo, commentOut, endOfLine, replaceValue, startOfLine } from '../../server/src/core/awsconfig/edit';
import type { AwsConfig, NestedSetting, Setting } from '../../server/src/core/awsconfig/node';
import { parseAwsConfig, trimmed } from '../../server/src/core/awsconfig/parse';
import { applyEdits, type Edit, type Span } from '../../server/src/core/text';
import { configLike, configText, mistakenConfig } from '../harness/arbitraries';
import { cornerConfig } from '../harness/configGrammar';

/** Every value, in the order of the file. */
function values({ sections }: AwsConfig): string[][] {
  const shown = ({ key, value }: Setting | NestedSetting): string[] => [key.text, value.kind === 'text' ? value.text : value.kind];
  return sections.flatMap(({ name, settings }) => [
    [name.text],
    ...settings.flatMap((setting) => [shown(setting), ...(setting.value.kind === 'nested' ? setting.value.settings.map(shown) : [])]),
  ]);
}

function blocks({ sections }: AwsConfig): readonly Setting[] {
  return sections.flatMap(({ settings }) => settings).filter(({ value }) => value.kind === 'nested');
}

function nestedSettings(config: AwsConfig): readonly NestedSetting[] {
  return blocks(config).flatMap(({ value }) => (value.kind === 'nested' ? value.settings : []));
}

/** Whether the new text is the old one outside of the edits' spans. */
function checkBytes(text: string, edits: readonly Edit[]): string {
  const after = applyEdits(text, edits);
  let kept = '';
  let done = 0;
  for (const { span } of edits) {
    kept += text.slice(done, span.start);
    done = span.end;
  }
  kept += text.slice(done);
  let rest = after;
  let offset = 0;
  for (const { span, newText } of edits) {
    const at = span.start - offset;
    rest = rest.slice(0, at) + rest.slice(at + newText.length);
    offset += span.end - span.start;
  }
  assert.equal(rest, kept);
  return after;
}

const texts = fc.oneof(configText, configLike, mistakenConfig, cornerConfig);
const value = fc.constantFrom('R', 'arn:aws:iam::111122223333:role/a', 'x=y', 'a # b', '"q"', 'é');

const cut = (text: string, { start, end }: Span): string => text.slice(start, end);

/** What a span of several lines says: its lines, trimmed, without the comments among them. */
function linesOf(text: string, span: Span): string {
  const [first = '', ...others] = cut(text, span)
    .split(/\r\n|\n|\r/)
    .map((line) => cut(line, trimmed(line, { start: 0, end: line.length })));
  return [first, ...others.filter((line) => !/^[#;]/.test(line))].join('\n');
}

const isWithin = (inner: Span, outer: Span): boolean => outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end;

function checkSetting(text: string, { span, key, value }: Setting | NestedSetting): void {
  assert.deepEqual([span.start, span.end], [key.span.start, Math.max(value.span.end, key.span.end)]);
  assert.match(text.slice(key.span.end, value.span.start), /^[^=:]*[=:]/);
  if (value.kind === 'text') assert.equal(value.text, linesOf(text, value.span));
  for (const nested of value.kind === 'nested' ? value.settings : []) {
    assert.ok(isWithin(nested.span, value.span));
    assert.equal(nested.key.text, cut(text, nested.key.span));
    checkSetting(text, nested);
  }
}

describe('every span of a config file', () => {
  test('says what the tree has of it', () => {
    let continued = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const { sections, comments, errors } = parseAwsConfig(text);
        const afterMark = text.startsWith('\ufeff') ? 1 : 0;
        for (const comment of comments) {
          const line = { start: Math.max(startOfLine(text, comment.start), afterMark), end: endOfLine(text, comment.start) };
          assert.deepEqual(comment, trimmed(text, line));
          assert.match(cut(text, comment), /^[#;]/);
        }
        // configparser leaves out a stray line, and may take the ones below for more of the value above: their text has a hole.
        const isWhole = errors.every(({ kind }) => kind !== 'stray-line');
        for (const { span, name, settings } of sections) {
          assert.equal(cut(text, { start: span.start, end: name.span.end + 1 }), `[${name.text}]`);
          for (const setting of settings) {
            assert.ok(isWithin(setting.span, span));
            assert.equal(setting.key.text, cut(text, setting.key.span).toLowerCase());
            if (isWhole) checkSetting(text, setting);
            if (setting.value.kind === 'text' && setting.value.text.includes('\n')) continued++;
          }
        }
      }),
      { numRuns: 3000 },
    );
    assert.ok(continued > 200, `only ${continued}`);
  });
});

describe('an edit of a config file', () => {
  test('replaces one value', () => {
    let edited = 0;
    fc.assert(
      fc.property(texts, value, fc.nat(), (text, newText, which) => {
        const config = parseAwsConfig(text);
        const all = nestedSettings(config).filter(({ value: old }) => old.kind === 'text');
        const setting = all[which % Math.max(all.length, 1)];
        if (setting === undefined) return;
        edited++;
        const edit = replaceValue(text, setting, newText);
        assert.deepEqual(edit.span, setting.value.span);
        assert.deepEqual(changeTo(text, setting, newText).edits, [edit]);
        const after = parseAwsConfig(checkBytes(text, [edit]));
        const wanted = values(config);
        const index = nestedSettings(config).indexOf(setting);
        assert.equal(nestedSettings(after)[index]?.value.kind === 'text' && values(after).length, wanted.length);
        const changed = values(after).filter((entry, i) => JSON.stringify(entry) !== JSON.stringify(wanted[i]));
        assert.ok(
          changed.length <= 1 && changed.every(([key, now]) => key === setting.key.text && now === newText),
          JSON.stringify(changed),
        );
        assert.deepEqual(
          after.errors.map(({ kind }) => kind),
          config.errors.map(({ kind }) => kind),
        );
      }),
      { numRuns: 1600 },
    );
    assert.ok(edited > 200, `only ${edited}`);
  });

  test('adds one line to a block', () => {
    let edited = 0;
    fc.assert(
      fc.property(texts, value, fc.nat(), (text, newText, which) => {
        const config = parseAwsConfig(text);
        const block = blocks(config)[which % Math.max(blocks(config).length, 1)];
        const edit = block && addNestedSetting(text, block, 'added', newText);
        if (block === undefined || edit === undefined) return;
        edited++;
        const after = values(parseAwsConfig(checkBytes(text, [edit])));
        const before = values(config);
        const at = after.findIndex(([key, now]) => key === 'added' && now === newText);
        assert.ok(at > 0);
        assert.deepEqual([...after.slice(0, at), ...after.slice(at + 1)], before);
      }),
      { numRuns: 1600 },
    );
    assert.ok(edited > 200, `only ${edited}`);
  });

  test('makes a setting a comment, with all its lines', () => {
    let edited = 0;
    fc.assert(
      fc.property(configText, fc.nat(), (text, which) => {
        const config = parseAwsConfig(text);
        const all = config.sections.flatMap((section) => section.settings);
        const setting = all[which % Math.max(all.length, 1)];
        if (setting === undefined) return;
        edited++;
        const after = parseAwsConfig(checkBytes(text, commentOut(text, setting.span)));
        const gone = 1 + (setting.value.kind === 'nested' ? setting.value.settings.length : 0);
        assert.equal(values(after).length, values(config).length - gone);
      }),
      { numRuns: 600 },
    );
    assert.ok(edited > 200, `only ${edited}`);
  });
});
