// JSON and JSONC text to the neutral tree. Never throws; what is broken is left out.

import { type JSONVisitor, printParseErrorCode, visit } from 'jsonc-parser';
import type { Span } from '../text';
import type { Member, Node, StringNode } from '../tree/node';
import { maxDepth, parsePlain, shiftsOf } from './plain';

export { maxDepth };

/** True if brackets are nested deeper than `maxDepth` somewhere outside of strings and comments. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: // "
        i = endOfString(text, i);
        break;
      case 0x2f: // /
        i = endOfComment(text, i);
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > maxDepth) return true;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth = Math.max(0, depth - 1);
        break;
    }
  }
  return false;
}

/** The offset of the closing quote, or of the line end at which an unclosed string stops. */
function endOfString(text: string, quote: number): number {
  for (let i = quote + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c) i++;
    else if (code === 0x22 || code === 0x0a || code === 0x0d) return i;
  }
  return text.length;
}

function endOfComment(text: string, slash: number): number {
  const next = text.charCodeAt(slash + 1);
  if (next === 0x2f) {
    const end = text.slice(slash).search(/[\r\n]/);
    return end === -1 ? text.length : slash + end;
  }
  if (next === 0x2a) {
    const end = text.indexOf('*/', slash + 2);
    return end === -1 ? text.length : end + 1;
  }
  return slash;
}

export interface JsonText {
  /** The first value of the text, or nothing where there is none. */
  readonly root: Node | undefined;
  /** Whether it is not even JSONC, so that the tree is partly a guess. */
  readonly isBroken: boolean;
  /** Where it is first seen to be broken. */
  readonly fault: JsonFault | undefined;
  readonly comments: readonly Span[];
  /** The commas after the last member or item of something. */
  readonly trailingCommas: readonly Span[];
}

export interface JsonFault {
  readonly code: ReturnType<typeof printParseErrorCode>;
  /** What is wrong, or what stands where something else should; empty at the end of the text. */
  readonly span: Span;
  /** The end of the last value or key before it. */
  readonly after: number;
  /** The braces and brackets that are open there, from the outermost on. */
  readonly open: readonly { readonly kind: 'object' | 'array'; readonly start: number }[];
}

/** Nothing for a text that is too deep. */
export function readJson(text: string): JsonText | undefined {
  const root = parsePlain(text);
  if (root !== undefined) return { root, isBroken: false, fault: undefined, comments: [], trailingCommas: [] };
  return isTooDeep(text) ? undefined : parseJson(text);
}

/** Of any text, however broken, that is not too deep. */
export function parseJson(text: string): JsonText {
  let root: Node | undefined;
  let fault: JsonFault | undefined;
  const comments: Span[] = [];
  const trailingCommas: Span[] = [];
  const open: Container[] = [];
  let closed: Container | undefined;

  /** After a comment that is never closed, jsonc-parser's offsets go beyond the text. */
  const within = (offset: number): number => Math.min(offset, text.length);
  const spanOf = (offset: number, length: number): OpenSpan => ({ start: within(offset), end: within(offset + length) });
  const add = (node: Node): void => {
    const parent = open.at(-1);
    if (parent !== undefined) parent.trailingComma = undefined;
    if (parent === undefined) root ??= node;
    else if (parent.kind === 'array') parent.items.push(node);
    else closeMember(parent, node);
  };
  const close = (end: number): void => {
    const container = open.pop();
    if (container === undefined) return;
    closed = container;
    if (container.trailingComma !== undefined) trailingCommas.push(container.trailingComma);
    if (container.kind === 'object') closeMember(container, undefined);
    container.span.end = end;
    const parent = open.at(-1);
    const member = parent?.kind === 'object' ? parent.members.at(-1) : undefined;
    if (member !== undefined) member.span.end = end;
  };
  const begin = (container: Container): void => {
    add(container);
    open.push(container);
  };

  const visitor: JSONVisitor = {
    onObjectBegin: (offset) =>
      begin({ kind: 'object', span: spanOf(offset, text.length), members: [], trailingComma: undefined, pending: undefined }),
    onObjectProperty: (name, offset, length) => {
      const parent = open.at(-1);
      if (parent?.kind !== 'object') return;
      closeMember(parent, undefined);
      parent.trailingComma = undefined;
      parent.pending = stringNode(text, name, spanOf(offset, length));
    },
    onObjectEnd: (offset, length) => close(within(offset + length)),
    onArrayBegin: (offset) => begin({ kind: 'array', span: spanOf(offset, text.length), items: [], trailingComma: undefined }),
    onSeparator: (character, offset, length) => {
      const parent = open.at(-1);
      if (character === ',' && parent !== undefined) parent.trailingComma = spanOf(offset, length);
    },
    onArrayEnd: (offset, length) => close(within(offset + length)),
    onLiteralValue: (value: unknown, offset, length) => {
      const node = literalNode(text, value, spanOf(offset, length));
      if (node !== undefined) add(node);
    },
    onComment: (offset, length) => {
      comments.push(spanOf(offset, length));
    },
    onError: (error, offset, length) => {
      if (fault !== undefined) return;
      const code = printParseErrorCode(error);
      // For the parser, an object or an array that is not closed ends before it says so.
      const unclosed = closed !== undefined && /^Close(Brace|Bracket)Expected$/.test(code) ? [...open, closed] : open;
      fault = {
        code,
        span: spanOf(offset, length),
        after: endOfLast(unclosed.at(-1)) ?? root?.span.end ?? 0,
        open: unclosed.map(({ kind, span }) => ({ kind, start: span.start })),
      };
    },
  };
  visit(text, visitor, { allowTrailingComma: true, allowEmptyContent: true });
  while (open.length > 0) close(text.length);
  return { root, isBroken: fault !== undefined, fault, comments, trailingCommas };
}

type Container = OpenObject | OpenArray;

function endOfLast(container: Container | undefined): number | undefined {
  if (container === undefined) return undefined;
  const last = container.kind === 'array' ? container.items.at(-1) : (container.pending ?? container.members.at(-1));
  return last?.span.end ?? container.span.start + 1;
}

/** The span of what is not closed yet: its end is set when it is. */
interface OpenSpan {
  start: number;
  end: number;
}

interface OpenObject {
  kind: 'object';
  span: OpenSpan;
  members: (Member & { readonly span: OpenSpan })[];
  /** A key whose value has not come yet. */
  pending: StringNode | undefined;
  trailingComma: Span | undefined;
}

interface OpenArray {
  kind: 'array';
  span: OpenSpan;
  items: Node[];
  trailingComma: Span | undefined;
}

function closeMember(parent: OpenObject, value: Node | undefined): void {
  const key = parent.pending;
  if (key === undefined) return;
  parent.members.push({ key, value, span: { start: key.span.start, end: (value ?? key).span.end } });
  parent.pending = undefined;
}

function literalNode(text: string, value: unknown, span: Span): Node | undefined {
  switch (typeof value) {
    case 'string':
      return stringNode(text, value, span);
    case 'number':
      return { kind: 'number', span, value };
    case 'boolean':
      return { kind: 'boolean', span, value };
    default:
      return value === null ? { kind: 'null', span } : undefined;
  }
}

function stringNode(text: string, value: string, span: Span): StringNode {
  return value.length === span.end - span.start - 2
    ? { kind: 'string', span, value }
    : { kind: 'string', span, value, shifts: shiftsOf(text, span) };
}
