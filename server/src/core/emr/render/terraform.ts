// A launch as resources of Terraform's AWS provider (terraform-provider-aws, internal/service/emr).

import { isList, type Structure, type Value } from '../schema';
import { type LiteralSyntax, literal } from './literal';
import type { Render } from './render';

/** What becomes of a member of the request. One that is in no table is left out, and said to be. */
type Argument =
  | string
  /** Its members stand where it stands. */
  | { readonly inline: Arguments }
  | { readonly block: string; readonly of: Arguments }
  | { readonly json: string }
  | { readonly name: string; readonly write: (value: Value) => Value }
  | 'implied';
type Arguments = Readonly<Record<string, Argument>>;

const joined = (name: string): Argument => ({ name, write: (value) => (isList(value) ? value.join(',') : value) });
const pairs = (name: string): Argument => ({
  name,
  write: (value) => Object.fromEntries(structuresIn(value).map(({ Key = '', Value: held = '' }) => [String(Key), held])),
});

const volumes: Argument = {
  inline: {
    EbsBlockDeviceConfigs: {
      block: 'ebs_config',
      of: {
        VolumeSpecification: { inline: { VolumeType: 'type', SizeInGB: 'size', Iops: 'iops', Throughput: 'throughput' } },
        VolumesPerInstance: 'volumes_per_instance',
      },
    },
  },
};

const group: Arguments = {
  Name: 'name',
  InstanceRole: 'implied',
  Market: 'implied',
  InstanceType: 'instance_type',
  InstanceCount: 'instance_count',
  BidPrice: 'bid_price',
  EbsConfiguration: volumes,
};
const scaledGroup: Arguments = { ...group, AutoScalingPolicy: { json: 'autoscaling_policy' } };

const fleet: Arguments = {
  Name: 'name',
  InstanceFleetType: 'implied',
  TargetOnDemandCapacity: 'target_on_demand_capacity',
  TargetSpotCapacity: 'target_spot_capacity',
  InstanceTypeConfigs: {
    block: 'instance_type_configs',
    of: {
      InstanceType: 'instance_type',
      WeightedCapacity: 'weighted_capacity',
      BidPrice: 'bid_price',
      BidPriceAsPercentageOfOnDemandPrice: 'bid_price_as_percentage_of_on_demand_price',
      EbsConfiguration: volumes,
      Configurations: { block: 'configurations', of: { Classification: 'classification', Properties: 'properties' } },
    },
  },
  LaunchSpecifications: {
    block: 'launch_specifications',
    of: {
      OnDemandSpecification: { block: 'on_demand_specification', of: { AllocationStrategy: 'allocation_strategy' } },
      SpotSpecification: {
        block: 'spot_specification',
        of: {
          AllocationStrategy: 'allocation_strategy',
          BlockDurationMinutes: 'block_duration_minutes',
          TimeoutAction: 'timeout_action',
          TimeoutDurationMinutes: 'timeout_duration_minutes',
        },
      },
    },
  },
};

const ec2Attributes: Arguments = {
  JobFlowRole: 'instance_profile',
  Ec2KeyName: 'key_name',
  Ec2SubnetId: 'subnet_id',
  Ec2SubnetIds: 'subnet_ids',
  EmrManagedMasterSecurityGroup: 'emr_managed_master_security_group',
  EmrManagedSlaveSecurityGroup: 'emr_managed_slave_security_group',
  ServiceAccessSecurityGroup: 'service_access_security_group',
  AdditionalMasterSecurityGroups: joined('additional_master_security_groups'),
  AdditionalSlaveSecurityGroups: joined('additional_slave_security_groups'),
};

