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
