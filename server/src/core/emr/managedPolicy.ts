// The managed policies of EMR whose names people take for names of roles.

/** With the role that `aws emr create-default-roles`, or AWS's documentation, attaches each to. */
const roleOf: Readonly<Record<string, string>> = {
  AmazonElasticMapReduceRole: 'EMR_DefaultRole',
  AmazonEMRServicePolicy_v2: 'EMR_DefaultRole_V2',
  AmazonElasticMapReduceforEC2Role: 'EMR_EC2_DefaultRole',
  AmazonElasticMapReduceforAutoScalingRole: 'EMR_AutoScaling_DefaultRole',
  AmazonElasticMapReduceEditorsRole: 'EMR_Notebooks_DefaultRole',
};

export interface ManagedPolicy {
  readonly name: string;
  /** The default role that has it. */
  readonly role: string;
}

/** @param reference a name, or the ARN of an AWS managed policy. */
export function managedPolicy(reference: string): ManagedPolicy | undefined {
  const name = /^arn:[\w-]+:iam::aws:policy\/(?:service-role\/)?(.+)$/.exec(reference)?.[1] ?? reference;
  const role = Object.hasOwn(roleOf, name) ? roleOf[name] : undefined;
  return role === undefined ? undefined : { name, role };
}

export function isManagedPolicy(reference: string): boolean {
  return managedPolicy(reference) !== undefined;
}

/**
 * Those that are on the path to deprecation, with what replaces each, if anything does (EMR Management Guide, "Amazon EMR managed
 * policies"): they keep working where they are attached; once AWS has deprecated them, they cannot be attached anew.
 */
const replacements: Readonly<Record<string, string | undefined>> = {
  AmazonElasticMapReduceRole: 'AmazonEMRServicePolicy_v2',
  AmazonElasticMapReduceforEC2Role: undefined,
  AmazonElasticMapReduceFullAccess: 'AmazonEMRFullAccessPolicy_v2',
  AmazonElasticMapReduceReadOnlyAccess: 'AmazonEMRReadOnlyAccessPolicy_v2',
};

export function isDeprecatedPolicy(name: string): boolean {
  return Object.hasOwn(replacements, name);
}

export function replacementOf(name: string): string | undefined {
  return isDeprecatedPolicy(name) ? replacements[name] : undefined;
}

/** The policies whose names end in `_v2` allow what carries this tag (EMR Management Guide, "Tagging resources to use managed policies"). */
export const managedPoliciesTag = { key: 'for-use-with-amazon-emr-managed-policies', value: 'true' } as const;

/** As `--tags` takes it. */
export const managedPoliciesTagWord = `${managedPoliciesTag.key}=${managedPoliciesTag.value}`;

/** What the service role has in the current generation. */
export const servicePolicy = 'AmazonEMRServicePolicy_v2';
