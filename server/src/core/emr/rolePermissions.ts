// What EMR does with its service role, by what fails where it may not: the actions of AWS's two service policies, AmazonElasticMapReduceRole
// and AmazonEMRServicePolicy_v2, in their latest versions. iam:PassRole is a matter of its own. And what the instances do with their role.

import type { Catalog } from '../catalog/catalog';
import type { AccountFacts, Role } from '../facts/facts';
import { isRefused } from '../policy/evaluate';
import type { Policy } from '../policy/policy';
import { policyFromText } from '../policy/text';
import { covers } from '../policy/wildcard';
import { rememberEach } from '../remember';
import { type EmrBlock, type EmrSetting, meantBoolean } from './block';
import { passedTo } from './launchNeeds';
import { outdatedCopies } from './managedCopy';
import { policiesOf } from './roles';
import type { RolePlace } from './trust';
import { isPlaceholder } from './value';

interface ActionGroup {
  /** What it takes these actions to do. */
  readonly what: string;
  readonly actions: readonly string[];
}

/** What a cluster cannot do without comes first. */
export const serviceActions: readonly ActionGroup[] = [
  of('launching instances', 'ec2', [
    'RunInstances',
    'TerminateInstances',
    'ModifyInstanceAttribute',
    'DescribeInstances',
    'DescribeInstanceStatus',
    'DescribeInstanceTypeOfferings',
    'DescribeImages',
    'ModifyImageAttribute',
    'DescribeKeyPairs',
    'DescribeAccountAttributes',
    'DescribeAvailabilityZones',
  ]),
  of('tags', 'ec2', ['CreateTags', 'DeleteTags', 'DescribeTags']),
  of('security groups', 'ec2', [
    'CreateSecurityGroup',
    'DescribeSecurityGroups',
    'AuthorizeSecurityGroupIngress',
    'AuthorizeSecurityGroupEgress',
    'RevokeSecurityGroupIngress',
    'RevokeSecurityGroupEgress',
    'DeleteSecurityGroup',
  ]),
  of('looking at the network', 'ec2', [
    'DescribeSubnets',
    'DescribeVpcs',
    'DescribeVpcAttribute',
    'DescribeRouteTables',
    'DescribeNetworkAcls',
    'DescribeDhcpOptions',
    'DescribeVpcEndpoints',
    'DescribeVpcEndpointServices',
    'DescribePrefixLists',
  ]),
  of('network interfaces', 'ec2', [
    'CreateNetworkInterface',
    'DeleteNetworkInterface',
    'DescribeNetworkInterfaces',
    'DetachNetworkInterface',
  ]),
  of('volumes', 'ec2', ['DescribeVolumes', 'DescribeVolumeStatus', 'DetachVolume', 'DeleteVolume']),
  of('instance fleets', 'ec2', [
    'CreateFleet',
    'CreateLaunchTemplate',
    'CreateLaunchTemplateVersion',
    'DeleteLaunchTemplate',
    'DescribeLaunchTemplates',
  ]),
  {
    what: 'automatic scaling',
    actions: [
      ...withPrefix('application-autoscaling', [
        'RegisterScalableTarget',
        'DeregisterScalableTarget',
        'DescribeScalableTargets',
        'PutScalingPolicy',
        'DeleteScalingPolicy',
        'DescribeScalingPolicies',
      ]),
      ...withPrefix('cloudwatch', ['PutMetricAlarm', 'DescribeAlarms', 'DeleteAlarms']),
    ],
  },
  {
    what: 'Spot Instances',
    actions: [
      ...withPrefix('ec2', [
        'RequestSpotInstances',
        'CancelSpotInstanceRequests',
        'DescribeSpotInstanceRequests',
        'DescribeSpotPriceHistory',
      ]),
      'iam:CreateServiceLinkedRole',
    ],
  },
  of('placement groups', 'ec2', ['CreatePlacementGroup', 'DeletePlacementGroup', 'DescribePlacementGroups']),
  { what: 'capacity reservations', actions: ['ec2:DescribeCapacityReservations', 'resource-groups:ListGroupResources'] },
  of('the VPC endpoint of EMR', 'ec2', ['CreateVpcEndpoint', 'ModifyVpcEndpoint']),
  of('looking at the roles', 'iam', ['GetRole', 'GetRolePolicy', 'ListRolePolicies', 'ListInstanceProfiles']),
  of('logs and scripts in S3', 's3', ['CreateBucket', 'GetBucketLocation', 'GetObject', 'ListBucket']),
  {
    what: 'debugging',
    actions: [
      ...withPrefix('sqs', [
        'CreateQueue',
        'DeleteMessage',
        'DeleteQueue',
        'GetQueueAttributes',
        'GetQueueUrl',
        'PurgeQueue',
        'ReceiveMessage',
      ]),
      ...withPrefix('sdb', ['BatchPutAttributes', 'Select']),
    ],
  },
];

function of(what: string, prefix: string, names: readonly string[]): ActionGroup {
  return { what, actions: withPrefix(prefix, names) };
}

