// Taking a member or an item out of JSON text, with its comma and the white space that came with it.

import type { Edit, Span } from '../text';
import type { ArrayNode, Member, Node, ObjectNode } from '../tree/node';

export function removeMember(object: ObjectNode, member: Member): Edit {
  return without(object.members, object.members.indexOf(member), object);
}

export function removeItem(array: ArrayNode, item: Node): Edit {
  return without(array.items, array.items.indexOf(item), array);
}

type Placed = { readonly span: Span };

/** From the end of the one before it; of the first, to the start of the next; of the only one, with the comma that nothing follows. */
function without(all: readonly Placed[], index: number, { span, trailingComma }: ObjectNode | ArrayNode): Edit {
  const before = all[index - 1];
  const removed = all[index];
  const after = all[index + 1];
  if (removed === undefined) return { span: { start: span.start + 1, end: span.start + 1 }, newText: '' };
  if (before !== undefined) return { span: { start: before.span.end, end: removed.span.end }, newText: '' };
  return { span: { start: removed.span.start, end: after?.span.start ?? trailingComma?.end ?? removed.span.end }, newText: '' };
}
