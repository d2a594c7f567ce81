// Findings that a project accepts: the `ignore` entries of its file, applied to one document.

import type { Document, JsonDocument } from './document';
import { toOuterSpan } from './embedded';
import type { Finding } from './finding';
import { matches } from './glob';
import { element } from './policy/policy';
import type { IgnoreEntry } from './project';
import type { Span } from './text';
import { textOf } from './tree/node';

/** @param path relative to the folder of the project file, with `/` between its segments. */
export function entriesFor(entries: readonly IgnoreEntry[], path: string): readonly IgnoreEntry[] {
  return entries.filter(({ files }) => files === undefined || matches(files, path));
}

interface Ignored {
  /** Those that are left. */
  readonly findings: readonly Finding[];
  /** The entries that ignored one. */
  readonly used: ReadonlySet<IgnoreEntry>;
}

/** @param entries those for the document's path. */
export function withoutIgnored(document: Document, findings: readonly Finding[], entries: readonly IgnoreEntry[]): Ignored {
  if (entries.length === 0) return { findings, used: new Set() };
  const rules = new Set(entries.map(({ rule }) => rule));
  const accepted = new Set(entries.map(({ rule, sid }) => placeOf(rule, sid)));
  const used = new Set<string>();
  const sidAt = sidsOf(document);
  const left = findings.filter(({ rule, span }) => {
    if (!rules.has(rule)) return true;
    const places = [placeOf(rule, undefined), placeOf(rule, sidAt(span))].filter((place) => accepted.has(place));
    for (const place of places) used.add(place);
    return places.length === 0;
  });
  return { findings: left, used: new Set(entries.filter(({ rule, sid }) => used.has(placeOf(rule, sid)))) };
}

function placeOf(rule: string, sid: string | undefined): string {
  return sid === undefined ? rule : `${rule} ${sid}`;
}

/** The Sid of the statement that a place is in. */
function sidsOf(document: Document): (place: Span) => string | undefined {
  if (document.kind !== 'json') return () => undefined;
  // None is in another one.
  const statements = statementsIn(document).sort((a, b) => a.span.start - b.span.start);
  return ({ start, end }) => {
    let low = 0;
    let high = statements.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((statements[middle]?.span.start ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    const statement = statements[low - 1];
    return statement !== undefined && end <= statement.span.end ? statement.sid : undefined;
  };
}

/** Those in strings with their places in the whole text. */
function statementsIn({ policies, embedded }: JsonDocument): { readonly span: Span; readonly sid: string | undefined }[] {
  const own = policies.flatMap(({ statements }) => statements.map(({ node }) => ({ span: node.span, sid: textOf(element(node, 'Sid')) })));
  const inStrings = embedded.flatMap(({ node, document }) =>
    statementsIn(document).map(({ span, sid }) => ({ span: toOuterSpan(node, span), sid })),
  );
  return [...own, ...inStrings];
}
