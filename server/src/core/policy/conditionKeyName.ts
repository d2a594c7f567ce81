// What can be wrong with the name of a condition key. One key has one problem, so that it is reported once.

import type { Catalog } from '../catalog/catalog';
import { isUndocumentedKey } from '../catalog/undocumented';
import { nearest } from '../nearest';
import { rememberLastOf } from '../remember';
import type { StringNode } from '../tree/node';
import { conditionsOf } from './conditionValue';
import { hasPlaceholder } from './placeholder';
import type { Policy } from './policy';

type KeyProblem =
  /** Not `prefix:name`. */
  | 'format'
  /** `aws:ResourceTag/` without the tag. */
  | 'no-tag-key'
  | 'deprecated'
  | 'unknown-global'
  | 'unknown-service'
  | 'unknown-in-service';

/** The keys with a certain problem. Under an operator that does not exist nothing is known of them. */
export function keysWith(problem: KeyProblem, policy: Policy, catalog: Catalog | undefined): readonly StringNode[] {
  const keys = catalog === undefined ? [] : keysWithProblems(policy, catalog);
  return keys.length === 0 ? [] : keys.filter((found) => found.problem === problem).map(({ key }) => key);
}

const keysWithProblems = rememberLastOf((policy: Policy, catalog: Catalog) =>
  conditionsOf(policy).flatMap(({ condition: { operator, key } }) => {
    const problem = operator.family === undefined ? undefined : problemOf(key.value, catalog);
    return problem === undefined ? [] : [{ key, problem }];
  }),
);

function problemOf(key: string, catalog: Catalog): KeyProblem | undefined {
  if (hasPlaceholder(key) || key.includes('${')) return undefined;
  const [, prefix, name] = /^([^:\s]+):(\S.*)$/s.exec(key) ?? [];
  if (prefix === undefined || name === undefined) return 'format';
  if (/^aws:(resource|request|principal)tag\/?$/i.test(key)) return 'no-tag-key';
  if (/^aws:arn$/i.test(key)) return 'deprecated';
  if (catalog.conditionKey(key) !== undefined || isUndocumentedKey(key)) return undefined;
  if (prefix.toLowerCase() === 'aws') return 'unknown-global';
  // Issuers of tokens are domains, with a path or without.
  if (/[./]/.test(prefix) || catalog.isForeignPrefix(prefix)) return undefined;
  return catalog.service(prefix) === undefined ? 'unknown-service' : 'unknown-in-service';
}

/** Keys with similar names; those with a part of one's own choosing are left out. */
export function similarKeys(key: string, catalog: Catalog | undefined): readonly string[] {
  if (catalog === undefined) return [];
  const service = catalog.service(key.slice(0, key.indexOf(':')));
  const known = [...catalog.globalKeys, ...(service?.conditionKeys ?? [])].map((info) => info.key);
  return nearest(
    key,
    known.filter((candidate) => !/[/<$]/.test(candidate)),
  );
}
