// The options of `aws emr create-cluster`, in the order in which a command is written: what each takes (AWS CLI 1.45,
// awscli/customizations/emr/createcluster.py and argumentschema.py), what RunJobFlow then asks of it before it is sent and after
// (botocore's model of EMR), and which versions of the CLI lack it.

import {
  boolean,
  conforms,
  double,
  integer,
  list,
  map,
  oneOf,
  type Schema,
  type StructureSchema,
  structure,
  text,
  type Value,
  type ValueOf,
  whole,
} from './schema';

/** Of the AWS CLI: one that has nearly everything, and the oldest of version 2 that is around (Debian 12 has it). */
export const cliVersions = ['1.45', '2.9'] as const;
export type CliVersion = (typeof cliVersions)[number];

interface OptionOf<Kind extends string> {
  readonly kind: Kind;
  readonly lackedBy?: readonly CliVersion[];
}

/**
 * `flag`: `--x`. `pair`: `--x` or `--no-x`. `value`: one word, text or a number. `words`: plain words, as many as there are. `json`: one
 * word of JSON. `parts`: in the shorthand syntax or JSON, one word for a structure and one or more for a list.
 */
export type OptionShape = OptionOf<'flag' | 'pair'> | (OptionOf<'value' | 'words' | 'json' | 'parts'> & { readonly schema: Schema });

const flag = { kind: 'flag' } as const;
const pair = { kind: 'pair' } as const;
function value<const S extends Schema>(schema: S) {
  return { kind: 'value', schema } as const;
}
function parts<const S extends Schema>(schema: S) {
  return { kind: 'parts', schema } as const;
}

/** XmlStringMaxLen256 and XmlString of the API. */
const short = { type: 'string', max: 256 } as const;
const long = { type: 'string', max: 10_280 } as const;
const instanceType = { type: 'string', min: 1, max: 256 } as const;
const instanceRole = oneOf('MASTER', 'CORE', 'TASK');

/** Properties within configurations within configurations, as deep as one likes. */
const configuration: StructureSchema = {
  type: 'structure',
  required: [],
  get members() {
    return { Classification: text, Properties: map(text), Configurations: { type: 'list', of: configuration } } as const;
  },
};

/** Where the CLI has a schema of its own, it knows two levels. */
const groupConfigurations = list(
  structure({
    Classification: text,
    Properties: map(text),
    Configurations: list(structure({ Classification: text, Properties: map(text) })),
  }),
);

const ebsConfiguration = structure({
  EbsOptimized: boolean,
  EbsBlockDeviceConfigs: list(
    structure(
      {
        VolumeSpecification: structure({ VolumeType: text, SizeInGB: integer, Iops: integer, Throughput: whole }, 'VolumeType', 'SizeInGB'),
        VolumesPerInstance: integer,
      },
      'VolumeSpecification',
    ),
  ),
});

const metric = structure(
  {
    ComparisonOperator: oneOf('GREATER_THAN_OR_EQUAL', 'GREATER_THAN', 'LESS_THAN', 'LESS_THAN_OR_EQUAL'),
    EvaluationPeriods: integer,
    MetricName: text,
    Namespace: text,
    Period: integer,
    Statistic: oneOf('SAMPLE_COUNT', 'AVERAGE', 'SUM', 'MINIMUM', 'MAXIMUM'),
    Threshold: double,
    Unit: text,
    Dimensions: list(structure({ Key: text, Value: text })),
  },
  'ComparisonOperator',
  'MetricName',
  'Period',
  'Threshold',
);

const autoScalingPolicy = structure(
  {
    Constraints: structure({ MinCapacity: integer, MaxCapacity: integer }, 'MinCapacity', 'MaxCapacity'),
    Rules: list(
      structure(
        {
          Name: text,
          Description: text,
          Action: structure(
            {
              Market: oneOf('ON_DEMAND', 'SPOT'),
              SimpleScalingPolicyConfiguration: structure(
                {
                  AdjustmentType: oneOf('CHANGE_IN_CAPACITY', 'PERCENT_CHANGE_IN_CAPACITY', 'EXACT_CAPACITY'),
                  ScalingAdjustment: integer,
                  CoolDown: integer,
                },
                'ScalingAdjustment',
              ),
            },
            'SimpleScalingPolicyConfiguration',
          ),
          Trigger: structure({ CloudWatchAlarmDefinition: metric }, 'CloudWatchAlarmDefinition'),
        },
        'Name',
        'Action',
        'Trigger',
      ),
    ),
  },
  'Constraints',
  'Rules',
);

