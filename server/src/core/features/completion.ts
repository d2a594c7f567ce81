// What can be written at a place of a config file. It works on lines and indentation rather than on what the reader makes of
// them: a line that is being written is seldom one that the AWS CLI would read.

import { endOfLine, indentationAt, insertion, lineEndIn, startOfLine } from '../awsconfig/edit';
import { emrSettings, type KnownSetting, profileSettings, regions } from '../awsconfig/known';
import type { Section, Setting } from '../awsconfig/node';
import { defaults } from '../awsconfig/parse';
import { quotedName, sectionProfile } from '../awsconfig/profiles';
import type { ConfigDocument } from '../document';
import { resolvedProfiles, usedBlocks } from '../emr/block';
import type { AccountFacts } from '../facts/facts';
import type { Surroundings } from '../surroundings';
import type { Edit, Span } from '../text';
import { lastBefore } from './place';
import { instanceProfiles, serviceRoles } from './roleCompletion';

export interface Completion {
  readonly label: string;
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  readonly kind: 'section' | 'setting' | 'value' | 'role' | 'profile';
  /** On the line of the cursor. */
  readonly edit: Edit;
}

interface Line {
  readonly document: ConfigDocument;
  readonly section: Section | undefined;
  readonly start: number;
  readonly offset: number;
  /** Without its end. */
  readonly text: string;
  readonly indentation: string;
}

interface Suggestion extends Omit<Completion, 'edit'> {
  /** What is written, if not the label. */
  readonly text?: string;
}

