// From a profile of the config file to the description of one `aws emr create-cluster` call with the right roles.

import type { AccountFacts } from '../facts/facts';
import { parseReference } from '../facts/reference';
import { type EmrBlock, type EmrSettingName, isBoolean, meantBoolean } from './block';
import { managedPoliciesTag, servicePolicy } from './managedPolicy';
import { hasPolicyOfAws } from './roles';

export interface LaunchSpec {
  /** For `aws --profile`. */
  readonly profile: string;
  readonly name: string;
  readonly releaseLabel: string;
  readonly applications: readonly string[];
  readonly instanceType: string;
  readonly instanceCount: number;
  readonly roles: { readonly kind: 'named'; readonly serviceRole: string; readonly instanceProfile: string } | { readonly kind: 'default' };
  readonly keyName: string | undefined;
  readonly logUri: string | undefined;
  /** Nothing leaves it to the profile. */
  readonly enableDebugging: boolean | undefined;
  readonly tags: readonly LaunchTag[];
}

export interface LaunchTag {
  readonly key: string;
  readonly value: string;
}

/** What the user says beside the profile; each has a default. */
export type LaunchOptions = Partial<
  Pick<LaunchSpec, 'name' | 'releaseLabel' | 'applications' | 'instanceType' | 'instanceCount' | 'logUri'>
>;

export const launchDefaults = {
  name: 'My cluster',
  releaseLabel: 'emr-7.12.0',
  applications: ['Spark'],
  instanceType: 'm5.xlarge',
  instanceCount: 3,
} as const satisfies LaunchOptions;

/** What `aws emr create-default-roles` makes. */
export const defaultRole = { service_role: 'EMR_DefaultRole', instance_profile: 'EMR_EC2_DefaultRole' } as const;

export interface LaunchPlan {
  readonly spec: LaunchSpec;
  /** Sentences about each value that is not simply the profile's. */
  readonly notes: readonly string[];
  /** The findings that the plan has taken care of. */
  readonly mended: readonly Mended[];
}

export interface Mended {
  readonly rule: string;
  /** Where it was found, if that matters. */
  readonly setting?: EmrSettingName;
}

/** @param block nothing where the profile has no emr block. */
export function planLaunch(profile: string, block: EmrBlock | undefined, facts: AccountFacts, options: LaunchOptions): LaunchPlan {
  const notes: string[] = [];
  const mended: Mended[] = [];
  const textOf = (name: EmrSettingName): string | undefined => block?.settings.get(name)?.text;
  const logUri = options.logUri ?? textOf('log_uri');
  const roles = planRoles(textOf('service_role'), textOf('instance_profile'), facts, notes, mended);
  const enableDebugging = planDebugging(textOf('enable_debugging'), logUri, notes, mended);
  const tags = planTags(roles, facts, notes);
  const spec = { ...launchDefaults, ...options, profile, roles, keyName: textOf('key_name'), logUri, enableDebugging, tags };
  return { spec, notes, mended };
}

function planRoles(
  service: string | undefined,
  instanceProfile: string | undefined,
  facts: AccountFacts,
  notes: string[],
  mended: Mended[],
): LaunchSpec['roles'] {
  if (service === undefined && instanceProfile === undefined) {
    notes.push('The profile names no roles, so the command uses the default ones ("aws emr create-default-roles" makes them).');
    return { kind: 'default' };
  }
  for (const [name, value] of Object.entries({ service_role: service, instance_profile: instanceProfile })) {
    if (value === undefined) notes.push(`The profile has no ${name}, so the command names the default one.`);
  }
  if (service === undefined || instanceProfile === undefined) mended.push({ rule: 'config/incomplete-roles' });
  return {
    kind: 'named',
    serviceRole: withPath(service ?? defaultRole.service_role, facts, notes),
    instanceProfile: heldRole(instanceProfile ?? defaultRole.instance_profile, facts, notes, mended),
  };
}

/** EMR wants a role below a path by its ARN (EMR API reference, RunJobFlow, ServiceRole). */
function withPath(reference: string, facts: AccountFacts, notes: string[]): string {
  const role = facts.role(reference);
  if (role.state !== 'known' || role.value.path === '/' || role.value.arn === '' || reference === role.value.arn) return reference;
  notes.push(`The role "${role.value.name}" has the path ${role.value.path}, so the command names its ARN.`);
  return role.value.arn;
}

/** Where the profile names a role that exactly one instance profile holds, that instance profile. */
function heldRole(reference: string, facts: AccountFacts, notes: string[], mended: Mended[]): string {
  const { name = reference, type } = parseReference(reference) ?? {};
  const role = facts.role(reference);
  if (role.state !== 'known' || (type !== 'role' && facts.instanceProfile(name).state !== 'absent')) return reference;
  const [holder, ...others] = facts.instanceProfilesHolding(role.value.name);
  if (holder === undefined || others.length > 0) return reference;
  for (const rule of ['emr/role-used-as-instance-profile', 'config/invalid-role-reference'])
    mended.push({ rule, setting: 'instance_profile' });
  notes.push(`"${reference}" is a role; the command names the instance profile that holds it, "${holder.name}".`);
  return holder.name;
}

/** What the policies of the service role ask for. */
function planTags(roles: LaunchSpec['roles'], facts: AccountFacts, notes: string[]): readonly LaunchTag[] {
  const role = facts.role(roles.kind === 'named' ? roles.serviceRole : defaultRole.service_role);
  if (role.state !== 'known' || !hasPolicyOfAws(role.value, servicePolicy)) return [];
  const { key, value } = managedPoliciesTag;
  notes.push(
    `The role "${role.value.name}" has ${servicePolicy}, so the command tags the cluster with ${key}=${value}, which takes elasticmapreduce:AddTags. The subnets, and security groups of your own, must have the same tag.`,
  );
  return [managedPoliciesTag];
}

/** The CLI stops at a debugging setting that it cannot use, unless the command line decides the matter. */
function planDebugging(setting: string | undefined, logUri: string | undefined, notes: string[], mended: Mended[]): boolean | undefined {
  if (setting === undefined) return undefined;
  const meant = meantBoolean(setting);
  if (!isBoolean(setting)) {
    mended.push({ rule: 'config/invalid-boolean' });
    const reading = meant === undefined ? 'which says nothing' : `taken for ${meant}`;
    notes.push(`enable_debugging of the profile is "${setting}", ${reading}; the command line decides it instead.`);
  } else if (meant === false) return undefined;
  if (meant !== true) return false;
  mended.push({ rule: 'config/debugging-without-log-uri' });
  if (logUri !== undefined) return true;
  notes.push('enable_debugging is on but there is no log_uri, which the AWS CLI refuses, so the command turns debugging off.');
  return false;
}
