// Reads a config file as the AWS CLI does: Python's RawConfigParser (configparser.py, _read), then botocore's parser
// of indented blocks (configloader.py, _parse_nested). Never throws. What makes the CLI refuse the file becomes
// one of the `errors`, and reading goes on, so that an editor can still work with the rest.

import type { Encoding } from '../surroundings';
import type { Span } from '../text';
import type { AwsConfig, ConfigError, ConfigErrorKind, Name, NestedSetting, SecretValue, Setting, TextValue } from './node';

// What Python's str.strip() and \s take for white space. JavaScript's trim() differs: it has no \x1c-\x1f and \x85, and it has \ufeff.
const space = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const isSpace = new RegExp(`^${space}$`);
/** Python's str.splitlines(), less the line ends that the file reader has taken away already. */
const innerLineEnd = /[\v\f\x1c-\x1e\x85\u2028\u2029]/;

const byteOrderMark = '\ufeff';

/** The section whose settings every other one inherits (configparser.py, DEFAULTSECT). */
export const defaults = 'DEFAULT';

const credential = /aws_(access_key_id|secret_access_key|session_token|security_token)|secret|password/;

export function parseAwsConfig(text: string): AwsConfig {
  const comments: Span[] = [];
  const mark = text.startsWith(byteOrderMark) ? [configError('byte-order-mark', { start: 0, end: 1 })] : [];
  const sections: OpenSection[] = [];
  const fatal: ConfigError[] = [];
  const stray: ConfigError[] = [];
  const sectionNames = new Set<string>();
  const defaultKeys = new Set<string>();
  let keys = new Set<string>();
  let section: OpenSection | undefined;
  let setting: OpenSetting | undefined;
  let indent = 0;
  let isHeadless = false;
  const nested = new Map<Setting, readonly ConfigError[]>();
  const hasInnerLines = innerLineEnd.test(text);
  /** At once when the next one begins, so that its lines need not be kept: most of the time of a large file goes into keeping things. */
  const close = (): void => {
    if (setting === undefined || section === undefined) return;
    const errors: ConfigError[] = [];
    const closed = closeSetting(text, setting, hasInnerLines, errors);
    if (errors.length > 0) nested.set(closed, errors);
    section.settings.push(closed);
    setting = undefined;
  };

  for (let start = mark.length, next = start; start < text.length; start = next) {
    const end = endOfLine(text, start);
    next = end + (text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? 2 : 1);
    const content = between(text, start, end);
    const first = text[content.start];
    if (content.start < content.end && (first === '#' || first === ';')) {
      comments.push(content);
      continue;
    }
    if (content.start === content.end) {
      setting?.lines.push(content);
      continue;
    }
    const depth = content.start - start;
    if (setting !== undefined && setting.key.text !== '' && depth > indent) {
      setting.lines.push(content);
      extend(section, content.end);
      continue;
    }
    indent = depth;
    const header = sectionName(text, content);
    if (header !== undefined) {
      if (sectionNames.has(header.text)) fatal.push(configError('duplicate-section', content));
      if (header.text !== defaults) sectionNames.add(header.text);
      // What a second section of the name repeats is no error of its own; that of [DEFAULT] is the first one, going on.
      keys = header.text === defaults ? defaultKeys : new Set();
      close();
      section = { span: { ...content }, name: header, settings: [] };
      sections.push(section);
      continue;
    }
    const delimiter = firstDelimiter(text, content);
    if (section === undefined) {
      // One is enough to say: the same head above all of them mends them all.
      if (!isHeadless) fatal.push(configError('setting-before-section', content));
      isHeadless = true;
      continue;
    }
    extend(section, content.end);
    if (delimiter === undefined) {
      // configparser notes the line and goes on; what follows may still continue the setting before it.
      stray.push(configError('stray-line', content));
      continue;
    }
    const key = between(text, content.start, delimiter);
    close();
    setting = {
      key: { span: key, text: text.slice(key.start, key.end).toLowerCase() },
      lines: [between(text, delimiter + 1, content.end)],
    };
    if (setting.key.text === '') stray.push(configError('stray-line', content));
    if (keys.has(setting.key.text)) fatal.push(configError('duplicate-setting', key.start < key.end ? key : content));
    keys.add(setting.key.text);
  }
  close();

  const readNested = nested.size === 0 ? [] : inReadingOrder(sections, nested);
  const [first, ...others] = [...mark, ...fatal, ...stray, ...readNested];
  const errors = first === undefined ? [] : [first, ...others.sort((a, b) => a.span.start - b.span.start)];
  return { sections, comments, errors };
}

