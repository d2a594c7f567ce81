// An account of a rule's example in the shape of the two AWS CLI commands that facts are read from.

import assert from 'node:assert/strict';
import { defaultRoleKind } from '../../server/src/core/emr/roleKind';
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

/** A snapshot that must be readable. */
export function snapshot(text: string, label: string): FactsSource {
  const result = parseSnapshot(text, label);
  assert.ok(result.ok, result.ok ? '' : `${label}: ${result.reason}`);
  return result.source;
}

/** As `aws iam get-account-authorization-details` writes it: an instance profile shows only inside the role that it holds. */
export function authorizationDetails({ roles, instanceProfiles }: ExampleAccount): string {
  const details = roles.map((role) => ({
    Path: role.path ?? '/',
    RoleName: role.name,
    RoleId: identifier('AROA', role.name),
    Arn: roleArn(role.name, role.path),
    CreateDate: created,
    AssumeRolePolicyDocument: trustPolicy(role, instanceProfiles),
    InstanceProfileList: instanceProfiles.filter((profile) => profile.role === role.name).map(instanceProfile),
    RolePolicyList: (role.inlinePolicies ?? []).map(inlinePolicy),
    AttachedManagedPolicies: (role.attachedPolicies ?? []).map(attachedPolicy),
    Tags: [],
  }));
  return JSON.stringify({ UserDetailList: [], GroupDetailList: [], RoleDetailList: details, Policies: [] }, undefined, 4);
}

/** As `aws iam list-instance-profiles` writes it. */
export function listInstanceProfiles({ instanceProfiles }: ExampleAccount): string {
  return JSON.stringify({ InstanceProfiles: instanceProfiles.map(instanceProfile) }, undefined, 4);
}

function trustPolicy(role: ExampleRole, instanceProfiles: ExampleAccount['instanceProfiles']): object {
  if (role.trustPolicy !== undefined) return JSON.parse(role.trustPolicy);
  return instanceProfiles.some((profile) => profile.role === role.name) || defaultRoleKind(role.name) === 'ec2' ? trust : emrTrust;
}

function inlinePolicy(policy: NonNullable<ExampleRole['inlinePolicies']>[number]): object {
  return typeof policy === 'string'
    ? { PolicyName: policy, PolicyDocument: logs }
    : { PolicyName: policy.name, PolicyDocument: JSON.parse(policy.document) };
}

function attachedPolicy(policy: string): object {
  const arn = policy.startsWith('arn:') ? policy : (catalog().emrPolicy(policy)?.arn ?? `arn:aws:iam::${account}:policy/${policy}`);
  return { PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn };
}

function instanceProfile({ name, role }: ExampleAccount['instanceProfiles'][number]): object {
  return {
    Path: '/',
    InstanceProfileName: name,
    InstanceProfileId: identifier('AIPA', name),
    Arn: `arn:aws:iam::${account}:instance-profile/${name}`,
    CreateDate: created,
    Roles: role === undefined ? [] : [heldRole(role)],
  };
}

function heldRole(name: string): object {
  return {
    Path: '/',
    RoleName: name,
    RoleId: identifier('AROA', name),
    Arn: roleArn(name),
    CreateDate: created,
    AssumeRolePolicyDocument: trust,
  };
}

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

const emrTrust = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'elasticmapreduce.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    },
  ],
};

const logs = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::my-logs/*'] }],
};

function roleArn(name: string, path = '/'): string {
  return `arn:aws:iam::${account}:role${path}${name}`;
}

/** Unique ids have 21 characters: four that say of what, and capitals and digits. */
function identifier(prefix: string, name: string): string {
  return (prefix + name.toUpperCase().replace(/[^A-Z0-9]/g, '')).padEnd(21, 'X').slice(0, 21);
}
