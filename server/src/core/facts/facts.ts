// What is known about an account's roles and instance profiles. Every answer is known, absent or unknown; only a source
// that lists everything may say "absent".

import { parseReference } from './reference';

export type Answer<T> = Known<T> | Absent | Unknown;

export interface Known<T> {
  readonly state: 'known';
  readonly value: T;
  readonly source: FactsSource;
}

export interface Absent {
  readonly state: 'absent';
  readonly source: FactsSource;
  /**
   * Authorization details list an instance profile only inside the role that it holds, so an empty profile does not show there:
   * what they lack is absent or empty. A launch fails either way.
   */
  readonly orEmpty: boolean;
}

export interface Unknown {
  readonly state: 'unknown';
}

export interface Role {
  readonly name: string;
  /** `/` or `/a/b/`. */
  readonly path: string;
  readonly arn: string;
  /** Missing where the source does not tell. */
  readonly inlinePolicies: readonly string[] | undefined;
  readonly attachedPolicies: readonly string[] | undefined;
}

export interface InstanceProfile {
  readonly name: string;
  readonly arn: string;
  /** The name of its one role; missing where the profile is empty. */
  readonly role: string | undefined;
}

/** What one file or one look-up says. */
export interface FactsSource {
  /** Where it comes from, for messages: a file's name. */
  readonly label: string;
  readonly accounts: readonly string[];
  readonly roles: readonly Role[];
  readonly instanceProfiles: readonly InstanceProfile[];
  /** Whether a role that is not in `roles` does not exist. */
  readonly listsEveryRole: boolean;
  /** Whether an instance profile that is not in `instanceProfiles` does not exist, or only no profile that holds a role. */
  readonly listsEveryProfile: 'yes' | 'with-a-role' | 'no';
}

export interface AccountFacts {
  /** @param reference a name, a path and a name, or an ARN. */
  role(reference: string): Answer<Role>;
  instanceProfile(reference: string): Answer<InstanceProfile>;
  /** Those that are known to hold the role. */
  instanceProfilesHolding(roleName: string): readonly InstanceProfile[];
  readonly roleNames: readonly string[];
  readonly instanceProfileNames: readonly string[];
  readonly sources: readonly FactsSource[];
  /** What is known of one account; of an account that no source speaks of, nothing. Without an account, these facts. */
  forAccount(account: string | undefined): AccountFacts;
}

export const noFacts: AccountFacts = accountFacts([]);

/** Built once for each change of the sources; every question is one look-up. Names compare without regard to letter case, as in IAM. */
export function accountFacts(sources: readonly FactsSource[]): AccountFacts {
  const roles = new Map<string, Known<Role>>();
  const profiles = new Map<string, Known<InstanceProfile>>();
  const holders = new Map<string, Map<string, InstanceProfile>>();
  for (const source of sources) {
    for (const role of source.roles) {
      const known = roles.get(fold(role.name));
      // The source that tells of the policies wins over one that only names the role.
      if (known?.value.inlinePolicies === undefined) roles.set(fold(role.name), { state: 'known', value: role, source });
    }
    for (const profile of source.instanceProfiles) {
      const known = profiles.get(fold(profile.name));
      if (known?.value.role === undefined) profiles.set(fold(profile.name), { state: 'known', value: profile, source });
      if (profile.role === undefined) continue;
      const held = holders.get(fold(profile.role)) ?? new Map<string, InstanceProfile>();
      holders.set(fold(profile.role), held.set(fold(profile.name), profile));
    }
  }
  const accounts = new Set(sources.flatMap((source) => source.accounts));
  const roleLister = lister(sources, accounts, (source) => source.listsEveryRole);
  const profileLister =
    lister(sources, accounts, (source) => source.listsEveryProfile === 'yes') ??
    lister(sources, accounts, (source) => source.listsEveryProfile !== 'no');

  /** What cannot name one stays unknown: a placeholder, an ARN of another kind of thing, or of an account that the facts do not cover. */
  const nameIn = (reference: string, wanted: 'role' | 'instance-profile'): string | undefined => {
    const { name, type = wanted, account } = parseReference(reference) ?? {};
    const isCovered = type === wanted && (account === undefined || accounts.has(account));
    return name !== undefined && isCovered ? fold(name) : undefined;
  };
  const byAccount = new Map<string, AccountFacts>();

  return {
    role(reference) {
      const name = nameIn(reference, 'role');
      if (name === undefined) return { state: 'unknown' };
      return roles.get(name) ?? (roleLister === undefined ? { state: 'unknown' } : { state: 'absent', source: roleLister, orEmpty: false });
    },
    instanceProfile(reference) {
      const name = nameIn(reference, 'instance-profile');
      if (name === undefined) return { state: 'unknown' };
      const known = profiles.get(name);
      if (known !== undefined) return known;
      if (profileLister === undefined) return { state: 'unknown' };
      return { state: 'absent', source: profileLister, orEmpty: profileLister.listsEveryProfile === 'with-a-role' };
    },
    instanceProfilesHolding: (roleName) => [...(holders.get(fold(roleName))?.values() ?? [])],
    roleNames: [...roles.values()].map(({ value }) => value.name),
    instanceProfileNames: [...profiles.values()].map(({ value }) => value.name),
    sources,
    forAccount(account) {
      // Facts that do not say whose they are may be of any account.
      if (account === undefined || accounts.size === 0 || (accounts.size === 1 && accounts.has(account))) return this;
      const known = byAccount.get(account) ?? accountFacts(sources.filter((source) => source.accounts.includes(account)));
      byAccount.set(account, known);
      return known;
    },
  };
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
