// From a profile of the config file to the description of one `aws emr create-cluster` call with the right roles.

import type { AccountFacts } from '../facts/facts';
import { parseReference } from '../facts/reference';
import { type EmrBlock, type EmrSettingName, isBoolean, meantBoolean } from './block';
import { createClusterWords } from './createCluster';
import { type CreateClusterValues, cliVersions, type OptionName, optionNames, shapeOf } from './createClusterOptions';
import { type LaunchProblem, parseArguments } from './launchArguments';
import { checkLaunch } from './launchChecks';
import { managedPoliciesTag, managedPoliciesTagWord, servicePolicy } from './managedPolicy';
import { newestRelease, unknownApplication, unknownRelease } from './releases';
import { hasPolicyOfAws } from './roles';

/** A create-cluster command: what it says by its options, the roles with them, in the AWS CLI's own terms. */
export interface LaunchSpec {
  /** For `aws --profile`. */
  readonly profile: string;
  /** Other options of `aws` itself: `--region`, for example. */
  readonly globals: readonly (readonly string[])[];
  readonly values: CreateClusterValues;
  /** The words of options whose values stand in files, and so are not known. */
  readonly inFiles: ReadonlyMap<OptionName, readonly string[]>;
  /** What the CLI takes from the profile besides. */
  readonly fromProfile: { readonly serviceRole?: string | undefined; readonly instanceProfile?: string | undefined };
}

/** What the user says beside the profile. */
export interface LaunchOptions {
  readonly values?: CreateClusterValues;
  readonly inFiles?: LaunchSpec['inFiles'];
  readonly globals?: LaunchSpec['globals'];
  /** Whether the command names the roles, or leaves them to the profile. */
  readonly roles?: 'named' | 'profile';
}

/** For a command that is not one yet: of what create-cluster cannot do without, something is missing. */
export const launchDefaults = {
  name: 'My cluster',
  'release-label': newestRelease,
  applications: [{ Name: 'Spark' }],
  'instance-type': 'm5.xlarge',
  'instance-count': 3,
} as const satisfies CreateClusterValues;

/** What `aws emr create-default-roles` makes. */
export const defaultRole = { service_role: 'EMR_DefaultRole', instance_profile: 'EMR_EC2_DefaultRole' } as const;

export interface LaunchPlan {
  readonly spec: LaunchSpec;
  /** What the AWS CLI or EMR will refuse. */
  readonly problems: readonly LaunchProblem[];
  /** Sentences about each value that is not simply the profile's, or the user's. */
  readonly notes: readonly string[];
  /** Where each value comes from, by option; the members of `--ec2-attributes` by their names. */
  readonly origins: ReadonlyMap<string, Origin>;
  /** The findings that the plan has taken care of. */
  readonly mended: readonly Mended[];
}

/** The options, the emr block of the profile, what is known of the account, or else `launchDefaults` and the default roles. */
export type Origin = 'given' | 'profile' | 'facts' | 'default';

export interface Mended {
  /** Nothing for all that is found at the setting, which the command line replaces. */
  readonly rule?: string;
  /** Where it was found, if that matters. */
  readonly setting?: EmrSettingName;
}

