// Rule fixtures: a file to lint, with comments below its lines that say what must be found there.
//
//   // facts: account.json           directives, at the top: a file of test/fixtures/facts (any number of them), and
//   // fix: Trust EMR                a part of the title of the fix to be taken (else the first one of each finding)
//   # other: with-emr.ini            of a config file: a file of test/fixtures/other that is the credentials file beside it
//   # encoding: utf-16               how its bytes are written, where that is not UTF-8
//   # key: /keys/a.pem missing       what the machine says of a private key
//   // role: EtlRole runtime         what the project says that a role is for
//   # config: dev.ini                of a script: a file of test/fixtures/other that is the user's config file
//     "Statement": [
//   //^^^^^^^^^^^ policy/missing-version: no Version
//
// The marker (`//` in JSON, `#` elsewhere) stands in column 0. Where lines are continued, these lines would end a command if they were not
// taken out. Carets cover exactly the columns of the span on the
// line above; `^^^…` covers the rest of a line for a span that goes on below it. A span that begins below the marker
// itself is written `<---`, from column 0 on and as long as that; each dot before it, `.<---`, moves it one column on.
// After the rule id comes, if anything, `: ` and a part of the message. These lines are taken out before linting.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, extname, join, relative } from 'node:path';
import { type Document, parseDocument, type Syntax, syntaxOf } from '../../server/src/core/document';
import { isRoleKind, type RoleKind } from '../../server/src/core/emr/roleKind';
import { type AccountFacts, accountFacts } from '../../server/src/core/facts/facts';
import type { Finding, Fix } from '../../server/src/core/finding';
import { lint } from '../../server/src/core/lint';
import { ruleById } from '../../server/src/core/rules/index';
import { defaultSettings, type Settings } from '../../server/src/core/settings';
import type { Encoding, KeyPairFile, Surroundings } from '../../server/src/core/surroundings';
import { applyEdits, lineIndex, type Span } from '../../server/src/core/text';
import { snapshot, usesOf } from './account';
import { catalog } from './catalog';
import { inRepository } from './repository';

export interface Fixture {
  /** Below test/fixtures/rules, with slashes: group/rule/name.ext. */
  readonly name: string;
  /** The rule in whose folder it stands. */
  readonly rule: string;
  readonly file: string;
  readonly syntax: Syntax;
  /** The path that the text is said to have. */
  readonly path: string;
  /** Without directives and expectations. */
  readonly text: string;
  readonly expectations: readonly Expectation[];
  readonly factsFiles: readonly string[];
  readonly fixTitles: readonly string[];
  readonly surroundings: Surroundings;
  /** What the project says that roles are for, by their names. */
  readonly roleKinds: Readonly<Record<string, RoleKind>>;
}

export interface Expectation {
  readonly rule: string;
  readonly line: number;
  readonly column: number;
  /** Of the part on that line. */
  readonly length: number;
  /** Whether the span goes on below that line. */
  readonly continues: boolean;
  /** A part of the message. */
  readonly message: string | undefined;
}

const rulesFolder = 'test/fixtures/rules';
const fixtureName = /\.(json|ini|sh|md|mk|yml)$/;

