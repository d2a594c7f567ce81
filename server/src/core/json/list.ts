// Lists in JSON text, written as the text around them is.

import { indentationAt, lineEndIn, startOfLine } from '../awsconfig/edit';
import type { ArrayNode, Member, Node, ObjectNode } from '../tree/node';

/** What stands before the first item of a list, between two of them, and after the last. */
interface ListLayout {
  readonly lead: string;
  readonly separator: string;
  readonly tail: string;
}

export function writeList({ lead, separator, tail }: ListLayout, items: readonly string[]): string {
  return `[${lead}${items.join(separator)}${tail}]`;
}

export function sourceOf(text: string, { span }: Node): string {
  return text.slice(span.start, span.end);
}

/** Whether nothing but white space and commas stands between the items: then no comment is lost when they move. */
export function isPlainList(text: string, { span, items }: ArrayNode): boolean {
  let end = span.start + 1;
  for (const item of items) {
    if (!/^[\s,]*$/.test(text.slice(end, item.span.start))) return false;
    end = item.span.end;
  }
  return /^[\s,]*$/.test(text.slice(end, span.end - 1));
}

/** Of a list that is there. */
export function layoutOf(text: string, { span, items }: ArrayNode): ListLayout {
  const [first, second] = items;
  const last = items.at(-1);
  if (first === undefined || last === undefined) return { lead: '', separator: ', ', tail: '' };
  const lead = blankBefore(text, first);
  const between = second === undefined ? undefined : blankBefore(text, second);
  return {
    lead,
    separator: `,${between ?? (isBroken(lead) ? lead : blankAfterColon(text, span.start) ? ' ' : '')}`,
    tail: /[\s,]*$/.exec(text.slice(last.span.end, span.end - 1))?.[0] ?? '',
  };
}

/** Of a list of so many items in the place of a member's value: as the first list of the models is, else as the object of the member is. */
export function layoutFor(text: string, owner: ObjectNode, member: Member, count: number, models: readonly Node[]): ListLayout {
  const model = models.find((node): node is ArrayNode => node.kind === 'array' && node.items.length > 0);
  const [item] = model?.items ?? [];
  const isOpen =
    model === undefined || item === undefined
      ? count > 1 && isBroken(text.slice(owner.span.start, member.span.start))
      : isBroken(blankBefore(text, item));
  if (!isOpen) return { lead: '', separator: blankAfterColon(text, member.value?.span.start ?? member.span.end) ? ', ' : ',', tail: '' };
  const here = indentationOf(text, member.span.start);
  const [outer, inner] =
    model === undefined || item === undefined
      ? [indentationOf(text, owner.span.end - 1), here]
      : [indentationOf(text, model.span.end - 1), indentationOf(text, item.span.start)];
  const step = inner.startsWith(outer) && inner !== outer ? inner.slice(outer.length) : '  ';
  const tail = `${lineEndIn(text)}${here}`;
  return { lead: `${tail}${step}`, separator: `,${tail}${step}`, tail };
}

/** The white space before something. */
function blankBefore(text: string, { span }: Pick<Node, 'span'>): string {
  let start = span.start;
  while (start > 0 && /\s/.test(text.charAt(start - 1))) start--;
  return text.slice(start, span.start);
}

function blankAfterColon(text: string, valueStart: number): boolean {
  return /\s/.test(text.charAt(valueStart - 1));
}

function isBroken(blank: string): boolean {
  return /[\r\n]/.test(blank);
}

/** Of the line that an offset is on. */
function indentationOf(text: string, offset: number): string {
  return indentationAt(text, startOfLine(text, offset));
}
