// Changes to JSON text that touch nothing else in it: a new member takes the layout of the member beside it.

import type { Edit } from '../text';
import type { Member, Node } from '../tree/node';

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

/** The white space between a member and what stands before it. */
function layoutBefore(text: string, { span }: Member): string {
  let start = span.start;
  while (start > 0 && /\s/.test(text.charAt(start - 1))) start--;
  return text.slice(start, span.start);
}

/** On one line; with blanks unless the text around it does without. */
function writeMember(text: string, anchor: Member, key: string, value: Value): string {
  const spaced = anchor.value === undefined || /\s/.test(text.slice(anchor.key.span.end, anchor.value.span.start));
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
