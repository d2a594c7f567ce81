// The TextMate grammar against the reader: an editor colours a config file as the AWS CLI reads it.
//
// What a grammar that sees one line at a time, and remembers no more of the lines above than the white space before a setting, cannot
// tell, and the texts here do not have:
// - Depth is counted in characters by the reader; the grammar wants the white space of the setting, and more, before a line that goes
//   on with it. A setting behind a tab whose next line is behind two spaces ends too early.
// - After a line that is neither setting nor section nor comment, or that has nothing before its "=", and above the first section, the
//   file is an error to the AWS CLI, and the grammar colours what follows as if the line were not there or ended the setting.
// - Below `aws_secret_access_key =` and its kin the reader masks every line; the grammar shows an indented block, as the AWS CLI has it.
// - \x1c to \x1f are white space to Python and no white space to Oniguruma; \v, \f, \x1c to \x1e, \x85, \u2028 and \u2029 end a line of
//   an indented block for the AWS CLI and no line of an editor.
// - An editor takes away a byte-order mark; lone surrogates have no UTF-8, in which Oniguruma looks at a line.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import type * as Oniguruma from 'vscode-oniguruma';
import type * as TextMate from 'vscode-textmate';
import type { NestedSetting, Setting } from '../../server/src/core/awsconfig/node';
import { parseAwsConfig } from '../../server/src/core/awsconfig/parse';
import { emrSettingNames } from '../../server/src/core/emr/block';
import { lineIndex, type Span } from '../../server/src/core/text';
import { configText } from '../harness/arbitraries';
import { allFixtures } from '../harness/fixture';
import { inRepository } from '../harness/repository';

const grammarFile = inRepository('syntaxes/aws-config.tmLanguage.json');

/** What a character belongs to; of several scopes, the first of these that is among them says it. */
const kinds = {
  comment: /^comment\./,
  section: /^(keyword\.other\.section-type|entity\.name\.type\.section)\./,
  'emr key': /^support\.type\.property-name\.emr\./,
  key: /^support\.type\.property-name\.aws-config$/,
  'nested key': /^variable\.other\.property\./,
  value: /^(string\.unquoted|constant\.(language\.boolean|numeric))\./,
} as const;
type Kind = keyof typeof kinds;

let grammar: TextMate.IGrammar;

before(async () => {
  // The test runner of grammars brings both packages along.
  const load = createRequire(inRepository('node_modules/vscode-tmgrammar-test/package.json'));
  const oniguruma: typeof Oniguruma = load('vscode-oniguruma');
  const textMate: typeof TextMate = load('vscode-textmate');
  await oniguruma.loadWASM(new Uint8Array(readFileSync(load.resolve('vscode-oniguruma/release/onig.wasm'))).buffer);
  const registry = new textMate.Registry({ onigLib: Promise.resolve(oniguruma), loadGrammar: async () => undefined });
  grammar = await registry.addGrammar(textMate.parseRawGrammar(readFileSync(grammarFile, 'utf8'), grammarFile));
});

/** By offset. */
type Colours = readonly (Kind | undefined)[];

function coloursOfGrammar(text: string): Colours {
  const colours: (Kind | undefined)[] = new Array(text.length).fill(undefined);
  let state: TextMate.StackElement | null = null;
  for (const { start, end } of lines(text)) {
    const result: TextMate.ITokenizeLineResult = grammar.tokenizeLine(text.slice(start, end), state);
    state = result.ruleStack;
    for (const { startIndex, endIndex, scopes } of result.tokens)
      colours.fill(kindOf(scopes), start + startIndex, Math.min(start + endIndex, end));
  }
  return colours;
}

function kindOf(scopes: readonly string[]): Kind | undefined {
  return (Object.keys(kinds) as Kind[]).find((kind) => scopes.some((scope) => kinds[kind].test(scope)));
}

function lines(text: string): Span[] {
  return [...text.matchAll(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g)].map(({ index, 0: line }) => ({
    start: index,
    end: index + line.replace(/[\r\n]+$/, '').length,
  }));
}

function coloursOfReader(text: string): Colours {
  const colours: (Kind | undefined)[] = new Array(text.length).fill(undefined);
  const paint = (kind: Kind, { start, end }: Span): void => void colours.fill(kind, start, end);
  const { sections, comments } = parseAwsConfig(text);
  for (const { name, settings } of sections) {
    paint('section', name.span);
    for (const setting of settings) paintSetting(setting, paint);
  }
  // Last, since a value goes on below a comment.
  for (const comment of comments) paint('comment', comment);
  return colours;
}

function paintSetting({ key, value }: Setting, paint: (kind: Kind, span: Span) => void): void {
  paint('key', key.span);
  if (value.kind !== 'nested') paint('value', value.span);
  for (const nested of value.kind === 'nested' ? value.settings : []) {
    paint(key.text === 'emr' && isOfEmr(nested) ? 'emr key' : 'nested key', nested.key.span);
    paint('value', nested.value.span);
  }
}

function isOfEmr({ key }: NestedSetting): boolean {
  return emrSettingNames.some((name) => name === key.text);
}

