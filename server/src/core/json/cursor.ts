// Where a cursor stands in JSON that is being written, and how something is written there so that the text stays JSON.
// The tokens up to the cursor tell what may stand there. What does is then replaced by something whole and the text is read
// again, so that half a member never hides those beside it.

import type { Edit, Span } from '../text';
import type { ArrayNode, Node, ObjectNode } from '../tree/node';
import { isTooDeep, parseJson } from './parse';

export interface JsonCursor {
  readonly text: string;
  readonly offset: number;
  readonly isKey: boolean;
  /** From the root to the object or array that the cursor stands in. What stands at the cursor is an empty key or the number 0. */
  readonly steps: readonly Step[];
  /** Before the cursor, without a quote. */
  readonly typed: string;
  readonly isQuoted: boolean;
  /** What a completion replaces: within quotes, a word, or nothing. */
  readonly span: Span;
  readonly gap: Gap;
}

/** A container on the way to the cursor, and the name of the member that leads on from it. */
export interface Step {
  readonly node: ObjectNode | ArrayNode;
  readonly key: string | undefined;
}

/** What is there already, and what is lacking, around what is written. */
interface Gap {
  readonly hasEndQuote: boolean;
  /** Whether a value follows the key. */
  readonly hasColon: boolean;
  /** Whether the cursor stands right behind a colon. */
  readonly afterColon: boolean;
  /** Where a comma is lacking before the cursor. */
  readonly commaAt: number | undefined;
  readonly needsCommaAfter: boolean;
}

/** Something written at the cursor. */
export interface Writing {
  /** On the line of the cursor, around it. */
  readonly edit: Edit;
  /** Commas elsewhere. */
  readonly also: readonly Edit[];
}

/** Nothing in comments, behind values, and where no value or key can be written. */
export function jsonCursor(text: string, offset: number): JsonCursor | undefined {
  const word = wordBefore(text, offset);
  const scan = scanTo(text, offset - word.length, offset);
  if (scan === undefined || scan.expects === 'nothing') return undefined;
  const isKey = scan.expects === 'key';
  const { start, end, span, hasEndQuote } = written(text, offset, word, scan.string, isKey);
  const before = scan.previous;
  const [next, second] = tokensFrom(text, end);
  // A value that stands there is not written again; a string with a colon behind it is the next key.
  const isNextKey = next?.startsWith('"') === true && second === ':';
  const hasValue = next !== undefined && !/^[}\],:]$/.test(next) && !isNextKey;
  if (!isKey && start === end && hasValue && scan.container === '{') return undefined;
  if (start === end && scan.container === undefined && next !== undefined) return undefined;
  if (scan.isBehindValue && before !== undefined && before.end === start) return undefined;
  const hasColon = isKey && next === ':';
  const marker = !isKey ? '0' : hasColon ? '""' : '"":0';
  const repaired = `${text.slice(0, start)}${marker}${text.slice(end)}`;
  if (isTooDeep(repaired)) return undefined;
  const steps = stepsTo(parseJson(repaired).root, start);
  const last = steps?.at(-1);
  // In text that is broken elsewhere the tree may have it otherwise.
  if (steps === undefined || isKey !== (last?.node.kind === 'object' && last.key === undefined)) return undefined;
  return {
    text,
    offset,
    isKey,
    steps,
    typed: text.slice(span.start, offset),
    isQuoted: scan.string !== undefined,
    span,
    gap: {
      hasEndQuote,
      hasColon,
      afterColon: before?.text === ':' && before.end === start,
      commaAt: scan.isBehindValue ? before?.end : undefined,
      needsCommaAfter: !hasColon && next !== undefined && !/^[}\],:]$/.test(next) && scan.container !== undefined,
    },
  };
}

/** A string, given without its quotes, as a value or in the place of a key that has one. */
export function writeString(cursor: JsonCursor, content: string): Writing {
  return write(cursor, content, '');
}

/** A key with a value; the value is left out where one follows. */
export function writeMember(cursor: JsonCursor, key: string, value: string): Writing {
  return cursor.gap.hasColon ? write(cursor, key, '') : write(cursor, key, `: ${value}`);
}

/** Any value, where no quote stands yet; members without braces, in the place of a key. */
export function writeRaw({ span, gap }: JsonCursor, value: string): Writing {
  const newText = `${gap.afterColon ? ' ' : ''}${value}${gap.needsCommaAfter ? ',' : ''}`;
  return { edit: { span, newText }, also: commaBefore(gap) };
}

function write({ span, isQuoted, gap }: JsonCursor, content: string, behind: string): Writing {
  const { hasEndQuote, afterColon, needsCommaAfter } = gap;
  const begin = isQuoted ? '' : `${afterColon ? ' ' : ''}"`;
  const comma = needsCommaAfter ? ',' : '';
  // Where nothing comes behind the end quote, it stays.
  if (hasEndQuote && behind === '') {
    const at = span.end + 1;
    const after = needsCommaAfter ? [{ span: { start: at, end: at }, newText: comma }] : [];
    return { edit: { span, newText: content }, also: [...commaBefore(gap), ...after] };
  }
  const end = hasEndQuote ? span.end + 1 : span.end;
  return { edit: { span: { start: span.start, end }, newText: `${begin}${content}"${behind}${comma}` }, also: commaBefore(gap) };
}

function commaBefore({ commaAt }: Gap): readonly Edit[] {
  return commaAt === undefined ? [] : [{ span: { start: commaAt, end: commaAt }, newText: ',' }];
}

