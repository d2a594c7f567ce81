// Facts from the files that `aws iam get-account-authorization-details` and `aws iam list-instance-profiles` write, told
// apart by their shape (IAM API reference, the responses of these two operations).

import type { FactsSource, InstanceProfile, Role } from './facts';

export type SnapshotResult = { readonly ok: true; readonly source: FactsSource } | { readonly ok: false; readonly reason: string };

/** @param label names the source in messages. The reason never quotes the text: the file may be anything. */
export function parseSnapshot(text: string, label: string): SnapshotResult {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'it is not JSON' };
  }
  if (isRecord(json) && Array.isArray(json['RoleDetailList'])) return { ok: true, source: fromAuthorizationDetails(json, label) };
  if (isRecord(json) && Array.isArray(json['InstanceProfiles'])) return { ok: true, source: fromInstanceProfiles(json, label) };
  const commands = '"aws iam get-account-authorization-details" or "aws iam list-instance-profiles"';
  return { ok: false, reason: `it is not what ${commands} writes (no RoleDetailList and no InstanceProfiles)` };
}

function fromAuthorizationDetails(json: Fields, label: string): FactsSource {
  const details = records(json['RoleDetailList']);
  const roles = details.flatMap(readRole);
  const profiles = details.flatMap((role) =>
    records(role['InstanceProfileList']).flatMap((profile) => readProfile(profile, text(role['RoleName']))),
  );
  // With `--filter User` the list of roles is there and empty, and the file does not say that it was filtered.
  const complete = roles.length > 0 && !isTruncated(json);
  return {
    label,
    accounts: accountsOf([...roles, ...profiles]),
    roles,
    instanceProfiles: profiles,
    listsEveryRole: complete,
    listsEveryProfile: complete ? 'with-a-role' : 'no',
  };
}

function fromInstanceProfiles(json: Fields, label: string): FactsSource {
  const listed = records(json['InstanceProfiles']);
  const instanceProfiles = listed.flatMap((profile) => readProfile(profile, undefined));
  const roles = listed.flatMap((profile) => records(profile['Roles']).flatMap(readRole));
  const complete = !isTruncated(json) && !mayBeFiltered(listed);
  return {
    label,
    accounts: accountsOf([...roles, ...instanceProfiles]),
    roles,
    instanceProfiles,
    listsEveryRole: false,
    listsEveryProfile: complete ? 'yes' : 'no',
  };
}

/**
 * `list-instance-profiles-for-role` and `list-instance-profiles --path-prefix` write the same shape with less in it: the profiles of
 * one role, or those below one path. A list that could be either proves nothing absent.
 */
function mayBeFiltered(profiles: readonly Fields[]): boolean {
  const held = new Set(profiles.map((profile) => text(records(profile['Roles'])[0]?.['RoleName'])));
  return held.size < 2 || profiles.every((profile) => (text(profile['Path']) ?? '/') !== '/');
}

/** The API says IsTruncated and Marker; the CLI, told to stop early, says NextToken. */
function isTruncated(json: Fields): boolean {
  return json['IsTruncated'] === true || json['Marker'] !== undefined || json['NextToken'] !== undefined;
}

function readRole(json: Fields): Role[] {
  const name = text(json['RoleName']);
  if (name === undefined) return [];
  return [
    {
      name,
      path: text(json['Path']) ?? '/',
      arn: text(json['Arn']) ?? '',
      inlinePolicies: names(json['RolePolicyList'], 'PolicyName'),
      attachedPolicies: names(json['AttachedManagedPolicies'], 'PolicyName'),
    },
  ];
}

/** @param holder the role in whose entry the profile stands, which it therefore holds. */
function readProfile(json: Fields, holder: string | undefined): InstanceProfile[] {
  const name = text(json['InstanceProfileName']);
  if (name === undefined) return [];
  return [{ name, arn: text(json['Arn']) ?? '', role: text(records(json['Roles'])[0]?.['RoleName']) ?? holder }];
}

function names(list: unknown, field: string): string[] | undefined {
  return Array.isArray(list) ? records(list).flatMap((item) => text(item[field]) ?? []) : undefined;
}

function accountsOf(items: readonly { readonly arn: string }[]): string[] {
  return [...new Set(items.flatMap(({ arn }) => /^arn:[\w-]+:iam::(\d{12}):/.exec(arn)?.[1] ?? []))];
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function records(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
