// What an IAM policy document says, as far as rules ask for it; a view on the neutral tree, whatever syntax that came from.

import { nearest } from '../nearest';
import type { Span } from '../text';
import { itemsOf, type Member, member, type Node, type ObjectNode, type StringNode, stringsOf, textOf } from '../tree/node';
import { type Operator, operatorOf } from './operator';
import { isIntrinsicName } from './placeholder';

/** What a policy is for; it decides which elements IAM accepts. */
export const policyKinds = ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'] as const;
export type PolicyKind = (typeof policyKinds)[number];

export function isPolicyKind(value: unknown): value is PolicyKind {
  return policyKinds.some((kind) => kind === value);
}

export interface Policy {
  readonly kind: PolicyKind;
  /** Whether its place tells the kind, or somebody who knows: what a bare policy is for is else a guess. */
  readonly isPlaced: boolean;
  readonly node: ObjectNode;
  /** The `Statement` member that counts. */
  readonly statement: Member;
  readonly statements: readonly Statement[];
  /** Of the nearest resource of a template around it, as in AWS::S3::BucketPolicy. */
  readonly resourceType?: string | undefined;
  /** Missing where its place does not tell. */
  readonly owner?: PolicyOwner | undefined;
}

/** Whose policy it is: whom it is attached to, or who is assumed by it. */
export interface PolicyOwner {
  /** `policy` for a managed one. */
  readonly type: 'role' | 'user' | 'group' | 'policy';
  /** None where a template fills it in; several where they share the policy. */
  readonly names: readonly string[];
  /** Of a resource of CloudFormation. */
  readonly logicalId?: string | undefined;
}

/** What something beside a text tells of the bare policy in it. */
export interface RootPolicy {
  readonly kind: PolicyKind;
  readonly owner?: PolicyOwner | undefined;
}

export interface Statement {
  readonly node: ObjectNode;
  /** The members that count, by their names. */
  readonly elements: Readonly<Partial<Record<StatementElement, Member>>>;
  readonly effect: 'Allow' | 'Deny' | undefined;
  /** Of each of these the strings alone: what a template puts in their place is not known (`isWhole` tells). */
  readonly actions: readonly StringNode[];
  readonly notActions: readonly StringNode[];
  readonly resources: readonly StringNode[];
  readonly notResources: readonly StringNode[];
  readonly principals: readonly Principal[];
  readonly notPrincipals: readonly Principal[];
  readonly condition: Node | undefined;
  readonly conditions: readonly ConditionKey[];
}

export interface Principal {
  /** AWS, Service, Federated, CanonicalUser, or what else is written; nothing for a bare string, which should be "*". */
  readonly kind: StringNode | undefined;
  readonly node: StringNode;
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
const elementNames: ReadonlySet<string> = new Set(statementElements);

export function statementOf(node: ObjectNode): Statement {
  const elements = elementsOf(node);
  const effect = textOf(elements.Effect?.value);
  const condition = elements.Condition?.value;
  return {
    node,
    elements,
    effect: effect === 'Allow' || effect === 'Deny' ? effect : undefined,
    actions: stringsOf(elements.Action?.value),
    notActions: stringsOf(elements.NotAction?.value),
    resources: stringsOf(elements.Resource?.value),
    notResources: stringsOf(elements.NotResource?.value),
    principals: principalsOf(elements.Principal?.value),
    notPrincipals: principalsOf(elements.NotPrincipal?.value),
    condition,
    conditions: conditionKeys(condition),
  };
}

function elementsOf({ members }: ObjectNode): Statement['elements'] {
  const elements: { -readonly [K in StatementElement]?: Member } = {};
  for (const member of members) if (isElement(member.key.value)) elements[member.key.value] = member;
  return elements;
}

function isElement(name: string): name is StatementElement {
  return elementNames.has(name);
}

function principalsOf(node: Node | undefined): readonly Principal[] {
  if (node?.kind !== 'object') return stringsOf(node).map((item) => ({ kind: undefined, node: item }));
  return node.members.flatMap(({ key, value }) => stringsOf(value).map((item) => ({ kind: key, node: item })));
}

/** Whether an element holds strings alone, and no object that a template resolves (`{ "Ref": … }`). */
export function isWhole(node: Node | undefined): boolean {
  return itemsOf(node).every((item) => item.kind === 'string');
}

export function element(node: Node | undefined, name: StatementElement): Node | undefined {
  return member(node, name)?.value;
}

export function hasElement(node: Node | undefined, name: StatementElement): boolean {
  return member(node, name) !== undefined;
}

/** Whether a statement has none of these elements, misspelt ones among them: that is another problem. */
export function lacks({ node, elements }: Statement, ...names: readonly StatementElement[]): boolean {
  if (names.some((name) => elements[name] !== undefined)) return false;
  return !node.members.some(({ key }) => names.some((name) => name === misspelt(key.value)));
}

/** The element that an unknown one may be meant to be. */
function misspelt(name: string): string | undefined {
  return statementElements.some((known) => known === name) ? undefined : nearest(name, statementElements)[0];
}

/** Where a finding about a statement as a whole goes: its Sid, or its Effect, or its first brace. */
export function statementAnchor(node: ObjectNode): Span {
  const sid = element(node, 'Sid');
  if (sid !== undefined) return sid.span;
  return member(node, 'Effect')?.span ?? { start: node.span.start, end: node.span.start + 1 };
}

/** One key of one operator of a condition. */
export interface ConditionKey {
  readonly operator: Operator;
  /** As written; IAM compares it without regard to case. */
  readonly key: StringNode;
  /** The member of the key, for edits. */
  readonly member: Member;
  readonly values: readonly Node[];
}

export function conditionKeys(condition: Node | undefined): readonly ConditionKey[] {
  if (condition?.kind !== 'object') return [];
  return condition.members.flatMap(({ key: node, value }) => {
    if (value?.kind !== 'object') return [];
    const operator = operatorOf(node);
    return value.members.flatMap((entry) =>
      isIntrinsicName(entry.key.value) ? [] : [{ operator, key: entry.key, member: entry, values: itemsOf(entry.value) }],
    );
  });
}
