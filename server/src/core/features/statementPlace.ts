// What a refactoring of a statement is, and where it is asked for.

import type { Policy, Statement } from '../policy/policy';
import { type Edit, isWithin, type Span, spansTouch } from '../text';
import { type Member, member, type StringNode } from '../tree/node';

export interface Refactoring {
  readonly title: string;
  /** As editors sort them: what is written out, what becomes more statements, and what is only written otherwise. */
  readonly kind: 'inline' | 'extract' | 'rewrite';
  readonly edits: readonly Edit[];
}

/** The statement that a selection, or a cursor, stands in. */
export interface StatementPlace {
  readonly text: string;
  readonly policy: Policy;
  readonly statement: Statement;
  readonly selection: Span;
}

/** What means more is not written out: nobody reads a longer list. */
export const mostActions = 200;

/** The elements of a statement that hold one text or a list of them. */
export const lists = ['Action', 'NotAction', 'Resource', 'NotResource'] as const;

/** Which list of a statement the selection is in, be it a single value. */
export function listAt({
  statement,
  selection,
}: StatementPlace): { readonly name: (typeof lists)[number]; readonly member: Member } | undefined {
  for (const name of lists) {
    const found = member(statement.node, name);
    if (found !== undefined && isWithin(selection, found.span)) return { name, member: found };
  }
  return undefined;
}

/** The items that the selection touches. */
export function selectedOf(items: readonly StringNode[], selection: Span): readonly StringNode[] {
  return items.filter(({ span }) => spansTouch(span, selection));
}
