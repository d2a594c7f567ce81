// JSON as it nearly always is: without a fault, comments or trailing commas, and read in one pass, in a third of the time that a parser
// for any text takes. For everything else there is parse.ts, which gives the same trees.

import type { Span } from '../text';
import type { Member, Node, ObjectNode, Shift, StringNode } from '../tree/node';

/** Deeper text is refused: the recursion of any parser has an end, and no policy or template comes near it. */
export const maxDepth = 200;

/** Nothing where the text is anything else, or nested too deep. */
export function parsePlain(text: string): Node | undefined {
  const reader = { text, at: 0 };
  skipBlanks(reader);
  const root = readValue(reader, 0);
  skipBlanks(reader);
  return reader.at === text.length ? root : undefined;
}

interface Reader {
  readonly text: string;
  at: number;
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

function skipBlanks(reader: Reader): void {
  const { text } = reader;
  let { at } = reader;
  for (let code = text.charCodeAt(at); code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09; code = text.charCodeAt(at)) at++;
  reader.at = at;
}

function readValue(reader: Reader, depth: number): Node | undefined {
  switch (reader.text.charCodeAt(reader.at)) {
    case quote:
      return readString(reader);
    case openBrace:
      return depth < maxDepth ? readObject(reader, depth + 1) : undefined;
    case openBracket:
      return depth < maxDepth ? readArray(reader, depth + 1) : undefined;
    default:
      return readLiteral(reader);
  }
}

function readObject(reader: Reader, depth: number): ObjectNode | undefined {
  const { text } = reader;
  const start = reader.at++;
  const members: Member[] = [];
  skipBlanks(reader);
  if (text.charCodeAt(reader.at) !== closeBrace) {
    for (;;) {
      const key = text.charCodeAt(reader.at) === quote ? readString(reader) : undefined;
      if (key === undefined) return undefined;
      skipBlanks(reader);
      if (text.charCodeAt(reader.at) !== colon) return undefined;
      reader.at++;
      skipBlanks(reader);
      const value = readValue(reader, depth);
      if (value === undefined) return undefined;
      members.push({ key, value, span: { start: key.span.start, end: reader.at } });
      skipBlanks(reader);
      if (text.charCodeAt(reader.at) !== comma) break;
      reader.at++;
      skipBlanks(reader);
    }
  }
  return text.charCodeAt(reader.at) === closeBrace ? { kind: 'object', span: { start, end: ++reader.at }, members } : undefined;
}

function readArray(reader: Reader, depth: number): Node | undefined {
  const { text } = reader;
  const start = reader.at++;
  const items: Node[] = [];
  skipBlanks(reader);
  if (text.charCodeAt(reader.at) !== closeBracket) {
    for (;;) {
      const item = readValue(reader, depth);
      if (item === undefined) return undefined;
      items.push(item);
      skipBlanks(reader);
      if (text.charCodeAt(reader.at) !== comma) break;
      reader.at++;
      skipBlanks(reader);
    }
  }
  return text.charCodeAt(reader.at) === closeBracket ? { kind: 'array', span: { start, end: ++reader.at }, items } : undefined;
}

function readString(reader: Reader): StringNode | undefined {
  const { text } = reader;
  const start = reader.at;
  let hasEscapes = false;
  let at = start + 1;
  for (; ; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) break;
    if (code === backslash) {
      hasEscapes = true;
      at++;
    } else if (!(code >= 0x20)) return undefined;
  }
  reader.at = at + 1;
  const span = { start, end: reader.at };
  if (!hasEscapes) return { kind: 'string', span, value: text.slice(start + 1, at) };
  const value = decoded(text.slice(start, reader.at));
  return value === undefined ? undefined : { kind: 'string', span, value, shifts: shiftsOf(text, span) };
}

function decoded(source: string): string | undefined {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

const literal = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

function readLiteral(reader: Reader): Node | undefined {
  literal.lastIndex = reader.at;
  const found = literal.exec(reader.text)?.[0];
  if (found === undefined) return undefined;
  const span = { start: reader.at, end: reader.at + found.length };
  reader.at = span.end;
  if (found === 'null') return { kind: 'null', span };
  if (found === 'true' || found === 'false') return { kind: 'boolean', span, value: found === 'true' };
  return { kind: 'number', span, value: Number(found) };
}

/** Where escapes stand in a string, by its span in the source. */
export function shiftsOf(text: string, span: Span): Shift[] {
  const shifts: Shift[] = [];
  let decoded = 0;
  for (let source = span.start + 1; source < span.end - 1; decoded++) {
    const length = text.charCodeAt(source) !== 0x5c ? 1 : text.charCodeAt(source + 1) === 0x75 ? 6 : 2;
    // A broken escape may end early.
    source = Math.min(source + length, span.end - 1);
    if (length > 1) shifts.push({ decoded: decoded + 1, source });
  }
  return shifts;
}