const cluster: Arguments = {
  Name: 'name',
  ReleaseLabel: 'release_label',
  OSReleaseLabel: 'os_release_label',
  Applications: { name: 'applications', write: (value) => structuresIn(value).map(({ Name = '' }) => Name) },
  ServiceRole: 'service_role',
  AutoScalingRole: 'autoscaling_role',
  Ec2: { block: 'ec2_attributes', of: ec2Attributes },
  MasterGroup: { block: 'master_instance_group', of: group },
  CoreGroup: { block: 'core_instance_group', of: scaledGroup },
  MasterFleet: { block: 'master_instance_fleet', of: fleet },
  CoreFleet: { block: 'core_instance_fleet', of: fleet },
  Instances: {
    inline: {
      KeepJobFlowAliveWhenNoSteps: 'keep_job_flow_alive_when_no_steps',
      TerminationProtected: 'termination_protection',
      UnhealthyNodeReplacement: 'unhealthy_node_replacement',
    },
  },
  LogUri: 'log_uri',
  LogEncryptionKmsKeyId: 'log_encryption_kms_key_id',
  Tags: pairs('tags'),
  Configurations: { json: 'configurations_json' },
  BootstrapActions: {
    block: 'bootstrap_action',
    of: { Name: 'name', ScriptBootstrapAction: { inline: { Path: 'path', Args: 'args' } } },
  },
  Steps: {
    block: 'step',
    of: {
      Name: 'name',
      ActionOnFailure: 'action_on_failure',
      HadoopJarStep: {
        block: 'hadoop_jar_step',
        of: { Jar: 'jar', Args: 'args', MainClass: 'main_class', Properties: pairs('properties') },
      },
    },
  },
  StepConcurrencyLevel: 'step_concurrency_level',
  AutoTerminationPolicy: { block: 'auto_termination_policy', of: { IdleTimeout: 'idle_timeout' } },
  ScaleDownBehavior: 'scale_down_behavior',
  VisibleToAllUsers: 'visible_to_all_users',
  SecurityConfiguration: 'security_configuration',
  KerberosAttributes: {
    block: 'kerberos_attributes',
    of: {
      Realm: 'realm',
      KdcAdminPassword: 'kdc_admin_password',
      CrossRealmTrustPrincipalPassword: 'cross_realm_trust_principal_password',
      ADDomainJoinUser: 'ad_domain_join_user',
      ADDomainJoinPassword: 'ad_domain_join_password',
    },
  },
  CustomAmiId: 'custom_ami_id',
  EbsRootVolumeSize: 'ebs_root_volume_size',
  PlacementGroupConfigs: {
    block: 'placement_group_config',
    of: { InstanceRole: 'instance_role', PlacementStrategy: 'placement_strategy' },
  },
  AdditionalInfo: 'additional_info',
};

/** What the members that are put together for the table are in the request. */
const ofRequest: Readonly<Record<string, string>> = {
  Ec2: 'Instances',
  MasterGroup: 'InstanceGroups',
  CoreGroup: 'InstanceGroups',
  MasterFleet: 'InstanceFleets',
  CoreFleet: 'InstanceFleets',
};

const scaling: Arguments = {
  ComputeLimits: {
    block: 'compute_limits',
    of: {
      UnitType: 'unit_type',
      MinimumCapacityUnits: 'minimum_capacity_units',
      MaximumCapacityUnits: 'maximum_capacity_units',
      MaximumOnDemandCapacityUnits: 'maximum_ondemand_capacity_units',
      MaximumCoreCapacityUnits: 'maximum_core_capacity_units',
    },
  },
  ScalingStrategy: 'scaling_strategy',
  UtilizationPerformanceIndex: 'utilization_performance_index',
};

