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
    case 'object':
      return list(node.members.map(({ key, value }) => (isIntrinsicName(key.value) ? Number.NaN : sizeOf(key) + 1 + sizeOf(value))));
    case 'array':
      return list(node.items.map(sizeOf));
    case 'string':
      return JSON.stringify(node.value.replace(/\s/g, '')).length;
    case 'null':
      return 4;
    default:
      return String(node?.value ?? '').length;
  }
}

/** With brackets, and commas between. */
function list(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 2 + Math.max(0, sizes.length - 1));
}
