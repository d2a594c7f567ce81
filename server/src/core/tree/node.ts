// The neutral syntax tree: what a document says, whatever syntax it is written in, with the place of everything.
// Trees may be incomplete (a member without a value); every span lies inside the text.

import type { Span } from '../text';

export type Node = ObjectNode | ArrayNode | StringNode | NumberNode | BooleanNode | NullNode;

export interface ObjectNode {
  readonly kind: 'object';
  readonly span: Span;
  /** In source order, duplicates kept. */
  readonly members: readonly Member[];
  /** A comma after the last member. */
  readonly trailingComma?: Span | undefined;
}

export interface Member {
  readonly span: Span;
  readonly key: StringNode;
  /** Missing while it is being typed. */
  readonly value: Node | undefined;
}

export interface ArrayNode {
  readonly kind: 'array';
  readonly span: Span;
  readonly items: readonly Node[];
  /** A comma after the last item. */
  readonly trailingComma?: Span | undefined;
}

export interface StringNode {
  readonly kind: 'string';
  /** With its quotes. */
  readonly span: Span;
  readonly value: string;
  /** Where the distance between decoded and source offsets changes; only for strings with escapes. */
  readonly shifts?: readonly Shift[];
}

/** From this decoded offset on, decoded offset n stands at source offset `source + (n - decoded)`. */
export interface Shift {
  readonly decoded: number;
  readonly source: number;
}

export interface NumberNode {
  readonly kind: 'number';
  readonly span: Span;
  readonly value: number;
}

export interface BooleanNode {
  readonly kind: 'boolean';
  readonly span: Span;
  readonly value: boolean;
}

interface NullNode {
  readonly kind: 'null';
  readonly span: Span;
}

/** The member that counts: of several with one name the last, which is all that JSON parsers keep; IAM refuses to save such a policy. */
export function member(node: Node | undefined, name: string): Member | undefined {
  if (node?.kind !== 'object') return undefined;
  for (let i = node.members.length - 1; i >= 0; i--) {
    const candidate = node.members[i];
    if (candidate?.key.value === name) return candidate;
  }
  return undefined;
}

/** The value of that member. */
export function memberValue(node: Node | undefined, name: string): Node | undefined {
  return member(node, name)?.value;
}

/** The text of a string node, nothing for any other. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'string' ? node.value : undefined;
}

/** The items of an array; a single node counts as an array of one, as IAM reads it; nothing gives none. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return node.kind === 'array' ? node.items : [node];
}

/** The strings among `itemsOf`. */
export function stringsOf(node: Node | undefined): readonly StringNode[] {
  return itemsOf(node).filter((item) => item.kind === 'string');
}

/** Where a decoded offset of a string stands in the source. */
export function sourceOffset(node: StringNode, decoded: number): number {
  const [shift] = shiftsAround(node, (candidate) => candidate.decoded <= decoded);
  return Math.min(shift.source + (decoded - shift.decoded), node.span.end);
}

/** The other way round; an offset within an escape is that of the character which it stands for. */
export function decodedOffset(node: StringNode, source: number): number {
  const [shift, next] = shiftsAround(node, (candidate) => candidate.source <= source);
  const decoded = shift.decoded + Math.max(0, source - shift.source);
  return Math.min(decoded, next === undefined ? node.value.length : next.decoded - 1);
}

/** The last shift that has come, and the one after it. */
function shiftsAround({ span, shifts = [] }: StringNode, hasCome: (shift: Shift) => boolean): readonly [Shift, Shift | undefined] {
  let low = 0;
  let high = shifts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const shift = shifts[middle];
    if (shift !== undefined && hasCome(shift)) low = middle + 1;
    else high = middle;
  }
  return [shifts[low - 1] ?? { decoded: 0, source: span.start + 1 }, shifts[low]];
}
