// What is known about an account's roles and instance profiles. Every answer is known, absent or unknown; only a source
// that lists everything may say "absent".

import type { Span } from '../text';
import { parseReference, placeOfArn } from './reference';

export type Answer<T> = Known<T> | Absent | Unknown;

export interface Known<T> {
  readonly state: 'known';
  readonly value: T;
  readonly source: FactsSource;
}

interface Absent {
  readonly state: 'absent';
  readonly source: FactsSource;
  /**
   * Authorization details list an instance profile only inside the role that it holds, so an empty profile does not show there:
   * what they lack is absent or empty. A launch fails either way.
   */
  readonly orEmpty: boolean;
}

interface Unknown {
  readonly state: 'unknown';
}

export interface Role {
  readonly name: string;
  /** `/` or `/a/b/`; where the source does not tell, `/*`, which stands for any path in an ARN. */
  readonly path: string;
  /** Empty where the source does not tell. */
  readonly arn: string;
  /** JSON. This and the policies are missing where the source does not tell. */
  readonly trustPolicy?: string | undefined;
  readonly inlinePolicies?: readonly InlinePolicy[] | undefined;
  readonly attachedPolicies?: readonly AttachedPolicy[] | undefined;
  readonly permissionsBoundary?: string | undefined;
  /** Whether the role may have other policies too: what one file declares, another may add to. */
  readonly mayHaveMore?: boolean | undefined;
  readonly place?: Place | undefined;
  readonly trustPlace?: Place | undefined;
}

export interface InlinePolicy {
  readonly name: string;
  /** JSON. */
  readonly document: string | undefined;
  readonly place?: Place | undefined;
}

export interface AttachedPolicy {
  readonly name: string;
  /** Empty where the source does not tell. */
  readonly arn: string;
  /** JSON, where the source that attaches the policy has it too. */
  readonly document?: string | undefined;
  readonly place?: Place | undefined;
}

export interface ManagedPolicy {
  readonly name: string;
  /** Empty where the source does not tell. */
  readonly arn: string;
  /** Of the version that is in force, as `v3`. */
  readonly version: string | undefined;
  /** JSON, of that version. */
  readonly document: string | undefined;
  readonly place?: Place | undefined;
}

/** A user, with the policies of his groups; what launches clusters may also be a role. */
export interface User {
  readonly name: string;
  readonly arn: string;
  readonly inlinePolicies: readonly InlinePolicy[];
  readonly attachedPolicies: readonly AttachedPolicy[];
}

export interface InstanceProfile {
  readonly name: string;
  readonly arn: string;
  /** The name of its one role; missing where the profile is empty, and where the workspace does not tell. */
  readonly role: string | undefined;
  readonly place?: Place | undefined;
}

/** Where a file of the workspace declares a thing. */
export interface Place {
  readonly uri: string;
  readonly span: Span;
}

