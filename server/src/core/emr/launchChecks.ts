// What is wrong with the values of a create-cluster command together: what the AWS CLI refuses before it sends anything
// (awscli/customizations/emr/createcluster.py and the modules that it calls), and what EMR refuses afterwards.

import { listed } from '../rules/rule';
import type { CreateClusterValues, OptionName } from './createClusterOptions';
import type { LaunchProblem } from './launchArguments';
import { isWithinReleases, lackedApplication, releaseWords } from './releases';

/** A launch as far as the checks need it. */
export interface Checked {
  readonly values: CreateClusterValues;
  /** Options that are there, but whose values are not known. */
  readonly inFiles: ReadonlyMap<OptionName, unknown>;
}

/** The sentence, if there is something wrong. */
type Check = (values: CreateClusterValues, has: (name: OptionName) => boolean) => string | undefined | false;

export function checkLaunch({ values, inFiles }: Checked): readonly LaunchProblem[] {
  const has = (name: OptionName): boolean => values[name] !== undefined || inFiles.has(name);
  return [
    ...cliChecks.map((check) => ({ by: 'cli' as const, message: check(values, has) })),
    ...emrChecks.map((check) => ({ by: 'emr' as const, message: check(values, has) })),
  ].flatMap(({ by, message }) => (typeof message === 'string' ? [{ by, message }] : []));
}

const exclude = (first: string, second: string): string => `${first} and ${second} exclude each other: leave one out.`;

const cliChecks: readonly Check[] = [
  (_, has) => has('release-label') && has('ami-version') && exclude('--release-label', '--ami-version'),
  (_, has) => !has('release-label') && !has('ami-version') && 'There is neither --release-label nor --ami-version: give a release label.',
  ({ 'ami-version': version }, has) =>
    version !== undefined &&
    !has('release-label') &&
    !/^\p{Nd}?\./u.test(version) &&
    `--ami-version "${version}" is not the number of a version, as 3.11.0: give that, or a release label instead.`,
  (values, has) => values['use-default-roles'] && has('service-role') && exclude('--use-default-roles', '--service-role'),
  (values) =>
    values['use-default-roles'] &&
    values['ec2-attributes']?.InstanceProfile !== undefined &&
    exclude('--use-default-roles', '--ec2-attributes InstanceProfile'),
  (_, has) => has('instance-groups') && has('instance-fleets') && exclude('--instance-groups', '--instance-fleets'),
  (_, has) =>
    !has('instance-groups') &&
    !has('instance-fleets') &&
    !has('instance-type') &&
    'There are no instances: give --instance-type (with --instance-count), --instance-groups or --instance-fleets.',
  (_, has) =>
    has('instance-groups') &&
    !has('instance-fleets') &&
    (has('instance-type') || has('instance-count')) &&
    `--instance-groups says all about the instances: leave ${has('instance-type') ? '--instance-type' : '--instance-count'} out.`,
  ({ 'instance-groups': groups = [] }, has) =>
    groups.some(({ AutoScalingPolicy }) => AutoScalingPolicy !== undefined) &&
    !has('auto-scaling-role') &&
    '--instance-groups has an AutoScalingPolicy, but there is no --auto-scaling-role: give one.',
  ({ 'ec2-attributes': ec2 = {} }) =>
    ec2.SubnetId !== undefined && ec2.SubnetIds !== undefined && exclude('--ec2-attributes SubnetId', 'SubnetIds'),
  ({ 'ec2-attributes': ec2 = {} }) =>
    ec2.AvailabilityZone !== undefined &&
    ec2.AvailabilityZones !== undefined &&
    exclude('--ec2-attributes AvailabilityZone', 'AvailabilityZones'),
  ({ 'ec2-attributes': ec2 = {} }) =>
    (ec2.SubnetId ?? ec2.SubnetIds) !== undefined &&
    (ec2.AvailabilityZone ?? ec2.AvailabilityZones) !== undefined &&
    '--ec2-attributes has a subnet, which is in one zone, and a zone as well: leave the zone out.',
  (values, has) =>
    values['enable-debugging'] === true && !has('log-uri') && '--enable-debugging needs --log-uri: give one, or leave debugging out.',
  ({ 'bootstrap-actions': actions = [], 'ami-version': version, applications = [] }) => {
    const own = version === undefined ? 0 : applications.filter(({ Name }) => /^(ganglia|hbase|impala)$/i.test(Name)).length;
    const most = maxBootstrapActions - own;
    return actions.length > most && `--bootstrap-actions has ${actions.length} actions; a cluster takes at most ${most}.`;
  },
  ({ 'ami-version': version, applications = [] }) =>
    version !== undefined &&
    version < '2.1' &&
    applications.some(({ Name }) => /^hbase$/i.test(Name)) &&
    '--applications has HBase, which --ami-version 2.1 and later have.',
  (values, has) => (values.applications !== undefined || !has('applications')) && missingApplications(values),
  ({ steps = [], 'release-label': release }) => firstOf(steps, (step, where) => wrongStep(step, where, release)),
  ({ 'restore-from-hbase-backup': backup }) =>
    backup !== undefined && !backup.Dir && '--restore-from-hbase-backup lacks Dir, which it must have.',
  ({ emrfs, configurations = [], 'release-label': release }) =>
    emrfs !== undefined &&
    Boolean(release) &&
    configurations.some(({ Classification }) => Classification === 'emrfs-site') &&
    exclude('--emrfs', 'an emrfs-site among the --configurations'),
  ({ emrfs }) => emrfs !== undefined && wrongEmrfs(emrfs),
  ({ 'monitoring-configuration': monitoring, 'log-uri': logUri }, has) =>
    wrongLogging(monitoring?.S3LoggingConfiguration?.LogTypeUploadPolicy, has('log-uri') ? (logUri ?? 'in a file') : ''),
];

