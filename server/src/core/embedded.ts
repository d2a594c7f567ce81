// JSON texts in strings of a JSON text: an offset into the innermost, and what is found there back out to the text of the file.

import type { Embedded, JsonDocument } from './document';
import type { Finding } from './finding';
import type { Edit, Span } from './text';
import { decodedOffset, type StringNode, sourceOffset } from './tree/node';

interface Inside {
  readonly document: JsonDocument;
  readonly offset: number;
  toOuter(span: Span): Span;
  toOuterEdit(edit: Edit): Edit;
}

/** The innermost text that an offset stands in, and its offset there: the document itself, where that is in no string with policies. */
export function documentAt(document: JsonDocument, offset: number): Inside {
  const within = document.embedded.find(({ node: { span } }) => span.start < offset && offset < span.end);
  if (within === undefined) return { document, offset, toOuter: (span) => span, toOuterEdit: (edit) => edit };
  const { node } = within;
  const inside = documentAt(within.document, decodedOffset(node, offset));
  return {
    ...inside,
    toOuter: (span) => toOuterSpan(node, inside.toOuter(span)),
    toOuterEdit: (edit) => toOuterEdit(node, inside.toOuterEdit(edit)),
  };
}

export function toOuterSpan(node: StringNode, { start, end }: Span): Span {
  return { start: sourceOffset(node, start), end: sourceOffset(node, end) };
}

/** The new text becomes a part of a string. */
function toOuterEdit(node: StringNode, { span, newText }: Edit): Edit {
  return { span: toOuterSpan(node, span), newText: JSON.stringify(newText).slice(1, -1) };
}

export function toOuterFinding({ node }: Embedded, finding: Finding): Finding {
  return {
    ...finding,
    span: toOuterSpan(node, finding.span),
    fixes: finding.fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => toOuterEdit(node, edit)) })),
    related: finding.related.map((related) => ({ ...related, span: toOuterSpan(node, related.span) })),
  };
}