/**
 * Indented blocks are taken apart section by section, each with its own settings first and then what it inherits; a block that every
 * section replaces, or none inherits, never is (configloader.py, raw_config_parse; configparser.py, options).
 */
function inReadingOrder(sections: readonly OpenSection[], errors: ReadonlyMap<Setting, readonly ConfigError[]>): ConfigError[] {
  const inherited = sections.filter(({ name }) => name.text === defaults).flatMap(({ settings }) => settings);
  const waiting = new Set(inherited.filter((setting) => errors.has(setting)));
  const order: Setting[] = [];
  for (const { name, settings } of sections) {
    if (name.text === defaults) continue;
    for (const setting of settings) if (errors.has(setting)) order.push(setting);
    if (waiting.size === 0) continue;
    const own = new Set(settings.map(({ key }) => key.text));
    for (const setting of waiting) {
      if (own.has(setting.key.text)) continue;
      order.push(setting);
      waiting.delete(setting);
    }
  }
  return order.flatMap((setting) => errors.get(setting) ?? []);
}

interface OpenSection {
  readonly span: { start: number; end: number };
  readonly name: Name;
  readonly settings: Setting[];
}

interface OpenSetting {
  readonly key: Name;
  /** Of the value: the rest of the first line, then each continuation line, trimmed; blank lines are empty spans. */
  readonly lines: Span[];
}

function closeSetting(text: string, { key, lines }: OpenSetting, hasInnerLines: boolean, errors: ConfigError[]): Setting {
  const isFilled = (line: Span | undefined): line is Span => line !== undefined && line.start < line.end;
  const first = lines.findIndex(isFilled);
  let last = lines.length - 1;
  while (last >= 0 && !isFilled(lines[last])) last--;
  const start = lines[Math.max(first, 0)]?.start ?? key.span.end;
  const valueSpan = { start, end: lines[last]?.end ?? start };
  const span = { start: key.span.start, end: valueSpan.end };
  if (credential.test(key.text)) return { span, key, value: { kind: 'secret', span: valueSpan } };
  if (first <= 0) return { span, key, value: { kind: 'text', span: valueSpan, text: joined(text, lines, last) } };
  const settings: NestedSetting[] = [];
  for (const line of lines) {
    if (isFilled(line)) for (const inner of hasInnerLines ? innerLines(text, line) : [line]) addNested(text, inner, settings, errors);
  }
  return { span, key, value: { kind: 'nested', span: valueSpan, settings } };
}

/** A value as configparser has it: without its blank lines at the end. */
function joined(text: string, lines: readonly Span[], last: number): string {
  const [only] = lines;
  if (only !== undefined && last <= 0) return text.slice(only.start, only.end);
  return lines
    .slice(0, last + 1)
    .map((line) => text.slice(line.start, line.end))
    .join('\n');
}

function addNested(text: string, line: Span, settings: NestedSetting[], errors: ConfigError[]): void {
  const equals = indexOfEquals(text, line);
  if (equals === undefined) {
    errors.push(configError('nested-line-without-equals', line));
    return;
  }
  const keySpan = between(text, line.start, equals);
  const valueSpan = between(text, equals + 1, line.end);
  const key = text.slice(keySpan.start, keySpan.end);
  const value: TextValue | SecretValue = credential.test(key)
    ? { kind: 'secret', span: valueSpan }
    : { kind: 'text', span: valueSpan, text: text.slice(valueSpan.start, valueSpan.end) };
  settings.push({ span: line, key: { span: keySpan, text: key }, value });
}