/** In the order of their certainty. */
const sourceKinds = ['live', 'snapshot', 'workspace'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** What one file, one workspace or one look-up says. */
export interface FactsSource {
  readonly kind: SourceKind;
  /** Where it comes from, for messages: a file's name. */
  readonly label: string;
  /** When it was true, in milliseconds since 1970; missing where that is not known. */
  readonly asOf?: number | undefined;
  readonly accounts: readonly string[];
  readonly roles: readonly Role[];
  readonly instanceProfiles: readonly InstanceProfile[];
  readonly managedPolicies: readonly ManagedPolicy[];
  readonly users: readonly User[];
  /** Names that were asked for and do not exist. */
  readonly absentRoles?: readonly string[] | undefined;
  readonly absentInstanceProfiles?: readonly string[] | undefined;
  /** Whether a role that is not in `roles` does not exist. */
  readonly listsEveryRole: boolean;
  /** Whether an instance profile that is not in `instanceProfiles` does not exist, or only no profile that holds a role. */
  readonly listsEveryProfile: 'yes' | 'with-a-role' | 'no';
  /** Sentences about what could not be learnt. */
  readonly gaps?: readonly string[] | undefined;
}

/** Two sources that say different things; the first counts. */
export interface Conflict {
  /** As in: the trust policy of the role "X". */
  readonly about: string;
  readonly of: { readonly type: 'role' | 'instance profile'; readonly name: string; readonly member: string };
  readonly sources: readonly [FactsSource, FactsSource];
}

export interface AccountFacts {
  /** @param reference a name, a path and a name, or an ARN. */
  role(reference: string): Answer<Role>;
  instanceProfile(reference: string): Answer<InstanceProfile>;
  /** Those that are known to hold the role. */
  instanceProfilesHolding(roleName: string): readonly InstanceProfile[];
  readonly roleNames: readonly string[];
  readonly instanceProfileNames: readonly string[];
  /** By ARN, or by name for one of the account's own. */
  managedPolicy(reference: string): Answer<ManagedPolicy>;
  readonly users: readonly User[];
  readonly roles: readonly Known<Role>[];
  readonly sources: readonly FactsSource[];
  /** By account: of every one that a role or an instance profile is known of by its ARN. */
  readonly partitions: ReadonlyMap<string, string>;
  readonly conflicts: readonly Conflict[];
  /** What is known of one account; of an account that no source speaks of, nothing. Without an account, these facts. */
  forAccount(account: string | undefined): AccountFacts;
}

export const noFacts: AccountFacts = accountFacts([]);

/**
 * Built once for each change of the sources; every question is one look-up. Names compare without regard to letter case, as in IAM. Of
 * what several sources say of one thing, the most certain counts, each fact for itself.
 */
export function accountFacts(given: readonly FactsSource[]): AccountFacts {
  const sources = [...given].sort((a, b) => sourceKinds.indexOf(a.kind) - sourceKinds.indexOf(b.kind));
  const conflicts: Conflict[] = [];
  const roles = merged(sources, ({ roles: all }) => all, mergedRole, 'role', conflicts);
  const profiles = merged(sources, ({ instanceProfiles }) => instanceProfiles, mergedProfile, 'instance profile', conflicts);
  const policies = new Map<string, Known<ManagedPolicy>>();
  const holders = new Map<string, Map<string, InstanceProfile>>();
  const absent = { role: new Map<string, FactsSource>(), 'instance-profile': new Map<string, FactsSource>() };
  for (const source of sources) {
    for (const policy of source.managedPolicies) {
      const key = policy.arn || fold(policy.name);
      const known = policies.get(key);
      if (known?.value.document === undefined) policies.set(key, { state: 'known', value: policy, source });
    }
    for (const name of source.absentRoles ?? []) absent.role.set(fold(name), source);
    for (const name of source.absentInstanceProfiles ?? []) absent['instance-profile'].set(fold(name), source);
  }
  // Of several with one name the first, which is the most certain.
  const policyByName = new Map([...policies.values()].reverse().map((known) => [fold(known.value.name), known]));
  const places = sources.flatMap(({ roles: all, instanceProfiles }) =>
    [...all, ...instanceProfiles].flatMap(({ arn }) => placeOfArn(arn) ?? []),
  );
  const partitions = new Map(places.map(({ account, partition }) => [account, partition]));
  const accounts = new Set(sources.flatMap((source) => source.accounts));
  const roleLister = lister(sources, accounts, (source) => source.listsEveryRole);
  const profileLister =
    lister(sources, accounts, (source) => source.listsEveryProfile === 'yes') ??
    lister(sources, accounts, (source) => source.listsEveryProfile !== 'no');
  for (const [name, known] of roles) if (isOverruled(known, absent.role.get(name) ?? roleLister)) roles.delete(name);
  for (const [name, known] of profiles)
    if (isOverruled(known, absent['instance-profile'].get(name) ?? profileLister)) profiles.delete(name);
  for (const { value } of profiles.values()) {
    if (value.role === undefined) continue;
    const held = holders.get(fold(value.role)) ?? new Map<string, InstanceProfile>();
    holders.set(fold(value.role), held.set(fold(value.name), value));
  }

  /** What cannot name one stays unknown: a placeholder, an ARN of another kind of thing, or of an account that the facts do not cover. */
  const nameIn = (reference: string, wanted: 'role' | 'instance-profile'): string | undefined => {
    const { name, type = wanted, account, partition } = parseReference(reference) ?? {};
    const isCovered = account === undefined || (accounts.has(account) && (partitions.get(account) ?? partition) === partition);
    return name !== undefined && type === wanted && isCovered ? fold(name) : undefined;
  };
  const byAccount = new Map<string, AccountFacts>();

  return {
    role(reference) {
      const name = nameIn(reference, 'role');
      if (name === undefined) return { state: 'unknown' };
      const known = roles.get(name);
      if (known !== undefined) return known;
      const source = absent.role.get(name) ?? roleLister;
      return source === undefined ? { state: 'unknown' } : { state: 'absent', source, orEmpty: false };
    },
    instanceProfile(reference) {
      const name = nameIn(reference, 'instance-profile');
      if (name === undefined) return { state: 'unknown' };
      const known = profiles.get(name);
      if (known !== undefined) return known;
      const asked = absent['instance-profile'].get(name);
      const source = asked ?? profileLister;
      if (source === undefined) return { state: 'unknown' };
      return { state: 'absent', source, orEmpty: asked === undefined && source.listsEveryProfile === 'with-a-role' };
    },
    instanceProfilesHolding: (roleName) => [...(holders.get(fold(roleName))?.values() ?? [])],
    managedPolicy: (reference) => policies.get(reference) ?? policyByName.get(fold(reference)) ?? { state: 'unknown' },
    users: sources.flatMap(({ users }) => users),
    roles: [...roles.values()],
    roleNames: [...roles.values()].map(({ value }) => value.name),
    instanceProfileNames: [...profiles.values()].map(({ value }) => value.name),
    sources,
    partitions,
    conflicts,
    forAccount(account) {
      // Facts that do not say whose they are may be of any account.
      if (account === undefined || accounts.size === 0 || (accounts.size === 1 && accounts.has(account))) return this;
      // What the workspace declares, it declares for whatever account it is deployed to.
      const own = sources.filter(
        (source) => source.accounts.includes(account) || (source.kind === 'workspace' && source.accounts.length === 0),
      );
      const known = byAccount.get(account) ?? accountFacts(own);
      byAccount.set(account, known);
      return known;
    },
  };
}

/**
 * What is declared need not be deployed, whatever the account. What was there when a file was written may be gone: IAM itself is asked
 * later.
 */
function isOverruled({ source: known }: Known<unknown>, absent: FactsSource | undefined): boolean {
  if (absent === undefined || sourceKinds.indexOf(absent.kind) >= sourceKinds.indexOf(known.kind)) return false;
  if (known.kind === 'workspace') return true;
  const isOfSameAccount = known.accounts.length > 0 && known.accounts.every((one) => absent.accounts.includes(one));
  return isOfSameAccount && (known.asOf ?? 0) <= (absent.asOf ?? 0);
}

interface Merge<T> {
  readonly value: T;
  /** What the two say differently, as in "trust policy". */
  readonly differs: string | undefined;
}

function merged<T extends { readonly name: string }>(
  sources: readonly FactsSource[],
  thingsOf: (source: FactsSource) => readonly T[],
  merge: (known: T, other: T) => Merge<T>,
  type: Conflict['of']['type'],
  conflicts: Conflict[],
): Map<string, Known<T>> {
  const all = new Map<string, Known<T>>();
  for (const source of sources) {
    for (const thing of thingsOf(source)) {
      const known = all.get(fold(thing.name));
      if (known === undefined) {
        all.set(fold(thing.name), { state: 'known', value: thing, source });
        continue;
      }
      const { value, differs } = merge(known.value, thing);
      all.set(fold(thing.name), { ...known, value });
      if (differs === undefined || source === known.source) continue;
      const about = `the ${differs} of the ${type} "${thing.name}"`;
      conflicts.push({ about, of: { type, name: thing.name, member: differs }, sources: [known.source, source] });
    }
  }
  return all;
}

function mergedRole(known: Role, other: Role): Merge<Role> {
  const isSame = known.trustPolicy === undefined || other.trustPolicy === undefined || mayBeSame(known.trustPolicy, other.trustPolicy);
  const told = known.arn === '' ? other : known;
  const isTold = known.inlinePolicies !== undefined && known.attachedPolicies !== undefined;
  return {
    value: {
      name: known.name,
      path: told.path,
      arn: told.arn,
      trustPolicy: known.trustPolicy ?? other.trustPolicy,
      inlinePolicies: known.inlinePolicies ?? other.inlinePolicies,
      attachedPolicies: known.attachedPolicies ?? other.attachedPolicies,
      permissionsBoundary: known.permissionsBoundary ?? other.permissionsBoundary,
      mayHaveMore: known.mayHaveMore || (!isTold && other.mayHaveMore) || undefined,
      place: known.place ?? other.place,
      trustPlace: known.trustPlace ?? other.trustPlace,
    },
    differs: isSame ? undefined : 'trust policy',
  };
}

function mergedProfile(known: InstanceProfile, other: InstanceProfile): Merge<InstanceProfile> {
  const isSame = other.role === undefined || (known.role !== undefined && sameName(known.role, other.role));
  return {
    // That a profile is empty is a fact too.
    value: { ...known, arn: known.arn || other.arn, place: known.place ?? other.place },
    differs: isSame ? undefined : 'role',
  };
}

/** Nobody knows what a template or a sample is once it is filled in. */
const blank = /"Ref"\s*:|"Fn::|\$\{(?!aws:)|\{\{|<[^<>]+>/;

/** Whether two texts are the same policy, or may be. */
export function mayBeSame(a: string, b: string): boolean {
  return a === b || blank.test(a) || blank.test(b) || canonical(a) === canonical(b);
}

/** Whatever its white space, the order of its members, and brackets around a single item, which mean nothing in a policy. */
function canonical(text: string): string {
  const sortMembers = (_key: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.length === 1 ? value[0] : value;
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
      : value;
  };
  try {
    return JSON.stringify(JSON.parse(text, sortMembers));
  } catch {
    return text;
  }
}

/** A source that lists everything, if such sources cover every account that the facts speak of. */
function lister(
  sources: readonly FactsSource[],
  accounts: ReadonlySet<string>,
  lists: (source: FactsSource) => boolean,
): FactsSource | undefined {
  const listers = sources.filter(lists);
  const covered = new Set(listers.flatMap((source) => source.accounts));
  return [...accounts].every((account) => covered.has(account)) ? listers[0] : undefined;
}

export function sameName(a: string, b: string): boolean {
  return fold(a) === fold(b);
}

function fold(name: string): string {
  return name.toLowerCase();
}
