// The command that a cursor stands in, as far as it is written: with a quote that is still open, or a word that is not there yet.

import { sourceOffset } from '../tree/node';
import { sourceOf } from './launch';
import { type ShellSyntax, shellRegions } from './shellRegions';
import { readShell, type ShellWord, unknownChar } from './shellText';

export type Quote = '' | "'" | '"';

/** What the shell makes one character of. Places are those of the text. */
export interface Unit {
  readonly char: string;
  readonly quote: Quote;
  readonly start: number;
  readonly end: number;
}

export interface CommandCursor {
  readonly words: readonly ShellWord[];
  /** Of the word that the cursor is in; it may be empty. */
  readonly index: number;
  readonly before: readonly Unit[];
  readonly after: readonly Unit[];
  /** The one that the cursor is in. */
  readonly quote: Quote;
  /** Where the script begins. */
  readonly scriptStart: number;
}

/** Stands in the text where the cursor is, so that there is a word there. */
const mark = '\ue010';

export function commandAt(text: string, syntax: ShellSyntax, offset: number): CommandCursor | undefined {
  if (text.includes(mark)) return undefined;
  const before = text.slice(0, offset) + mark;
  return commandIn(before + text.slice(offset), syntax, offset, false) ?? commandIn(before, syntax, offset, true);
}

function commandIn(text: string, syntax: ShellSyntax, offset: number, isBeingWritten: boolean): CommandCursor | undefined {
  const region = shellRegions(text, syntax).find(({ value }) => value.includes(mark));
  if (region === undefined) return undefined;
  const at = region.value.indexOf(mark);
  const found = readShell(region.value, isBeingWritten)
    .commands.flatMap(({ words }) => {
      const index = words.findIndex(({ node: { span } }) => span.start <= at && at < span.end);
      const word = words[index];
      return word === undefined ? [] : [{ words, index, span: word.node.span }];
    })
    // A command within a word of another one is the one that is meant.
    .sort((a, b) => b.span.start - a.span.start)[0];
  if (found === undefined) return undefined;
  const unmarked = (place: number): number => (place > offset ? place - 1 : place);
  const units = unitsOf(region.value, found.span.start, found.span.end).map(({ start, end, ...unit }): Unit => {
    const span = sourceOf(region, { start, end });
    return { ...unit, start: unmarked(span.start), end: unmarked(span.end) };
  });
  const cursor = units.findIndex(({ char }) => char === mark);
  const unit = units[cursor];
  // Behind a backslash, or within what another command is for.
  if (unit === undefined || unit.end > unit.start) return undefined;
  return {
    words: found.words,
    index: found.index,
    before: units.slice(0, cursor),
    after: units.slice(cursor + 1),
    quote: unit.quote,
    scriptStart: unmarked(sourceOffset(region, 0)),
  };
}

/** As bash reads a word ("Quoting"); an expansion is one character that is not known. */
function unitsOf(text: string, from: number, to: number): readonly Unit[] {
  const units: Unit[] = [];
  let quote: Quote = '';
  for (let i = from; i < to; ) {
    const char = text.charAt(i);
    const next = text.charAt(i + 1);
    const start = i;
    if (quote === '' ? char === "'" || char === '"' : char === quote) {
      quote = quote === '' && (char === "'" || char === '"') ? char : '';
      i++;
    } else if (quote !== "'" && char === '\\' && i + 1 < to && (quote === '' || '$`"\\\n'.includes(next))) {
      i += 2;
      if (next !== '\n') units.push({ char: next, quote, start, end: i });
    } else {
      const end = quote === "'" ? undefined : endOfExpansion(text, i, to);
      i = end ?? i + 1;
      units.push({ char: end === undefined ? char : unknownChar, quote, start, end: i });
    }
  }
  return units;
}

const closing: Readonly<Record<string, string>> = { '$(': ')', '${': '}' };

function endOfExpansion(text: string, from: number, to: number): number | undefined {
  if (text[from] === '`') return Math.min(to, text.indexOf('`', from + 1) + 1 || to);
  const open = text.slice(from, from + 2);
  const close = closing[open];
  if (close === undefined) return undefined;
  let depth = 0;
  for (let i = from + 1; i < to; i++) {
    if (text[i] === open[1]) depth++;
    else if (text[i] === close && --depth === 0) return i + 1;
  }
  return to;
}
