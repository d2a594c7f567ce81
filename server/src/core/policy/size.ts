// How long a policy is to IAM, which counts no white space (IAM User Guide, "IAM and AWS STS quotas").

import type { ObjectNode } from '../tree/node';

export function policySize(text: string, { span }: ObjectNode): number {
  return text.slice(span.start, span.end).replace(/\s/g, '').length;
}