/** Without quotes, and with the colons of an action in it. */
function wordBefore(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && /[^\s"{}[\],]/.test(text.charAt(start - 1))) start--;
  return text.slice(start, offset).replace(/^:+/, '');
}

/** The token at the cursor, and the part of it that is replaced. */
function written(
  text: string,
  offset: number,
  word: string,
  string: StringToken | undefined,
  isKey: boolean,
): { readonly start: number; readonly end: number; readonly span: Span; readonly hasEndQuote: boolean } {
  if (string?.isClosed) {
    const { start, end } = string;
    return { start, end, span: { start: start + 1, end: end - 1 }, hasEndQuote: true };
  }
  // What follows on the line of a string without an end, or of a word, is part of it as far as that could be written without quotes.
  const rest =
    (isKey && string === undefined ? /^[^\s"{}[\],:]*/ : /^[^\s"{}[\],]*/).exec(text.slice(offset, offset + 1000))?.[0].length ?? 0;
  const isBegun = string !== undefined || word !== '';
  const start = string?.start ?? offset - word.length;
  const end = isBegun ? offset + rest : offset;
  return { start, end, span: { start: string === undefined ? start : start + 1, end }, hasEndQuote: false };
}

interface Token {
  readonly text: string;
  readonly end: number;
}

interface StringToken {
  readonly start: number;
  readonly end: number;
  readonly isClosed: boolean;
}

interface Scan {
  readonly expects: 'key' | 'value' | 'nothing';
  readonly isBehindValue: boolean;
  readonly container: '{' | '[' | undefined;
  readonly previous: Token | undefined;
  /** That the cursor stands in. */
  readonly string: StringToken | undefined;
}

/** What a container expects next. */
type State = 'key' | 'colon' | 'value' | 'end';

const tokens = /"(?:\\[^\r\n]|[^"\\\r\n])*("?)|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|[{}[\]:,]|[^\s"{}[\]:,]+/g;

/** Reads the tokens that begin before `from`. Nothing where the cursor stands in a comment. */
function scanTo(text: string, from: number, offset: number): Scan | undefined {
  const open: { readonly bracket: '{' | '[' | undefined; state: State }[] = [{ bracket: undefined, state: 'value' }];
  let previous: Token | undefined;
  const answer = (string: StringToken | undefined): Scan => {
    const { bracket, state } = open.at(-1) ?? { bracket: undefined, state: 'end' };
    const isBehindValue = state === 'end';
    const expects =
      state === 'key' || (isBehindValue && bracket === '{')
        ? 'key'
        : state === 'value' || (isBehindValue && bracket === '[')
          ? 'value'
          : 'nothing';
    return { expects, isBehindValue, container: bracket, previous, string };
  };
  const regex = new RegExp(tokens);
  for (let match = regex.exec(text); match !== null && match.index < from; match = regex.exec(text)) {
    const [token, quote] = match;
    const start = match.index;
    const end = start + token.length;
    if (token.startsWith('//') || token.startsWith('/*')) {
      if (offset < end || (offset === end && !token.endsWith('*/'))) return undefined;
      continue;
    }
    if (token.startsWith('"')) {
      // A quote with a word right behind it begins the next string.
      const isClosed = quote === '"' && !/[^\s,:\]}/]/.test(text.charAt(end));
      if (isClosed ? offset < end : offset <= end) return answer({ start, end, isClosed });
    }
    step(open, token);
    previous = { text: token, end };
  }
  return answer(undefined);
}

function step(open: { readonly bracket: '{' | '[' | undefined; state: State }[], token: string): void {
  const top = open.at(-1);
  if (top === undefined) return;
  const isObject = top.bracket === '{';
  switch (token) {
    case '{':
    case '[':
      top.state = 'end';
      open.push({ bracket: token, state: token === '{' ? 'key' : 'value' });
      return;
    case '}':
    case ']':
      if (open.length > 1 && isObject === (token === '}')) open.pop();
      return;
    case ',':
      if (top.bracket !== undefined) top.state = isObject ? 'key' : 'value';
      return;
    case ':':
      if (isObject) top.state = 'value';
      return;
    default:
      top.state = isObject && top.state !== 'value' ? 'colon' : 'end';
  }
}

/** The next two tokens that are no comments. */
function tokensFrom(text: string, start: number): readonly string[] {
  const regex = new RegExp(tokens);
  regex.lastIndex = start;
  const found: string[] = [];
  for (let match = regex.exec(text); match !== null && found.length < 2; match = regex.exec(text)) {
    if (!match[0].startsWith('//') && !match[0].startsWith('/*')) found.push(match[0]);
  }
  return found;
}

/** The way to the key or value that begins at an offset. */
function stepsTo(root: Node | undefined, at: number): readonly Step[] | undefined {
  const steps: Step[] = [];
  let node = root;
  while (node !== undefined && node.span.start !== at) {
    if (node.kind === 'array') {
      steps.push({ node, key: undefined });
      node = node.items.find(({ span }) => span.start <= at && at < span.end);
    } else if (node.kind === 'object') {
      const member = node.members.find(({ span }) => span.start <= at && at < span.end);
      const isKey = member?.key.span.start === at;
      steps.push({ node, key: isKey ? undefined : member?.key.value });
      if (isKey) return steps;
      node = member?.value;
    } else return undefined;
  }
  return node === undefined ? undefined : steps;
}
