// The AWS CLI's shorthand syntax (awscli/shorthand.py), read with positions and written.

import { maxDepth } from '../json/parse';
import type { ArrayNode, Member, Node, ObjectNode, Shift, StringNode } from '../tree/node';
import type { CliVersion } from './createClusterOptions';
import { isList, type Value } from './schema';

interface Shorthand {
  readonly ok: true;
  /** Every scalar is a string: what it is meant to be, only the schema of its option knows. */
  readonly node: ObjectNode;
  /** Whether a value is that of a file (`Key@=file://…`), and so is not known. */
  readonly readsFile: boolean;
}

interface ShorthandError {
  readonly ok: false;
  /** In the CLI's own words, without the text that it then repeats; where its versions differ, in ours. */
  readonly message: string;
  /** The offset that the CLI points at. */
  readonly at: number;
}

// A character beyond U+FFFF is in none of the CLI's classes: it can only stand within quotes. `\s` of Python and that of JavaScript
// differ below the space; above, the classes have all there is.
const blank = '\\t-\\r\\x1c-\\x20';
const start = '!#-&(-+\\--<>-Z\\\\-z|-\\uffff';
const patterns = {
  key: /[A-Za-z0-9\-_.#/:]*/y,
  /** The first value after a key, and any within brackets. */
  first: new RegExp(`(?:\\\\,|[${start}])(?:\\\\,|[${blank}!#-&(-+\\--\\\\^-|~-\\uffff])*`, 'uy'),
  /** One that follows a comma, where a key could stand as well. */
  second: new RegExp(`(?:\\\\,|[${start}])(?:\\\\,|[${blank}!#-&(-+\\--<>-\\uffff])*`, 'uy'),
} as const;

/**
 * Version 2.9 takes backslashes in pairs first; to 1.45 the second of a pair escapes the quote behind it, if one more quote follows. Where
 * none does, the last quote ends the value. Its own pattern for that, `(?:\\\\|\\'|[^'])*`, tries a row of backslashes in all ways.
 */
const quotedPatterns = {
  '1.45': { 'singled quoted': /'(?:\\'|[^'])*'/uy, 'double quoted': /"(?:\\"|[^"])*"/uy },
  '2.9': {
    'singled quoted': /'(?:\\[\\']|[^'\\]|\\(?![\\']))*'|'[\s\S]*'/uy,
    'double quoted': /"(?:\\[\\"]|[^"\\]|\\(?![\\"]))*"|"[\s\S]*"/uy,
  },
} as const;

/** What Python's rstrip takes away. */
const stripped = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const trailingBlanks = new RegExp(`(?<![${stripped}])[${stripped}]+$`);

