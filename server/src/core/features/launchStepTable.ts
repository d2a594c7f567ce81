// The steps before a launch command: what each asks, what it offers, and the words of create-cluster that say the answer.

import type { EmrBlock } from '../emr/block';
import { optionWords } from '../emr/createCluster';
import { areValues, type CreateClusterValues, type OptionName } from '../emr/createClusterOptions';
import type { LaunchArguments } from '../emr/launchArguments';
import { defaultRole, type LaunchPlan, launchDefaults } from '../emr/launchSpec';
import { applicationsOf, lackedApplication, lifecycleOf, newestRelease, releaseLabels, releasesKnownOn } from '../emr/releases';
import type { RoleKind } from '../emr/roleKind';
import type { Structure } from '../emr/schema';
import { posixWord, posixWords, type Shell, shellNames, shells } from '../emr/shell';
import { trustInWords, trustVerdict } from '../emr/trustWords';
import type { AccountFacts } from '../facts/facts';
import { parseReference } from '../facts/reference';
import { autoScalingRoles, instanceProfiles, type NameSuggestion, serviceRoles } from './roleCompletion';

export interface LaunchChoice {
  readonly label: string;
  /** Beside the label, and below it. */
  readonly description?: string;
  readonly detail?: string;
  /** What is answered with it. */
  readonly value: string;
  readonly isPicked: boolean;
}

/** The answers so far, and what they are given beside. */
export interface Situation {
  readonly given: LaunchArguments;
  /** With what the profile and the defaults add. */
  readonly values: CreateClusterValues;
  readonly problems: LaunchPlan['problems'];
  /** Of the emr block; missing where the profile has none. */
  readonly settings: EmrBlock['settings'] | undefined;
  readonly facts: AccountFacts;
  readonly shell: Shell;
  /** In milliseconds since 1970. */
  readonly now: number | undefined;
}

export interface Step {
  readonly title: string;
  readonly prompt: string | ((situation: Situation) => string);
  /** The options that an answer replaces. */
  readonly owns: readonly OptionName[];
  readonly isMany?: boolean;
  isAsked?(situation: Situation): boolean;
  choices?(situation: Situation): readonly LaunchChoice[];
  text?(situation: Situation): string;
  /** They are then read as any others; nothing where a quote does not end. */
  words(given: readonly string[], before: Situation): readonly string[] | undefined;
  /** What is wrong that the options themselves do not tell. */
  wrong?(after: Situation): string | undefined;
}

const useDefault = '--use-default-roles';