function indexOfEquals(text: string, { start, end }: Span): number | undefined {
  for (let i = start; i < end; i++) if (text.charCodeAt(i) === 61) return i;
  return undefined;
}

/** The header is greedy: everything up to the last `]` of the line (configparser.py, SECTCRE). */
function sectionName(text: string, line: Span): Name | undefined {
  if (text[line.start] !== '[') return undefined;
  // In the line, not in the text: without a bracket, that would be looked for back to the start of the file.
  const close = text.slice(line.start, line.end).lastIndexOf(']');
  if (close <= 1) return undefined;
  const span = { start: line.start + 1, end: line.start + close };
  return { span, text: text.slice(span.start, span.end) };
}

function firstDelimiter(text: string, line: Span): number | undefined {
  for (let i = line.start; i < line.end; i++) {
    const code = text.charCodeAt(i);
    if (code === 61 || code === 58) return i;
  }
  return undefined;
}

/** Lines end with \n, \r\n and \r (Python's universal newlines). */
function endOfLine(text: string, start: number): number {
  let end = start;
  for (let code = text.charCodeAt(end); end < text.length && code !== 10 && code !== 13; code = text.charCodeAt(end)) end++;
  return end;
}

function innerLines(text: string, line: Span): Span[] {
  const lines: Span[] = [];
  let start = line.start;
  for (let i = line.start; i <= line.end; i++) {
    if (i < line.end && !innerLineEnd.test(text.charAt(i))) continue;
    const inner = between(text, start, i);
    if (inner.start < inner.end) lines.push(inner);
    start = i + 1;
  }
  return lines;
}

/** Without white space at its ends, as Python has it. */
export function trimmed(text: string, { start, end }: Span): Span {
  return between(text, start, end);
}

function between(text: string, from: number, to: number): Span {
  let start = from;
  let end = to;
  while (start < end && isSpaceAt(text, start)) start++;
  while (end > start && isSpaceAt(text, end - 1)) end--;
  return { start, end };
}

function isSpaceAt(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  if (code > 0x20 && code < 0x80) return false;
  return isSpace.test(text.charAt(offset));
}

function extend(section: OpenSection | undefined, end: number): void {
  if (section !== undefined) section.span.end = end;
}

/**
 * What the bytes on disk have wrong, before anything that their text says: Python's decoder stops first.
 *
 * @param text as an editor shows it, with or without its byte-order mark.
 */
export function encodingError(text: string, encoding: Encoding | undefined): ConfigError | undefined {
  if (encoding === undefined || encoding === 'utf-8') return undefined;
  if (encoding === 'utf-8-with-mark') return configError('byte-order-mark', { start: 0, end: Math.min(1, text.length) });
  const at = encoding === 'not-utf-8' ? Math.max(0, text.indexOf('\ufffd')) : 0;
  return configError(encoding, { start: at, end: Math.min(at + 1, text.length) });
}

const errorMessages: Readonly<Record<ConfigErrorKind, string>> = {
  'utf-16': 'The file is written in UTF-16.',
  'not-utf-8': 'The file has bytes that are not UTF-8.',
  'byte-order-mark': 'The file begins with a byte-order mark.',
  'duplicate-section': 'The section stands in the file twice.',
  'duplicate-setting': 'The setting stands in its section twice.',
  'nested-line-without-equals': 'A line of an indented block has no "=".',
  'setting-before-section': 'A line stands before the first [section].',
  'stray-line': 'A line is neither a [section], a comment, nor "key = value".',
};

function configError(kind: ConfigErrorKind, span: Span): ConfigError {
  return { kind, span, message: errorMessages[kind] };
}