const spotStrategy = oneOf(
  'capacity-optimized',
  'price-capacity-optimized',
  'lowest-price',
  'diversified',
  'capacity-optimized-prioritized',
);
const onDemandStrategy = oneOf('lowest-price', 'prioritized');
const capacityReservation = structure({
  UsageStrategy: oneOf('use-capacity-reservations-first'),
  CapacityReservationPreference: oneOf('open', 'none'),
  CapacityReservationResourceGroupArn: short,
});

export const createClusterOptions = {
  name: value(short),
  'release-label': value(short),
  'os-release-label': value(short),
  'ami-version': value(short),
  applications: parts(list(structure({ Name: text, Args: list(text) }, 'Name'))),
  'instance-type': value(instanceType),
  'instance-count': value(integer),
  'instance-groups': parts(
    list(
      structure(
        {
          Name: short,
          InstanceGroupType: text,
          InstanceType: instanceType,
          InstanceCount: integer,
          BidPrice: short,
          CustomAmiId: short,
          EbsConfiguration: ebsConfiguration,
          AutoScalingPolicy: autoScalingPolicy,
          Configurations: groupConfigurations,
        },
        'InstanceGroupType',
        'InstanceType',
        'InstanceCount',
      ),
    ),
  ),
  'instance-fleets': parts(
    list(
      structure(
        {
          Name: short,
          InstanceFleetType: instanceRole,
          TargetOnDemandCapacity: whole,
          TargetSpotCapacity: whole,
          InstanceTypeConfigs: list(
            structure(
              {
                InstanceType: instanceType,
                WeightedCapacity: whole,
                BidPrice: short,
                BidPriceAsPercentageOfOnDemandPrice: double,
                CustomAmiId: short,
                Priority: double,
                EbsConfiguration: ebsConfiguration,
                Configurations: groupConfigurations,
              },
              'InstanceType',
            ),
          ),
          LaunchSpecifications: structure({
            OnDemandSpecification: structure(
              { AllocationStrategy: onDemandStrategy, CapacityReservationOptions: capacityReservation },
              'AllocationStrategy',
            ),
            SpotSpecification: structure(
              {
                TimeoutDurationMinutes: whole,
                TimeoutAction: oneOf('SWITCH_TO_ON_DEMAND', 'TERMINATE_CLUSTER'),
                BlockDurationMinutes: whole,
                AllocationStrategy: spotStrategy,
              },
              'TimeoutDurationMinutes',
              'TimeoutAction',
            ),
          }),
          ResizeSpecifications: structure({
            SpotResizeSpecification: structure({ TimeoutDurationMinutes: whole, AllocationStrategy: spotStrategy }),
            OnDemandResizeSpecification: structure({
              TimeoutDurationMinutes: whole,
              AllocationStrategy: onDemandStrategy,
              CapacityReservationOptions: capacityReservation,
            }),
          }),
          Context: short,
        },
        'InstanceFleetType',
      ),
    ),
  ),
  'use-default-roles': flag,
  'service-role': value(long),
  'ec2-attributes': parts(
    structure({
      InstanceProfile: long,
      KeyName: short,
      SubnetId: short,
      SubnetIds: list(short),
      AvailabilityZone: long,
      AvailabilityZones: list(short),
      EmrManagedMasterSecurityGroup: short,
      EmrManagedSlaveSecurityGroup: short,
      ServiceAccessSecurityGroup: short,
      AdditionalMasterSecurityGroups: list(short),
      AdditionalSlaveSecurityGroups: list(short),
    }),
  ),
  'auto-scaling-role': value(long),
  'step-execution-role-arn': { ...value({ type: 'string', min: 20, max: 2048 }), lackedBy: ['2.9'] },
  'log-uri': value(long),
  'log-encryption-kms-key-id': value(long),
  'enable-debugging': pair,
  tags: { kind: 'words', schema: list(text) },
  configurations: { kind: 'json', schema: { type: 'list', of: configuration } },
  'bootstrap-actions': parts(list(structure({ Name: short, Path: { ...long, min: 1 }, Args: list(long) }, 'Path'))),
  steps: parts(
    list(
      structure({
        Type: text,
        Name: { ...short, min: 1 },
        ActionOnFailure: oneOf('TERMINATE_JOB_FLOW', 'TERMINATE_CLUSTER', 'CANCEL_AND_WAIT', 'CONTINUE'),
        Jar: long,
        Args: list(long),
        MainClass: long,
        Properties: text,
        LogUri: long,
        EncryptionKeyArn: long,
      }),
    ),
  ),
  'step-concurrency-level': value(integer),
  'auto-terminate': pair,
  'auto-termination-policy': parts(structure({ IdleTimeout: integer })),
  'managed-scaling-policy': parts(
    structure({
      ComputeLimits: structure(
        {
          UnitType: oneOf('InstanceFleetUnits', 'Instances', 'VCPU'),
          MinimumCapacityUnits: integer,
          MaximumCapacityUnits: integer,
          MaximumOnDemandCapacityUnits: integer,
          MaximumCoreCapacityUnits: integer,
        },
        'UnitType',
        'MinimumCapacityUnits',
        'MaximumCapacityUnits',
      ),
      ScalingStrategy: oneOf('DEFAULT', 'ADVANCED'),
      UtilizationPerformanceIndex: { type: 'integer', min: 1, max: 100 },
    }),
  ),
  'scale-down-behavior': value(oneOf('TERMINATE_AT_INSTANCE_HOUR', 'TERMINATE_AT_TASK_COMPLETION')),
  'termination-protected': pair,
  'unhealthy-node-replacement': { ...pair, lackedBy: ['2.9'] },
  'visible-to-all-users': pair,
  'security-configuration': value(long),
  'kerberos-attributes': parts(
    structure(
      {
        Realm: short,
        KdcAdminPassword: short,
        CrossRealmTrustPrincipalPassword: short,
        ADDomainJoinUser: short,
        ADDomainJoinPassword: short,
      },
      'Realm',
      'KdcAdminPassword',
    ),
  ),
  'custom-ami-id': value(short),
  'ebs-root-volume-size': value(integer),
  'ebs-root-volume-iops': { ...value(integer), lackedBy: ['2.9'] },
  'ebs-root-volume-throughput': { ...value(integer), lackedBy: ['2.9'] },
  'repo-upgrade-on-boot': value(oneOf('SECURITY', 'NONE')),
  'placement-group-configs': parts(
    list(structure({ InstanceRole: instanceRole, PlacementStrategy: oneOf('SPREAD', 'PARTITION', 'CLUSTER', 'NONE') }, 'InstanceRole')),
  ),
  'monitoring-configuration': {
    ...parts(
      structure({
        CloudWatchLogConfiguration: structure(
          { Enabled: boolean, LogGroupName: long, LogStreamNamePrefix: long, EncryptionKeyArn: long, LogTypes: map(list(long)) },
          'Enabled',
        ),
        S3LoggingConfiguration: structure({ LogTypeUploadPolicy: map(text) }),
      }),
    ),
    lackedBy: ['2.9'],
  },
  'extended-support': { ...pair, lackedBy: ['2.9'] },
  'session-enabled': { ...pair, lackedBy: ['1.45', '2.9'] },
  emrfs: parts(
    structure({
      Consistent: boolean,
      SSE: boolean,
      RetryCount: integer,
      RetryPeriod: integer,
      Args: list(text),
      Encryption: text,
      ProviderType: text,
      KMSKeyId: text,
      CustomProviderLocation: text,
      CustomProviderClass: text,
    }),
  ),
  'restore-from-hbase-backup': parts(structure({ Dir: text, BackupVersion: text })),
  'additional-info': value(long),
} as const satisfies Readonly<Record<string, OptionShape>>;

type Options = typeof createClusterOptions;
export type OptionName = keyof Options;

/** What a command says, by option. */
export type CreateClusterValues = {
  readonly [Name in OptionName]?: Options[Name] extends { readonly schema: infer S } ? ValueOf<S> : boolean;
};

export const optionNames = Object.keys(createClusterOptions).filter(isOptionName);

export function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(createClusterOptions, name);
}

export function shapeOf(name: OptionName): OptionShape {
  return createClusterOptions[name];
}

export function schemaOf(name: OptionName): Schema {
  const shape = shapeOf(name);
  return 'schema' in shape ? shape.schema : boolean;
}

/** Whether these are values of the options, as far as types go. */
export function areValues(values: Readonly<Record<string, Value>>): values is CreateClusterValues & Readonly<Record<string, Value>> {
  return Object.entries(values).every(([name, given]) => isOptionName(name) && conforms(given, schemaOf(name)));
}