const maxBootstrapActions = 16;

type Steps = NonNullable<CreateClusterValues['steps']>;
type Emrfs = NonNullable<CreateClusterValues['emrfs']>;

function firstOf<Item>(items: readonly Item[], check: (item: Item, index: number) => string | undefined): string | undefined {
  for (const [i, item] of items.entries()) {
    const found = check(item, i);
    if (found !== undefined) return found;
  }
  return undefined;
}

function missingApplications({
  steps = [],
  applications = [],
  'restore-from-hbase-backup': backup,
}: CreateClusterValues): string | undefined {
  const has = new Set(applications.map(({ Name }) => Name.toLowerCase()));
  const wanted = steps.flatMap(({ Type = '' }) =>
    /^(hive|pig|impala)$/i.test(Type) ? [Type.charAt(0).toUpperCase() + Type.slice(1).toLowerCase()] : [],
  );
  const missing = [...new Set([...wanted, ...(backup === undefined ? [] : ['HBase'])])].filter((name) => !has.has(name.toLowerCase()));
  if (missing.length === 0) return undefined;
  return `${wanted.length > 0 ? '--steps' : '--restore-from-hbase-backup'} needs ${listed(missing, String)}: add ${listed(missing, (name) => `Name=${name}`)} to --applications.`;
}

function wrongStep({ Type = 'CUSTOM_JAR', Jar, Args = [] }: Steps[number], index: number, release: string | undefined): string | undefined {
  const type = Type.toUpperCase();
  const known = ['CUSTOM_JAR', 'STREAMING', 'HIVE', 'PIG', 'SPARK', ...(release ? [] : ['IMPALA'])];
  if (!known.includes(type)) return `--steps [${index}] has the Type "${Type}"; it can be ${listed(known, String, 8)}.`;
  if (type === 'CUSTOM_JAR') return Jar ? undefined : `--steps [${index}] lacks Jar, which a step of the type CUSTOM_JAR must have.`;
  const isEmpty = Args.length === 0 || (type !== 'SPARK' && type !== 'IMPALA' && Args.length === 1 && Args[0]?.trim() === '');
  return isEmpty ? `--steps [${index}] lacks Args, which a step of the type ${type} must have.` : undefined;
}