/** White space at either end of a line belongs to nothing that can be seen, and is not compared. */
function assertAgreement(text: string): void {
  const found = coloursOfGrammar(text);
  const expected = coloursOfReader(text);
  for (const { start, end } of lines(text)) {
    const line = text.slice(start, end);
    const from = line.search(/\S/);
    for (let i = from; from !== -1 && i < line.trimEnd().length; i++) {
      const [kind, wanted] = [found[start + i], expected[start + i]];
      if (kind === wanted || (/\s/.test(line.charAt(i)) && (kind ?? wanted) === 'section')) continue;
      const { line: number } = lineIndex(text).position(start);
      assert.fail(`line ${number + 1}, "${line}", column ${i + 1}: the reader has ${wanted}, the grammar ${kind}\n${text}`);
    }
  }
}

const names = ['default', 'profile dev', ' profile "my team" ', 'sso-session corp', 'services x', 'a]b', ']', ' ', 'profile', 'k = v', '#'];
const keys = ['region', 'role arn', 'S3', 'emr', 'EMR', 'aws_session_token', '[x', '[]', 'a#b', 'é', 'x"y', '-'];
const words = ['x', 'true', 'FALSE', '42', '-1.5', 'true-5', 'a b\tc', '# no comment', 'a ; b', '[x]', 'k = v', 'k: v', '=', '"🚀"', 'é'];
const nestedKeys = [...emrSettingNames, 'Service_Role', 'max attempts', 'addressing:style', 'aws_secret_access_key', '[x]', ''];

const word = fc.constantFrom(...words);
/** Before a line: of one character in each file, which `ordinaryText` chooses. */
const indent = fc.constantFrom('', ' ', '    ');
const gap = fc.constantFrom('', ' ', '  ', '\t', '\u00a0');
const delimiter = fc.tuple(gap, fc.constantFrom('=', '='), gap).map((parts) => parts.join(''));

/** Lines that may stand anywhere. */
const between = fc.oneof(
  fc.tuple(indent, fc.constantFrom('# c', '; c', '#', '#k = v', ';[x]')).map((parts) => parts.join('')),
  gap,
);

function scattered(line: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string[]> {
  return fc.array(fc.oneof({ weight: 3, arbitrary: line }, { weight: 1, arbitrary: between }), { maxLength });
}

/** The lines of a value below its first; each deeper than the setting. */
function below(line: fc.Arbitrary<string>, indentation: string): fc.Arbitrary<string[]> {
  const deeper = fc.tuple(fc.constantFrom(' ', '    '), line, gap).map((parts) => indentation + parts.join(''));
  return scattered(deeper, 4);
}

const nestedLine = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(fc.constantFrom(...nestedKeys), delimiter, fc.oneof(word, fc.constant(''))).map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.constant('no equals') },
);

function settingLines(indentation: string): fc.Arbitrary<string[]> {
  const head = fc.tuple(fc.constantFrom(...keys), gap, fc.constantFrom('=', ':'), gap).map((parts) => indentation + parts.join(''));
  const text = fc
    .tuple(head, word, gap, below(word, indentation))
    // That is a section, and the lines below it stray.
    .filter(([key, value]) => !(key.includes('[') && value.includes(']')))
    .map(([key, value, end, more]) => [`${key}${value}${end}`, ...more]);
  const block = fc
    .tuple(head, below(nestedLine, indentation))
    .filter(([key]) => !key.includes('token'))
    .map(([key, more]) => [key, ...more]);
  return fc.oneof(text, block);
}

const sectionLines = fc
  .tuple(indent, fc.constantFrom(...names), fc.constantFrom('', ' ', ' x', '# c'), indent)
  .chain(([before, name, after, indentation]) =>
    fc.array(settingLines(indentation), { maxLength: 4 }).map((settings) => [`${before}[${name}]${after}`, ...settings.flat()]),
  );

/** Files with everything that the AWS CLI reads, and little that it does not. */
const ordinaryText = fc
  .tuple(
    fc.array(between, { maxLength: 2 }),
    fc.array(sectionLines, { minLength: 1, maxLength: 4 }),
    fc.constantFrom(' ', '\t', '\u00a0'),
    fc.constantFrom('\n', '\r\n', '\r'),
    fc.boolean(),
  )
  .map(([head, sections, indentation, lineEnd, isClosed]) => {
    const lines = [...head, ...sections.flat()].map((line) => line.replace(/^ +/, ({ length }) => indentation.repeat(length)));
    return lines.join(lineEnd) + (isClosed ? lineEnd : '');
  });

describe('the grammar of AWS config files agrees with the reader', () => {
  const fixtures = allFixtures().filter(({ name, syntax, text }) => {
    const { errors } = parseAwsConfig(text);
    return /^(config|emr)\//.test(name) && syntax === 'aws-config' && errors.every(({ kind }) => kind !== 'setting-before-section');
  });
  test(`in ${fixtures.length} fixtures of rules`, () => {
    assert.ok(fixtures.length > 0);
    for (const { text } of fixtures) assertAgreement(text);
  });

  test('in random files with emr blocks', () => fc.assert(fc.property(configText, assertAgreement), { numRuns: 200 }));
  test('in random files of every kind', () => fc.assert(fc.property(ordinaryText, assertAgreement), { numRuns: 500 }));
});
