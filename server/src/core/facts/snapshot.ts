// Facts from the files that `aws iam get-account-authorization-details`, `aws iam list-instance-profiles` and `emr-iam facts` write,
// told apart by their shape (IAM API reference, the responses of these two operations). The last has the members of both.

import { listItems } from '../json/listItems';
import type { AttachedPolicy, FactsSource, InlinePolicy, InstanceProfile, ManagedPolicy, Role, User } from './facts';
import { placeOfArn } from './reference';

export type SnapshotResult = { readonly ok: true; readonly source: FactsSource } | { readonly ok: false; readonly reason: string };

/** In bytes. A listing of an account may be large, and is read in parts. */
export const maxSnapshotSize = 200 * 1024 * 1024;

export interface SnapshotReader {
  /** Any part of the text, in order. */
  push(part: string): void;
  /** @param asOf when the text was written, in milliseconds since 1970, unless it says itself when it was true. */
  end(asOf?: number): SnapshotResult;
}

/** @param label names the source in messages. The reason never quotes the text: the file may be anything. */
export function parseSnapshot(text: string, label: string): SnapshotResult {
  const reader = snapshotReader(label);
  reader.push(text);
  return reader.end();
}

/** For a file that is read again if it changes meanwhile. */
export function freshReader(label: string): { begin(): SnapshotReader['push'] } & Pick<SnapshotReader, 'end'> {
  let reader = snapshotReader(label);
  return {
    begin() {
      reader = snapshotReader(label);
      return reader.push;
    },
    end: (asOf) => reader.end(asOf),
  };
}

/** For a file of any size: only what rules ask for is kept of it. */
export function snapshotReader(label: string): SnapshotReader {
  const lists = new Set<string>();
  const roles: Role[] = [];
  const instanceProfiles: InstanceProfile[] = [];
  const managedPolicies: ManagedPolicy[] = [];
  const users: (User & { readonly groups: readonly string[] })[] = [];
  const groups = new Map<string, Pick<User, 'inlinePolicies' | 'attachedPolicies'>>();
  const listed: ListedProfile[] = [];
  let isTruncated = false;
  let takenAt: number | undefined;
  let asked: Asked = nothingAsked;

  const take: Readonly<Record<string, (item: Fields) => void>> = {
    RoleDetailList(item) {
      roles.push(...readRole(item));
      for (const profile of records(item['InstanceProfileList'])) instanceProfiles.push(...readProfile(profile, text(item['RoleName'])));
    },
    UserDetailList(item) {
      const name = text(item['UserName']);
      if (name === undefined) return;
      users.push({ name, arn: text(item['Arn']) ?? '', groups: texts(item['GroupList']), ...policiesOf(item, 'UserPolicyList') });
    },
    GroupDetailList(item) {
      const name = text(item['GroupName']);
      if (name !== undefined) groups.set(name, policiesOf(item, 'GroupPolicyList'));
    },
    Policies(item) {
      managedPolicies.push(...readManagedPolicy(item));
    },
    InstanceProfiles(item) {
      const profiles = readProfile(item, undefined);
      instanceProfiles.push(...profiles);
      listed.push({ path: text(item['Path']) ?? '/', role: profiles[0]?.role });
      for (const role of records(item['Roles'])) roles.push(...readRole(role));
    },
  };
  const reader = listItems({
    isWanted: (key) => Object.hasOwn(take, key) || truncationMarks.has(key) || key === takenAtMember || key === askedMember,
    onList: (key) => lists.add(key),
    onItem(key, item) {
      if (isRecord(item)) take[key]?.(item);
    },
    onValue(key, value) {
      // The API says IsTruncated and Marker; the CLI, told to stop early, says NextToken.
      if (truncationMarks.has(key) && value !== false && value !== null) isTruncated = true;
      if (key === takenAtMember && typeof value === 'string') takenAt = timeOf(value) ?? takenAt;
      if (key === askedMember && isRecord(value)) asked = readAsked(value);
    },
  });

  return {
    push: reader.push,
    end(asOf) {
      const state = reader.end();
      if (state === 'broken') return { ok: false, reason: 'it is not JSON' };
      if (state === 'other' || (!lists.has('RoleDetailList') && !lists.has('InstanceProfiles'))) return { ok: false, reason: notASnapshot };
      // With `--filter User` the list of roles is there and empty, and the file does not say that it was filtered.
      const hasRoles = lists.has('RoleDetailList') && roles.length > 0 && !isTruncated;
      const hasProfiles = lists.has('InstanceProfiles') && !isTruncated && (lists.has('RoleDetailList') || !mayBeFiltered(listed));
      return {
        ok: true,
        source: {
          kind: 'snapshot',
          label,
          asOf: takenAt ?? asOf,
          accounts: [...new Set([...asked.accounts, ...accountsOf([...roles, ...instanceProfiles, ...users])])],
          roles,
          instanceProfiles,
          managedPolicies,
          users: users.map((user) => withGroups(user, groups)),
          ...(asked.absentRoles.length > 0 ? { absentRoles: asked.absentRoles } : {}),
          ...(asked.absentInstanceProfiles.length > 0 ? { absentInstanceProfiles: asked.absentInstanceProfiles } : {}),
          ...(asked.gaps.length > 0 ? { gaps: asked.gaps } : {}),
          listsEveryRole: hasRoles,
          listsEveryProfile: hasProfiles ? 'yes' : hasRoles ? 'with-a-role' : 'no',
        },
      };
    },
  };
}

const notASnapshot =
  'it is not what "aws iam get-account-authorization-details", "aws iam list-instance-profiles" or "emr-iam facts" writes (no RoleDetailList and no InstanceProfiles)';