export const steps: Readonly<Record<string, Step>> = {
  name: {
    title: 'Name',
    prompt: 'The name of the cluster',
    owns: ['name'],
    text: ({ values }) => values.name ?? launchDefaults.name,
    words: ([name = '']) => (name === '' ? [] : [`--name=${name}`]),
  },
  release: {
    title: 'Release',
    prompt: `The release of EMR; those that are listed were known on ${releasesKnownOn}`,
    owns: ['release-label', 'ami-version'],
    choices: ({ values: { 'release-label': current } }) =>
      // The one that is chosen first.
      [...new Set([...(current === undefined ? [] : [current]), ...releaseLabels])].map((label) => {
        const { standardSupport } = lifecycleOf(label) ?? {};
        const support = standardSupport === undefined ? [] : [`standard support until ${standardSupport}`];
        return choice(label, label === current, { description: [...(label === newestRelease ? ['newest'] : []), ...support].join(', ') });
      }),
    text: ({ values }) => values['release-label'] ?? newestRelease,
    words: ([label = '']) => [`--release-label=${label.trim()}`],
  },
  applications: {
    title: 'Applications',
    prompt: 'The applications that this release has',
    owns: ['applications'],
    isMany: true,
    isAsked: ({ values }) => values['release-label'] !== undefined,
    choices({ values: { applications = [], 'release-label': label = newestRelease } }) {
      const has = (names: readonly string[], wanted: string): boolean => names.some((name) => isSame(name, wanted));
      const chosen = applications.map(({ Name }) => Name);
      const known = applicationsOf(label);
      const offered =
        known.length > 0 ? known : applicationsOf(newestRelease).map(({ name }) => ({ name, version: `in ${newestRelease}` }));
      const names = offered.map(({ name }) => name);
      const others = chosen.filter((name) => !has(names, name) && lackedApplication(label, name) === undefined);
      return [
        ...offered.map(({ name, version = '' }) => choice(name, has(chosen, name), { description: version })),
        ...others.map((name) => choice(name, true, { description: 'not known here' })),
      ];
    },
    words(names, { values: { applications = [] } }) {
      const chosen = names.map((name) => applications.find(({ Name }) => isSame(Name, name)) ?? { Name: name });
      return optionWords('applications', { values: { applications: chosen } }).flat();
    },
  },
  instances: {
    title: 'Instances',
    prompt: 'How the instances are given',
    owns: ['instance-type', 'instance-count', 'instance-groups', 'instance-fleets', 'auto-scaling-role'],
    choices: (situation) =>
      instanceKinds.map(({ label, detail, option }) => choice(label, option === instanceOption(situation), { detail }, option)),
    words([option = ''], situation) {
      const isAsBefore = option === instanceOption(situation);
      if (isAsBefore) return ownWords(this.owns, situation.values, situation.given);
      return ownWords(this.owns, instanceKinds.find((kind) => kind.option === option)?.values(sizeOf(situation.values)) ?? {});
    },
  },
  'instance-type': {
    title: 'Instance type',
    prompt: `The type of all instances, as ${launchDefaults['instance-type']}`,
    owns: ['instance-type'],
    isAsked: (situation) => instanceOption(situation) === 'instance-type',
    text: ({ values }) => values['instance-type'] ?? '',
    words: ([type = '']) => [`--instance-type=${type.trim()}`],
  },
  'instance-count': {
    title: 'Number of instances',
    prompt: 'How many there are: one primary node, and core nodes',
    owns: ['instance-count'],
    isAsked: (situation) => instanceOption(situation) === 'instance-type',
    text: ({ values }) => String(values['instance-count'] ?? 1),
    words: ([count = '']) => [`--instance-count=${count.trim()}`],
  },
  'instance-groups': {
    ...listStep('instance-groups'),
    title: 'Instance groups',
    prompt: 'A word for each group, as a shell takes it behind --instance-groups',
    isAsked: (situation) => instanceOption(situation) === 'instance-groups',
  },
  'instance-fleets': {
    ...listStep('instance-fleets'),
    title: 'Instance fleets',
    prompt: 'A word for each fleet, as a shell takes it behind --instance-fleets',
    isAsked: (situation) => instanceOption(situation) === 'instance-fleets',
  },
  network: {
    title: 'Network',
    prompt: 'The ID of a subnet, or of several for instance fleets; with none, EMR looks for one itself',
    owns: ['ec2-attributes'],
    isAsked: areAttributesKnown,
    text: ({ given: { values } }) => subnetsOf(values).join(' '),
    words([text = ''], situation) {
      const subnets = text.split(/[\s,]+/).filter((id) => id !== '');
      const [subnet] = subnets;
      if (subnet === undefined) return attributeWords(situation, ['SubnetId', 'SubnetIds'], {});
      const places = ['SubnetId', 'SubnetIds', 'AvailabilityZone', 'AvailabilityZones'];
      return attributeWords(situation, places, subnets.length === 1 ? { SubnetId: subnet } : { SubnetIds: subnets });
    },
    wrong({ values }) {
      const subnets = subnetsOf(values);
      const wrong = subnets.find((id) => !/^subnet-[0-9a-f]+$/.test(id));
      if (wrong !== undefined) return `"${wrong}" is not the ID of a subnet, as subnet-0123456789abcdef0.`;
      // EMR API reference, JobFlowInstancesConfig, Ec2SubnetIds.
      const isTooMany = subnets.length > 1 && values['instance-fleets'] === undefined;
      return isTooMany ? 'EMR chooses among several subnets only for instance fleets: give one.' : undefined;
    },
  },
  'service-role': {
    title: 'Service role',
    prompt: 'The role that EMR assumes: those that it may assume, as far as that is known',
    owns: ['service-role', 'use-default-roles', 'ec2-attributes'],
    isAsked: areAttributesKnown,
    choices(situation) {
      const isDefault = situation.values['use-default-roles'] === true;
      return [
        ...roleChoices('service_role', isDefault ? undefined : situation.given.values['service-role'], isDefault, situation),
        choice('The default roles', isDefault, { description: Object.values(defaultRole).join(', '), detail: useDefault }, useDefault),
      ];
    },
    text: ({ values }) => values['service-role'] ?? '',
    words([role = ''], situation) {
      if (role === useDefault) return [useDefault, ...attributeWords(situation, ['InstanceProfile'], {})];
      return [...(role === '' ? [] : [`--service-role=${role}`]), ...attributeWords(situation, [], {})];
    },
  },
  'instance-profile': {
    title: 'Instance profile',
    prompt: 'What gives the instances their role: those whose role EC2 may assume, as far as that is known',
    owns: ['ec2-attributes'],
    isAsked: (situation) => areAttributesKnown(situation) && situation.values['use-default-roles'] !== true,
    choices: (situation) => roleChoices('instance_profile', situation.given.values['ec2-attributes']?.InstanceProfile, false, situation),
    text: ({ values }) => values['ec2-attributes']?.InstanceProfile ?? '',
    words: ([name = ''], situation) => attributeWords(situation, ['InstanceProfile'], name === '' ? {} : { InstanceProfile: name }),
  },
  'auto-scaling-role': {
    title: 'Auto Scaling role',
    prompt: 'The role for the scaling policies of the instance groups: those that both services may assume, as far as that is known',
    owns: ['auto-scaling-role'],
    isAsked: ({ values: { 'instance-groups': groups = [], 'auto-scaling-role': role } }) =>
      role !== undefined || groups.some(({ AutoScalingPolicy }) => AutoScalingPolicy !== undefined),
    choices: ({ facts, now, values: { 'auto-scaling-role': current } }) => offered(autoScalingRoles(facts, now), current),
    text: ({ values }) => values['auto-scaling-role'] ?? '',
    words: ([role = '']) => (role === '' ? [] : [`--auto-scaling-role=${role}`]),
  },
  tags: {
    ...listStep('tags'),
    // Without the one that is added.
    text: ({ given }) => listText('tags', given),
    title: 'Tags',
    prompt({ given, values: { tags = [] } }) {
      const added = tags.filter((tag) => !given.values.tags?.includes(tag));
      return `Each as key=value, one with blanks in quotes${added.length === 0 ? '' : `; the service role asks for ${added.join()}, which is added`}`;
    },
  },
  shell: {
    title: 'Shell',
    prompt: 'The shell that the command is for',
    owns: [],
    choices: ({ shell }) => shells.map((name) => choice(shellNames[name], name === shell, {}, name)),
    words: () => [],
  },
};