function wrongEmrfs(emrfs: Emrfs): string | undefined {
  const { Encryption, ProviderType } = emrfs;
  const [encryption, provider] = [Encryption?.toUpperCase(), ProviderType?.toUpperCase()];
  if (encryption !== undefined && encryption !== 'SERVERSIDE' && encryption !== 'CLIENTSIDE')
    return `--emrfs has the Encryption "${Encryption}"; it can be ServerSide or ClientSide.`;
  if (emrfs.SSE !== undefined && encryption !== undefined) return exclude('--emrfs SSE', 'Encryption');
  const isClientSide = encryption === 'CLIENTSIDE';
  if (isClientSide && provider === undefined) return '--emrfs lacks ProviderType, which Encryption=ClientSide must have: KMS or Custom.';
  if (isClientSide && provider !== 'KMS' && provider !== 'CUSTOM')
    return `--emrfs has the ProviderType "${ProviderType}"; it can be KMS or Custom.`;
  for (const [parent, isThere, members, areNeeded] of [
    ['Consistent', emrfs.Consistent !== undefined, ['RetryCount', 'RetryPeriod'], false],
    ['Encryption=ClientSide,ProviderType=KMS', isClientSide && provider === 'KMS', ['KMSKeyId'], true],
    [
      'Encryption=ClientSide,ProviderType=Custom',
      isClientSide && provider === 'CUSTOM',
      ['CustomProviderLocation', 'CustomProviderClass'],
      true,
    ],
  ] as const) {
    const [there, missing] = [true, false].map((wanted) => members.filter((member) => Object.hasOwn(emrfs, member) === wanted));
    if (isThere && areNeeded && missing !== undefined && missing.length > 0)
      return `--emrfs lacks ${listed(missing, String)}, which ${parent} must have.`;
    if (!isThere && there !== undefined && there.length > 0) return `--emrfs has ${listed(there, String)} without ${parent}.`;
  }
  return undefined;
}

const logTypes = ['system-logs', 'application-logs', 'persistent-ui-logs'];
const logPolicies = ['emr-managed', 'on-customer-s3only', 'disabled'];

function wrongLogging(policies: Readonly<Record<string, string>> | undefined, logUri: string): string | undefined {
  const option = '--monitoring-configuration S3LoggingConfiguration';
  if (policies === undefined || Object.keys(policies).length === 0) return undefined;
  for (const [type, policy] of Object.entries(policies)) {
    if (!logTypes.includes(type)) return `${option} has the log type "${type}"; it can be ${listed(logTypes, String)}.`;
    const possible = type === 'persistent-ui-logs' ? logPolicies.filter((name) => name !== 'on-customer-s3only') : logPolicies;
    if (!possible.includes(policy)) return `${option} has the policy "${policy}" for ${type}; it can be ${listed(possible, String)}.`;
  }
  const needsUri = policies['system-logs'] !== 'disabled' || policies['application-logs'] !== 'disabled';
  if (needsUri && logUri.trim() === '') return `${option} needs --log-uri, unless system-logs and application-logs are both disabled.`;
  if (!needsUri && logUri.trim() !== '') return `${option} disables system-logs and application-logs, so there must be no --log-uri.`;
  return undefined;
}

/**
 * The releases that options are for: management guide, "Using managed scaling", "Change the Amazon Linux release", "Runtime roles", and
 * aws-cdk-lib as below.
 */
const gates: readonly (readonly [OptionName, string])[] = [
  ['auto-scaling-role', '4.0.0-'],
  ['custom-ami-id', '5.7.0-'],
  ['managed-scaling-policy', '5.30.0-5.x 6.0.1-'],
  ['os-release-label', '5.36.0-5.x 6.6.0-'],
  ['step-execution-role-arn', '6.7.0-'],
  ['ebs-root-volume-iops', '6.15.0-'],
  ['ebs-root-volume-throughput', '6.15.0-'],
];

