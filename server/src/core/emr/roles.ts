// The roles that a launch with an emr block would use, as far as the facts know them, and what their policies are.

import type { Catalog } from '../catalog/catalog';
import { type AccountFacts, type AttachedPolicy, type FactsSource, type InlinePolicy, noFacts, type Role } from '../facts/facts';
import type { Policy } from '../policy/policy';
import { policyFromText } from '../policy/text';
import type { EmrBlock, EmrSetting } from './block';
import { defaultRoleKind, type RoleKind } from './roleKind';

/** A role that a launch would use. */
export interface NamedRole {
  readonly kind: 'service' | 'ec2' | 'autoscaling' | 'runtime';
  readonly role: Role;
  /** Where it is known from. */
  readonly source: FactsSource;
  /** What names it, or the instance profile which holds it, in a message: `service_role of the profile "dev"`, `--service-role`. */
  readonly by: string;
}

export interface LaunchRole extends NamedRole {
  readonly kind: 'service' | 'ec2';
  readonly setting: EmrSetting;
}

/** The setting of the emr block for each kind. */
export const settingFor = { service: 'service_role', ec2: 'instance_profile' } as const;

/** Those of the two that the facts know. */
export function launchRoles({ settings, profile }: EmrBlock, facts: AccountFacts): readonly LaunchRole[] {
  return (['service', 'ec2'] as const).flatMap((kind) => {
    const setting = settings.get(settingFor[kind]);
    const known = setting && knownRole(kind, setting.text, facts);
    return setting === undefined || known === undefined
      ? []
      : [{ kind, setting, ...known, by: `${settingFor[kind]} of the profile "${profile}"` }];
  });
}

/** @param name of the role; of the instance profile, where EC2 is to get it. */
export function knownRole(kind: RoleKind, name: string, facts: AccountFacts): Pick<NamedRole, 'role' | 'source'> | undefined {
  const held = kind === 'ec2' ? heldRole(name, facts) : name;
  const role = held === undefined ? undefined : facts.role(held);
  return role?.state === 'known' ? { role: role.value, source: role.source } : undefined;
}

function heldRole(instanceProfile: string, facts: AccountFacts): string | undefined {
  const profile = facts.instanceProfile(instanceProfile);
  return profile.state === 'known' ? profile.value.role : undefined;
}

/** The policy by which others may assume the role; nothing where it is not known. */
export function trustOf({ trustPolicy }: Role): Policy | undefined {
  return trustPolicy === undefined ? undefined : policyFromText(trustPolicy, 'trust');
}

export interface NamedPolicy {
  readonly name: string;
  readonly kind: 'inline' | 'managed';
  /** Whether AWS writes it, and keeps it up to date. */
  readonly isOfAws: boolean;
  /** JSON. */
  readonly document: string;
  readonly policy: Policy;
}

export interface RolePolicies {
  readonly policies: readonly NamedPolicy[];
  /** Whether these are all: what they do not allow, the role may not do. */
  readonly areAll: boolean;
}

/** Whatever has policies: a role, or a user. */
export interface Holder {
  readonly inlinePolicies?: readonly InlinePolicy[] | undefined;
  readonly attachedPolicies?: Role['attachedPolicies'];
  readonly permissionsBoundary?: string | undefined;
  readonly mayHaveMore?: Role['mayHaveMore'];
}

/** Inline and attached ones. Of AWS's own policies for EMR the packed service data have the documents where the facts have not. */
export function policiesOf(
  { inlinePolicies, attachedPolicies, permissionsBoundary, mayHaveMore }: Holder,
  facts: AccountFacts,
  catalog: Catalog | undefined,
): RolePolicies {
  const policies: NamedPolicy[] = [];
  // A boundary takes away what policies give, and is not read here.
  let areAll = inlinePolicies !== undefined && attachedPolicies !== undefined && permissionsBoundary === undefined && mayHaveMore !== true;
  const add = (name: string, kind: NamedPolicy['kind'], document: string | undefined, isByAws = false): void => {
    const policy = document === undefined ? undefined : policyFromText(document, kind === 'inline' ? 'inline-identity' : 'identity');
    if (document === undefined || policy === undefined) areAll = false;
    else policies.push({ name, kind, isOfAws: isByAws, document, policy });
  };
  for (const { name, document } of inlinePolicies ?? []) add(name, 'inline', document);
  for (const policy of attachedPolicies ?? []) {
    const { name, arn } = policy;
    // An ARN that a template fills in names the policy all the same.
    const known = facts.managedPolicy(arn === '' || arn.includes('${') ? name : arn);
    const found = known.state === 'known' ? known.value : undefined;
    const document = policy.document ?? found?.document;
    const isByAws = isOfAws({ arn: arn || (found?.arn ?? ''), document });
    add(name, 'managed', document ?? (isByAws ? catalog?.emrPolicy(name)?.versions.at(-1)?.document : undefined), isByAws);
  }
  return { policies, areAll };
}

/** Of a managed policy, the version in force, as `v3`; of AWS's own for EMR, the latest that the service data have. */
export function versionOf(policy: AttachedPolicy, facts: AccountFacts, catalog: Catalog | undefined): string | undefined {
  const known = facts.managedPolicy(policy.arn);
  const own = known.state === 'known' ? known.value.version : undefined;
  return own ?? (isOfAws(policy) ? catalog?.emrPolicy(policy.name)?.versions.at(-1)?.id : undefined);
}

/** Whether a managed policy of AWS's of this name is attached; nothing where that is not known. */
export function hasPolicyOfAws({ attachedPolicies }: Holder, policyName: string): boolean | undefined {
  return attachedPolicies?.some((policy) => policy.name === policyName && isOfAws(policy));
}

/** Whether a managed policy with a name of AWS's is one that AWS writes. What says no more than the name means that one. */
export function isOfAws({ arn, document }: Pick<AttachedPolicy, 'arn' | 'document'>): boolean {
  if (arn === '') return document === undefined;
  return /^arn:([\w-]+|\$\{AWS::Partition\}):iam::aws:policy\//.test(arn);
}

/** What roles are used for: by the names that AWS's own tools give them, by the emr blocks of a config file, and by what a project says. */
export interface RoleUses {
  kindsOf(roleName: string): readonly RoleKind[];
}

/** @param declared by role name in lower case. */
export function roleUses(blocks: readonly EmrBlock[], facts: AccountFacts, declared: ReadonlyMap<string, RoleKind>): RoleUses {
  const kinds = new Map<string, Set<RoleKind>>();
  for (const [name, kind] of declared) kinds.set(name, new Set([kind]));
  for (const block of blocks) {
    for (const { kind, role } of launchRoles(block, facts.forAccount(block.account))) {
      const name = role.name.toLowerCase();
      kinds.set(name, (kinds.get(name) ?? new Set()).add(kind));
    }
  }
  return {
    kindsOf(roleName) {
      const known = kinds.get(roleName.toLowerCase());
      if (known !== undefined) return [...known];
      const byName = defaultRoleKind(roleName);
      return byName === undefined ? [] : [byName];
    },
  };
}

/** By the names of AWS's tools alone. */
export const noUses: RoleUses = roleUses([], noFacts, new Map());

/** What a config file names, for an edge to ask about: each name once. */
export function namesOf(blocks: readonly EmrBlock[]): { readonly roles: readonly string[]; readonly instanceProfiles: readonly string[] } {
  const named = (setting: 'service_role' | 'instance_profile'): string[] => [
    ...new Set(blocks.flatMap(({ settings }) => settings.get(setting)?.text ?? [])),
  ];
  return { roles: named('service_role'), instanceProfiles: named('instance_profile') };
}