/** @param block nothing where the profile has no emr block. */
export function planLaunch(profile: string, block: EmrBlock | undefined, facts: AccountFacts, options: LaunchOptions): LaunchPlan {
  const { inFiles = new Map(), globals = [] } = options;
  const notes: string[] = [];
  const mended: Mended[] = [];
  const textOf = (name: EmrSettingName): string | undefined => block?.settings.get(name)?.text;
  const given = completed(options.values ?? {}, inFiles, notes);
  // An empty text counts as none (awscli/customizations/emr/config.py, StringConfiguration.is_present).
  const logUri = inFiles.has('log-uri') ? undefined : given['log-uri'] || textOf('log_uri');
  const roles = planRoles({ ...options, values: given, inFiles }, textOf('service_role'), textOf('instance_profile'), facts, notes, mended);
  const ownDebugging = given['enable-debugging'];
  if (ownDebugging !== undefined) mended.push({ setting: 'enable_debugging' });
  const hasLogUri = logUri !== undefined || inFiles.has('log-uri');
  const debugging = ownDebugging ?? planDebugging(textOf('enable_debugging'), hasLogUri, notes, mended);
  const tags = planTags(roles.values['service-role'] ?? roles.fromProfile.serviceRole, given.tags, inFiles.has('tags'), facts, notes);
  const attributes = planAttributes(given['ec2-attributes'], roles.instanceProfile, textOf('key_name'));
  const hasAttributes = Object.keys(attributes).length > 0 && !inFiles.has('ec2-attributes');
  const values: CreateClusterValues = {
    ...given,
    ...roles.values,
    ...(hasAttributes ? { 'ec2-attributes': attributes } : {}),
    ...(logUri === undefined ? {} : { 'log-uri': logUri }),
    ...(debugging === undefined ? {} : { 'enable-debugging': debugging }),
    ...(tags === undefined ? {} : { tags }),
  };
  noteVersions(values, notes);
  noteReleases(values, notes);
  const spec: LaunchSpec = { profile, globals, values, inFiles, fromProfile: roles.fromProfile };
  // Read as it will be written, whoever made the values.
  const { problems, inFiles: read } = parseArguments(createClusterWords(spec).flat().slice(3));
  const taken = [...read.keys()].filter((name) => !inFiles.has(name)).map(takenForFile);
  return {
    spec,
    problems: [...problems, ...taken, ...checkLaunch({ values: effectiveValues(spec), inFiles })],
    notes,
    origins: originsOf(spec, options.values ?? {}, block),
    mended,
  };
}

/** The setting of the emr block that an option, or a member of `--ec2-attributes`, is taken from. */
export const settingOf: Readonly<Record<string, EmrSettingName>> = {
  'service-role': 'service_role',
  'log-uri': 'log_uri',
  'enable-debugging': 'enable_debugging',
  InstanceProfile: 'instance_profile',
  KeyName: 'key_name',
};

function originsOf({ values, inFiles }: LaunchSpec, given: CreateClusterValues, block: EmrBlock | undefined): LaunchPlan['origins'] {
  const originOf = (name: string, isGiven: boolean): Origin => {
    if (isGiven) return 'given';
    const setting = settingOf[name];
    if (setting !== undefined && block?.settings.has(setting)) return 'profile';
    return name === 'tags' ? 'facts' : 'default';
  };
  const attributes = Object.keys(values['ec2-attributes'] ?? {}).map((name): [string, Origin] => {
    const { 'ec2-attributes': own = {} } = given;
    return [name, originOf(name, Object.hasOwn(own, name))];
  });
  const options = optionNames
    .filter((name) => inFiles.has(name) || (values[name] !== undefined && name !== 'ec2-attributes'))
    .map((name): [string, Origin] => [`--${name}`, originOf(name, inFiles.has(name) || Boolean(given[name]) || given[name] === false)]);
  return new Map([...options, ...attributes]);
}