const truncationMarks: ReadonlySet<string> = new Set(['IsTruncated', 'Marker', 'NextToken']);

/** What `emr-iam facts` adds to what AWS writes: when it asked. */
export const takenAtMember = 'EmrIamTakenAt';

/** What live IAM was asked and did not have or did not tell, which AWS's own lists cannot say. */
export const askedMember = 'EmrIamAsked';

interface Asked {
  readonly accounts: readonly string[];
  readonly absentRoles: readonly string[];
  readonly absentInstanceProfiles: readonly string[];
  readonly gaps: readonly string[];
}

const nothingAsked: Asked = { accounts: [], absentRoles: [], absentInstanceProfiles: [], gaps: [] };

function readAsked(json: Fields): Asked {
  const account = text(json['account']);
  return {
    accounts: account === undefined ? [] : [account],
    absentRoles: texts(json['absentRoles']),
    absentInstanceProfiles: texts(json['absentInstanceProfiles']),
    gaps: texts(json['gaps']),
  };
}

/** `2026-03-02T09:14:55Z`, in milliseconds since 1970. */
function timeOf(iso: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z$/.exec(iso);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  return (((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000;
}

/** In the Gregorian calendar. A year is taken to begin in March, so that the leap day is its last. */
function daysSince1970(year: number, month: number, day: number): number {
  const years = month < 3 ? year - 1 : year;
  const months = (month + 9) % 12;
  return (
    365 * years +
    Math.floor(years / 4) -
    Math.floor(years / 100) +
    Math.floor(years / 400) +
    Math.floor((153 * months + 2) / 5) +
    day -
    719_469
  );
}

interface ListedProfile {
  readonly path: string;
  readonly role: string | undefined;
}

/**
 * `list-instance-profiles-for-role` and `list-instance-profiles --path-prefix` write the same shape with less in it: the profiles of
 * one role, or those below one path. A list that could be either proves nothing absent.
 */
function mayBeFiltered(profiles: readonly ListedProfile[]): boolean {
  return new Set(profiles.map(({ role }) => role)).size < 2 || profiles.every(({ path }) => path !== '/');
}

function withGroups(
  { groups: names, name, arn, inlinePolicies, attachedPolicies }: User & { readonly groups: readonly string[] },
  groups: ReadonlyMap<string, Pick<User, 'inlinePolicies' | 'attachedPolicies'>>,
): User {
  const own = names.flatMap((group) => groups.get(group) ?? []);
  return {
    name,
    arn,
    inlinePolicies: [...inlinePolicies, ...own.flatMap((group) => group.inlinePolicies)],
    attachedPolicies: [...attachedPolicies, ...own.flatMap((group) => group.attachedPolicies)],
  };
}

function readRole(json: Fields): Role[] {
  const name = text(json['RoleName']);
  if (name === undefined) return [];
  return [
    {
      name,
      path: text(json['Path']) ?? '/',
      arn: text(json['Arn']) ?? '',
      trustPolicy: documentOf(json['AssumeRolePolicyDocument']),
      inlinePolicies: Array.isArray(json['RolePolicyList']) ? inlineIn(json['RolePolicyList']) : undefined,
      attachedPolicies: Array.isArray(json['AttachedManagedPolicies']) ? attachedIn(json['AttachedManagedPolicies']) : undefined,
      permissionsBoundary: isRecord(json['PermissionsBoundary']) ? text(json['PermissionsBoundary']['PermissionsBoundaryArn']) : undefined,
    },
  ];
}

function policiesOf(json: Fields, inlineList: string): Pick<User, 'inlinePolicies' | 'attachedPolicies'> {
  return { inlinePolicies: inlineIn(json[inlineList]), attachedPolicies: attachedIn(json['AttachedManagedPolicies']) };
}

function inlineIn(list: unknown): InlinePolicy[] {
  return records(list).flatMap((item) => {
    const name = text(item['PolicyName']);
    return name === undefined ? [] : [{ name, document: documentOf(item['PolicyDocument']) }];
  });
}

function attachedIn(list: unknown): AttachedPolicy[] {
  return records(list).flatMap((item) => {
    const name = text(item['PolicyName']);
    return name === undefined ? [] : [{ name, arn: text(item['PolicyArn']) ?? '' }];
  });
}

function readManagedPolicy(json: Fields): ManagedPolicy[] {
  const arn = text(json['Arn']);
  if (arn === undefined) return [];
  // moto leaves the name out.
  const name = text(json['PolicyName']) ?? arn.slice(arn.lastIndexOf('/') + 1);
  const version = text(json['DefaultVersionId']);
  const inForce = records(json['PolicyVersionList']).find(
    (item) => item['IsDefaultVersion'] === true || (version !== undefined && item['VersionId'] === version),
  );
  return [{ name, arn, version, document: documentOf(inForce?.['Document']) }];
}

/** @param holder the role in whose entry the profile stands, which it therefore holds. */
function readProfile(json: Fields, holder: string | undefined): InstanceProfile[] {
  const name = text(json['InstanceProfileName']);
  if (name === undefined) return [];
  return [{ name, arn: text(json['Arn']) ?? '', role: text(records(json['Roles'])[0]?.['RoleName']) ?? holder }];
}

/** The AWS CLI writes a document as JSON; the API, and most SDKs, as text with percent signs. */
export function documentOf(value: unknown): string | undefined {
  if (isRecord(value)) return JSON.stringify(value);
  if (typeof value !== 'string') return undefined;
  if (/^\s*\{/.test(value)) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

function accountsOf(items: readonly { readonly arn: string }[]): string[] {
  return [...new Set(items.flatMap(({ arn }) => placeOfArn(arn)?.account ?? []))];
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function records(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
