// The words of the simple commands in a shell script, as bash reads them. Which command runs when is of no interest here, and what only
// running it would tell is left open. A broken continuation is read for what it was meant to be.

import {
  type Assignment,
  type Command,
  type DoubleQuotedChild,
  forEachChild,
  type ParsedScript,
  parse,
  type SyntaxNode,
  type Word,
  type WordPart,
} from 'unbash';
import { allOptions } from '../emr/launchArguments';
import type { Span } from '../text';
import type { Shift, StringNode } from '../tree/node';

/** Stands for a character that the text does not tell. */
export const unknownChar = '\ufffd';

export interface ShellWord {
  /** What it is known to begin with: the whole word, if that is known. */
  readonly node: StringNode;
  /** `whole`: all of it. `one`: some value, but one word. `any`: as many words as its expansion has, even none. */
  readonly known: 'whole' | 'one' | 'any';
  /** Whether the line is continued before it. */
  readonly isContinued: boolean;
}

export interface SimpleCommand {
  readonly words: readonly ShellWord[];
  readonly breaks: readonly BrokenLine[];
}

/** Where a line ends the command, though the next one begins with an option. */
export interface BrokenLine {
  /**
   * `blank`: blanks after the backslash. `missing`: no backslash, from the last word to the end of the line. `comment`: a comment where the
   * line ends, between the lines, or behind the backslash. `glued`: a backslash without a blank before it or below, which makes one word of
   * the last one and the option.
   */
  readonly kind: 'blank' | 'missing' | 'comment' | 'glued';
  readonly span: Span;
}

export interface ShellText {
  readonly commands: readonly SimpleCommand[];
  readonly comments: readonly Span[];
}

/**
 * A command with a quote or a bracket that does not end is left out; one that was broken by its line end goes on below.
 *
 * @param source with the line ends of a shell, which are no `\r\n`.
 * @param isBeingWritten whether it ends at a cursor: a command that is not finished there is taken as well.
 */
export function readShell(source: string, isBeingWritten = false): ShellText {
  const text = withPlaceholdersOpen(source).replace(glued, (found, option: string) =>
    allOptions.includes(option) ? found.replace('\\', ' ') : found,
  );
  const read: Reading = { source, commands: [], comments: [], isBeingWritten };
  readScript(parse(text), text, read, 0);
  return read;
}

