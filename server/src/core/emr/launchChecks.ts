// What is wrong with the values of a create-cluster command together: what the AWS CLI refuses before it sends anything
// (awscli/customizations/emr/createcluster.py and the modules that it calls), and what EMR refuses afterwards.

import { listed } from '../words';
import type { CreateClusterValues, OptionName } from './createClusterOptions';
import type { LaunchProblem } from './launchArguments';
import { isWithinReleases, lackedApplication, releaseWords } from './releases';

/** A launch as far as the checks need it. */
export interface Checked {
  readonly values: CreateClusterValues;
  /** Options that are there, but whose values are not known. */
  readonly inFiles: ReadonlyMap<OptionName, unknown>;
}

/** What is wrong if the sentence is there, and of which options. */
type Check = readonly [
  about: LaunchProblem['about'],
  options: readonly OptionName[],
  check: (values: CreateClusterValues, has: (name: OptionName) => boolean) => string | undefined | false,
];

export function checkLaunch({ values, inFiles }: Checked): readonly LaunchProblem[] {
  const has = (name: OptionName): boolean => values[name] !== undefined || inFiles.has(name);
  const problemsOf = (by: LaunchProblem['by'], checks: readonly Check[]): readonly LaunchProblem[] =>
    checks.flatMap(([about, options, check]) => {
      const message = check(values, has);
      return typeof message === 'string' ? [{ by, message, about, options }] : [];
    });
  return [...problemsOf('cli', cliChecks), ...problemsOf('emr', emrChecks)];
}

const exclude = (first: string, second: string): string => `${first} and ${second} exclude each other: leave one out.`;

