// What a file of the workspace says of roles, instance profiles and managed policies, thing by thing, with the place of each name.

import { isIntrinsic } from '../policy/placeholder';
import type { Span } from '../text';
import { itemsOf, memberValue, type Node } from '../tree/node';
import type { AttachedPolicy, InlinePolicy, ManagedPolicy, Place } from './facts';
import { parseReference } from './reference';

export interface Declarations {
  readonly roles: readonly DeclaredRole[];
  readonly instanceProfiles: readonly DeclaredProfile[];
  readonly managedPolicies: readonly ManagedPolicy[];
}

export const noDeclarations: Declarations = { roles: [], instanceProfiles: [], managedPolicies: [] };

/** A role, or something that is added to one. */
export interface DeclaredRole {
  /** Missing where CloudFormation makes one up, and where a template fills it in. */
  readonly name: string | undefined;
  readonly place: Place;
  /** All that is said here; it stands in the file of `place`. */
  readonly whole: Span;
  readonly isAddition: boolean;
  /** Missing where it is not told. */
  readonly path?: string | undefined;
  /** JSON. */
  readonly trustPolicy?: string | undefined;
  readonly trustPlace?: Place | undefined;
  readonly permissionsBoundary?: string | undefined;
  readonly inlinePolicies: readonly InlinePolicy[];
  readonly attachedPolicies: readonly AttachedPolicy[];
  /** Whether the role has no other policies. */
  readonly hasAllPolicies?: boolean | undefined;
}

export interface DeclaredProfile {
  readonly name: string | undefined;
  readonly place: Place;
  /** The name of the role in it, or the role itself, which may be without a name; missing where it is not told. */
  readonly role: string | DeclaredRole | undefined;
  /** Of the name of the role, where it is written here. */
  readonly rolePlace?: Place | undefined;
}

/** What IAM takes for the name of a role, an instance profile or a policy. */
export function isName(text: string | undefined): text is string {
  return text !== undefined && !text.includes('/') && parseReference(text) !== undefined;
}

/** @param arn of a policy, which a template may have to fill in. */
export function attachedByArn(arn: string, place: Place | undefined): readonly AttachedPolicy[] {
  const name = /^arn:[^/]*:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  return isName(name) ? [{ name, arn, place }] : [];
}

/** A policy as JSON, also from JSON in a string; nothing where a template puts in the whole, or statements. */
export function documentIn(node: Node | undefined): string | undefined {
  if (node?.kind === 'string') return /^\s*\{/.test(node.value) ? node.value : undefined;
  const statements = itemsOf(memberValue(node, 'Statement'));
  const isWritten = statements.length > 0 && statements.every((item) => item.kind === 'object' && !isIntrinsic(item));
  return node !== undefined && isWritten ? jsonOf(node) : undefined;
}

function jsonOf(node: Node): string {
  switch (node.kind) {
    case 'object':
      return `{${node.members.map(({ key, value }) => `${JSON.stringify(key.value)}:${value === undefined ? 'null' : jsonOf(value)}`).join()}}`;
    case 'array':
      return `[${node.items.map(jsonOf).join()}]`;
    case 'null':
      return 'null';
    default:
      return JSON.stringify(node.value);
  }
}
