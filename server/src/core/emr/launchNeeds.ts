// What whoever launches a cluster with an emr block must be allowed to do, and who in the account may do it (EMR Management Guide, "Allow
// users and groups to create and modify roles"; AmazonEMRFullAccessPolicy_v2, which allows it for AWS's own role names).

import type { Catalog } from '../catalog/catalog';
import { type AccountFacts, type FactsSource, type Known, type Role, sameName } from '../facts/facts';
import { placeOfArn } from '../facts/reference';
import { isRefused, type Request } from '../policy/evaluate';
import { rememberEach } from '../remember';
import type { Caller, EmrBlock } from './block';
import { managedPoliciesTag, servicePolicy } from './managedPolicy';
import { type Holder, hasPolicyOfAws, launchRoles, policiesOf, type RolePolicies } from './roles';
import { rolesInPlace } from './trust';

export interface LaunchNeed {
  readonly kind: 'launch' | 'pass-service-role' | 'pass-ec2-role' | 'tags' | 'cleanup-role';
  /** As in: iam:PassRole on "X" to ec2.amazonaws.com. */
  readonly what: string;
  readonly request: Request;
  /** What AWS answers where it is lacking: words to be found in a log. */
  readonly error: string;
}

/** The services that a launch passes its roles to. */
export const passedTo = { service: 'elasticmapreduce.amazonaws.com', ec2: 'ec2.amazonaws.com' } as const;

const cleanupRole = 'AWSServiceRoleForEMRCleanup';

/** @param kind of the role: the service that it goes to, in whatever partition. */
export function passRoleRequest(resource: string, kind: keyof typeof passedTo): Request {
  return { action: 'iam:PassRole', resource, context: new Map([['iam:passedtoservice', [`${passedTo[kind]}*`]]]) };
}

/** With `*` for what the facts do not tell. */
export function arnOf({ arn, path, name }: Role): string {
  return arn === '' ? `arn:*:iam::*:role${path}${name}` : arn;
}

/** What is known to be needed: passing a role that the facts do not know, or one in the place of the other, is left out. */
export function launchNeeds(block: EmrBlock, facts: AccountFacts): readonly LaunchNeed[] {
  const roles = launchRoles(block, facts);
  const { partition, account } = placeOfArn(roles[0]?.role.arn ?? '') ?? { partition: '*', account: '*' };
  const cluster = `arn:${partition}:elasticmapreduce:*:${account}:cluster/*`;
  const isTagged = roles.some(({ kind, role }) => kind === 'service' && hasPolicyOfAws(role, servicePolicy) === true);
  const tag: Request['context'] = new Map(isTagged ? [[`aws:requesttag/${managedPoliciesTag.key}`, [managedPoliciesTag.value]]] : []);
  const needs: LaunchNeed[] = [launchNeed(cluster, tag)];
  for (const { kind, role } of rolesInPlace(block, facts)) {
    needs.push({
      kind: `pass-${kind}-role`,
      what: `iam:PassRole on "${role.name}" to ${passedTo[kind]}`,
      request: passRoleRequest(arnOf(role), kind),
      error: 'is not authorized to perform: iam:PassRole',
    });
  }
  if (isTagged) {
    needs.push({
      kind: 'tags',
      what: `elasticmapreduce:AddTags for the tag ${managedPoliciesTag.key}, which ${servicePolicy} wants`,
      request: { action: 'elasticmapreduce:AddTags', resource: cluster, context: tag },
      error: 'is not authorized to perform: elasticmapreduce:AddTags',
    });
  }
  if (facts.role(cleanupRole).state === 'absent') needs.push(cleanupNeed(partition, account));
  return needs;
}

function launchNeed(cluster: string, context: Request['context']): LaunchNeed {
  return {
    kind: 'launch',
    what: 'elasticmapreduce:RunJobFlow',
    request: { action: 'elasticmapreduce:RunJobFlow', resource: cluster, context },
    error: 'is not authorized to perform: elasticmapreduce:RunJobFlow',
  };
}

/** The first cluster of an account makes this role; with the role there, nobody needs to be allowed to. */
function cleanupNeed(partition: string, account: string): LaunchNeed {
  const path = `arn:${partition}:iam::${account}:role/aws-service-role`;
  return {
    kind: 'cleanup-role',
    what: `iam:CreateServiceLinkedRole for ${cleanupRole}, which is not there yet`,
    request: {
      action: 'iam:CreateServiceLinkedRole',
      resource: `${path}/elasticmapreduce.amazonaws.com*/${cleanupRole}*`,
      context: new Map([['iam:awsservicename', ['elasticmapreduce.amazonaws.com*']]]),
    },
    error: `Service-linked role '${cleanupRole}' for EMR is required`,
  };
}