function withPrefix(prefix: string, names: readonly string[]): readonly string[] {
  return names.map((name) => `${prefix}:${name}`);
}

export const servicePolicyNames = ['AmazonElasticMapReduceRole', 'AmazonEMRServicePolicy_v2'] as const;
type ServicePolicyName = (typeof servicePolicyNames)[number];

interface ServiceGap {
  /** The service policy that the role is nearest to. */
  readonly like: ServicePolicyName;
  /** What that has and the role lacks. */
  readonly lacking: readonly ActionGroup[];
}

/**
 * Nothing where the policies are not all known, or nothing is lacking that both service policies have: EMR makes the same calls whatever
 * policy its role has, so what only one of them allows can be done without. What AWS has added to a policy since the role got a copy of it
 * is left out: emr/inline-policy-drift says that.
 */
export const serviceGap = rememberEach((catalog: Catalog) =>
  rememberEach((facts: AccountFacts) => rememberEach((role: Role) => gapOf(role, facts, catalog))),
);

function gapOf(role: Role, facts: AccountFacts, catalog: Catalog): ServiceGap | undefined {
  const { policies, areAll } = policiesOf(role, facts, catalog);
  if (!areAll) return undefined;
  const added = outdatedCopies(catalog)(facts)(role).flatMap(({ copy }) => copy.added.map((action) => action.toLowerCase()));
  const isAdded = (action: string): boolean => added.some((pattern) => covers(pattern, action.toLowerCase()));
  const lacks = new Set(refusedActions(policies.map(({ policy }) => policy)).filter((action) => !isAdded(action)));
  const granted = grantedActions(catalog);
  const all = servicePolicyNames.map((name) => granted.get(name) ?? new Set());
  if (![...lacks].some((action) => all.every((actions) => actions.has(action)))) return undefined;
  const share = (name: ServicePolicyName): number => {
    const wanted = [...(granted.get(name) ?? [])];
    return wanted.filter((action) => lacks.has(action)).length / wanted.length;
  };
  const [first, second] = servicePolicyNames;
  const like = share(first) < share(second) ? first : second;
  const isLacking = (action: string): boolean => lacks.has(action) && granted.get(like)?.has(action) === true;
  const lacking = serviceActions.flatMap(({ what, actions }) => {
    const missing = actions.filter(isLacking);
    return missing.length === 0 ? [] : [{ what, actions: missing }];
  });
  return { like, lacking };
}

/** What each of the two allows. */
const grantedActions = rememberEach((catalog: Catalog): ReadonlyMap<ServicePolicyName, ReadonlySet<string>> => {
  const granted = servicePolicyNames.map((name): [ServicePolicyName, ReadonlySet<string>] => {
    const policy = policyFromText(catalog.emrPolicy(name)?.versions.at(-1)?.document ?? '', 'identity');
    const refused = new Set(refusedActions(policy === undefined ? [] : [policy]));
    return [name, new Set(serviceActions.flatMap(({ actions }) => actions).filter((action) => !refused.has(action)))];
  });
  return new Map(granted);
});

/** Those that the policies do not allow on anything. */
function refusedActions(policies: readonly Policy[]): readonly string[] {
  const all = serviceActions.flatMap(({ actions }) => actions);
  return all.filter((action) => isRefused(policies, { action, resource: '*', context: new Map() }));
}

/** What the service role needs for an EC2 role of another name, as AmazonEMRServicePolicy_v2 has it for the default one. */
export function passEc2Role(arn: string): object {
  return {
    Effect: 'Allow',
    Action: 'iam:PassRole',
    Resource: arn,
    Condition: { StringLike: { 'iam:PassedToService': `${passedTo.ec2}*` } },
  };
}

interface LogNeed {
  /** What it is needed for. */
  readonly setting: EmrSetting;
  readonly actions: readonly string[];
  readonly resource: string;
}

/** EMR Management Guide, "Service role for cluster EC2 instances": what logs and debugging take. Nothing for a log_uri that is not plain. */
export function logNeeds({ settings }: EmrBlock, { partition = '*', account = '*' }: RolePlace): readonly LogNeed[] {
  const [logs, debugging] = [settings.get('log_uri'), settings.get('enable_debugging')];
  const folder = logs && folderIn(logs.text);
  const needs: LogNeed[] = [];
  if (logs !== undefined && folder !== undefined)
    needs.push({ setting: logs, actions: ['s3:PutObject'], resource: `arn:${partition}:s3:::${folder}/*` });
  if (debugging !== undefined && meantBoolean(debugging.text) === true)
    needs.push({
      setting: debugging,
      actions: ['sqs:GetQueueUrl', 'sqs:SendMessage'],
      resource: `arn:${partition}:sqs:*:${account}:AWS-ElasticMapReduce-*`,
    });
  return needs;
}

function folderIn(uri: string): string | undefined {
  const path = /^s3[na]?:\/\/([a-z\d][a-z\d.-]+(?:\/.*)?)$/.exec(uri)?.[1];
  return path === undefined || isPlaceholder(uri) || /[$*?]/.test(path) ? undefined : path.replace(/\/+$/, '');
}
