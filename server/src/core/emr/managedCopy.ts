// Policies that somebody copied from a managed policy of EMR: AWS goes on changing its own, and the copy stays as it was.

import type { Catalog, EmrPolicy, EmrPolicyVersion } from '../catalog/catalog';
import type { AccountFacts, Role } from '../facts/facts';
import { isWhole, type Policy, type Statement } from '../policy/policy';
import { policyFromText } from '../policy/text';
import { covers } from '../policy/wildcard';
import { rememberEach, rememberLast } from '../remember';
import { itemsOf, type Node } from '../tree/node';
import { type NamedPolicy, policiesOf } from './roles';

export interface ManagedCopy {
  readonly original: EmrPolicy;
  /** What it was copied from, which is not in force any more. */
  readonly version: EmrPolicyVersion;
  /** Whether it says neither more nor less than that version. */
  readonly isExact: boolean;
  /** What AWS has added since and the copy does not have. */
  readonly added: readonly string[];
}

/** Nothing for a copy of what is in force, and for one that has been kept up by hand. */
export function outdatedCopy(policy: Policy, catalog: Catalog): ManagedCopy | undefined {
  const { originals, actions } = originalsIn(catalog);
  if (!namesAlmostOnly(actions, policy)) return undefined;
  const grants = grantsOf(policy);
  const found = grants && nearest(grants, originals);
  if (grants === undefined || found?.newest === undefined) return undefined;
  const named = policy.statements.flatMap((statement) => statement.actions.map(({ value }) => value.toLowerCase()));
  const has = (action: string): boolean => found.actions.has(action) || named.some((pattern) => covers(pattern, action));
  const added = [...found.newest.actions].flatMap(([action, written]) => (has(action) ? [] : written));
  const isExact = found.grants.size === grants.size && shared(found.grants, grants) === grants.size;
  if (added.length === 0 && !isExact) return undefined;
  return { original: found.original, version: found.version, isExact, added };
}

export interface RoleCopy {
  readonly named: NamedPolicy;
  readonly copy: ManagedCopy;
}

/** Those among the policies of a role. AWS's own are no copies. */
export const outdatedCopies = rememberEach((catalog: Catalog) =>
  rememberEach((facts: AccountFacts) =>
    rememberEach((role: Role): readonly RoleCopy[] =>
      policiesOf(role, facts, catalog).policies.flatMap((named) => {
        const copy = named.isOfAws ? undefined : outdatedCopy(named.policy, catalog);
        return copy === undefined ? [] : [{ named, copy }];
      }),
    ),
  ),
);

/** As in "AmazonElasticMapReduceRole v9 of 2017-12-12". Of some versions the data have the date of the policy itself. */
export function versionName({ original, version }: Pick<ManagedCopy, 'original' | 'version'>): string {
  const [first] = original.versions;
  const isOwnDate = version === first || version.date > (first?.date ?? '');
  return `${original.name} ${version.id}${isOwnDate ? ` of ${version.date}` : ''}`;
}

/** JSON: the version of the original that is in force, with the ARNs of a partition. */
export function newestDocument({ original }: ManagedCopy, partition: string): string {
  return (original.versions.at(-1)?.document ?? '').replaceAll('"arn:aws:', () => `"arn:${partition}:`);
}

/** The ARN of the original in a partition. */
export function originalArn({ original }: ManagedCopy, partition: string): string {
  return original.arn.replace(/^arn:aws:/, `arn:${partition}:`);
}

/** A part of a policy that differs in the order, the letter case and the names of its statements means the same. */
export function scopeOf({ effect, elements }: Statement): string {
  const resource = elements.Resource ?? elements.NotResource;
  return [effect, resource?.key.value, canonical(resource?.value), canonical(elements.Condition?.value)].join(' ');
}

/** How much of the larger of two policies must be in the other too. */
const nearEnough = 0.9;

interface Original {
  readonly original: EmrPolicy;
  readonly version: EmrPolicyVersion;
  readonly grants: ReadonlySet<string>;
  /** As written, by what they are in lower case. */
  readonly actions: ReadonlyMap<string, string>;
  /** Missing for the version that is in force. */
  readonly newest: Original | undefined;
}

