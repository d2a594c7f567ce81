// What EMR uses a role for, and who must be able to assume it then (EMR Management Guide, "Configure IAM service roles for Amazon EMR";
// the default roles as `aws emr create-default-roles` makes them).

export const roleKinds = ['service', 'ec2', 'autoscaling', 'runtime', 'notebooks', 'serverless', 'eks'] as const;
export type RoleKind = (typeof roleKinds)[number];

export function isRoleKind(value: unknown): value is RoleKind {
  return roleKinds.some((kind) => kind === value);
}

/** In words, after an article. */
export const roleKindNames: Readonly<Record<RoleKind, string>> = {
  service: 'EMR service role',
  ec2: 'EC2 role of the instance profile',
  autoscaling: 'Auto Scaling role',
  runtime: 'runtime role',
  notebooks: 'service role of EMR Notebooks or EMR Studio',
  serverless: 'job runtime role of EMR Serverless',
  eks: 'job execution role of EMR on EKS',
};

/** What the services that assume roles are called in sentences, by the first part of their names. */
export const callers: Readonly<Record<string, string>> = {
  elasticmapreduce: 'EMR',
  ec2: 'EC2',
  'application-autoscaling': 'Application Auto Scaling',
  'emr-serverless': 'EMR Serverless',
};

/** The roles that AWS's tools and pages make under names of their own. */
const defaultKinds: Readonly<Record<string, RoleKind>> = {
  emr_defaultrole: 'service',
  emr_defaultrole_v2: 'service',
  emr_ec2_defaultrole: 'ec2',
  emr_autoscaling_defaultrole: 'autoscaling',
  emr_notebooks_defaultrole: 'notebooks',
};

export function defaultRoleKind(roleName: string): RoleKind | undefined {
  const name = roleName.toLowerCase();
  return Object.hasOwn(defaultKinds, name) ? defaultKinds[name] : undefined;
}

export type Partition = string;

/** The end of the names of services there: `elasticmapreduce.amazonaws.com.cn`. */
function suffix(partition: Partition): string {
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}

/**
 * For each service that must be able to assume a role of the kind, its names: the first is the one to write. EC2 is called
 * `ec2.amazonaws.com` in every partition; older AWS CLIs wrote `.cn` in China, which works (aws-cli, pull request 8703).
 */
export function trustedServices(kind: RoleKind, partition: Partition): readonly (readonly string[])[] {
  const emr = [`elasticmapreduce.${suffix(partition)}`];
  switch (kind) {
    case 'service':
    case 'notebooks':
      return [emr];
    case 'ec2':
      return [partition === 'aws-cn' ? ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] : ['ec2.amazonaws.com']];
    case 'autoscaling':
      return [emr, [`application-autoscaling.${suffix(partition)}`]];
    case 'serverless':
      return [['emr-serverless.amazonaws.com']];
    default:
      return [];
  }
}