/** An error too where the versions of the CLI differ in what they read. */
export function parseShorthand(text: string): Shorthand | ShorthandError {
  const read = readShorthand(text, '1.45');
  const at = text.search(/\\\\['"]/);
  if (at === -1) return read;
  const other = readShorthand(text, '2.9');
  if (read.ok ? JSON.stringify(read) === JSON.stringify(other) : !other.ok) return read;
  const message = 'Versions of the AWS CLI differ in what two backslashes before a quote mean: write the value in JSON';
  return { ok: false, message, at };
}

/** As one version of the CLI reads it; a key that ends in `@` only 1.45 knows, and this reads it for all. */
export function readShorthand(text: string, version: CliVersion): Shorthand | ShorthandError {
  const allPatterns = { ...patterns, ...quotedPatterns[version] };
  let index = 0;
  let depth = 0;
  let fault: ShorthandError | undefined;
  let readsFile = false;
  let mayReadFile = false;

  const isAtEnd = (): boolean => index >= text.length;
  const current = (): string => text.charAt(index);
  const fail = (expected: string, received: string): undefined => {
    fault ??= { ok: false, message: `Expected: '${expected}', received: '${received}'`, at: index };
  };
  const skipBlanks = (): void => {
    while (/^[ \t\n\r\v\f]$/.test(current())) index++;
  };
  const expect = (char: string, withBlanks = true): boolean => {
    if (withBlanks) skipBlanks();
    if (current() !== char) {
      fail(char, isAtEnd() ? 'EOF' : String.fromCodePoint(text.codePointAt(index) ?? 0));
      return false;
    }
    index++;
    if (withBlanks) skipBlanks();
    return true;
  };
  const consume = (name: keyof typeof allPatterns): string | undefined => {
    const pattern = allPatterns[name];
    pattern.lastIndex = index;
    const match = pattern.exec(text)?.[0];
    if (match === undefined) return undefined;
    index += match.length;
    return match;
  };
  const string = (from: number, to: number, escapes: readonly string[], quotes: number): StringNode => {
    const node = stringNode(text, from, to, escapes, quotes);
    if (mayReadFile && /^fileb?:\/\//.test(node.value)) readsFile = true;
    return node;
  };

  function key(): { readonly node: StringNode; readonly ok: boolean } {
    const from = index;
    mayReadFile = false;
    consume('key');
    const node = string(from, index, [], 0);
    skipBlanks();
    mayReadFile = current() === '@';
    if (mayReadFile) expect('@');
    return { node, ok: expect('=') };
  }

  function quoted(name: 'singled quoted' | 'double quoted'): StringNode | undefined {
    const from = index;
    if (consume(name) === undefined) return fail(`<${name}>`, '<none>');
    return string(from, index, [name === 'singled quoted' ? "\\'" : '\\"', '\\\\'], 1);
  }

  function scalar(name: 'first' | 'second'): StringNode | undefined {
    if (current() === "'") return quoted('singled quoted');
    if (current() === '"') return quoted('double quoted');
    const from = index;
    const raw = consume(name);
    if (raw === undefined && name === 'second') return fail('<second>', '<none>');
    return string(from, from + (raw ?? '').replace(trailingBlanks, '').length, ['\\,'], 0);
  }

  function valueAfterKey(): Node | undefined {
    if (isAtEnd()) return string(index, index, [], 0);
    return current() === '[' || current() === '{' ? nested() : values();
  }

  /** One value, or several between commas, as long as no key follows. */
  function values(): Node | undefined {
    const from = index;
    const first = scalar('first');
    if (first === undefined) return undefined;
    skipBlanks();
    if (current() !== ',') return first;
    expect(',');
    const items: StringNode[] = [first];
    for (;;) {
      const item = scalar('second');
      if (item !== undefined) skipBlanks();
      const isLast = isAtEnd();
      if (item !== undefined && (isLast || expect(','))) {
        items.push(item);
        if (isLast) break;
        continue;
      }
      if (isAtEnd()) return undefined;
      fault = undefined;
      while (current() !== ',') index--;
      break;
    }
    if (items.length === 1) return first;
    return { kind: 'array', span: { start: from, end: items.at(-1)?.span.end ?? index }, items };
  }

  function nested(): Node | undefined {
    if (++depth > maxDepth) {
      fault ??= { ok: false, message: 'Nested too deeply', at: index };
      return undefined;
    }
    const node = current() === '[' ? list() : current() === '{' ? hash() : scalar('first');
    depth--;
    return node;
  }

  function list(): ArrayNode | undefined {
    const from = index;
    const items: Node[] = [];
    expect('[');
    while (current() !== ']') {
      const item = nested();
      if (item === undefined) return undefined;
      items.push(item);
      if (!separator(']')) return undefined;
    }
    expect(']', false);
    return { kind: 'array', span: { start: from, end: index }, items };
  }

  function hash(): ObjectNode | undefined {
    const from = index;
    const members: Member[] = [];
    expect('{');
    while (current() !== '}') {
      const { node, ok } = key();
      const value = ok ? nested() : undefined;
      if (value === undefined || !separator('}')) return undefined;
      members.push({ key: node, value, span: { start: node.span.start, end: value.span.end } });
    }
    expect('}', false);
    return { kind: 'object', span: { start: from, end: index }, members };
  }

  function separator(end: string): boolean {
    skipBlanks();
    if (current() === end) return true;
    if (!expect(',', false)) return false;
    skipBlanks();
    return true;
  }

  const members: Member[] = [];
  const keys = new Set<string>();
  for (let last = 0; members.length === 0 || index < text.length; last = index) {
    if (members.length > 0 && !expect(',')) break;
    const { node, ok } = key();
    const value = ok ? valueAfterKey() : undefined;
    if (value === undefined) break;
    if (keys.has(node.value)) {
      fault = { ok: false, message: `Second instance of key "${node.value}" encountered`, at: last + 1 };
      break;
    }
    keys.add(node.value);
    members.push({ key: node, value, span: { start: node.span.start, end: value.span.end } });
  }
  return fault ?? { ok: true, node: { kind: 'object', span: { start: 0, end: text.length }, members }, readsFile };
}

/** @param escapes two characters each, of which the second is meant; each is looked for in what the one before has left. */
function stringNode(text: string, from: number, to: number, escapes: readonly string[], quotes: number): StringNode {
  const span = { start: from, end: to };
  let units = Array.from({ length: to - from - 2 * quotes }, (_, i) => ({ char: text.charAt(from + quotes + i), at: from + quotes + i }));
  for (const sequence of escapes) {
    if (!text.slice(from, to).includes(sequence.charAt(0))) continue;
    const left: typeof units = [];
    for (let i = 0; i < units.length; i++) {
      const [unit, next] = [units[i], units[i + 1]];
      const isEscape = unit !== undefined && next !== undefined && unit.char + next.char === sequence;
      if (isEscape) i++;
      const kept = isEscape ? next : unit;
      if (kept !== undefined) left.push(kept);
    }
    units = left;
  }
  const shifts: Shift[] = units.flatMap(({ at }, decoded) =>
    at === (units[decoded - 1]?.at ?? from + quotes - 1) + 1 ? [] : [{ decoded, source: at }],
  );
  if (quotes === 0) shifts.unshift({ decoded: 0, source: from });
  const value = units.map(({ char }) => char).join('');
  return shifts.length === 0 ? { kind: 'string', span, value } : { kind: 'string', span, value, shifts };
}

/** The error as the CLI prints it: the text once more, and a mark below the place. */
export function errorOfCli({ message, at }: ShorthandError, text: string): string {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = text.indexOf('\n', at);
  const [consumed, rest] = lineEnd === -1 ? [text, ''] : [text.slice(0, lineEnd), text.slice(lineEnd)];
  const column = [...text.slice(lineStart, at)].length;
  const advice = message.startsWith('Second') ? '\nThis is often because there is a preceding "," instead of a space.' : '';
  return `${message} for input:\n${consumed}\n${' '.repeat(column)}^${rest}${advice}`;
}

/** A structure in the shorthand syntax, which may be more than that can carry: whoever writes it reads it back. */
export function writeShorthand(structure: { readonly [key: string]: Value }): string {
  return Object.entries(structure)
    .map(([key, value]) => `${key}=${written(value)}`)
    .join(',');
}

function written(value: Value): string {
  if (typeof value === 'string')
    return /^[\w+=.@:/-]+$/.test(value) && !value.startsWith('=') ? value : `'${value.replace(/[\\']/g, '\\$&')}'`;
  if (typeof value !== 'object') return String(value);
  return isList(value) ? `[${value.map(written).join(',')}]` : `{${writeShorthand(value)}}`;
}
