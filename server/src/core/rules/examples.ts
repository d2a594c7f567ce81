// Accounts that the examples of several rules are judged against.

import type { ExampleAccount } from './rule';

/** As `aws emr create-default-roles` leaves it. */
export const defaultRoles: ExampleAccount = {
  roles: [{ name: 'EMR_DefaultRole' }, { name: 'EMR_EC2_DefaultRole' }],
  instanceProfiles: [{ name: 'EMR_EC2_DefaultRole', role: 'EMR_EC2_DefaultRole' }],
};

/** The default service role, and a role for EC2 in an instance profile of the name given. */
export function clusterRoleIn(instanceProfile: string): ExampleAccount {
  return {
    roles: [{ name: 'EMR_DefaultRole' }, { name: 'MyClusterRole' }],
    instanceProfiles: [{ name: instanceProfile, role: 'MyClusterRole' }],
  };
}

/** A service role with one policy of the account, of these statements, and a role for EC2. */
export function serviceRoleWith(statements: readonly object[], ec2Role = 'EMR_EC2_DefaultRole'): ExampleAccount {
  return {
    roles: [{ name: 'MyServiceRole', attachedPolicies: [ownPolicy(statements)] }, { name: ec2Role }],
    instanceProfiles: [{ name: ec2Role, role: ec2Role }],
  };
}

/** What a service role may do beside passing the EC2 role. */
export const clusterStatement = {
  Effect: 'Allow',
  Action: ['ec2:*', 'application-autoscaling:*', 'cloudwatch:*Alarm*', 'resource-groups:ListGroupResources'],
  Resource: '*',
};

/** The default service role, and a role for EC2 with one policy of the account, of these statements. */
export function ec2RoleWith(statements: readonly object[]): ExampleAccount {
  return {
    roles: [{ name: 'EMR_DefaultRole' }, { name: 'MyClusterNodes', attachedPolicies: [ownPolicy(statements)] }],
    instanceProfiles: [{ name: 'MyClusterNodes', role: 'MyClusterNodes' }],
  };
}

function ownPolicy(statements: readonly object[]): { readonly name: string; readonly document: string } {
  return { name: 'MyPolicy', document: JSON.stringify({ Version: '2012-10-17', Statement: statements }) };
}