export function allFixtures(): readonly Fixture[] {
  const root = inRepository(rulesFolder);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && fixtureName.test(entry.name) && !entry.name.includes('.fixed.'))
    .map((entry) => readFixture(join(entry.parentPath, entry.name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The goldens that are there, as the fixtures' names would be. */
export function allGoldens(): readonly string[] {
  const root = inRepository(rulesFolder);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.includes('.fixed.'))
    .map((entry) => nameOf(join(entry.parentPath, entry.name)).replace('.fixed.', '.'));
}

function readFixture(file: string): Fixture {
  const isJson = extname(file) === '.json';
  const isConfig = extname(file) === '.ini';
  const path = isConfig ? `/home/u/.aws/${file.endsWith('.credentials.ini') ? 'credentials' : 'config'}` : `/project/${basename(file)}`;
  const syntax = syntaxOf(path);
  assert.ok(syntax !== undefined, `${file}: no syntax`);
  const name = nameOf(file);
  const rule = name.slice(0, name.lastIndexOf('/'));
  return { name, rule, file, syntax, path, ...parseFixture(readFileSync(file, 'utf8'), isJson ? '//' : '#') };
}

function nameOf(file: string): string {
  return relative(inRepository(rulesFolder), file).replaceAll('\\', '/');
}

type Marker = '//' | '#';

/** Takes the directives and the expectations out of a fixture's source. */
export function parseFixture(
  source: string,
  marker: Marker,
): Pick<Fixture, 'text' | 'expectations' | 'factsFiles' | 'fixTitles' | 'surroundings' | 'roleKinds'> {
  const kept: string[] = [];
  const expectations: Expectation[] = [];
  const given = new Map<string, string[]>();
  for (const line of source.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? []) {
    const content = line.replace(/[\r\n]+$/, '');
    const comment = content.startsWith(marker) ? content.slice(marker.length) : undefined;
    const directive =
      kept.length === 0 && comment !== undefined ? /^ (facts|fix|other|encoding|key|role|config): (.+)$/.exec(comment) : null;
    if (directive !== null) {
      const [, name = '', value = ''] = directive;
      given.set(name, [...(given.get(name) ?? []), value.trim()]);
      continue;
    }
    const expectation = comment === undefined ? undefined : parseExpectation(comment, marker.length, kept.length - 1);
    if (expectation === undefined) kept.push(line);
    else expectations.push(expectation);
  }
  return {
    text: kept.join(''),
    expectations,
    factsFiles: given.get('facts') ?? [],
    fixTitles: given.get('fix') ?? [],
    surroundings: surroundingsGiven(given),
    roleKinds: Object.fromEntries((given.get('role') ?? []).map(roleKindGiven)),
  };
}

function roleKindGiven(value: string): readonly [string, RoleKind] {
  const [name = '', kind] = value.split(' ');
  assert.ok(isRoleKind(kind), `no kind of role: ${kind}`);
  return [name, kind];
}

function surroundingsGiven(given: ReadonlyMap<string, readonly string[]>): Surroundings {
  const [other] = given.get('other') ?? [];
  const document = other && parseDocument(readFileSync(inRepository('test/fixtures/other', other), 'utf8'), 'aws-credentials');
  const [config] = given.get('config') ?? [];
  const [encoding] = given.get('encoding') ?? [];
  assert.ok(isEncoding(encoding), `no encoding: ${encoding}`);
  return {
    encoding,
    other: document && document.kind === 'config' ? document : undefined,
    aws: configFilesOf(config && readFileSync(inRepository('test/fixtures/other', config), 'utf8')),
    keyPairFiles: new Map(
      (given.get('key') ?? []).map((value) => {
        const [path = '', state = ''] = value.split(' ');
        assert.ok(isKeyPairFile(state), `no state of a private key: ${state}`);
        return [path, state];
      }),
    ),
  };
}

/** The user's config file, without a credentials file. */
export function configFilesOf(text: string | undefined): Surroundings['aws'] {
  const document = text === undefined ? undefined : parseDocument(text, 'aws-config');
  return document?.kind === 'config' ? { config: document, credentials: undefined } : undefined;
}

function isEncoding(text: string | undefined): text is Encoding | undefined {
  return text === undefined || ['utf-8', 'utf-8-with-mark', 'utf-16', 'not-utf-8'].includes(text);
}

function isKeyPairFile(text: string): text is KeyPairFile {
  return ['fine', 'missing', 'open-to-others'].includes(text);
}

/** @param comment what stands after the marker. */
function parseExpectation(comment: string, markerLength: number, line: number): Expectation | undefined {
  const carets = /^([ \t]*)(\^+)(…?)[ \t]+([\w-]+\/[\w-]+)(?:: (.*))?$/u.exec(comment);
  const arrow = carets === null ? /^(\.*)(<-*)(…?)[ \t]+([\w-]+\/[\w-]+)(?:: (.*))?$/u.exec(comment) : null;
  const match = carets ?? arrow;
  if (match === null) {
    assert.doesNotMatch(comment, /^[ \t]*\^|^\.*<-/, `not an expectation, though it looks like one: ${comment}`);
    return undefined;
  }
  assert.ok(line >= 0, `there is no line above: ${comment}`);
  const [, before = '', marks = '', more = '', rule = '', message] = match;
  const column = before.length + (carets === null ? 0 : markerLength);
  return { rule, line, column, length: marks.length, continues: more !== '', message };
}

export function documentOf({ text, syntax }: Fixture): Document {
  return parseDocument(text, syntax);
}

export function factsOfFixture(fixture: Fixture): AccountFacts {
  return accountFacts(fixture.factsFiles.map((file) => snapshot(readFileSync(inRepository('test/fixtures/facts', file), 'utf8'), file)));
}

/** They say of nearly every emr block what is worth knowing, even where nothing is wrong: on in their own fixtures and examples alone. */
const speakEverywhere = ['emr/deprecated-managed-policy', 'emr/use-default-roles', 'emr/v2-tags'];

/** With which a rule is tried out. */
export function settingsFor(rule: string): Settings {
  const profile = ruleById.get(rule)?.profile;
  return { ...defaultSettings, profile, rules: new Map(speakEverywhere.filter((id) => id !== rule).map((id) => [id, 'off'])) };
}

export function findingsOf(fixture: Fixture): readonly Finding[] {
  const document = documentOf(fixture);
  assert.notEqual(document.kind, 'refused', `${fixture.name} was not looked at`);
  return lint(document, {
    settings: settingsFor(fixture.rule),
    catalog: catalog(),
    facts: factsOfFixture(fixture),
    uses: usesOf(fixture.roleKinds),
    surroundings: fixture.surroundings,
  });
}

/** Fails unless exactly the expected findings are made. */
export function checkFindings(fixture: Fixture, findings: readonly Finding[]): void {
  const difference = differences(fixture, findings);
  assert.ok(difference === '', `${fixture.name}\n${difference}`);
}

/** Nothing where all is as expected; else the lines concerned, with `-` for what was expected and `+` for what was found. */
export function differences(fixture: Pick<Fixture, 'text' | 'expectations' | 'syntax'>, findings: readonly Finding[]): string {
  const marker = markerOf(fixture.syntax);
  const open = [...fixture.expectations];
  const extra: (readonly [Finding, Expectation])[] = [];
  for (const finding of findings) {
    const found = asExpectation(fixture.text, finding);
    const index = open.findIndex((expected) => meets(expected, found));
    if (index === -1) extra.push([finding, found]);
    else open.splice(index, 1);
  }
  const index = lineIndex(fixture.text);
  const lines = [...new Set([...open.map(({ line }) => line), ...extra.map(([, { line }]) => line)])].sort((a, b) => a - b);
  return lines
    .flatMap((line) => [
      `${String(line + 1).padStart(4)} | ${index.line(line)}`,
      ...open.filter((expected) => expected.line === line).map((expected) => `     - ${renderExpectation(expected, marker)}`),
      ...extra.filter(([, found]) => found.line === line).map(([, found]) => `     + ${renderExpectation(found, marker)}`),
    ])
    .join('\n');
}

function meets(expected: Expectation, found: Expectation): boolean {
  return (
    expected.rule === found.rule &&
    expected.line === found.line &&
    expected.column === found.column &&
    expected.length === found.length &&
    expected.continues === found.continues &&
    (found.message ?? '').includes(expected.message ?? '')
  );
}

/** The expectation that only this finding meets. */
export function asExpectation(text: string, { rule, span, message }: Pick<Finding, 'rule' | 'span' | 'message'>): Expectation {
  const index = lineIndex(text);
  const { line, column } = index.position(span.start);
  const onLine = Math.max(0, index.line(line).length - column);
  const length = span.end - span.start;
  return { rule, line, column, length: Math.min(length, onLine), continues: length > onLine, message };
}

export function renderExpectation({ rule, column, length, continues, message }: Expectation, marker: Marker): string {
  const more = continues ? '…' : '';
  const marks =
    column < marker.length
      ? `${'.'.repeat(column)}<${'-'.repeat(Math.max(0, length - 1))}`
      : `${' '.repeat(column - marker.length)}${'^'.repeat(length)}`;
  return `${marker}${marks}${more} ${rule}${message === undefined ? '' : `: ${message}`}`;
}

export function markerOf(syntax: Syntax): Marker {
  return syntax === 'json' || syntax === 'jsonc' ? '//' : '#';
}

/** The text after the chosen fix of every finding; nothing where no finding offers a fix. */
export function fixedText(
  { text, fixTitles, name }: Pick<Fixture, 'text' | 'fixTitles' | 'name'>,
  findings: readonly Finding[],
): string | undefined {
  const titles = findings.flatMap(({ fixes }) => fixes.map(({ title }) => title));
  for (const wanted of fixTitles) {
    assert.ok(
      titles.some((title) => title.includes(wanted)),
      `${name}: no fix has "${wanted}" in its title, only: ${titles.join('; ')}`,
    );
  }
  const chosen = findings.flatMap(({ fixes }) => chosenFix(fixes, fixTitles) ?? []);
  return chosen.length === 0
    ? undefined
    : applyEdits(
        text,
        chosen.flatMap(({ edits }) => edits),
      );
}

function chosenFix(fixes: readonly Fix[], titles: readonly string[]): Fix | undefined {
  return fixes.find(({ title }) => titles.some((wanted) => title.includes(wanted))) ?? fixes[0];
}

/** Compares with `<name>.fixed.<ext>`, or writes it if the environment says UPDATE_GOLDENS=1. */
export function checkGolden(fixture: Fixture, findings: readonly Finding[]): void {
  const golden = goldenFile(fixture);
  const fixed = fixedText(fixture, findings);
  if (process.env['UPDATE_GOLDENS'] === '1') {
    if (fixed !== undefined) writeFileSync(golden, fixed);
    else if (existsSync(golden)) rmSync(golden);
    return;
  }
  if (fixed === undefined) {
    assert.ok(!existsSync(golden), `${golden} exists, but no finding of ${fixture.name} offers a fix`);
    return;
  }
  assert.ok(existsSync(golden), `${golden} is missing: run the tests with UPDATE_GOLDENS=1 and review what they write`);
  assert.equal(fixed, readFileSync(golden, 'utf8'), `the fixed text of ${fixture.name}`);
}

export function goldenFile({ file }: Fixture): string {
  const extension = extname(file);
  return `${file.slice(0, -extension.length)}.fixed${extension}`;
}

/** A span is inside a text, and not turned round. */
export function isInside(span: Span, text: string): boolean {
  return Number.isInteger(span.start) && Number.isInteger(span.end) && 0 <= span.start && span.start <= span.end && span.end <= text.length;
}
