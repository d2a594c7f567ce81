// What the rules say of a service role that works only with tagged clusters, or not with the EC2 role: of an emr block, and of a command.

import type { Catalog } from '../catalog/catalog';
import { arnOf, passRoleRequest } from '../emr/launchNeeds';
import { servicePolicy, managedPoliciesTagWord as tag } from '../emr/managedPolicy';
import { passEc2Role } from '../emr/rolePermissions';
import { hasPolicyOfAws, type NamedRole, policiesOf } from '../emr/roles';
import type { AccountFacts, Role } from '../facts/facts';
import { evaluate, isRefused, type Request } from '../policy/evaluate';

const untagged = (action: string): Request => ({ action, resource: '*', context: new Map() });

/** What a cluster is started with: AmazonEMRServicePolicy_v2 allows each only where some resource of the request has the tag. */
const startActions = ['ec2:RunInstances', 'ec2:CreateFleet', 'ec2:CreateLaunchTemplate', 'ec2:CreateNetworkInterface'];

/** What there is to do where a tag is lacking. */
export const launchTagged = `Tag its subnets and security groups, and launch with "--tags ${tag}".`;

/** What is to be done comes after it. Nothing where other policies let EMR start a cluster without the tag, or may. */
export function tagProblem({ role, source, by }: NamedRole, facts: AccountFacts, catalog: Catalog | undefined): string | undefined {
  if (!hasPolicyOfAws(role, servicePolicy)) return undefined;
  const others = policiesOf(role, facts, catalog).policies.flatMap(({ name, isOfAws, policy }) =>
    isOfAws && name === servicePolicy ? [] : policy,
  );
  if (!startActions.some((action) => isRefused(others, untagged(action)))) return undefined;
  return `${by}: the role "${role.name}" has ${servicePolicy} (${source.label}), which allows EMR only what carries the tag ${tag}; else a cluster ends with "has insufficient EC2 permissions".`;
}

/** Nothing where the policies of the service role are not all known, and of a role that may start no instances at all. */
export function passRoleProblem(
  { role, source, by }: NamedRole,
  nodes: Role,
  facts: AccountFacts,
  catalog: Catalog | undefined,
): string | undefined {
  const known = policiesOf(role, facts, catalog);
  const policies = known.policies.map(({ policy }) => policy);
  if (!known.areAll || isRefused(policies, untagged('ec2:RunInstances'))) return undefined;
  const { outcome } = evaluate(policies, passRoleRequest(arnOf(nodes), 'ec2'));
  if (outcome !== 'not-allowed' && outcome !== 'denied') return undefined;
  const held = `the role "${nodes.name}" of the instance profile`;
  const advice =
    outcome === 'denied'
      ? 'A Deny of the service role forbids it; leave this role out there.'
      : `Add ${JSON.stringify(passEc2Role(arnOf(nodes).replace(/^arn:\*/, 'arn:aws')))}.`;
  return `${by}: the role "${role.name}" may not pass ${held} to EC2 (${source.label}), so that EMR says "Service role ... has insufficient EC2 permissions". ${advice}`;
}