function choice(
  label: string,
  isPicked: boolean,
  { description = '', detail = '' }: { readonly description?: string; readonly detail?: string },
  value = label,
): LaunchChoice {
  return { label, value, isPicked, ...(description === '' ? {} : { description }), ...(detail === '' ? {} : { detail }) };
}

function ownWords(
  names: readonly OptionName[],
  values: CreateClusterValues,
  { inFiles }: Partial<Pick<LaunchArguments, 'inFiles'>> = {},
): readonly string[] {
  return names.flatMap((name) => optionWords(name, inFiles === undefined ? { values } : { values, inFiles }).flat());
}

interface Size {
  readonly type: string;
  readonly count: number;
}

/** The ways to give instances, each with what comes nearest to so many of a type. */
const instanceKinds: readonly {
  readonly option: OptionName;
  readonly label: string;
  readonly detail: string;
  values(size: Size): CreateClusterValues;
}[] = [
  {
    option: 'instance-type',
    label: 'Instance type and number',
    detail: 'One type for all: a primary node, and core nodes',
    values: ({ type, count }) => ({ 'instance-type': type, 'instance-count': count }),
  },
  {
    option: 'instance-groups',
    label: 'Instance groups',
    detail: 'A type and a number for each of the primary, core and task nodes',
    values: ({ type, count }) => ({
      'instance-groups': nodes(count).map(([InstanceGroupType, InstanceCount]) => ({
        InstanceGroupType,
        InstanceType: type,
        InstanceCount,
      })),
    }),
  },
  {
    option: 'instance-fleets',
    label: 'Instance fleets',
    detail: 'Several types for each of them, On-Demand and Spot',
    values: ({ type, count }) => ({
      'instance-fleets': nodes(count).map(([InstanceFleetType, TargetOnDemandCapacity]) => ({
        InstanceFleetType,
        TargetOnDemandCapacity,
        InstanceTypeConfigs: [{ InstanceType: type }],
      })),
    }),
  },
];

/** As the AWS CLI shares them out (awscli/customizations/emr/instancegroupsutils.py). */
function nodes(count: number): readonly (readonly [role: 'MASTER' | 'CORE', count: number])[] {
  return [['MASTER', 1], ...(count > 1 ? [['CORE', count - 1] as const] : [])];
}

function instanceOption({ given: { inFiles }, values }: Situation): OptionName | undefined {
  return (['instance-fleets', 'instance-groups', 'instance-type'] as const).find((name) => inFiles.has(name) || values[name] !== undefined);
}

