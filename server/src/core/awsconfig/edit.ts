// Changes to a config file that touch nothing else in it.

import type { Fix } from '../finding';
import { applyEdits, type Edit, type Span } from '../text';
import type { NestedSetting, Section, Setting } from './node';
import { parseAwsConfig } from './parse';

/** Replaces a value; an empty one gets the blank that people write before it. */
export function replaceValue(text: string, setting: NestedSetting, newText: string): Edit {
  const { start, end } = setting.value.span;
  const glued = start === end && text[start - 1] === '=';
  return { span: { start, end }, newText: glued ? ` ${newText}` : newText };
}

/** A fix that writes another value: what was meant is a guess. */
export function changeTo(text: string, setting: NestedSetting, value: string, because = ''): Fix {
  return { title: `Change to ${value}${because}`, kind: 'suggestion', edits: [replaceValue(text, setting, value)] };
}

/** A fix that writes another value, a part of which it moves to a comment of its own above. */
export function moveToComment(text: string, { value }: NestedSetting, comment: Span): readonly Edit[] {
  const lineStart = startOfLine(text, value.span.start);
  const blankBefore = text.slice(value.span.start, comment.start).trimEnd().length;
  return [
    insertion(lineStart, `${indentationAt(text, lineStart)}${text.slice(comment.start, comment.end)}${lineEndIn(text)}`),
    { span: { start: value.span.start + blankBefore, end: value.span.end }, newText: '' },
  ];
}

/** Adds a line to an indented block, with the indentation and the line end of the block's last line. */
export function addNestedSetting(text: string, block: Setting, key: string, value: string): Edit | undefined {
  const last = block.value.kind === 'nested' ? block.value.settings.at(-1) : undefined;
  if (last === undefined) return undefined;
  const lineStart = startOfLine(text, last.span.start);
  const indentation = text.slice(lineStart, last.span.start);
  if (/[^ \t]/.test(indentation)) return undefined;
  const lineEnd = text[lineStart - 1] === '\r' ? '\r' : text[lineStart - 2] === '\r' ? '\r\n' : '\n';
  return insertion(last.span.end, `${lineEnd}${indentation}${key} = ${value}`);
}

/** A `#` before every line that the span touches and that says something. */
export function commentOut(text: string, { start, end }: Span): readonly Edit[] {
  const edits: Edit[] = [];
  for (let at = startOfLine(text, start); at < end; at = endOfLine(text, at) + 1) {
    const content = at + indentationAt(text, at).length;
    if (content < endOfLine(text, at) && !/[#;]/.test(text.charAt(content))) edits.push(insertion(content, '# '));
  }
  return edits;
}

/** Takes away whole lines, with their line ends. */
export function removeLines(text: string, { start, end }: Span): Edit {
  const stop = endOfLine(text, end);
  const lineEnd = text.startsWith('\r\n', stop) ? 2 : 1;
  return { span: { start: startOfLine(text, start), end: Math.min(text.length, stop + lineEnd) }, newText: '' };
}

export interface LooseSetting {
  readonly setting: Setting;
  /** Its name in the block. */
  readonly key: string;
}

/** Puts settings of a section into its emr block, which is made where the first of them stands if there is none. */
export function moveIntoBlock(text: string, { settings }: Section, loose: readonly LooseSetting[]): readonly Edit[] | undefined {
  const lines = loose.map(({ setting, key }) => (setting.value.kind === 'text' ? `${key} = ${setting.value.text}` : undefined));
  const [first] = loose;
  if (first === undefined || lines.some((line) => line === undefined || /[\r\n]/.test(line))) return undefined;
  const block = settings.find(({ key }) => key.text === 'emr');
  const lineEnd = lineEndIn(text);
  const removals = loose.map(({ setting }) => removeLines(text, setting.span));
  if (block === undefined) {
    const { start } = first.setting.span;
    const outer = indentationAt(text, startOfLine(text, start));
    const made = [`${outer}emr =`, ...lines.map((line) => `${outer}    ${line}`)].map((line) => `${line}${lineEnd}`).join('');
    return removals.map((edit, i) => (i === 0 ? { ...edit, newText: made } : edit));
  }
  if (block.value.kind === 'secret' || (block.value.kind === 'text' && block.value.text !== '')) return undefined;
  const inBlock = block.value.kind === 'nested' ? block.value.settings.at(-1) : undefined;
  const { start } = (inBlock ?? block).span;
  const outer = text.slice(startOfLine(text, start), start);
  // Other white space indents too, but how far is not to be seen.
  if (/[^ \t]/.test(outer)) return undefined;
  const indentation = inBlock === undefined ? `${outer}    ` : outer;
  const at = endOfLine(text, (inBlock ?? block).span.end);
  return [insertion(at, lines.map((line) => `${lineEnd}${indentation}${line}`).join('')), ...removals];
}

/** Whether edits leave a file that the CLI reads, or at least one with fewer errors than it has. */
export function mends(text: string, edits: readonly Edit[], errorsBefore: number): boolean {
  const { errors } = parseAwsConfig(applyEdits(text, edits));
  return errors.length === 0 || errors.length < errorsBefore;
}

export function startOfLine(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isLineEnd(text[start - 1])) start--;
  return start;
}

/** Where the line's end begins. */
export function endOfLine(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !isLineEnd(text[end])) end++;
  return end;
}

function isLineEnd(char: string | undefined): boolean {
  return char === '\n' || char === '\r';
}

export function indentationAt(text: string, lineStart: number): string {
  let end = lineStart;
  while (end < text.length && (text[end] === ' ' || text[end] === '\t')) end++;
  return text.slice(lineStart, end);
}

/** That of the first line: files are rarely mixed. */
export function lineEndIn(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

export function insertion(at: number, newText: string): Edit {
  return { span: { start: at, end: at }, newText };
}