/** Nothing of a list, which may well go on like that. */
const glued = /(?<=[^\s,=[({\\])\\\n(--[a-z][a-z-]*)(?=[\s=\\])/g;

interface Reading extends ShellText {
  /** As it is written. */
  readonly source: string;
  readonly commands: SimpleCommand[];
  readonly comments: Span[];
  readonly isBeingWritten: boolean;
}

function readScript(script: ParsedScript, text: string, read: Reading, level: number): void {
  const commands: Command[] = [];
  const tokens: Span[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Script') {
      // The places in backquotes with escapes are those of another text.
      if (node.source === undefined && level < deepest) readScript(node, text, read, level + 1);
      return;
    }
    if (node.type === 'Command') commands.push(node);
    if (tokenTypes.has(node.type)) tokens.push({ start: node.pos, end: node.end });
    forEachChild(node, visit);
  };
  forEachChild(script, visit);
  read.comments.push(...commentsIn(text, { start: script.pos, end: script.end }, tokens));
  const faults = read.isBeingWritten ? [] : (script.errors?.map(({ pos }) => pos) ?? []);
  read.commands.push(...joined(commands.sort(byPlace), text, read.source, faults));
}

/** Of substitutions in substitutions: each is read again for what is in it. */
const deepest = 20;

function byPlace(a: { readonly pos: number }, b: { readonly pos: number }): number {
  return a.pos - b.pos;
}

/** What else stands in a script is blanks, keywords, operators and comments. */
const tokenTypes: ReadonlySet<SyntaxNode['type']> = new Set([
  'Word',
  'Assignment',
  'Redirect',
  'HereString',
  'HereDoc',
  'HereDocBody',
  'ArithmeticCommand',
] as const);

function commentsIn(text: string, { start, end }: Span, tokens: readonly Span[]): readonly Span[] {
  const comments: Span[] = [];
  let from = start;
  for (const token of [...tokens].sort((a, b) => a.start - b.start).concat({ start: end, end })) {
    for (const { 0: comment, index } of text.slice(from, token.start).matchAll(/#[^\n]*/g))
      comments.push({ start: from + index, end: from + index + comment.length });
    from = Math.max(from, token.end);
  }
  return comments;
}

/** With what stands below a broken continuation: no command begins with an option, so the line was meant to belong to the one above. */
function joined(commands: readonly Command[], text: string, source: string, faults: readonly number[]): readonly SimpleCommand[] {
  const found: { readonly words: ShellWord[]; readonly breaks: BrokenLine[]; isFaulty: boolean }[] = [];
  let end = 0;
  let isBroken = false;
  for (const { prefix, name, suffix, ...place } of commands) {
    const items = [...prefix, ...(name === undefined ? [] : [name]), ...suffix].sort(byPlace);
    const { pos = end } = items[0] ?? {};
    const between = text.slice(end, pos);
    const above = found.at(-1);
    const last = above?.words.at(-1);
    const isBelow = above !== undefined && last !== undefined && (isBroken || optionForm.test(text.slice(pos, pos + 3)));
    const isJoined = isBelow && onlyLineEnds.test(between);
    const command = isJoined ? above : { words: [], breaks: [], isFaulty: false };
    if (!isJoined) found.push(command);
    else if (!isBroken) command.breaks.push(breakIn(source.slice(end, pos), end, last.node.span));
    command.isFaulty ||= faults.some((fault) => place.pos <= fault && fault < place.end);
    isBroken = false;
    for (const item of items) {
      // A comment behind a backslash is words to the shell.
      if (item.pos < end) continue;
      const [escaped, comment] = textAt(commentForm, text, item.pos) ?? [];
      if (escaped !== undefined && comment !== undefined) {
        end = item.pos + escaped.length;
        if (command.words.length > 0) command.breaks.push({ kind: 'comment', span: { start: end - comment.length, end } });
        isBroken = true;
        continue;
      }
      const isContinued = /\\[ \t]*\n/.test(text.slice(end, item.pos));
      end = item.end;
      // A continuation that is followed by a blank belongs to no word.
      while (text.slice(item.pos, end).endsWith('\\\n')) end -= 2;
      if (item.type !== 'Word' && item.type !== 'Assignment') continue;
      const blank = /\\[ \t]$/.exec(text.slice(item.pos, end));
      const lineEnd = blank === null ? null : /^[ \t]*(?=\n|$)/.exec(text.slice(end));
      if (lineEnd === null) command.words.push({ ...readWord(item, text, end), isContinued });
      else {
        if (end - 2 > item.pos) command.words.push({ ...readWord(item, text, end - 2), isContinued });
        const start = end - 1;
        end += lineEnd[0].length;
        if (command.words.length > 0) command.breaks.push({ kind: 'blank', span: { start, end } });
        isBroken = true;
      }
    }
  }
  return found.filter(({ words, isFaulty }) => words.length > 0 && !isFaulty);
}

const optionForm = /^--[a-z]/;
const onlyLineEnds = /^(?:[ \t]|\\\n)*(?:#[^\n]*)?\n(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*$/;

const commentForm = /\\[ \t]+(#[^\n]*)/y;

function textAt(form: RegExp, text: string, at: number): readonly string[] | null {
  form.lastIndex = at;
  return form.exec(text);
}

function breakIn(between: string, from: number, { start }: Span): BrokenLine {
  if (between.startsWith('\\\n')) return { kind: 'glued', span: { start, end: from + 1 } };
  const comment = /#[^\n]*/.exec(between);
  if (comment === null) return { kind: 'missing', span: { start, end: from } };
  const at = from + comment.index;
  return { kind: 'comment', span: { start: at, end: at + comment[0].length } };
}

function readWord(item: Word | Assignment, text: string, end: number): Pick<ShellWord, 'node' | 'known'> {
  const shifts: Shift[] = [];
  let value = '';
  let next = item.pos + 1;
  let known: ShellWord['known'] = 'whole';
  const take = (at: number, quoted: boolean): void => {
    if (text[at] === unknownChar) leaveOpen(quoted ? 'one' : 'any');
    if (known !== 'whole') return;
    if (at !== next) shifts.push({ decoded: value.length, source: at });
    value += text.charAt(at);
    next = at + 1;
  };
  /** @param escaped what a backslash takes its meaning from, outside of quotes everything. */
  const takeText = (from: number, to: number, escaped?: string): void => {
    for (let at = from; at < Math.min(to, end); at++) {
      const isEscape = text[at] === '\\' && at + 1 < to && escaped?.includes(text.charAt(at + 1)) !== false;
      if (isEscape) at++;
      if (!isEscape || text[at] !== '\n') take(at, escaped !== undefined);
    }
  };
  const leaveOpen = (how: 'one' | 'any'): void => {
    if (known !== 'any') known = how;
  };
  const takePart = (part: WordPart | DoubleQuotedChild, quoted: boolean): void => {
    switch (part.type) {
      case 'Literal':
        takeText(part.pos, part.end, quoted ? '$`"\\\n' : undefined);
        break;
      case 'SingleQuoted':
        for (let at = part.pos + 1; at < part.end - 1; at++) take(at, true);
        break;
      case 'DoubleQuoted':
        for (const child of part.parts) takePart(child, true);
        break;
      // Nobody has files of such names. Brackets may have quotes in them.
      case 'Glob': {
        let from = part.pos;
        for (const inner of part.parts ?? []) {
          takeText(from, inner.pos);
          takePart(inner, false);
          from = inner.end;
        }
        takeText(from, part.end);
        break;
      }
      case 'BraceExpansion':
        takeText(part.pos, part.end);
        leaveOpen('any');
        break;
      case 'AnsiCQuoted':
      case 'LocaleString':
      case 'ProcessSubstitution':
        leaveOpen('one');
        break;
      default:
        // "$@" and "${list[@]}" are as many words as there are.
        leaveOpen(quoted && !manyWords.test(part.text) ? 'one' : 'any');
    }
  };
  const content = item.type === 'Word' ? item : item.value;
  if (item.type === 'Assignment') takeText(item.pos, content.pos);
  if (text[item.pos] === '~') leaveOpen('one');
  if (content.type === 'ArrayValue') leaveOpen('any');
  else if (content.parts === undefined) takeText(content.pos, content.end);
  else for (const part of content.parts) takePart(part, false);
  // Dots are for what is left out in documentation.
  if (value.includes('...') || value.includes('\u2026')) leaveOpen('any');
  return { node: { kind: 'string', span: { start: item.pos, end }, value, ...(shifts.length === 0 ? {} : { shifts }) }, known };
}

const manyWords = /^\$(?:@|\{[\w!#]*(?:@|\[@\]))/;

/** In documentation, the name of a value between angle brackets stands for the value, where a shell would redirect. */
function withPlaceholdersOpen(text: string): string {
  if (!placeholderForm.test(text)) return text;
  const quoted: Span[] = [];
  const visit = (node: SyntaxNode, level: number): void => {
    if (/Quoted$|^HereDocBody$/.test(node.type)) quoted.push({ start: node.pos, end: node.end });
    const isDeeper = node.type === 'Script';
    if (!isDeeper || (node.source === undefined && level < deepest))
      forEachChild(node, (child) => visit(child, level + (isDeeper ? 1 : 0)));
  };
  visit(parse(text), 0);
  const isQuoted = (at: number): boolean => quoted.some(({ start, end }) => start <= at && at < end);
  return text.replace(new RegExp(placeholderForm, 'g'), (placeholder, at: number) =>
    isQuoted(at) ? placeholder : `"$${'_'.repeat(placeholder.length - 3)}"`,
  );
}

const placeholderForm = /(?<!<)<[A-Za-z][^<>|&;\n]+>/;