function sizeOf({ 'instance-type': type, 'instance-count': count = 1, 'instance-groups': groups = [] }: CreateClusterValues): Size {
  if (type !== undefined) return { type, count };
  const { 'instance-type': usual, 'instance-count': few } = launchDefaults;
  const all = groups.reduce((sum, { InstanceCount }) => sum + InstanceCount, 0);
  return { type: groups.at(-1)?.InstanceType ?? usual, count: all || few };
}

function listText(name: OptionName, given: Pick<LaunchArguments, 'values' | 'inFiles'>): string {
  return ownWords([name], given.values, given).slice(1).map(posixWord).join(' ');
}

/** A list, written as a shell takes it behind the option. */
function listStep(name: 'instance-groups' | 'instance-fleets' | 'tags'): Pick<Step, 'owns' | 'text' | 'words'> {
  return {
    owns: [name],
    text: ({ values, given: { inFiles } }) => listText(name, { values, inFiles }),
    words([text = '']) {
      const words = posixWords(text);
      return words && (words.length > 0 || name !== 'tags' ? [`--${name}`, ...words] : []);
    },
  };
}

/** Not where they are in a file, and so cannot be added to. */
function areAttributesKnown({ given: { inFiles } }: Situation): boolean {
  return !inFiles.has('ec2-attributes');
}

/** The answers' own attributes with some members replaced. */
function attributeWords({ given: { values } }: Situation, replaced: readonly string[], by: Structure): readonly string[] {
  const others = Object.entries(values['ec2-attributes'] ?? {}).filter(([name]) => !replaced.includes(name));
  const attributes = { 'ec2-attributes': { ...by, ...Object.fromEntries(others) } };
  const isNone = Object.keys(attributes['ec2-attributes']).length === 0;
  return isNone || !areValues(attributes) ? [] : ownWords(['ec2-attributes'], attributes);
}

function subnetsOf({ 'ec2-attributes': { SubnetId, SubnetIds = [] } = {} }: CreateClusterValues): readonly string[] {
  return [...(SubnetId === undefined ? [] : [SubnetId]), ...SubnetIds];
}

/** First what the profile names, or else the default one if it names the other role; it takes no word. */
function roleChoices(
  setting: keyof typeof defaultRole,
  given: string | undefined,
  isDefault: boolean,
  { settings, facts, now }: Situation,
): readonly LaunchChoice[] {
  const suggestions = setting === 'service_role' ? serviceRoles(facts, now) : instanceProfiles(facts, now);
  const named = settings?.get(setting)?.text;
  const namesAny = settings?.has('service_role') || settings?.has('instance_profile');
  const own = named ?? (namesAny || setting === 'instance_profile' ? defaultRole[setting] : undefined);
  if (own === undefined) return offered(suggestions, given);
  const isPicked = !isDefault && (given === undefined || isSame(given, own));
  const detail = doubtAbout(own, setting === 'service_role' ? 'service' : 'ec2', facts);
  return [
    choice(own, isPicked, { description: named === undefined ? 'the default one' : 'of the profile', detail }, ''),
    ...offered(
      suggestions.filter(({ label, text }) => !isSame(label, own) && text !== own),
      isPicked ? undefined : given,
    ),
  ];
}

function offered(suggestions: readonly NameSuggestion[], given: string | undefined): readonly LaunchChoice[] {
  const isListed = suggestions.some(({ label, text }) => given !== undefined && (isSame(label, given) || text === given));
  return [
    ...(given === undefined || isListed ? [] : [choice(given, true, { description: 'as answered before' })]),
    ...suggestions.map(({ label, detail, text = label }) =>
      choice(label, given !== undefined && (isSame(label, given) || text === given), { description: detail }, text),
    ),
  ];
}

/** Why the launch will not get in by it, where that is known. */
function doubtAbout(reference: string, kind: RoleKind, facts: AccountFacts): string {
  const quoted = (name: string): string => `"${name}"`;
  const profile = kind === 'ec2' ? facts.instanceProfile(parseReference(reference)?.name ?? reference) : undefined;
  if (profile?.state === 'absent') return 'The account has no such instance profile';
  if (profile?.state === 'unknown') return '';
  const role = facts.role(profile?.value.role ?? (profile === undefined ? reference : ''));
  if (role.state === 'absent') return profile === undefined ? 'The account has no such role' : '';
  return role.state === 'known' && trustVerdict(role.value, kind) === 'no' ? trustInWords(role.value, kind, quoted) : '';
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
