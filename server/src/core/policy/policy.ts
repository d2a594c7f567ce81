// What an IAM policy document says, as far as rules ask for it; a view on the neutral tree, whatever syntax that came from.

import type { Span } from '../text';
import { itemsOf, type Member, member, type Node, type ObjectNode, type StringNode, stringsOf, textOf } from '../tree/node';

/** What a policy is for; it decides which elements IAM accepts. */
export type PolicyKind = 'identity' | 'inline-identity' | 'trust' | 'resource';

export interface Policy {
  readonly kind: PolicyKind;
  readonly node: ObjectNode;
  /** The `Statement` member that counts. */
  readonly statement: Member;
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly node: ObjectNode;
  readonly effect: 'Allow' | 'Deny' | undefined;
  readonly actions: readonly StringNode[];
  readonly resources: readonly StringNode[];
  readonly condition: Node | undefined;
}

/** The elements of a statement (IAM User Guide, "IAM JSON policy elements reference"). */
export const statementElements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
] as const;
export type StatementElement = (typeof statementElements)[number];

export function statementOf(node: ObjectNode): Statement {
  const effect = textOf(element(node, 'Effect'));
  return {
    node,
    effect: effect === 'Allow' || effect === 'Deny' ? effect : undefined,
    actions: stringsOf(element(node, 'Action')),
    resources: stringsOf(element(node, 'Resource')),
    condition: element(node, 'Condition'),
  };
}

export function element(node: Node | undefined, name: StatementElement): Node | undefined {
  return member(node, name)?.value;
}

export function hasElement(node: Node | undefined, name: StatementElement): boolean {
  return member(node, name) !== undefined;
}

/** Where a finding about a statement as a whole goes: its Sid, or its Effect, or its first brace. */
export function statementAnchor(node: ObjectNode): Span {
  const sid = element(node, 'Sid');
  if (sid !== undefined) return sid.span;
  return member(node, 'Effect')?.span ?? { start: node.span.start, end: node.span.start + 1 };
}

export interface ConditionKey {
  /** As written; IAM compares it without regard to case. */
  readonly operator: StringNode;
  readonly key: StringNode;
  readonly values: readonly Node[];
}

export function conditionKeys(condition: Node | undefined): readonly ConditionKey[] {
  if (condition?.kind !== 'object') return [];
  return condition.members.flatMap(({ key: operator, value }) =>
    value?.kind === 'object' ? value.members.map(({ key, value: values }) => ({ operator, key, values: itemsOf(values) })) : [],
  );
}
