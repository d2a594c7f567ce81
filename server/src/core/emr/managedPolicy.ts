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
