// An account of a rule's example in the shape of the two AWS CLI commands that facts are read from.

import assert from 'node:assert/strict';
import { defaultRoleKind, type RoleKind, trustedServices } from '../../server/src/core/emr/roleKind';
import { type RoleUses, roleUses } from '../../server/src/core/emr/roles';
import { type AccountFacts, accountFacts, type FactsSource, noFacts } from '../../server/src/core/facts/facts';
import { parseSnapshot } from '../../server/src/core/facts/snapshot';
import type { ExampleAccount, ExampleRole } from '../../server/src/core/rules/rule';
import { catalog } from './catalog';

const account = '111122223333';
const created = '2026-03-02T09:14:55+00:00';

/** What is known about the account once both commands' output has been read; nothing of an example without one. */
export function factsOf(example: ExampleAccount | undefined): AccountFacts {
  if (example === undefined) return noFacts;
  return accountFacts([snapshot(authorizationDetails(example), 'account.json'), snapshot(listInstanceProfiles(example), 'profiles.json')]);
}

/** What roles are used for, where a project declares it. */
export function usesOf(roleKinds: Readonly<Record<string, RoleKind>> = {}): RoleUses {
  return roleUses([], noFacts, new Map(Object.entries(roleKinds).map(([name, kind]) => [name.toLowerCase(), kind])));
}

/** A snapshot that must be readable. */
export function snapshot(text: string, label: string): FactsSource {
  const result = parseSnapshot(text, label);
  assert.ok(result.ok, result.ok ? '' : `${label}: ${result.reason}`);
  return result.source;
}

/** As `aws iam get-account-authorization-details` writes it: an instance profile shows only inside the role that it holds. */
export function authorizationDetails({ roles, instanceProfiles, partition = 'aws' }: ExampleAccount): string {
  const details = roles.map((role) => ({
    Path: role.path ?? '/',
    RoleName: role.name,
    RoleId: identifier('AROA', role.name),
    Arn: arn(partition, 'role', role.name, role.path),
    CreateDate: created,
    AssumeRolePolicyDocument: trustPolicy(role, instanceProfiles, partition),
    InstanceProfileList: instanceProfiles
      .filter((profile) => profile.role === role.name)
      .map((profile) => instanceProfile(profile, [role], instanceProfiles, partition)),
    RolePolicyList: (role.inlinePolicies ?? []).map(inlinePolicy),
    AttachedManagedPolicies: (role.attachedPolicies ?? ['SomePolicy']).map((policy) => attachedPolicy(nameOf(policy))),
    Tags: [],
  }));
  const policies = roles.flatMap(({ attachedPolicies = [] }) => attachedPolicies.flatMap(managedPolicy));
  return JSON.stringify({ UserDetailList: [], GroupDetailList: [], RoleDetailList: details, Policies: policies }, undefined, 4);
}

type Attached = NonNullable<ExampleRole['attachedPolicies']>[number];

function nameOf(policy: Attached): string {
  return typeof policy === 'string' ? policy : policy.name;
}

/** A policy of the account itself. */
function managedPolicy(policy: Attached): object[] {
  if (typeof policy === 'string') return [];
  const { PolicyName, PolicyArn } = attachedPolicy(policy.name);
  const version = { Document: JSON.parse(policy.document), VersionId: 'v1', IsDefaultVersion: true, CreateDate: created };
  return [{ PolicyName, Arn: PolicyArn, Path: '/', DefaultVersionId: 'v1', PolicyVersionList: [version] }];
}

/** As `aws iam list-instance-profiles` writes it. */
export function listInstanceProfiles({ roles, instanceProfiles, partition = 'aws' }: ExampleAccount): string {
  const InstanceProfiles = instanceProfiles.map((profile) => instanceProfile(profile, roles, instanceProfiles, partition));
  return JSON.stringify({ InstanceProfiles }, undefined, 4);
}

function trustPolicy(role: ExampleRole, instanceProfiles: ExampleAccount['instanceProfiles'], partition: string): object {
  if (role.trustPolicy !== undefined) return JSON.parse(role.trustPolicy);
  const isHeld = instanceProfiles.some((profile) => profile.role === role.name);
  return isHeld || defaultRoleKind(role.name) === 'ec2' ? ec2Trust : emrTrust(partition);
}

function inlinePolicy(policy: NonNullable<ExampleRole['inlinePolicies']>[number]): object {
  return typeof policy === 'string'
    ? { PolicyName: policy, PolicyDocument: logs }
    : { PolicyName: policy.name, PolicyDocument: JSON.parse(policy.document) };
}

function attachedPolicy(policy: string): { readonly PolicyName: string; readonly PolicyArn: string } {
  const PolicyArn = policy.startsWith('arn:') ? policy : (catalog().emrPolicy(policy)?.arn ?? `arn:aws:iam::${account}:policy/${policy}`);
  return { PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1), PolicyArn };
}

function instanceProfile(
  { name, role }: ExampleAccount['instanceProfiles'][number],
  roles: readonly ExampleRole[],
  instanceProfiles: ExampleAccount['instanceProfiles'],
  partition: string,
): object {
  const held = role === undefined ? undefined : (roles.find((each) => each.name === role) ?? { name: role });
  return {
    Path: '/',
    InstanceProfileName: name,
    InstanceProfileId: identifier('AIPA', name),
    Arn: arn(partition, 'instance-profile', name),
    CreateDate: created,
    Roles: held === undefined ? [] : [heldRole(held, instanceProfiles, partition)],
  };
}

function heldRole(role: ExampleRole, instanceProfiles: ExampleAccount['instanceProfiles'], partition: string): object {
  return {
    Path: role.path ?? '/',
    RoleName: role.name,
    RoleId: identifier('AROA', role.name),
    Arn: arn(partition, 'role', role.name, role.path),
    CreateDate: created,
    AssumeRolePolicyDocument: trustPolicy(role, instanceProfiles, partition),
  };
}

const ec2Trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** With the condition that AWS recommends. */
function emrTrust(partition: string): object {
  const [Service] = trustedServices('service', partition)[0] ?? [];
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': account } },
      },
    ],
  };
}

const logs = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::my-logs/*'] }],
};

function arn(partition: string, type: 'role' | 'instance-profile', name: string, path = '/'): string {
  return `arn:${partition}:iam::${account}:${type}${path}${name}`;
}

/** Unique ids have 21 characters: four that say of what, and capitals and digits. */
function identifier(prefix: string, name: string): string {
  return (prefix + name.toUpperCase().replace(/[^A-Z0-9]/g, '')).padEnd(21, 'X').slice(0, 21);
}