/** Nobody can copy a service-linked role, and of a policy with one version every copy is up to date. */
const originalsIn = rememberLast((catalog: Catalog): { readonly originals: readonly Original[]; readonly actions: ReadonlySet<string> } => {
  const policies = catalog.emrPolicyNames.flatMap((name) => catalog.emrPolicy(name) ?? []);
  const originals = policies.flatMap((policy) =>
    policy.versions.length < 2 || policy.arn.includes(':policy/aws-service-role/') ? [] : originalsOf(policy),
  );
  return { originals, actions: new Set(originals.flatMap(({ actions }) => [...actions.keys()])) };
});

/** Newest first. */
function originalsOf(original: EmrPolicy): readonly Original[] {
  const all: Original[] = [];
  for (const version of [...original.versions].reverse()) {
    const policy = policyFromText(version.document, 'identity');
    const grants = policy && grantsOf(policy);
    if (policy === undefined || grants === undefined) continue;
    const actions = new Map(policy.statements.flatMap((statement) => statement.actions.map(({ value }) => [value.toLowerCase(), value])));
    all.push({ original, version, grants, actions, newest: all[0] });
  }
  return all;
}

/** Whether nearly every action is one of these policies: of nearly every policy the first few are not. */
function namesAlmostOnly(known: ReadonlySet<string>, { statements }: Policy): boolean {
  let total = 0;
  for (const { actions } of statements) total += actions.length;
  if (total < fewest || total > most) return false;
  let left = total - Math.ceil(total * nearEnough);
  for (const { actions } of statements) {
    for (const { value } of actions) if (!known.has(value.toLowerCase()) && --left < 0) return false;
  }
  return true;
}

/** Shorter policies are alike by chance, and EMR has no longer ones. */
const [fewest, most] = [5, 200];

/** Of two that are as near, the newer one: a copy is as new as it can be. */
function nearest(grants: ReadonlySet<string>, originals: readonly Original[]): Original | undefined {
  let best: Original | undefined;
  let bestShare = 0;
  for (const original of originals) {
    const [smaller, larger] = [grants.size, original.grants.size].sort((a, b) => a - b);
    if (smaller === undefined || larger === undefined || smaller < larger * nearEnough) continue;
    const share = shared(original.grants, grants) / larger;
    if (share < nearEnough || share <= bestShare) continue;
    best = original;
    bestShare = share;
  }
  return best;
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let count = 0;
  for (const item of a) if (b.has(item)) count++;
  return count;
}

/** Every action on every resource; nothing where a template has a part of the policy to write. */
function grantsOf({ statement, statements }: Policy): ReadonlySet<string> | undefined {
  if (statements.length !== itemsOf(statement.value).length) return undefined;
  const grants = new Set<string>();
  for (const { effect, elements } of statements) {
    const action = elements.Action ?? elements.NotAction;
    const resource = elements.Resource ?? elements.NotResource;
    if (effect === undefined || !isWhole(action?.value) || !isWhole(resource?.value)) return undefined;
    const condition = canonical(elements.Condition?.value);
    for (const act of itemsOf(action?.value)) {
      for (const on of itemsOf(resource?.value)) {
        const what = act.kind === 'string' ? act.value.toLowerCase() : '';
        grants.add([effect, action?.key.value, what, resource?.key.value, canonical(on), condition].join(' '));
      }
    }
  }
  return grants;
}

/** One text for all ways of writing the same. */
function canonical(node: Node | undefined): string {
  switch (node?.kind) {
    case 'object':
      return `{${node.members
        .map(({ key, value }) => `${key.value.toLowerCase()}=${canonical(value)}`)
        .sort()
        .join()}}`;
    case 'array':
      return node.items.map(canonical).sort().join();
    case 'string':
      return node.value.replace(/^arn:(?:\$\{[^}]*\}|[^:]*):/, 'arn:*:');
    default:
      return node === undefined || node.kind === 'null' ? '' : String(node.value);
  }
}