export function completions(
  document: ConfigDocument,
  offset: number,
  facts: AccountFacts,
  surroundings: Surroundings,
  now?: number,
): readonly Completion[] {
  const line = lineAt(document, offset);
  const content = line.text.trimStart();
  const isBefore = content !== '' && offset < line.start + line.text.length - content.length;
  if (isBefore || /^[#;]/.test(content)) return [];
  if (content.startsWith('[')) return heads(line, surroundings);
  if (line.section === undefined) return [];
  const parent = parentOf(line, line.section);
  const equals = line.text.search(parent === undefined ? /[=:]/ : /=/);
  if (equals === -1 || offset <= line.start + equals) return keys(line, line.section, parent, equals);
  return values(line, parent, equals, facts, surroundings, now);
}

function lineAt(document: ConfigDocument, offset: number): Line {
  const { text, config } = document;
  const start = startOfLine(text, offset);
  const section = lastBefore(config.sections, start - 1);
  return { document, section, start, offset, text: text.slice(start, endOfLine(text, offset)), indentation: indentationAt(text, start) };
}

/** The setting that an indented line continues. */
function parentOf({ document: { text }, start, indentation }: Line, { settings }: Section): Setting | undefined {
  const above = lastBefore(settings, start - 1);
  if (above === undefined) return undefined;
  const outer = indentationAt(text, startOfLine(text, above.key.span.start));
  return indentation.length > outer.length ? above : undefined;
}

function heads(line: Line, { other }: Surroundings): readonly Completion[] {
  const { document, text, start, offset } = line;
  const open = text.indexOf('[') + 1;
  const close = text.indexOf(']', open);
  if (offset < start + open || (close !== -1 && offset > start + close)) return [];
  const span = around({ start: start + open, end: start + (close === -1 ? text.trimEnd().length : close) }, offset);
  const taken = new Set(document.config.sections.map((section) => sectionProfile(section, document.file)));
  const others = [...(other?.profiles.keys() ?? [])].filter((name) => name !== 'default' && !taken.has(name));
  const bracket = close === -1 ? ']' : '';
  const whole = (label: string, detail: string): Suggestion => ({ label, detail, kind: 'section', text: label + bracket });
  const begun = (label: string, detail: string): Suggestion => ({ label, detail, kind: 'section' });
  const suggestions = [
    ...(taken.has('default') ? [] : [whole('default', 'the profile that is taken if none is named')]),
    ...others.map((name) => whole(document.file === 'config' ? `profile ${quotedName(name)}` : name, 'a profile of the other file')),
    ...(document.file === 'config'
      ? [begun('profile ', 'a named profile'), begun('sso-session ', 'a single sign-on'), begun('services ', 'endpoints of services')]
      : []),
  ];
  return suggestions.map((suggestion) => completed(suggestion, span));
}

function keys(line: Line, section: Section, parent: Setting | undefined, equals: number): readonly Completion[] {
  const { document, text, start, offset, indentation } = line;
  const end = start + (equals === -1 ? text.trimEnd().length : text.slice(0, equals).trimEnd().length);
  const span = around({ start: start + indentation.length, end: Math.max(end, start + indentation.length) }, offset);
  const written = equals === -1 ? ' = ' : '';
  if (parent !== undefined) {
    if (parent.key.text !== 'emr' || !isBlock(document, parent)) return [];
    const present = parent.value.kind === 'nested' ? others(parent.value.settings, line) : new Set<string>();
    return Object.entries(emrSettings)
      .filter(([name]) => !present.has(name))
      .map(([name, { what, option }]) =>
        completed({ label: name, detail: option, documentation: what, kind: 'setting', text: name + written }, span),
      );
  }
  if (sectionProfile(section, document.file) === undefined && section.name.text !== defaults) return [];
  const present = others(section.settings, line);
  const below = `${lineEndIn(document.text)}${indentation}    `;
  return [...profileSettings]
    .filter(([name, { belongsIn = document.file }]) => belongsIn === document.file && !present.has(name))
    .map(([name, { what, isBlock: hasBlock }]) =>
      completed({ label: name, documentation: what, kind: 'setting', text: name + (hasBlock && written ? ` =${below}` : written) }, span),
    );
}

/** The names that are there already, on other lines. */
function others(settings: readonly { readonly key: { readonly text: string; readonly span: Span } }[], { start, text }: Line): Set<string> {
  return new Set(settings.filter(({ key }) => key.span.start < start || key.span.start > start + text.length).map(({ key }) => key.text));
}

/** Whether nothing stands on the line of the key after its equals sign. */
function isBlock({ text }: ConfigDocument, { key }: Setting): boolean {
  return /^\s*[=:]\s*$/.test(text.slice(key.span.end, endOfLine(text, key.span.end)));
}

function values(
  line: Line,
  parent: Setting | undefined,
  equals: number,
  facts: AccountFacts,
  surroundings: Surroundings,
  now: number | undefined,
): readonly Completion[] {
  const { start, text, offset, document, section } = line;
  const key = text.slice(0, equals).trim();
  const known = parent === undefined ? profileSettings.get(key.toLowerCase()) : knownNested(document, parent, key);
  if (known?.values === undefined) return [];
  const blanks = /^\s*/.exec(text.slice(equals + 1))?.[0].length ?? 0;
  const from = start + equals + 1 + blanks;
  const span = around({ start: from, end: Math.max(from, start + text.trimEnd().length) }, offset);
  const glue = span.start === start + equals + 1 ? ' ' : '';
  const profile = section && sectionProfile(section, document.file);
  return suggestedValues(known.values, profile, document, facts, surroundings, now).map((suggestion) =>
    completed({ ...suggestion, text: glue + (suggestion.text ?? suggestion.label) }, span),
  );
}

function knownNested(document: ConfigDocument, parent: Setting, key: string): KnownSetting | undefined {
  const isEmr = parent.key.text === 'emr' && isBlock(document, parent);
  return isEmr ? Object.entries(emrSettings).find(([name]) => name === key)?.[1] : undefined;
}

function suggestedValues(
  kind: NonNullable<KnownSetting['values']>,
  profile: string | undefined,
  document: ConfigDocument,
  facts: AccountFacts,
  surroundings: Surroundings,
  now: number | undefined,
): readonly Suggestion[] {
  const of = (labels: readonly string[], as: Completion['kind']): Suggestion[] => labels.map((label) => ({ label, kind: as }));
  if (typeof kind !== 'string') return of(kind, 'value');
  const block = usedBlocks(document, surroundings).find((candidate) => candidate.profile === profile);
  const known = facts.forAccount(block?.account);
  switch (kind) {
    case 'boolean':
      return of(['true', 'false'], 'value');
    case 'region':
      return of(regions, 'value');
    case 'profile':
      return of(
        [...resolvedProfiles(document, surroundings).keys()].filter((name) => name !== profile),
        'profile',
      );
    case 'role':
      return serviceRoles(known, now).map((role) => ({ ...role, kind: 'role' }));
    case 'instance-profile':
      return instanceProfiles(known, now).map((instanceProfile) => ({ ...instanceProfile, kind: 'role' }));
  }
}

/** Editors refuse an edit that does not hold the cursor. */
function around({ start, end }: Span, offset: number): Span {
  return { start: Math.min(start, offset), end: Math.max(end, offset) };
}

function completed({ text, ...suggestion }: Suggestion, span: Span): Completion {
  const newText = text ?? suggestion.label;
  return { ...suggestion, edit: span.start === span.end ? insertion(span.start, newText) : { span, newText } };
}
