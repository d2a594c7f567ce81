// Formatting of a config file. It changes nothing that the AWS CLI sees: the reader looks at the result, and if it sees anything
// else than before, nothing is changed at all.

import { endOfLine, lineEndIn } from '../awsconfig/edit';
import type { AwsConfig, NestedSetting, SecretValue, Setting, TextValue } from '../awsconfig/node';
import { parseAwsConfig, trimmed } from '../awsconfig/parse';
import type { ConfigDocument } from '../document';
import { applyEdits, type Edit, type Span } from '../text';

interface FormatOptions {
  /** Of one level. */
  readonly indentation: string;
}

/** One edit for each line that changes; none for a file that the CLI cannot read. */
export function format({ text, config }: ConfigDocument, { indentation }: FormatOptions): readonly Edit[] {
  if (config.errors.length > 0) return [];
  const lines = linesOf(text);
  const wanted = contents(text, config, indentation);
  const edits: Edit[] = [];
  const blanks: Line[] = [];
  let above: 'nothing' | 'comment' | 'other' = 'nothing';
  for (const line of lines) {
    const found = wanted.get(line.content);
    if (found === undefined && line.content === line.contentEnd) {
      blanks.push(line);
      continue;
    }
    edits.push(...blankLines(text, blanks, above === 'nothing', found?.isInValue === true));
    // A comment right above a heading belongs to it.
    const gap = found?.isHead === true && blanks.length === 0 && above === 'other' ? lineEndBefore(text, line.start) : '';
    blanks.length = 0;
    above = found?.isComment === true ? 'comment' : 'other';
    const newText = gap + (found === undefined ? text.slice(line.start, line.contentEnd) : found.text);
    if (newText !== text.slice(line.start, line.end)) edits.push({ span: { start: line.start, end: line.end }, newText });
  }
  edits.push(...finalBlanks(text, blanks, lines));
  return isSame(text, config, applyEdits(text, edits)) ? edits : [];
}

interface Line extends Span {
  /** Where its first character that is no white space stands; its end for a blank line. */
  readonly content: number;
  readonly contentEnd: number;
  /** The end with the line end. */
  readonly stop: number;
}

interface Content {
  readonly text: string;
  readonly isHead?: true;
  readonly isComment?: true;
  /** A later line of a value that goes over several: the blank lines before it belong to the value. */
  readonly isInValue?: true;
}

/** What each line should be, by where its content begins. */
function contents(text: string, { sections, comments }: AwsConfig, indentation: string): ReadonlyMap<number, Content> {
  const wanted = new Map<number, Content>();
  const blocks: Span[] = [];
  for (const section of sections) {
    wanted.set(section.span.start, { text: restOfLine(text, section.span.start), isHead: true });
    for (const setting of section.settings) {
      wanted.set(setting.span.start, { text: firstLine(text, setting) });
      if (setting.value.kind === 'nested') {
        blocks.push(setting.span);
        for (const nested of setting.value.settings) wanted.set(nested.span.start, { text: indentation + nestedLine(text, nested) });
      } else {
        for (const [at, line] of laterLines(text, setting)) wanted.set(at, { text: indentation + line, isInValue: true });
      }
    }
  }
  let block = 0;
  for (const { start, end } of comments) {
    while ((blocks[block]?.end ?? Number.POSITIVE_INFINITY) < start) block++;
    const isInside = (blocks[block]?.start ?? Number.POSITIVE_INFINITY) < start;
    const outer = isInside ? indentation : (/[^\r\n]*$/.exec(text.slice(Math.max(0, start - 200), start))?.[0] ?? '');
    wanted.set(start, { text: outer + text.slice(start, end), isComment: true });
  }
  return wanted;
}

function firstLine(text: string, { key, value }: Setting): string {
  const rest = restOfLine(text, key.span.end);
  const after = value.kind === 'nested' ? '' : stripped(rest.slice(1));
  return `${text.slice(key.span.start, key.span.end)} ${rest.charAt(0)}${after === '' ? '' : ` ${after}`}`;
}

function restOfLine(text: string, start: number): string {
  return stripped(text.slice(start, endOfLine(text, start)));
}

/** Python's white space is not that of String.trim(). */
function stripped(text: string): string {
  const { start, end } = trimmed(text, { start: 0, end: text.length });
  return text.slice(start, end);
}

function nestedLine(text: string, { key, value }: NestedSetting): string {
  const after = text.slice(value.span.start, value.span.end);
  return `${text.slice(key.span.start, key.span.end)} =${after === '' ? '' : ` ${after}`}`;
}

/** The continuation lines of a value, by where they begin. */
function* laterLines(text: string, { value: { span } }: Setting): Generator<readonly [number, string]> {
  for (let from = endOfLine(text, span.start); from < span.end; ) {
    from += text.startsWith('\r\n', from) ? 2 : 1;
    const stop = endOfLine(text, from);
    const { start, end } = trimmed(text, { start: from, end: stop });
    if (start < end && !/[#;]/.test(text.charAt(start))) yield [start, text.slice(start, end)];
    from = stop;
  }
}

/** At most one in a row, and none at the top, but for those that a value is made of. */
function blankLines(text: string, blanks: readonly Line[], isFirst: boolean, isInValue: boolean): readonly Edit[] {
  const [first] = blanks;
  const last = blanks.at(-1);
  if (first === undefined || last === undefined) return [];
  if (isInValue) return blanks.filter(({ start, end }) => start < end).map(({ start, end }) => ({ span: { start, end }, newText: '' }));
  // The first of them keeps its end: files may be mixed.
  const newText = isFirst ? '' : text.slice(first.end, first.stop);
  const span = { start: first.start, end: last.stop };
  return text.slice(span.start, span.end) === newText ? [] : [{ span, newText }];
}

/** A file ends with one line end. */
function finalBlanks(text: string, blanks: readonly Line[], lines: readonly Line[]): readonly Edit[] {
  const last = lines.at(-1);
  if (last === undefined) return [];
  const [first] = blanks;
  if (first !== undefined) return [{ span: { start: first.start, end: last.stop }, newText: '' }];
  return last.stop === last.end ? [{ span: { start: last.end, end: last.end }, newText: lineEndIn(text) }] : [];
}

function lineEndBefore(text: string, lineStart: number): string {
  return /(\r\n|\n|\r)$/.exec(text.slice(Math.max(0, lineStart - 2), lineStart))?.[0] ?? lineEndIn(text);
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (const found of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    const [whole, line = ''] = found;
    if (whole === '') break;
    const start = found.index;
    const end = start + line.length;
    const content = trimmed(text, { start, end });
    lines.push({ start, end, stop: start + whole.length, content: content.start, contentEnd: content.end });
  }
  return lines;
}

function isSame(text: string, config: AwsConfig, formatted: string): boolean {
  const after = parseAwsConfig(formatted);
  return after.errors.length === 0 && JSON.stringify(seen(text, config)) === JSON.stringify(seen(formatted, after));
}

/** What the CLI sees, less the places. */
function seen(text: string, { sections, comments }: AwsConfig): unknown {
  const textOf = (value: TextValue | SecretValue): string =>
    value.kind === 'text'
      ? value.text
      : text
          .slice(value.span.start, value.span.end)
          .split(/\r\n|\n|\r/)
          .map(stripped)
          .join('\n');
  return [
    comments.map(({ start, end }) => text.slice(start, end)),
    sections.map(({ name, settings }) => [
      name.text,
      settings.map(({ key, value }) => [
        key.text,
        value.kind === 'nested' ? value.settings.map((nested) => [nested.key.text, textOf(nested.value)]) : textOf(value),
      ]),
    ]),
  ];
}
