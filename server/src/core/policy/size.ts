// How long a policy is to those that have a quota for it.

import type { Node, ObjectNode } from '../tree/node';
import { isIntrinsicName } from './placeholder';

/** In characters. AWS has raised them before, and raises that of trust policies for single accounts. */
export interface Quotas {
  /** Of one customer managed policy. */
  readonly managedPolicy: number;
  /** Of all inline policies of a role together. */
  readonly inlinePolicies: number;
  readonly trustPolicy: number;
}

export const defaultQuotas: Quotas = { managedPolicy: 6144, inlinePolicies: 10_240, trustPolicy: 2048 };

/**
 * Its size to IAM, which counts no white space (IAM User Guide, "IAM and AWS STS quotas"), if that is beyond a limit. The text of
 * the document says too much: in JSON within a string every quote has a backslash. Nothing where a template has a part of the policy to write.
 */
export function sizeBeyond(limit: number, node: ObjectNode): number | undefined {
  return beyond(limit, node, withoutBlanks);
}

/**
 * Its size to AWS Organizations, without what only lays it out, if that is beyond a limit: the console takes that away, the AWS CLI and
 * the SDKs do not (AWS Organizations User Guide, "Quotas and service limits").
 */
export function compactSizeBeyond(limit: number, node: ObjectNode): number | undefined {
  return beyond(limit, node, (text) => JSON.stringify(text).length);
}

function beyond(limit: number, node: ObjectNode, textSize: (text: string) => number): number | undefined {
  if (node.span.end - node.span.start <= limit) return undefined;
  const size = sizeOf(node, textSize);
  return size > limit ? size : undefined;
}

/** As in: The policy has 6,200 characters without white space, and a managed policy may have 6,144. Without the full stop. */
export function tooLong(size: number, owner: string, limit: number): string {
  return `The policy has ${size.toLocaleString('en')} characters without white space, and ${owner} may have ${limit.toLocaleString('en')}`;
}

/** The same of several policies that count as one. */
export function sizeBeyondTogether(limit: number, nodes: readonly ObjectNode[]): number | undefined {
  const size = nodes.reduce((sum, node) => sum + sizeOf(node, withoutBlanks), 0);
  return size > limit ? size : undefined;
}

/** Not a number where it is not known, which is beyond no limit. */
function sizeOf(node: Node | undefined, textSize: (text: string) => number): number {
  switch (node?.kind) {
    case 'object': {
      let size = bracketsAndCommas(node.members.length);
      for (const { key, value } of node.members)
        size += isIntrinsicName(key.value) ? Number.NaN : sizeOf(key, textSize) + 1 + sizeOf(value, textSize);
      return size;
    }
    case 'array': {
      let size = bracketsAndCommas(node.items.length);
      for (const item of node.items) size += sizeOf(item, textSize);
      return size;
    }
    case 'string':
      return textSize(node.value);
    case 'null':
      return 4;
    default:
      return String(node?.value ?? '').length;
  }
}

function bracketsAndCommas(items: number): number {
  return 2 + Math.max(0, items - 1);
}

function withoutBlanks(text: string): number {
  return hasOther.test(text) ? JSON.stringify(text.replace(/\s/g, '')).length : text.length + 2;
}

/** What counts for nothing, or for more than one character. */
const hasOther = /[\s"\\\u0000-\u001f\ud800-\udfff]/;
