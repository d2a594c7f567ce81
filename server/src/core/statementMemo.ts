// What the rules that look at one statement at a time have found in it, by its text: a document is looked at again with every keystroke,
// and nearly all of it has not changed. Forgetting it all changes nothing but time.

import type { Finding } from './finding';
import { isWithin, type Span } from './text';

/** Of all texts together. */
const mostCharacters = 8_000_000;
const known = new Map<string, readonly Finding[]>();
let characters = 0;
const none: readonly Finding[] = [];

/**
 * @param context everything but the text that decides what is found. @param find looks for it; its places are those of the document.
 */
export function foundInStatement(context: string, text: string, span: Span, find: () => readonly Finding[]): readonly Finding[] {
  // Put together it is a text of its own, which does not keep the whole document in memory.
  const key = `${context}\n${text.slice(span.start, span.end)}`;
  const before = known.get(key);
  if (before !== undefined) return before.length === 0 ? before : before.map((finding) => moved(finding, span.start));
  const findings = find();
  if (findings.every((finding) => placesOf(finding).every((place) => isWithin(place, span)))) {
    if (characters + key.length > mostCharacters) forget();
    characters += key.length;
    known.set(key, findings.length === 0 ? none : findings.map((finding) => moved(finding, -span.start)));
  }
  return findings;
}

function forget(): void {
  known.clear();
  characters = 0;
}

function placesOf({ span, fixes, related }: Finding): readonly Span[] {
  return [span, ...related.map((other) => other.span), ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.span))];
}

function moved(finding: Finding, by: number): Finding {
  const move = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  return {
    ...finding,
    span: move(finding.span),
    related: finding.related.map((other) => ({ ...other, span: move(other.span) })),
    fixes: finding.fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => ({ ...edit, span: move(edit.span) })) })),
  };
}
