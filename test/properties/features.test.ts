// Whatever the text and wherever the cursor: nothing throws, every place is inside the text, and what an editor asks of an answer holds.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type ConfigDocument, parseDocument } from '../../server/src/core/document';
import { completions } from '../../server/src/core/features/completion';
import { foldingRanges } from '../../server/src/core/features/folding';
import { format } from '../../server/src/core/features/format';
import { hover } from '../../server/src/core/features/hover';
import { definition, nameAt, references, rename } from '../../server/src/core/features/profileNames';
import { type OutlineSymbol, symbols } from '../../server/src/core/features/symbols';
import { semanticTokens } from '../../server/src/core/features/tokens';
import { lint } from '../../server/src/core/lint';
import { defaultSettings } from '../../server/src/core/settings';
import { applyEdits, isWithin, type Span, withoutOverlaps } from '../../server/src/core/text';
import { anyText, configLike, configText, mistakenConfig, someFacts, someSurroundings } from '../harness/arbitraries';
import { isInside } from '../harness/fixture';

const secret = 'hunter2';

/** Python and JavaScript disagree about the white space here. */
const blanks = fc
  .array(fc.constantFrom('[default]', 'x = a', 'emr =', ' service_role=R', '# c', '\x85', '\x1c', '\u00a0', '\ufeff', '\n', '\n', ' '), {
    maxLength: 25,
  })
  .map((parts) => parts.join(''));

const documents: fc.Arbitrary<ConfigDocument> = fc
  .tuple(
    fc.oneof(anyText, configLike, mistakenConfig, configText, blanks),
    fc.constantFrom('aws-config' as const, 'aws-credentials' as const),
  )
  .map(([text, syntax]) => {
    const document = parseDocument(text, syntax);
    assert.ok(document.kind === 'config');
    return document;
  });

/** Heads in every spelling, and names that are used. */
const named: fc.Arbitrary<ConfigDocument> = fc
  .tuple(
    fc.array(
      fc.constantFrom(
        ...['[profile dev]', '[profile "my team"]', "[profile\t'x y' ] # c", '[profile d"e"v]', '[profile a\\ ]', '[profiles ops]'],
        ...['[profile\\ x y]', '[profile\u00a0x y]', '[profile z\u00a0]', '[default]', '[profile default]', '[DEFAULT]', '[dev]'],
        ...['source_profile = dev', 'source_profile=my team', 'Source_Profile : ops', 'region = dev', '  source_profile = dev', ''],
      ),
      { minLength: 2, maxLength: 10 },
    ),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([lines, lineEnd]) => {
    const document = parseDocument(lines.join(lineEnd), 'aws-config');
    assert.ok(document.kind === 'config');
    return document;
  });

const newNames = fc.oneof(fc.constantFrom('prod', 'my team', 'new team', "it's", 'a#b', 'a\\b', 'default', ''), anyText);

/** Where a section or a `source_profile` has a name. */
function nameOffset({ config }: ConfigDocument, cursor: number): number | undefined {
  const places = config.sections.flatMap(({ name, settings }) => [
    name.span.end,
    ...settings.filter(({ key }) => key.text === 'source_profile').map(({ value }) => value.span.start),
  ]);
  return places[Math.floor(cursor * places.length)];
}

/** What the AWS CLI sees of each profile, whatever its name; the names that `swap` knows are changed in `source_profile`. */
function seen({ profiles }: ConfigDocument, swap = (text: unknown): unknown => text): unknown {
  return [...profiles.values()].map((profile) =>
    [...profile.settings()].map(([key, { value }]) => {
      const text = value.kind === 'text' ? value.text : value.kind;
      return [key, key === 'source_profile' ? swap(text) : text];
    }),
  );
}

const cursors = fc.double({ min: 0, max: 1, noNaN: true });

function offsetIn({ text }: ConfigDocument, cursor: number): number {
  return Math.round(cursor * text.length);
}

/** Whether a text holds a credential that the reader did not keep. */
function isLeaked(text: string, { config }: ConfigDocument): boolean {
  return text.includes(secret) && !JSON.stringify(config).includes(secret);
}