/** RunJobFlow's own rules, as its reference and the guide have them; the numbers also aws-cdk-lib, aws-stepfunctions-tasks, emr-create-cluster.ts. */
const emrChecks: readonly Check[] = [
  ({ 'release-label': release }) => release === '' && '--release-label is empty, and EMR knows no such release.',
  (values, has) =>
    !values['use-default-roles'] &&
    !values['service-role'] &&
    !has('service-role') &&
    'There is no --service-role: EMR says "ServiceRole is required for creating cluster."',
  (values, has) =>
    !values['use-default-roles'] &&
    !values['ec2-attributes']?.InstanceProfile &&
    !(has('ec2-attributes') && values['ec2-attributes'] === undefined) &&
    'There is no --ec2-attributes InstanceProfile: EMR says "InstanceProfile is required for creating cluster."',
  ({ 'instance-groups': groups = [] }) =>
    firstOf(groups, ({ InstanceGroupType: type }, i) =>
      /^(MASTER|CORE|TASK)$/i.test(type)
        ? undefined
        : `--instance-groups [${i}] has the InstanceGroupType "${type}", which EMR does not know. It knows MASTER, CORE and TASK.`,
    ),
  ({ 'instance-count': count }) => outside('--instance-count', count, 1, undefined),
  (_, has) =>
    has('instance-fleets') &&
    has('auto-scaling-role') &&
    '--auto-scaling-role is for instance groups: EMR refuses it with --instance-fleets.',
  ({ 'auto-termination-policy': policy }) => outside('--auto-termination-policy IdleTimeout', policy?.IdleTimeout, 60, 604_800),
  ({ 'step-concurrency-level': level }) => outside('--step-concurrency-level', level, 1, 256),
  ({ 'ebs-root-volume-size': size, 'release-label': release = '' }) =>
    outside('--ebs-root-volume-size', size, isWithinReleases(release, '6.10.0-') ? 15 : 10, 100),
  ({ 'ebs-root-volume-iops': iops }) => outside('--ebs-root-volume-iops', iops, 3000, 16_000),
  ({ 'ebs-root-volume-throughput': throughput }) => outside('--ebs-root-volume-throughput', throughput, 125, 1000),
  ({ 'step-concurrency-level': level, ...values }) =>
    level !== undefined && level !== 1 && gate(values, '--step-concurrency-level', '5.28.0-'),
  ...gates.map(
    ([name, ranges]): Check =>
      (values, has) =>
        has(name) && values[name] !== '' && gate(values, `--${name}`, ranges),
  ),
  ({ 'session-enabled': isOn, 'release-label': release = '' }) =>
    isOn === true &&
    isWithinReleases(release, '8.0.0-') === false &&
    `--session-enabled is for emr-spark-8.0.0 and later, not for ${release}.`,
  ({ applications = [], 'release-label': release = '' }) =>
    applications.flatMap(({ Name }) => lackedApplication(release, Name) ?? []).join(' ') || undefined,
];

function outside(option: string, value: number | undefined, least: number, most: number | undefined): string | undefined {
  if (value === undefined || (value >= least && value <= (most ?? value))) return undefined;
  return `${option} is ${value}; EMR takes ${most === undefined ? `${least} or more` : `${least} to ${most}`}.`;
}

/** An AMI version counts as a release: they go up to 3.11. */
function gate({ 'release-label': release, 'ami-version': ami }: CreateClusterValues, option: string, ranges: string): string | undefined {
  if (isWithinReleases(release ?? `emr-${ami}`, ranges) !== false) return undefined;
  return `${option} is for ${releaseWords(ranges)}, not for ${release ?? `--ami-version ${ami}`}.`;
}
