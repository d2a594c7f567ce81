// The RunJobFlow request that the AWS CLI makes of a launch (awscli/customizations/emr/createcluster.py), for clusters with a release.

import type { CreateClusterValues } from '../createClusterOptions';
import { effectiveValues, type LaunchSpec } from '../launchSpec';
import type { Structure, Value } from '../schema';

type Values<Name extends keyof CreateClusterValues> = NonNullable<CreateClusterValues[Name]>;

export function runJobFlowRequest(spec: LaunchSpec): Structure {
  const values = effectiveValues(spec);
  const ec2 = values['use-default-roles']
    ? { ...values['ec2-attributes'], InstanceProfile: 'EMR_EC2_DefaultRole' }
    : (values['ec2-attributes'] ?? {});
  return {
    Name: values.name ?? 'Development Cluster',
    ...filled({
      ReleaseLabel: values['release-label'],
      OSReleaseLabel: values['os-release-label'],
    }),
    ...present({ Applications: values.applications }),
    Instances: instances(values, ec2),
    ...filled({
      ServiceRole: values['use-default-roles'] ? 'EMR_DefaultRole' : values['service-role'],
      JobFlowRole: ec2.InstanceProfile,
      AutoScalingRole: values['auto-scaling-role'],
      StepExecutionRoleArn: values['step-execution-role-arn'],
      LogUri: values['log-uri'],
      LogEncryptionKmsKeyId: values['log-encryption-kms-key-id'],
    }),
    Tags: (values.tags ?? []).map((tag) => keyAndValue(tag)),
    ...present({ Configurations: configurations(values) }),
    ...filled({ BootstrapActions: values['bootstrap-actions']?.map(bootstrapAction), Steps: steps(values) }),
    VisibleToAllUsers: values['visible-to-all-users'] ?? true,
    ...filled({
      AutoTerminationPolicy: values['auto-termination-policy'],
      ManagedScalingPolicy: values['managed-scaling-policy'],
      ScaleDownBehavior: values['scale-down-behavior'],
      SecurityConfiguration: values['security-configuration'],
      KerberosAttributes: values['kerberos-attributes'],
      CustomAmiId: values['custom-ami-id'],
      EbsRootVolumeSize: values['ebs-root-volume-size'],
      EbsRootVolumeIops: values['ebs-root-volume-iops'],
      EbsRootVolumeThroughput: values['ebs-root-volume-throughput'],
      RepoUpgradeOnBoot: values['repo-upgrade-on-boot'],
      PlacementGroupConfigs: values['placement-group-configs'],
      MonitoringConfiguration: values['monitoring-configuration'],
      AdditionalInfo: values['additional-info'],
    }),
    ...present({ StepConcurrencyLevel: values['step-concurrency-level'] }),
    ...present({ ExtendedSupport: values['extended-support'], SessionEnabled: values['session-enabled'] }),
  };
}

type Members = Readonly<Record<string, Value | undefined>>;

