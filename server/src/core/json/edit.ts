// Changes to JSON text that touch nothing else in it: a new member takes the layout of the member beside it.

import { indentationAt, startOfLine } from '../awsconfig/edit';
import type { Edit, Span } from '../text';
import type { Member, Node, ObjectNode } from '../tree/node';

/** A JSON value to be written; strings get their escapes. */
export type Value = string | readonly string[] | { readonly [key: string]: Value };

/** A string in the place of any value or key. */
export function replaceValue(node: Node, text: string): Edit {
  return { span: node.span, newText: JSON.stringify(text) };
}

export function insertBefore(text: string, anchor: Member, key: string, value: Value): Edit {
  const at = anchor.span.start;
  return { span: { start: at, end: at }, newText: `${writeMember(text, anchor, key, value)},${layoutBefore(text, anchor)}` };
}

export function insertAfter(text: string, anchor: Member, key: string, value: Value): Edit {
  const at = anchor.span.end;
  return { span: { start: at, end: at }, newText: `,${layoutBefore(text, anchor)}${writeMember(text, anchor, key, value)}` };
}

/** Another value in the place of an object: on lines of their own, with its indentation, if its members are. */
export function replaceObject(text: string, { span, members }: ObjectNode, value: unknown): Edit {
  const [first] = members;
  const layout = first === undefined ? '' : layoutBefore(text, first);
  const lineEnd = /\r\n|\n|\r/.exec(layout)?.[0];
  if (lineEnd === undefined) return { span, newText: JSON.stringify(value) };
  const outer = indentationAt(text, startOfLine(text, span.start));
  const inner = layout.slice(layout.lastIndexOf(lineEnd) + lineEnd.length);
  const unit = inner.startsWith(outer) ? inner.slice(outer.length) : inner;
  return { span, newText: JSON.stringify(value, undefined, unit).replaceAll('\n', lineEnd + outer) };
}

/** A member in the place of another. */
export function replaceMember(text: string, member: Member, key: string, value: Value): Edit {
  return { span: member.span, newText: writeMember(text, member, key, value) };
}

/** More strings in a list, or in the place of a string a list; nothing where neither stands there, or the list has no item to follow. */
export function addToList(text: string, list: Member, values: readonly string[]): Edit | undefined {
  const { value } = list;
  const blank = isSpaced(text, list) ? ' ' : '';
  if (value?.kind === 'string') {
    return { span: value.span, newText: `[${[value.value, ...values].map((item) => JSON.stringify(item)).join(`,${blank}`)}]` };
  }
  const last = value?.kind === 'array' ? value.items.at(-1) : undefined;
  if (last === undefined) return undefined;
  const layout = layoutBefore(text, last) || blank;
  const at = last.span.end;
  return { span: { start: at, end: at }, newText: values.map((item) => `,${layout}${JSON.stringify(item)}`).join('') };
}

/** The white space between a member or an item and what stands before it. */
function layoutBefore(text: string, { span }: { readonly span: Span }): string {
  let start = span.start;
  while (start > 0 && /\s/.test(text.charAt(start - 1))) start--;
  return text.slice(start, span.start);
}

function isSpaced(text: string, { key, value }: Member): boolean {
  return value === undefined || /\s/.test(text.slice(key.span.end, value.span.start));
}

/** On one line; with blanks unless the text around it does without. */
function writeMember(text: string, anchor: Member, key: string, value: Value): string {
  const spaced = isSpaced(text, anchor);
  return `${JSON.stringify(key)}:${spaced ? ' ' : ''}${writeValue(value, spaced)}`;
}

function writeValue(value: Value, spaced: boolean): string {
  if (typeof value === 'string') return JSON.stringify(value);
  const comma = spaced ? ', ' : ',';
  if (isList(value)) return `[${value.map((item) => JSON.stringify(item)).join(comma)}]`;
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${spaced ? ' ' : ''}${writeValue(item, spaced)}`);
  return spaced ? `{ ${members.join(comma)} }` : `{${members.join(comma)}}`;
}

function isList(value: Exclude<Value, string>): value is readonly string[] {
  return Array.isArray(value);
}