export interface JudgedNeed extends LaunchNeed {
  /** The names of the policies that allow it, or may. */
  readonly grantedBy: readonly string[];
  /** Whether it is known to be refused. */
  readonly isLacking: boolean;
}

/** Those that are known to be refused. */
export function lackedNeeds(needs: readonly LaunchNeed[], { policies, areAll }: RolePolicies): readonly LaunchNeed[] {
  const all = policies.map(({ policy }) => policy);
  return areAll ? needs.filter(({ request }) => isRefused(all, request)) : [];
}

/** A table of need and granted by. */
export function judgeNeeds(needs: readonly LaunchNeed[], known: RolePolicies): readonly JudgedNeed[] {
  const lacked = lackedNeeds(needs, known);
  return needs.map((need) => ({
    ...need,
    grantedBy: known.policies.filter(({ policy }) => !isRefused([policy], need.request)).map(({ name }) => name),
    isLacking: lacked.includes(need),
  }));
}

export interface Launcher {
  readonly kind: 'user' | 'role';
  readonly name: string;
  readonly holder: Holder;
  /** Where he is known from. */
  readonly source: FactsSource;
}

function asLauncher({ value, source }: Known<Role>): Launcher {
  return { kind: 'role', name: value.name, holder: value, source };
}

/** The role that a profile's own settings make the AWS CLI act as, if the account is known to have it. */
export function callerIn(caller: Caller | undefined, facts: AccountFacts): Launcher | undefined {
  if (caller?.kind === 'role') {
    const role = facts.role(caller.arn);
    return role.state === 'known' ? asLauncher(role) : undefined;
  }
  // IAM Identity Center adds sixteen hexadecimal digits to the name of the permission set.
  const name = caller && `AWSReservedSSO_${caller.name}_`;
  const found = name === undefined ? undefined : facts.roles.find(({ value }) => sameName(value.name.slice(0, -16), name));
  return found && asLauncher(found);
}

/** Users and roles whose policies allow RunJobFlow or all of EMR by name, or may: not those who may do anything anyway. */
export const launchersIn = rememberEach((catalog: Catalog) =>
  rememberEach((facts: AccountFacts): readonly Launcher[] => {
    const users = facts.sources.flatMap((source) =>
      source.users.map((holder): Launcher => ({ kind: 'user', name: holder.name, holder, source })),
    );
    const roles = facts.roles.filter(({ value }) => !value.path.startsWith('/aws-service-role/')).map(asLauncher);
    const needs = [launchNeed('*', new Map())];
    return [...users, ...roles].filter(({ holder }) => {
      if (!mentionsLaunch(holder, facts, catalog)) return false;
      return lackedNeeds(needs, policiesOf(holder, facts, catalog)).length === 0;
    });
  }),
);

/** What at least one of them lacks, where each of them is known to lack something. */
export const lackedByAll = rememberEach((catalog: Catalog) =>
  rememberEach((facts: AccountFacts) => {
    // A config file has few pairs of roles, and is looked at again and again.
    const known = new Map<string, readonly LaunchNeed[]>();
    return (needs: readonly LaunchNeed[]): readonly LaunchNeed[] => {
      const key = needs.map(({ kind, request }) => `${kind} ${request.resource}`).join();
      const found = known.get(key) ?? judgeAll(launchersIn(catalog)(facts), needs, facts, catalog);
      known.set(key, found);
      return found;
    };
  }),
);

function judgeAll(
  launchers: readonly Launcher[],
  needs: readonly LaunchNeed[],
  facts: AccountFacts,
  catalog: Catalog,
): readonly LaunchNeed[] {
  const kinds = new Set<LaunchNeed['kind']>();
  for (const { holder } of launchers) {
    const lacked = lackedNeeds(needs, policiesOf(holder, facts, catalog));
    if (lacked.length === 0) return [];
    for (const { kind } of lacked) kinds.add(kind);
  }
  return needs.filter(({ kind }) => kinds.has(kind));
}

/** By the text alone, since an account has thousands of roles. */
const launch = /"elasticmapreduce:(\*|r\*|ru|\?)/i;

function mentionsLaunch({ inlinePolicies = [], attachedPolicies = [] }: Holder, facts: AccountFacts, catalog: Catalog): boolean {
  return (
    inlinePolicies.some(({ document }) => document !== undefined && launch.test(document)) ||
    attachedPolicies.some(({ name, arn }) => {
      const known = facts.managedPolicy(arn);
      return known.state === 'known' ? launch.test(known.value.document ?? '') : catalog.emrPolicy(name) !== undefined;
    })
  );
}