export const terraform: Render = (request) => {
  const lost = new Set<string>();
  const { Instances, JobFlowRole, ManagedScalingPolicy, ...rest } = request;
  const { InstanceGroups, InstanceFleets, ...instances } = structureOf(Instances);
  const isOfEc2 = ([name]: readonly [string, Value]): boolean => Object.hasOwn(ec2Attributes, name);
  const [groups, fleets] = [structuresIn(InstanceGroups), structuresIn(InstanceFleets)];
  const ofRole = (items: readonly Structure[], key: string, role: string): readonly Structure[] =>
    items.filter((item) => item[key] === role);
  const one = (items: readonly Structure[], key: string, role: string): readonly Structure[] => {
    const found = ofRole(items, key, role);
    if (found.length > 1)
      lost.add(`${key === 'InstanceRole' ? 'InstanceGroups' : 'InstanceFleets'} beyond the first with the role ${role}`);
    return found.slice(0, 1);
  };
  const shaped: Structure = {
    ...rest,
    Ec2: {
      ...(JobFlowRole === undefined ? {} : { JobFlowRole }),
      ...Object.fromEntries(Object.entries(instances).filter(isOfEc2)),
    },
    MasterGroup: one(groups, 'InstanceRole', 'MASTER'),
    CoreGroup: one(groups, 'InstanceRole', 'CORE'),
    MasterFleet: one(fleets, 'InstanceFleetType', 'MASTER'),
    CoreFleet: one(fleets, 'InstanceFleetType', 'CORE'),
    Instances: Object.fromEntries(Object.entries(instances).filter((entry) => !isOfEc2(entry))),
  };
  if (structuresIn(request['Applications']).some((application) => Object.hasOwn(application, 'Args'))) lost.add('Applications.Args');
  // In the order of the table, whatever the order of the request.
  const ordered = [...Object.keys(cluster), ...Object.keys(shaped)].filter((name) => Object.hasOwn(shaped, name));
  const inOrder = Object.fromEntries([...new Set(ordered)].map((name) => [name, shaped[name] ?? '']));
  const toCluster = '  cluster_id = aws_emr_cluster.cluster.id\n';
  const resources = [
    resource('aws_emr_cluster', 'cluster', '', inOrder, cluster, lost),
    ...ofRole(groups, 'InstanceRole', 'TASK').map((item, i) =>
      resource(
        'aws_emr_instance_group',
        `task_${i + 1}`,
        toCluster,
        item,
        { ...scaledGroup, Configurations: { json: 'configurations_json' } },
        lost,
      ),
    ),
    ...ofRole(fleets, 'InstanceFleetType', 'TASK').map((item, i) =>
      resource('aws_emr_instance_fleet', `task_${i + 1}`, toCluster, item, fleet, lost),
    ),
    ...structuresIn(ManagedScalingPolicy).map((policy) =>
      resource('aws_emr_managed_scaling_policy', 'scaling', toCluster, policy, scaling, lost),
    ),
  ];
  return {
    text: resources.join('\n\n'),
    notes: [...lost].map((path) => `${path} is left out: Terraform's AWS provider has no place for it.`),
  };
};

function resource(type: string, name: string, first: string, structure: Structure, table: Arguments, lost: Set<string>): string {
  return `resource "${type}" "${name}" {\n${first}${body(structure, table, '  ', '', lost)}}`;
}

/** Each line with its line break. */
function body(structure: Structure, table: Arguments, indent: string, path: string, lost: Set<string>): string {
  return Object.entries(structure)
    .map(([name, value]) => {
      const within = path === '' ? (ofRequest[name] ?? name) : `${path}.${name}`;
      const argument = Object.hasOwn(table, name) ? table[name] : undefined;
      if (argument === 'implied' || (typeof value === 'object' && Object.keys(value).length === 0)) return '';
      if (argument === undefined) {
        lost.add(within);
        return '';
      }
      if (typeof argument === 'string') return `${indent}${argument} = ${literal(value, hcl, indent)}\n`;
      if ('write' in argument) return `${indent}${argument.name} = ${literal(argument.write(value), hcl, indent)}\n`;
      if ('json' in argument) return `${indent}${argument.json} = jsonencode(${literal(value, hcl, indent)})\n`;
      if ('inline' in argument)
        return structuresIn(value)
          .map((item) => body(item, argument.inline, indent, within, lost))
          .join('');
      return structuresIn(value)
        .map((item) => `${indent}${argument.block} {\n${body(item, argument.of, `${indent}  `, within, lost)}${indent}}\n`)
        .join('');
    })
    .join('');
}

/** HCL's quoted templates: what would be an interpolation is doubled. */
const hcl: LiteralSyntax = {
  key: (name) => `${quoted(name)} = `,
  scalar: (value) => (typeof value === 'string' ? quoted(value) : String(value)),
  separator: '',
};

function quoted(text: string): string {
  const escaped = text.replace(/[\\"\u0000-\u001f]|\$\{|%\{/g, (found) => {
    if (found.length === 2) return `${found.charAt(0)}${found}`;
    if (found === '\n') return '\\n';
    return found < ' ' ? `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}` : `\\${found}`;
  });
  return `"${escaped}"`;
}

function structureOf(value: Value | undefined): Structure {
  return typeof value === 'object' && !isList(value) ? value : {};
}

/** Of a list those in it. */
function structuresIn(value: Value | undefined): readonly Structure[] {
  if (typeof value !== 'object') return [];
  return isList(value) ? value.flatMap((item) => structuresIn(item)) : [value];
}
