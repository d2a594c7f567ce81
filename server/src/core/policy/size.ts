// How long a policy is to IAM, which counts no white space (IAM User Guide, "IAM and AWS STS quotas").

import type { Node, ObjectNode } from '../tree/node';
import { isIntrinsicName } from './policy';

/**
 * Its size, if that is beyond a limit. The text of the document says too much: in JSON within a string every quote has a backslash.
 * Nothing where a template has a part of the policy to write.
 */
export function sizeBeyond(limit: number, node: ObjectNode): number | undefined {
  if (node.span.end - node.span.start <= limit) return undefined;
  const size = sizeOf(node);
  return size > limit ? size : undefined;
}

/** Not a number where it is not known, which is beyond no limit. */
function sizeOf(node: Node | undefined): number {
  switch (node?.kind) {
    case 'object': {
      let size = bracketsAndCommas(node.members.length);
      for (const { key, value } of node.members) size += isIntrinsicName(key.value) ? Number.NaN : sizeOf(key) + 1 + sizeOf(value);
      return size;
    }
    case 'array': {
      let size = bracketsAndCommas(node.items.length);
      for (const item of node.items) size += sizeOf(item);
      return size;
    }
    case 'string':
      return hasOther.test(node.value) ? JSON.stringify(node.value.replace(/\s/g, '')).length : node.value.length + 2;
    case 'null':
      return 4;
    default:
      return String(node?.value ?? '').length;
  }
}

function bracketsAndCommas(items: number): number {
  return 2 + Math.max(0, items - 1);
}

/** What counts for nothing, or for more than one character. */
const hasOther = /[\s"\\\p{Cc}]/u;