/** What is there. */
function present(members: Members): Structure {
  return Object.fromEntries(Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** What is there and is not empty: the CLI leaves out the rest (emrutils.py, apply_dict). */
function filled(members: Members): Structure {
  return Object.fromEntries(Object.entries(present(members)).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: Value): boolean {
  return typeof value === 'object' ? Object.keys(value).length === 0 : !value;
}

function instances(values: CreateClusterValues, ec2: Values<'ec2-attributes'>): Structure {
  const fleets = values['instance-fleets'];
  const hasZone = ec2.AvailabilityZone !== undefined || ec2.AvailabilityZones !== undefined;
  return {
    ...(fleets === undefined ? { InstanceGroups: instanceGroups(values) } : { InstanceFleets: fleets.map(instanceFleet) }),
    ...filled({
      Ec2KeyName: ec2.KeyName,
      Ec2SubnetId: ec2.SubnetId,
      Ec2SubnetIds: ec2.SubnetIds,
    }),
    ...(hasZone ? { Placement: filled({ AvailabilityZone: ec2.AvailabilityZone, AvailabilityZones: ec2.AvailabilityZones }) } : {}),
    ...filled({
      EmrManagedMasterSecurityGroup: ec2.EmrManagedMasterSecurityGroup,
      EmrManagedSlaveSecurityGroup: ec2.EmrManagedSlaveSecurityGroup,
      ServiceAccessSecurityGroup: ec2.ServiceAccessSecurityGroup,
      AdditionalMasterSecurityGroups: ec2.AdditionalMasterSecurityGroups,
      AdditionalSlaveSecurityGroups: ec2.AdditionalSlaveSecurityGroups,
    }),
    KeepJobFlowAliveWhenNoSteps: !values['auto-terminate'],
    TerminationProtected: values['termination-protected'] ?? false,
    ...present({ UnhealthyNodeReplacement: values['unhealthy-node-replacement'] }),
  };
}

function instanceGroups({
  'instance-groups': groups,
  'instance-type': InstanceType = '',
  'instance-count': count = 1,
}: CreateClusterValues): readonly Structure[] {
  if (groups !== undefined) return groups.map(instanceGroup);
  const group = (role: string, InstanceCount: number): Structure => ({
    Name: role,
    InstanceRole: role,
    InstanceType,
    InstanceCount,
    Market: 'ON_DEMAND',
  });
  return [group('MASTER', 1), ...(count > 1 ? [group('CORE', count - 1)] : [])];
}

function instanceGroup({ InstanceGroupType, BidPrice, Name = InstanceGroupType, ...rest }: Values<'instance-groups'>[number]): Structure {
  return {
    Name,
    InstanceRole: InstanceGroupType.toUpperCase(),
    Market: BidPrice === undefined ? 'ON_DEMAND' : 'SPOT',
    ...(BidPrice === undefined || BidPrice === 'OnDemandPrice' ? {} : { BidPrice }),
    ...rest,
  };
}

function instanceFleet({ Name, ...rest }: Values<'instance-fleets'>[number]): Structure {
  return { Name: Name ?? rest.InstanceFleetType, ...rest };
}

/** Of `key=value`, at the first equals sign. */
function keyAndValue(text: string): Structure {
  const equals = text.indexOf('=');
  return equals === -1 ? { Key: text, Value: '' } : { Key: text.slice(0, equals), Value: text.slice(equals + 1) };
}

function configurations({ configurations: given, emrfs }: CreateClusterValues): readonly Structure[] | undefined {
  if (emrfs === undefined) return given;
  return [...(given ?? []), { Classification: 'emrfs-site', Properties: emrfsProperties(emrfs) }];
}

/** emrfsutils.py, build_emrfs_confiuration. */
function emrfsProperties(emrfs: Values<'emrfs'>): Structure {
  const [encryption, provider] = [emrfs.Encryption?.toUpperCase(), emrfs.ProviderType?.toUpperCase()];
  const isClientSide = encryption === 'CLIENTSIDE';
  const sse = emrfs.SSE ?? (encryption === 'SERVERSIDE' ? true : undefined);
  const text = (value: number | boolean | undefined): string | undefined => (value === undefined ? undefined : String(value));
  const properties = new Map<string, string | undefined>([
    ['fs.s3.consistent', text(emrfs.Consistent)],
    ['fs.s3.consistent.retryCount', text(emrfs.RetryCount)],
    ['fs.s3.consistent.retryPeriodSeconds', text(emrfs.RetryPeriod)],
    ['fs.s3.enableServerSideEncryption', text(sse)],
    ['fs.s3.cse.enabled', isClientSide ? 'true' : undefined],
    [
      'fs.s3.cse.encryptionMaterialsProvider',
      isClientSide && provider === 'KMS'
        ? 'com.amazon.ws.emr.hadoop.fs.cse.KMSEncryptionMaterialsProvider'
        : isClientSide
          ? emrfs.CustomProviderClass
          : undefined,
    ],
    ['fs.s3.cse.kms.keyId', isClientSide ? emrfs.KMSKeyId : undefined],
  ]);
  for (const argument of emrfs.Args ?? []) {
    const equals = argument.indexOf('=');
    properties.set(equals === -1 ? argument : argument.slice(0, equals), equals === -1 ? '' : argument.slice(equals + 1));
  }
  if (isClientSide && provider === 'CUSTOM') properties.set('fs.s3.cse.encryptionMaterialsProvider.uri', emrfs.CustomProviderLocation);
  return present(Object.fromEntries(properties));
}

function bootstrapAction({ Name = 'Bootstrap action', Path, Args }: Values<'bootstrap-actions'>[number]): Structure {
  return { Name, ScriptBootstrapAction: filled({ Path, Args }) };
}

function steps(values: CreateClusterValues): readonly Structure[] {
  const backup = values['restore-from-hbase-backup'];
  const own = (Name: string, ActionOnFailure: string, Jar: string, Args: readonly string[]): Structure => ({
    Name,
    ActionOnFailure,
    HadoopJarStep: { Jar, Args },
  });
  return [
    ...(values['enable-debugging']
      ? [own('Setup Hadoop Debugging', 'TERMINATE_CLUSTER', 'command-runner.jar', ['state-pusher-script'])]
      : []),
    ...(backup === undefined
      ? []
      : [
          own('Restore HBase', 'CANCEL_AND_WAIT', '/home/hadoop/lib/hbase.jar', [
            'emr.hbase.backup.Main',
            '--restore',
            '--backup-dir',
            backup.Dir ?? '',
            ...(backup.BackupVersion === undefined ? [] : ['--backup-version', backup.BackupVersion]),
          ]),
        ]),
    ...(values.steps ?? []).map(step),
  ];
}

/** steputils.py: what each type of step runs, and what it is called. */
const stepTypes: Readonly<Record<string, { readonly name: string; readonly before: readonly string[] }>> = {
  STREAMING: { name: 'Streaming program', before: ['hadoop-streaming'] },
  HIVE: { name: 'Hive program', before: ['hive-script', '--run-hive-script', '--args'] },
  PIG: { name: 'Pig program', before: ['pig-script', '--run-pig-script', '--args'] },
  SPARK: { name: 'Spark application', before: ['spark-submit'] },
};

function step({ Type = 'CUSTOM_JAR', ...given }: Values<'steps'>[number]): Structure {
  const type = stepTypes[Type.toUpperCase()];
  const { Name = type?.name ?? 'Custom JAR', ActionOnFailure = 'CONTINUE', Args = [], LogUri, EncryptionKeyArn } = given;
  const monitoring = filled({ LogUri, EncryptionKeyArn });
  const jar =
    type === undefined
      ? { Args, MainClass: given.MainClass, Properties: given.Properties?.split(',').map(keyAndValue) }
      : { Args: [...type.before, ...Args] };
  return {
    ...filled({ Name, ActionOnFailure }),
    HadoopJarStep: { Jar: type === undefined ? (given.Jar ?? '') : 'command-runner.jar', ...filled(jar) },
    ...(isEmpty(monitoring) ? {} : { StepMonitoringConfiguration: { S3MonitoringConfiguration: monitoring } }),
  };
}
