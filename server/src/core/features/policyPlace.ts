// Where in a policy something is written, and what can be written there.

import type { Action, Catalog } from '../catalog/catalog';
import type { JsonCursor } from '../json/cursor';
import type { Surrounded } from '../policy/find';
import type { Statement } from '../policy/policy';
import { hasWildcard } from '../policy/wildcard';
import type { Node } from '../tree/node';

export interface Place {
  readonly cursor: JsonCursor;
  readonly policy: Surrounded;
  readonly isBare: boolean;
  readonly catalog: Catalog | undefined;
}

/** What is offered: a string, a member with its value, or something else without quotes. */
export interface Suggestion {
  readonly label: string;
  readonly kind: SuggestionKind;
  readonly detail?: string | undefined;
  readonly goesOn?: boolean;
  /** Within the quotes of a string or of a key, if it is not the label. */
  readonly text?: string;
  /** Of a member. */
  readonly value?: string;
  /** All of it, where no quote stands yet. */
  readonly raw?: string;
}

export type SuggestionKind =
  | 'element'
  | 'value'
  | 'service'
  | 'action'
  | 'pattern'
  | 'resource'
  | 'operator'
  | 'key'
  | 'principal'
  | 'skeleton';

/** In any letter case. */
export function hasMember(node: Node | undefined, name: string): boolean {
  return node?.kind === 'object' && node.members.some(({ key }) => key.value.toLowerCase() === name.toLowerCase());
}

/** That the ARNs of the file are of. */
export function partitionOf({ text }: JsonCursor): string {
  return /arn:(aws[a-z-]*):/.exec(text)?.[1] ?? 'aws';
}

/** Those that a statement names, and those that its patterns mean. */
export function actionsOf({ actions }: Statement, catalog: Catalog): readonly Action[] {
  const all = actions.flatMap(({ value }) => (hasWildcard(value) ? catalog.actionsMatching(value) : (catalog.action(value) ?? [])));
  return [...new Set(all)];
}
