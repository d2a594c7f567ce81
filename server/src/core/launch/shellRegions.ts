// The shell scripts in a text: a script itself, the fenced blocks of Markdown, the recipes of a Makefile, the scalars of YAML. Each is a
// string node, whose value is what the shell gets and whose places are those of the text.

import type { Shift, StringNode } from '../tree/node';
import { unknownChar } from './shellText';

export const shellSyntaxes = ['shellscript', 'markdown', 'makefile', 'yaml'] as const;
export type ShellSyntax = (typeof shellSyntaxes)[number];

export function shellRegions(text: string, syntax: ShellSyntax): readonly StringNode[] {
  switch (syntax) {
    case 'shellscript':
      return [regionOf([{ text, source: 0 }])];
    case 'markdown':
      return fencedBlocks(text);
    case 'makefile':
      return recipes(text);
    case 'yaml':
      return scalars(text);
  }
}

/** A part of a region, and where it stands; what is put in has no length there. */
interface Piece {
  readonly text: string;
  readonly source: number;
}

function withoutReturns({ text, source }: Piece): readonly Piece[] {
  const parts = text.split(/\r(?=\n)/);
  let at = source;
  return parts.map((part) => {
    const piece = { text: part, source: at };
    at += part.length + 1;
    return piece;
  });
}

interface Line {
  readonly start: number;
  /** With its end. */
  readonly text: string;
}

/** What is put in before a shell reads it, quotes or not: `{{ name }}`, `${{ vars.NAME }}`, `<%= name %>`, in documentation `[NAME]`. */
const template = /\$?\{\{(?:[^{}\n]|\{[^{}\n]*\})*\}\}|<%[^%\n]*%>|(?<=[=\s"'/])\[[A-Z][A-Z0-9_-]+\]/g;

function withUnknown(text: string, form: RegExp): string {
  return text.replace(form, (found) => (found === '$$' ? found : unknownChar.repeat(found.length)));
}

/** Without the carriage returns at line ends: it is an editor that wants them there, and no shell. */
function regionOf(pieces: readonly Piece[]): StringNode {
  const shifts: Shift[] = [];
  let value = '';
  let end = 0;
  for (const piece of pieces.flatMap(withoutReturns)) {
    shifts.push({ decoded: value.length, source: piece.source });
    value += withUnknown(piece.text, template);
    end = piece.source + piece.text.length;
  }
  return { kind: 'string', span: { start: pieces[0]?.source ?? 0, end }, value, shifts };
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start) + 1 || text.length;
    lines.push({ start, text: text.slice(start, end) });
    start = end;
  }
  return lines;
}

/** Up to so many blanks are taken from the beginning of a line. */
function indented({ start, text }: Line, most: number): Piece {
  let count = 0;
  while (count < most && (text[count] === ' ' || text[count] === '\t')) count++;
  return { text: text.slice(count), source: start + count };
}

const shellFences = ['', 'sh', 'bash', 'zsh', 'shell', 'shellscript', 'shell-session', 'console', 'terminal'];