function checkInside(span: Span, { text }: ConfigDocument): void {
  assert.ok(isInside(span, text), `${JSON.stringify(span)} of ${text.length}`);
}

describe('in any config file', () => {
  test('outline, folding and tokens stand inside the text', () => {
    const checkSymbol = (document: ConfigDocument, { span, selection, name, detail, children }: OutlineSymbol): void => {
      checkInside(span, document);
      assert.ok(isWithin(selection, span), `the selection of ${name}`);
      assert.ok(name.trim() !== '' && !isLeaked(detail, document));
      for (const child of children) checkSymbol(document, child);
    };
    fc.assert(
      fc.property(documents, (document) => {
        for (const symbol of symbols(document)) checkSymbol(document, symbol);
        for (const { span } of foldingRanges(document)) checkInside(span, document);
        let last = 0;
        for (const { span } of semanticTokens(document)) {
          checkInside(span, document);
          assert.ok(last <= span.start && span.start < span.end, `tokens overlap at ${span.start}`);
          assert.doesNotMatch(document.text.slice(span.start, span.end), /[\r\n]/);
          last = span.end;
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('hovers and completions are about the cursor', () => {
    fc.assert(
      fc.property(documents, cursors, someFacts, someSurroundings, (document, cursor, facts, surroundings) => {
        const offset = offsetIn(document, cursor);
        const findings = lint(document, { settings: defaultSettings, facts, surroundings });
        const hovered = hover(document, offset, findings, { facts, surroundings });
        if (hovered !== undefined) {
          checkInside(hovered.span, document);
          assert.ok(hovered.span.start <= offset && offset <= hovered.span.end && !isLeaked(hovered.markdown, document));
        }
        for (const { label, edit } of completions(document, offset, facts, surroundings)) {
          checkInside(edit.span, document);
          // Editors refuse an edit that does not hold the cursor, or goes over several lines.
          assert.ok(edit.span.start <= offset && offset <= edit.span.end, `${label} is written elsewhere`);
          assert.doesNotMatch(document.text.slice(edit.span.start, edit.span.end), /[\r\n]/);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('names are where they are said to be, and a rename changes nothing else', () => {
    let renamed = 0;
    fc.assert(
      fc.property(fc.oneof(named, named, documents), cursors, newNames, someSurroundings, (document, cursor, newName, surroundings) => {
        const offset = nameOffset(document, cursor) ?? offsetIn(document, cursor);
        const { other } = surroundings;
        const places = [...definition(document, offset, surroundings), ...references(document, offset, surroundings, true)];
        for (const { file, span } of places) checkInside(span, file === 'here' ? document : (other ?? document));
        const name = nameAt(document, offset)?.text;
        assert.equal(name === undefined, references(document, offset, surroundings, true).length === 0);
        const result = rename(document, offset, newName, surroundings);
        if (!result.ok || name === undefined) return;
        if (result.here.length > 0) renamed++;
        for (const { span } of result.here) checkInside(span, document);
        const after = parseDocument(applyEdits(document.text, result.here), document.syntax);
        assert.ok(after.kind === 'config');
        const swap = (text: unknown): unknown => (text === name ? newName : text);
        assert.deepEqual([...after.profiles.keys()], [...document.profiles.keys()].map(swap));
        assert.deepEqual(seen(after), seen(document, swap));
      }),
      { numRuns: 1500 },
    );
    assert.ok(renamed > 150, `only ${renamed} names were changed`);
  });

  test('the edits of the formatter do not touch one another', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const edits = format(document, { indentation: '    ' });
        for (const { span } of edits) checkInside(span, document);
        const starts = new Set(edits.map(({ span }) => span.start));
        assert.ok(starts.size === edits.length && withoutOverlaps(edits).length === edits.length);
        const after = parseDocument(applyEdits(document.text, edits), document.syntax);
        assert.ok(after.kind === 'config');
        assert.deepEqual(format(after, { indentation: '    ' }), []);
      }),
      { numRuns: 1500 },
    );
  });
});
