// A policy from a text of its own: what facts hold of an account.

import { readJson } from '../json/parse';
import { findPolicies, rootPlace } from './find';
import type { Policy, PolicyKind } from './policy';

/** Of the policies of an account the same few are asked for again and again. */
const mostRemembered = 500;
const known = new Map<string, Policy | undefined>();

/** Nothing for a text that is no policy. */
export function policyFromText(text: string, kind: PolicyKind): Policy | undefined {
  const key = `${kind} ${text}`;
  if (known.has(key)) return known.get(key);
  const policy = findPolicies(readJson(text)?.root, rootPlace({ kind })).policies[0];
  if (known.size >= mostRemembered) known.clear();
  known.set(key, policy);
  return policy;
}