/** CommonMark 4.5. What is in another language, or in none that is said and yet no shell, is read in vain at worst. */
function fencedBlocks(text: string): readonly StringNode[] {
  const regions: StringNode[] = [];
  let open: { readonly mark: string; readonly indentation: number; readonly isShell: boolean; readonly pieces: Piece[] } | undefined;
  for (const line of linesOf(text)) {
    const [, blanks = '', mark = '', info = ''] = /^([ \t]*)(`{3,}|~{3,})[ \t]*([^\r\n]*)/.exec(line.text) ?? [];
    if (open === undefined) {
      if (mark === '' || (mark.startsWith('`') && info.includes('`'))) continue;
      const language = /^\{?\.?([\w-]*)/.exec(info)?.[1] ?? '';
      open = { mark, indentation: blanks.length, isShell: shellFences.includes(language.toLowerCase()), pieces: [] };
    } else if (mark.startsWith(open.mark) && info.trim() === '') {
      if (open.isShell) regions.push(regionOf(open.pieces));
      open = undefined;
    } else open.pieces.push(indented(line, open.indentation));
  }
  if (open?.isShell === true) regions.push(regionOf(open.pieces));
  return regions;
}

/** GNU make, "Recipe Syntax": each line is a script of its own unless it is continued, and the tab of a line below goes too. */
function recipes(text: string): readonly StringNode[] {
  const regions: StringNode[] = [];
  let pieces: Piece[] = [];
  for (const line of linesOf(text)) {
    const isContinued = pieces.length > 0;
    if (!isContinued && !line.text.startsWith('\t')) continue;
    const piece = isContinued ? indented(line, line.text.startsWith('\t') ? 1 : 0) : withoutPrefix(line);
    pieces.push(...withoutDoubleDollars(piece));
    // What was meant to go on is read as if it did.
    if (/\\[ \t]*\r?\n$/.test(line.text)) continue;
    regions.push(regionOf(pieces));
    pieces = [];
  }
  if (pieces.length > 0) regions.push(regionOf(pieces));
  return regions;
}

function withoutPrefix({ start, text }: Line): Piece {
  const { length } = /^\t[ \t@+-]*/.exec(text)?.[0] ?? '';
  return { text: text.slice(length), source: start + length };
}

/** GNU make, "Basics of Variable References": the arguments of a function may be references themselves. */
const makeReference = /\$(?:\$|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\{[^{}]*\}|[\w@<^+?*%])/g;

/** `$$` is the shell's dollar sign. What make puts in is not known, in single quotes either. */
function withoutDoubleDollars({ text: written, source }: Piece): Piece[] {
  const text = withUnknown(written, makeReference);
  const pieces: Piece[] = [];
  let from = 0;
  for (const { index } of text.matchAll(/\$\$/g)) {
    pieces.push({ text: text.slice(from, index), source: source + from });
    from = index + 1;
  }
  return [...pieces, { text: text.slice(from), source: source + from }];
}

/** Block scalars (YAML 1.2, 8.1) and plain ones, each as if it were a script; those in quotes or in brackets are left alone. */
function scalars(text: string): readonly StringNode[] {
  const regions: StringNode[] = [];
  const lines = linesOf(text);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    const match = line && /^([ ]*(?:- +)*)((?:"[^"\n]*"[ \t]*|'[^'\n]*'[ \t]*|[\w.$-][\w \t.$/-]*):[ \t]+)?(?=\S)/.exec(line.text);
    if (line === undefined || match === null || match === undefined) continue;
    const [head, lead = '', key] = match;
    if (key === undefined && !lead.includes('-')) continue;
    const rest = line.text.slice(head.length);
    const header = /^([|>])(?:[+-]?([1-9])?[+-]?)[ \t]*(?:#.*)?\r?\n?$/.exec(rest);
    // Of `- key:`, the key's column; of `- |`, that of the dash.
    const parent = key === undefined ? lead.lastIndexOf('-') : lead.length;
    const below = lines.slice(i + 1, endOfBlock(lines, i + 1, parent));
    if (header !== null) {
      const [, style, digit] = header;
      const indentation = digit === undefined ? indentationOf(below.find(({ text: own }) => own.trim() !== '')) : parent + Number(digit);
      const pieces = below.map((own) => indented(own, indentation));
      if (pieces.length > 0) regions.push(regionOf(style === '>' ? folded(pieces) : pieces));
      i += below.length;
    } else if (/^[^\s"'[\]{}&*!|>%@`#]/.test(rest) && !/:\s*(?:#.*)?$/.test(rest)) {
      const plain = [{ start: line.start + head.length, text: rest }, ...below].map((own) =>
        withoutComment(indented(own, own.text.length)),
      );
      regions.push(regionOf(folded(plain)));
      i += below.length;
    }
  }
  return regions;
}

function indentationOf(line: Line | undefined): number {
  return /^ */.exec(line?.text ?? '')?.[0].length ?? 0;
}

/** The lines that are further in than the parent, and the empty ones between them. */
function endOfBlock(lines: readonly Line[], from: number, parent: number): number {
  let end = from;
  for (let i = from; i < lines.length; i++) {
    const line = lines[i];
    if (line === undefined || line.text.trim() === '') continue;
    if (indentationOf(line) <= parent) break;
    end = i + 1;
  }
  return end;
}

function withoutComment({ text, source }: Piece): Piece {
  const comment = /[ \t]#/.exec(text);
  return { text: comment === null ? text : `${text.slice(0, comment.index)}\n`, source };
}

/** A line end is a blank, but for those around lines that are further in. */
function folded(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.flatMap((piece, i) => {
    const { text, source } = piece;
    const next = pieces[i + 1]?.text ?? '';
    const lineEnd = /\r?\n$/.exec(text);
    if (lineEnd === null || !/^\S/.test(text) || !/^\S/.test(next)) return [piece];
    return [
      { text: text.slice(0, lineEnd.index), source },
      { text: ' ', source: source + text.length - 1 },
    ];
  });
}