const cliChecks: readonly Check[] = [
  [
    'exclusion',
    ['ami-version', 'release-label'],
    (_, has) => has('release-label') && has('ami-version') && exclude('--release-label', '--ami-version'),
  ],
  [
    'missing',
    ['release-label'],
    (_, has) => !has('release-label') && !has('ami-version') && 'There is neither --release-label nor --ami-version: give a release label.',
  ],
  [
    'value',
    ['ami-version'],
    ({ 'ami-version': version }, has) =>
      version !== undefined &&
      !has('release-label') &&
      !/^\p{Nd}?\./u.test(version) &&
      `--ami-version "${version}" is not the number of a version, as 3.11.0: give that, or a release label instead.`,
  ],
  [
    'exclusion',
    ['use-default-roles', 'service-role'],
    (values, has) => values['use-default-roles'] && has('service-role') && exclude('--use-default-roles', '--service-role'),
  ],
  [
    'exclusion',
    ['use-default-roles', 'ec2-attributes'],
    (values) =>
      values['use-default-roles'] &&
      values['ec2-attributes']?.InstanceProfile !== undefined &&
      exclude('--use-default-roles', '--ec2-attributes InstanceProfile'),
  ],
  [
    'exclusion',
    ['instance-groups', 'instance-fleets'],
    (_, has) => has('instance-groups') && has('instance-fleets') && exclude('--instance-groups', '--instance-fleets'),
  ],
  [
    'missing',
    ['instance-type'],
    (_, has) =>
      !has('instance-groups') &&
      !has('instance-fleets') &&
      !has('instance-type') &&
      'There are no instances: give --instance-type (with --instance-count), --instance-groups or --instance-fleets.',
  ],
  [
    'exclusion',
    ['instance-groups', 'instance-type', 'instance-count'],
    (_, has) =>
      has('instance-groups') &&
      !has('instance-fleets') &&
      (has('instance-type') || has('instance-count')) &&
      `--instance-groups says all about the instances: leave ${has('instance-type') ? '--instance-type' : '--instance-count'} out.`,
  ],
  [
    'missing',
    ['auto-scaling-role', 'instance-groups'],
    ({ 'instance-groups': groups = [] }, has) =>
      groups.some(({ AutoScalingPolicy }) => AutoScalingPolicy !== undefined) &&
      !has('auto-scaling-role') &&
      '--instance-groups has an AutoScalingPolicy, but there is no --auto-scaling-role: give one.',
  ],
  [
    'exclusion',
    ['ec2-attributes'],
    ({ 'ec2-attributes': ec2 = {} }) =>
      ec2.SubnetId !== undefined && ec2.SubnetIds !== undefined && exclude('--ec2-attributes SubnetId', 'SubnetIds'),
  ],
  [
    'exclusion',
    ['ec2-attributes'],
    ({ 'ec2-attributes': ec2 = {} }) =>
      ec2.AvailabilityZone !== undefined &&
      ec2.AvailabilityZones !== undefined &&
      exclude('--ec2-attributes AvailabilityZone', 'AvailabilityZones'),
  ],
  [
    'exclusion',
    ['ec2-attributes'],
    ({ 'ec2-attributes': ec2 = {} }) =>
      (ec2.SubnetId ?? ec2.SubnetIds) !== undefined &&
      (ec2.AvailabilityZone ?? ec2.AvailabilityZones) !== undefined &&
      '--ec2-attributes has a subnet, which is in one zone, and a zone as well: leave the zone out.',
  ],
  [
    'missing',
    ['log-uri', 'enable-debugging'],
    (values, has) =>
      values['enable-debugging'] === true && !has('log-uri') && '--enable-debugging needs --log-uri: give one, or leave debugging out.',
  ],
  [
    'value',
    ['bootstrap-actions'],
    ({ 'bootstrap-actions': actions = [], 'ami-version': version, applications = [] }) => {
      const own = version === undefined ? 0 : applications.filter(({ Name }) => /^(ganglia|hbase|impala)$/i.test(Name)).length;
      const most = maxBootstrapActions - own;
      return actions.length > most && `--bootstrap-actions has ${actions.length} actions; a cluster takes at most ${most}.`;
    },
  ],
  [
    'value',
    ['applications'],
    ({ 'ami-version': version, applications = [] }) =>
      version !== undefined &&
      version < '2.1' &&
      applications.some(({ Name }) => /^hbase$/i.test(Name)) &&
      '--applications has HBase, which --ami-version 2.1 and later have.',
  ],
  [
    'missing',
    ['applications', 'steps'],
    (values, has) => (values.applications !== undefined || !has('applications')) && missingApplications(values),
  ],
  ['value', ['steps'], ({ steps = [], 'release-label': release }) => firstOf(steps, (step, where) => wrongStep(step, where, release))],
  [
    'value',
    ['restore-from-hbase-backup'],
    ({ 'restore-from-hbase-backup': backup }) =>
      backup !== undefined && backup.Dir === undefined && '--restore-from-hbase-backup lacks Dir, which it must have.',
  ],
  [
    'exclusion',
    ['emrfs', 'configurations'],
    ({ emrfs, configurations = [], 'release-label': release }) =>
      emrfs !== undefined &&
      Boolean(release) &&
      configurations.some(({ Classification }) => Classification === 'emrfs-site') &&
      exclude('--emrfs', 'an emrfs-site among the --configurations'),
  ],
  ['value', ['emrfs'], ({ emrfs }) => emrfs !== undefined && wrongEmrfs(emrfs)],
  ['value', ['monitoring-configuration'], ({ 'monitoring-configuration': monitoring }) => wrongLogging(logPoliciesIn(monitoring))],
  [
    'missing',
    ['log-uri', 'monitoring-configuration'],
    ({ 'monitoring-configuration': monitoring, 'log-uri': logUri }, has) =>
      takesLogUri(logPoliciesIn(monitoring)) === true &&
      (has('log-uri') ? logUri?.trim() === '' : true) &&
      `${s3Logging} needs --log-uri, unless system-logs and application-logs are both disabled.`,
  ],
  [
    'exclusion',
    ['monitoring-configuration', 'log-uri'],
    ({ 'monitoring-configuration': monitoring, 'log-uri': logUri }, has) =>
      takesLogUri(logPoliciesIn(monitoring)) === false &&
      has('log-uri') &&
      logUri?.trim() !== '' &&
      `${s3Logging} disables system-logs and application-logs, so there must be no --log-uri.`,
  ],
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

const s3Logging = '--monitoring-configuration S3LoggingConfiguration';

type LogPolicies = Readonly<Record<string, string>>;

function logPoliciesIn(monitoring: CreateClusterValues['monitoring-configuration']): LogPolicies {
  return monitoring?.S3LoggingConfiguration?.LogTypeUploadPolicy ?? {};
}

function wrongLogging(policies: LogPolicies): string | undefined {
  for (const [type, policy] of Object.entries(policies)) {
    if (!logTypes.includes(type)) return `${s3Logging} has the log type "${type}"; it can be ${listed(logTypes, String)}.`;
    const possible = type === 'persistent-ui-logs' ? logPolicies.filter((name) => name !== 'on-customer-s3only') : logPolicies;
    if (!possible.includes(policy)) return `${s3Logging} has the policy "${policy}" for ${type}; it can be ${listed(possible, String)}.`;
  }
  return undefined;
}

/** Nothing where it says nothing of logs, or what the CLI stops at before. */
function takesLogUri(policies: LogPolicies): boolean | undefined {
  if (Object.keys(policies).length === 0 || wrongLogging(policies) !== undefined) return undefined;
  return policies['system-logs'] !== 'disabled' || policies['application-logs'] !== 'disabled';
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
  [
    'value',
    ['release-label'],
    ({ 'release-label': release }) => release === '' && '--release-label is empty, and EMR knows no such release.',
  ],
  [
    'missing',
    ['service-role'],
    (values, has) =>
      !values['use-default-roles'] &&
      !values['service-role'] &&
      !has('service-role') &&
      'There is no --service-role: EMR says "ServiceRole is required for creating cluster."',
  ],
  [
    'missing',
    ['ec2-attributes'],
    (values, has) =>
      !values['use-default-roles'] &&
      !values['ec2-attributes']?.InstanceProfile &&
      !(has('ec2-attributes') && values['ec2-attributes'] === undefined) &&
      'There is no --ec2-attributes InstanceProfile: EMR says "InstanceProfile is required for creating cluster."',
  ],
  [
    'value',
    ['instance-groups'],
    ({ 'instance-groups': groups = [] }) =>
      firstOf(groups, ({ InstanceGroupType: type }, i) =>
        /^(MASTER|CORE|TASK)$/i.test(type)
          ? undefined
          : `--instance-groups [${i}] has the InstanceGroupType "${type}", which EMR does not know. It knows MASTER, CORE and TASK.`,
      ),
  ],
  ['value', ['instance-count'], ({ 'instance-count': count }) => outside('--instance-count', count, 1, undefined)],
  [
    'exclusion',
    ['instance-fleets', 'auto-scaling-role'],
    (_, has) =>
      has('instance-fleets') &&
      has('auto-scaling-role') &&
      '--auto-scaling-role is for instance groups: EMR refuses it with --instance-fleets.',
  ],
  [
    'value',
    ['auto-termination-policy'],
    ({ 'auto-termination-policy': policy }) => outside('--auto-termination-policy IdleTimeout', policy?.IdleTimeout, 60, 604_800),
  ],
  ['value', ['step-concurrency-level'], ({ 'step-concurrency-level': level }) => outside('--step-concurrency-level', level, 1, 256)],
  [
    'value',
    ['ebs-root-volume-size'],
    ({ 'ebs-root-volume-size': size, 'release-label': release = '' }) =>
      outside('--ebs-root-volume-size', size, isWithinReleases(release, '6.10.0-') ? 15 : 10, 100),
  ],
  ['value', ['ebs-root-volume-iops'], ({ 'ebs-root-volume-iops': iops }) => outside('--ebs-root-volume-iops', iops, 3000, 16_000)],
  [
    'value',
    ['ebs-root-volume-throughput'],
    ({ 'ebs-root-volume-throughput': throughput }) => outside('--ebs-root-volume-throughput', throughput, 125, 1000),
  ],
  [
    'value',
    ['step-concurrency-level'],
    ({ 'step-concurrency-level': level, ...values }) =>
      level !== undefined && level !== 1 && gate(values, '--step-concurrency-level', '5.28.0-'),
  ],
  ...gates.map(
    ([name, ranges]): Check => ['value', [name], (values, has) => has(name) && values[name] !== '' && gate(values, `--${name}`, ranges)],
  ),
  [
    'value',
    ['session-enabled'],
    ({ 'session-enabled': isOn, 'release-label': release = '' }) =>
      isOn === true &&
      isWithinReleases(release, '8.0.0-') === false &&
      `--session-enabled is for emr-spark-8.0.0 and later, not for ${release}.`,
  ],
  [
    'application',
    ['applications'],
    ({ applications = [], 'release-label': release = '' }) =>
      applications.flatMap(({ Name }) => lackedApplication(release, Name) ?? []).join(' ') || undefined,
  ],
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
