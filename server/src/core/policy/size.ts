// How long a policy is to IAM, which counts no white space (IAM User Guide, "IAM and AWS STS quotas").

import type { ObjectNode } from '../tree/node';

/** The size of a policy that has more than the limit; nothing of one that has not. */
export function sizeOver(limit: number, text: string, { span }: ObjectNode): number | undefined {
  // White space only makes it less.
  if (span.end - span.start <= limit) return undefined;
  const size = text.slice(span.start, span.end).replace(/\s+/g, '').length;
  return size > limit ? size : undefined;
}