/** Where the versions of the AWS CLI differ. */
function noteVersions(values: CreateClusterValues, notes: string[]): void {
  for (const name of optionNames) {
    const { kind, lackedBy = [] } = shapeOf(name);
    const value = values[name];
    if (value !== undefined && lackedBy.length === cliVersions.length)
      notes.push(`--${name} is new: version 1.45 of the AWS CLI does not know it; of version 2, take 2.36 or later.`);
    if (kind === 'value' && /^https?:\/\//.test(String(value)))
      notes.push(
        `--${name} is an address: version 1 of the AWS CLI sends what it finds there, unless cli_follow_urlparam is false; version 2 sends the text.`,
      );
  }
}

/** A value that would not arrive as it is (awscli/paramfile.py). */
function takenForFile(name: OptionName): LaunchProblem {
  const message = `--${name} begins with file:// or fileb://, so the AWS CLI would send what is in that file: give another value.`;
  return { by: 'cli', message, about: 'value', options: [name] };
}

/** The values as the AWS CLI has them once it has read the profile. */
export function effectiveValues({
  values,
  inFiles,
  fromProfile: { serviceRole, instanceProfile },
}: Pick<LaunchSpec, 'values' | 'inFiles' | 'fromProfile'>): CreateClusterValues {
  return {
    ...values,
    ...(serviceRole === undefined ? {} : { 'service-role': serviceRole }),
    ...(instanceProfile === undefined || inFiles.has('ec2-attributes')
      ? {}
      : { 'ec2-attributes': { InstanceProfile: instanceProfile, ...values['ec2-attributes'] } }),
  };
}

/** As the command line names it. */
export function regionOf({ globals }: LaunchSpec): string | undefined {
  return globals.filter(([option]) => option === '--region').at(-1)?.[1];
}

/** Without what the CLI passes over in silence; of what it cannot do without, what is missing is filled in. */
function completed(values: CreateClusterValues, inFiles: LaunchSpec['inFiles'], notes: string[]): CreateClusterValues {
  const has = (...names: readonly OptionName[]): boolean => names.some((name) => values[name] !== undefined || inFiles.has(name));
  const ignored = [
    ...(has('instance-fleets') && !has('instance-groups') ? (['instance-type', 'instance-count'] as const) : []),
    ...(has('ami-version') && !has('release-label') ? (['configurations'] as const) : []),
  ].filter((name) => values[name] !== undefined);
  for (const name of ignored)
    notes.push(`--${name} is left out: the AWS CLI ignores it with ${name === 'configurations' ? '--ami-version' : '--instance-fleets'}.`);
  // An empty list of applications only keeps the default ones away.
  const isNone = values.applications?.length === 0;
  const kept: CreateClusterValues = Object.fromEntries(
    Object.entries(values).filter(([name]) => !ignored.some((other) => other === name) && !(isNone && name === 'applications')),
  );
  const hasRelease = has('release-label', 'ami-version');
  const hasParts = has('instance-groups', 'instance-fleets');
  if (hasRelease && (hasParts || has('instance-type'))) return kept;
  const { name, 'release-label': release, applications, 'instance-type': type, 'instance-count': count } = launchDefaults;
  return {
    ...(has('name') ? {} : { name }),
    ...(hasRelease ? {} : { 'release-label': release }),
    ...(has('applications', 'ami-version') ? {} : { applications }),
    ...(hasParts ? {} : { 'instance-type': type, 'instance-count': count }),
    ...kept,
  };
}

/** What cannot be checked, as the table of releases does not have it. AMI versions have applications of their own. */
function noteReleases({ 'release-label': release, 'ami-version': ami, applications = [] }: CreateClusterValues, notes: string[]): void {
  notes.push(...(release ? unknownRelease(release) : []));
  if (ami === undefined) notes.push(...applications.flatMap(({ Name }) => unknownApplication(release ?? '', Name)));
}

interface PlannedRoles {
  readonly values: Pick<CreateClusterValues, 'use-default-roles' | 'service-role' | 'auto-scaling-role'>;
  readonly instanceProfile?: string | undefined;
  readonly fromProfile: LaunchSpec['fromProfile'];
}

function planRoles(
  { values, inFiles, roles }: Required<Pick<LaunchOptions, 'values' | 'inFiles'>> & LaunchOptions,
  blockService: string | undefined,
  blockProfile: string | undefined,
  facts: AccountFacts,
  notes: string[],
  mended: Mended[],
): PlannedRoles {
  const own = { service: values['service-role'] || undefined, profile: values['ec2-attributes']?.InstanceProfile };
  const isUnknown = { service: inFiles.has('service-role'), profile: inFiles.has('ec2-attributes') };
  const isDefault = values['use-default-roles'] === true;
  if (isDefault || own.service !== undefined || isUnknown.service) mended.push({ setting: 'service_role' });
  if (isDefault || own.profile !== undefined) mended.push({ setting: 'instance_profile' });
  if (isDefault) {
    mended.push({ rule: 'config/incomplete-roles' });
    const ignored = Object.entries({ service_role: blockService, instance_profile: blockProfile }).filter(([, role]) => role !== undefined);
    if (ignored.length > 0)
      notes.push(
        `With --use-default-roles the AWS CLI ignores ${ignored.map(([name, role]) => `${name} of the profile ("${role}")`).join(' and ')}.`,
      );
    return { values: {}, fromProfile: {} };
  }
  const service = isUnknown.service ? undefined : (own.service ?? blockService);
  const profile = isUnknown.profile ? undefined : (own.profile ?? blockProfile);
  if (service === undefined && profile === undefined && !isUnknown.service && !isUnknown.profile) {
    notes.push('The profile names no roles, so the command uses the default ones ("aws emr create-default-roles" makes them).');
    return { values: { 'use-default-roles': true }, fromProfile: {} };
  }
  const autoScaling = values['auto-scaling-role'];
  const scaling = autoScaling ? { 'auto-scaling-role': withPath(autoScaling, facts, notes) } : {};
  if (roles === 'profile') {
    return {
      values: { ...scaling, ...(own.service === undefined ? {} : { 'service-role': withPath(own.service, facts, notes) }) },
      instanceProfile: own.profile,
      fromProfile: {
        serviceRole: own.service === undefined && !isUnknown.service ? blockService : undefined,
        instanceProfile: own.profile === undefined ? blockProfile : undefined,
      },
    };
  }
  const isMissing = {
    service_role: service === undefined && !isUnknown.service,
    instance_profile: profile === undefined && !isUnknown.profile,
  };
  for (const [name, missing] of Object.entries(isMissing)) {
    if (missing) notes.push(`The profile has no ${name}, so the command names the default one.`);
  }
  if (blockService === undefined || blockProfile === undefined) mended.push({ rule: 'config/incomplete-roles' });
  return {
    values: {
      ...scaling,
      ...(isUnknown.service ? {} : { 'service-role': withPath(service ?? defaultRole.service_role, facts, notes) }),
    },
    instanceProfile: isUnknown.profile ? undefined : heldRole(profile ?? defaultRole.instance_profile, facts, notes, mended),
    fromProfile: isUnknown.profile ? { instanceProfile: blockProfile } : {},
  };
}

function planAttributes(
  given: CreateClusterValues['ec2-attributes'] = {},
  instanceProfile: string | undefined,
  keyName: string | undefined,
): NonNullable<CreateClusterValues['ec2-attributes']> {
  const { InstanceProfile = instanceProfile, KeyName = keyName, ...rest } = given;
  return {
    ...(InstanceProfile === undefined ? {} : { InstanceProfile: instanceProfile ?? InstanceProfile }),
    ...(KeyName === undefined ? {} : { KeyName }),
    ...rest,
  };
}

/** EMR wants a role below a path by its ARN (EMR API reference, RunJobFlow, ServiceRole). */
function withPath(reference: string, facts: AccountFacts, notes: string[]): string {
  const role = facts.role(reference);
  if (role.state !== 'known' || role.value.path === '/' || role.value.arn === '' || reference === role.value.arn) return reference;
  notes.push(`The role "${role.value.name}" has the path ${role.value.path} (${role.source.label}), so the command names its ARN.`);
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
  notes.push(`"${reference}" is a role; the command names the instance profile that holds it, "${holder.name}" (${role.source.label}).`);
  return holder.name;
}

/** What the policies of the service role ask for; nothing where the tags stay as they are given. */
function planTags(
  serviceRole: string = defaultRole.service_role,
  given: readonly string[] = [],
  areInFile: boolean,
  facts: AccountFacts,
  notes: string[],
): readonly string[] | undefined {
  const role = facts.role(serviceRole);
  if (role.state !== 'known' || !hasPolicyOfAws(role.value, servicePolicy)) return undefined;
  const tag = managedPoliciesTagWord;
  const asks = `The role "${role.value.name}" has ${servicePolicy} (${role.source.label})`;
  if (given.includes(tag)) return undefined;
  if (areInFile) notes.push(`${asks}: the tags in the file of --tags must have ${tag} among them.`);
  // With another value it is a problem (launch/v2-tags).
  else if (!given.some((other) => other.split('=')[0] === managedPoliciesTag.key)) {
    notes.push(
      `${asks}, so the command tags the cluster with ${tag}, which takes elasticmapreduce:AddTags. The subnets, and security groups of your own, must have the same tag.`,
    );
    return [...given, tag];
  }
  return undefined;
}

/** The CLI stops at a debugging setting that it cannot use, unless the command line decides the matter. */
function planDebugging(setting: string | undefined, hasLogUri: boolean, notes: string[], mended: Mended[]): boolean | undefined {
  if (setting === undefined) return undefined;
  const meant = meantBoolean(setting);
  if (!isBoolean(setting)) {
    mended.push({ rule: 'config/invalid-boolean' });
    const reading = meant === undefined ? 'which says nothing' : `taken for ${meant}`;
    notes.push(`enable_debugging of the profile is "${setting}", ${reading}; the command line decides it instead.`);
  } else if (meant === false) return undefined;
  if (meant !== true) return false;
  mended.push({ rule: 'config/debugging-without-log-uri' });
  if (hasLogUri) return true;
  notes.push('enable_debugging is on but there is no log_uri, which the AWS CLI refuses, so the command turns debugging off.');
  return false;
}
