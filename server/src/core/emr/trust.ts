// Whether those whom a role is for can assume it, by its trust policy, and if not, why (facts: EMR Management Guide, "Configure IAM
// service roles for Amazon EMR"; "Runtime roles for Amazon EMR steps").

import type { AccountFacts, Role } from '../facts/facts';
import { placeOfArn } from '../facts/reference';
import { nearest } from '../nearest';
import { publicPartitions } from '../policy/arn';
import { evaluate, judge, type Request, type Verdict } from '../policy/evaluate';
import type { ConditionKey, Policy, Principal, Statement } from '../policy/policy';
import { rememberLastOf } from '../remember';
import type { StringNode } from '../tree/node';
import type { EmrBlock } from './block';
import { type Partition, type RoleKind, trustedServices } from './roleKind';
import { type LaunchRole, launchRoles, type NamedRole, trustOf } from './roles';

/** The account that a role is in, as far as it is known. */
export interface RolePlace {
  readonly partition?: Partition | undefined;
  readonly account?: string | undefined;
}

export interface TrustQuestion extends RolePlace {
  readonly kind: RoleKind;
  /** The ARN of the EC2 role that is to assume a runtime role; without it, any role will do. */
  readonly ec2Role?: string | undefined;
}

export interface TrustVerdict {
  /** The service, as it should be written, or the ARN of the role. */
  readonly principal: string;
  readonly action: string;
  readonly verdict: Verdict;
  /** The statement that allows it, or may. */
  readonly by: Statement | undefined;
  /** Of a "no". */
  readonly cause: TrustCause | undefined;
  /** Of a "no": whether it is only probable. */
  readonly isInferred: boolean;
}

export type TrustCause =
  | { readonly kind: 'denied' | 'action' | 'no-principal'; readonly statement: Statement }
  /** Those that the request never meets. */
  | { readonly kind: 'condition'; readonly statement: Statement; readonly conditions: readonly [ConditionKey, ...ConditionKey[]] }
  /** Another text than the name of the service: misspelt, of another partition, or a service that is often taken for it. */
  | {
      readonly kind: 'misspelt' | 'partition';
      readonly node: StringNode;
      readonly meant: string;
      /** Conditions beside it that the request never meets. */
      readonly unmet: readonly ConditionKey[];
    }
  /** The name of the service, but not as one. */
  | { readonly kind: 'not-as-service'; readonly by: Principal }
  | { readonly kind: 'instance-profile'; readonly node: StringNode }
  /** Whom the policy trusts instead, and a statement that would let the principal in if it named it. */
  | { readonly kind: 'missing'; readonly trusted: readonly Principal[]; readonly room: Statement | undefined };

/** For each principal and action that a role of the kind needs. Nothing for kinds and partitions of which that is not known. */
export function judgeTrust(policy: Policy, question: TrustQuestion): readonly TrustVerdict[] {
  return needsOf(question).map((need) => judgeNeed(policy, need));
}

/** Whether somebody whom a role of the kind is for cannot assume it. */
export function keepsOut(policy: Policy, question: TrustQuestion): boolean {
  return judgeTrust(policy, question).some(({ verdict }) => verdict === 'no');
}

interface Need {
  /** Any of these names will do; the first is the one to write. */
  readonly names: readonly string[];
  readonly action: string;
  /** By each name, from each source that the request may come from. */
  readonly requests: readonly Request[];
}

function needsOf(question: TrustQuestion): readonly Need[] {
  const { kind, partition, ec2Role = 'arn:*:iam::*:role/*' } = question;
  if (kind === 'runtime') {
    return ['sts:AssumeRole', 'sts:TagSession'].map((action) => ({
      names: [ec2Role],
      action,
      requests: [{ action, principal: { kind: 'AWS', text: ec2Role }, context: new Map() }],
    }));
  }
  const action = 'sts:AssumeRole';
  return servicesFor(kind, partition).map((names) => ({
    names,
    action,
    requests: names.flatMap((text) => sourcesOf(question).map((source) => ({ action, principal: { kind: 'Service', text }, ...source }))),
  }));
}

/** Without a partition, the names of all. What services are called in a partition of AWS's own is not known. */
function servicesFor(kind: RoleKind, partition: Partition | undefined): readonly (readonly string[])[] {
  if (partition === undefined) {
    const inChina = trustedServices(kind, 'aws-cn');
    return trustedServices(kind, 'aws').map((names, i) => [...new Set([...names, ...(inChina[i] ?? [])])]);
  }
  return publicPartitions.includes(partition) ? trustedServices(kind, partition) : [];
}

/** RunJobFlow has no parameter for an external ID; a service has no device for multi-factor authentication, and is in no organization. */
const neverSent = ['sts:externalid', 'aws:multifactorauthpresent', 'aws:multifactorauthage', 'aws:principalorgid', 'aws:principalorgpaths'];
const sentByNone: ReadonlySet<string> = new Set(neverSent);
/** EC2 assumes a role for an instance without saying on whose behalf. */
const sentByEc2Neither: ReadonlySet<string> = new Set([...neverSent, 'aws:sourcearn', 'aws:sourceaccount']);

function sourcesOf({ kind, partition = '*', account = '*' }: TrustQuestion): readonly Pick<Request, 'context' | 'absentKeys'>[] {
  if (kind === 'ec2') return [{ context: new Map(), absentKeys: sentByEc2Neither }];
  const from = (resource: string): Pick<Request, 'context' | 'absentKeys'> => {
    const [service, rest] = resource.split(' ');
    const context = new Map([
      ['aws:sourceaccount', [account]],
      ['aws:sourcearn', [`arn:${partition}:${service}:*:${account}:${rest}`]],
    ]);
    return { context, absentKeys: sentByNone };
  };
  switch (kind) {
    case 'autoscaling':
      // AWS documents the first; policies with either have been seen.
      return [from('application-autoscaling scalable-target/*'), from('elasticmapreduce *')];
    case 'serverless':
      return [from('emr-serverless /applications/*')];
    default:
      return [from('elasticmapreduce *')];
  }
}

function judgeNeed(policy: Policy, { names, action, requests }: Need): TrustVerdict {
  const [principal = ''] = names;
  const verdict = (is: Verdict, by?: Statement, cause?: TrustCause): TrustVerdict => ({
    principal,
    action,
    verdict: is,
    by,
    cause,
    isInferred: isInferred(principal, cause),
  });
  const evaluations = requests.map((request) => evaluate([policy], request));
  const letIn = evaluations.find(({ outcome }) => outcome === 'allowed');
  if (letIn !== undefined) return verdict('yes', letIn.by);
  const maybe = evaluations.find(({ outcome }) => outcome === 'may');
  if (maybe !== undefined) return verdict('may', maybe.by);
  const allowing = policy.statements.filter(({ effect }) => effect !== 'Deny');
  if (allowing.some(({ principals }) => principals.some(({ node }) => isOpen(node.value, principal)))) return verdict('may');
  const denied = evaluations.find(({ outcome }) => outcome === 'denied')?.by;
  return verdict('no', undefined, denied === undefined ? causeIn(allowing, names, requests) : { kind: 'denied', statement: denied });
}

/** What EC2 does not say of whom it acts for is not documented. */
function isInferred(principal: string, cause: TrustCause | undefined): boolean {
  return cause?.kind === 'condition' && principal.startsWith('ec2.') && cause.conditions.every(({ key }) => /^aws:source/i.test(key.value));
}

/** A service's name with its Region, which some services have, and the id of a user or role. */
function isOpen(written: string, principal: string): boolean {
  if (principal.startsWith('arn:')) return /^A[A-Z]{3}[A-Z0-9]{12,}$/.test(written);
  return serviceOf(written) === serviceOf(principal) && /\.[a-z]+-[a-z-]+-\d\./.test(written);
}

function causeIn(statements: readonly Statement[], names: readonly string[], requests: readonly Request[]): TrustCause {
  const verdicts = statements.flatMap((statement) => requests.map((request) => judge(statement, request)));
  const named = verdicts.filter(({ principal }) => principal !== 'no');
  for (const { statement, action, conditions } of named) {
    const [unmet, ...more] = conditions.flatMap(({ condition, verdict }) => (verdict === 'no' ? condition : []));
    if (action !== 'no' && unmet !== undefined) return { kind: 'condition', statement, conditions: [unmet, ...more] };
  }
  const [first] = named;
  if (first !== undefined) return { kind: 'action', statement: first.statement };
  const nameless = statements.find(({ elements }) => elements.Principal === undefined && elements.NotPrincipal === undefined);
  if (nameless !== undefined) return { kind: 'no-principal', statement: nameless };
  for (const { statement, conditions } of verdicts) {
    const unmet = conditions.flatMap(({ condition, verdict }) => (verdict === 'no' ? condition : []));
    for (const principal of statement.principals) {
      const near = nearCause(principal, names, unmet);
      if (near !== undefined) return near;
    }
  }
  const principals = statements.flatMap((statement) => statement.principals);
  const room = verdicts.find(({ action, conditions }) => action !== 'no' && conditions.every(({ verdict }) => verdict !== 'no'));
  return { kind: 'missing', trusted: principals, room: room?.statement };
}

function nearCause(principal: Principal, names: readonly string[], unmet: readonly ConditionKey[]): TrustCause | undefined {
  const { kind, node } = principal;
  if (/^arn:[\w-]+:iam::\d{12}:instance-profile\//.test(node.value) && names[0]?.startsWith('arn:') === true)
    return { kind: 'instance-profile', node };
  if (names.includes(node.value.toLowerCase())) return { kind: 'not-as-service', by: principal };
  if (kind?.value !== 'Service') return undefined;
  const meant = meantService(node.value, names);
  if (meant === undefined) return undefined;
  const isOfOther = /^[\w-]+\.amazonaws\.com(\.cn)?$/i.test(node.value) && serviceOf(node.value) === serviceOf(meant);
  return { kind: isOfOther ? 'partition' : 'misspelt', node, meant, unmet };
}

/** What is written for a service, beside its letters in disorder. Auto Scaling of EC2 is another service. */
const aliases: Readonly<Record<string, RegExp>> = {
  elasticmapreduce: /^((aws|amazon)-?)?(emr|elastic-map-?reduce|map-?reduce)$/,
  'application-autoscaling': /^(app-?)?auto-?scaling$/,
};

/** @param names of one service. Nothing for a text that is none of them, nor like one. */
export function meantService(written: string, names: readonly string[]): string | undefined {
  const text = written.toLowerCase();
  const [first = ''] = names;
  const [service, wanted] = [serviceOf(text), serviceOf(first)];
  if (names.includes(text) || !/^[\w-]+(\.(aws|amazon|amazonaws|amazonws))?(\.[a-z]+){0,2}$/.test(text)) return undefined;
  const isLike =
    service === wanted || aliases[wanted]?.test(service) === true || (wanted.length > 6 && nearest(service, [wanted]).length > 0);
  return isLike ? (nearest(text, names)[0] ?? first) : undefined;
}

function serviceOf(name: string): string {
  return name.split('.')[0]?.toLowerCase() ?? '';
}

/** What EMR is called, in any partition. */
export const emrNames: readonly string[] = ['elasticmapreduce.amazonaws.com', 'elasticmapreduce.amazonaws.com.cn'];

/** Keys that say on whose behalf a service makes a request. */
const sourceKeys: ReadonlySet<string> = new Set(['aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid', 'aws:sourceorgpaths']);

export function isAboutCaller({ key }: ConditionKey): boolean {
  return sourceKeys.has(key.value.toLowerCase());
}

function saysForWhom({ condition, conditions }: Statement): boolean {
  // What a template puts there is not known.
  if (condition !== undefined && (condition.kind !== 'object' || condition.members.some(({ value }) => value?.kind !== 'object')))
    return true;
  return conditions.some((each) => isAboutCaller(each) || each.key.value.startsWith('Fn::') || each.key.value === 'Ref');
}

/** The statement that lets EMR in on behalf of anybody. */
export function openToAnyCaller(policy: Policy): Statement | undefined {
  if (policy.statements.some((statement) => statement.effect === 'Deny' && saysForWhom(statement))) return undefined;
  return policy.statements.find(
    (statement) =>
      statement.effect === 'Allow' &&
      statement.principals.some(({ kind, node }) => kind?.value === 'Service' && emrNames.includes(node.value.toLowerCase())) &&
      judge(statement, { action: 'sts:AssumeRole', context: new Map() }).action !== 'no' &&
      !saysForWhom(statement),
  );
}

/** What says in a trust policy for EMR on whose behalf, as AWS recommends. */
export function onlyFor(account: string, partition: Partition) {
  return {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': `arn:${partition}:elasticmapreduce:*:${account}:*` },
  } as const;
}

/** Of a role that facts know, from its ARN. */
export function placeOf({ arn }: Pick<Role, 'arn'>): RolePlace {
  return placeOfArn(arn) ?? {};
}

export interface SwappedRoles<R extends NamedRole = LaunchRole> {
  readonly service: R;
  readonly ec2: R;
}

export const swappedRoles = rememberLastOf((block: EmrBlock, facts: AccountFacts) => swappedIn(launchRoles(block, facts)));

/** The two roles of a launch, where those for whom one of them is can assume the other instead. */
export function swappedIn<R extends NamedRole>(roles: readonly R[]): SwappedRoles<R> | undefined {
  const [service, ec2] = (['service', 'ec2'] as const).map((kind) => roles.find((role) => role.kind === kind));
  if (service === undefined || ec2 === undefined) return undefined;
  const isOut = ({ role }: R, kind: 'service' | 'ec2'): boolean | undefined => {
    const policy = trustOf(role);
    return policy && keepsOut(policy, { kind, ...placeOf(role) });
  };
  const isSwapped =
    isOut(service, 'service') === true && isOut(ec2, 'ec2') === true && isOut(service, 'ec2') === false && isOut(ec2, 'service') === false;
  return isSwapped ? { service, ec2 } : undefined;
}

/** None where they are swapped: what they then lack, they need not have. */
export function rolesInPlace(block: EmrBlock, facts: AccountFacts): readonly LaunchRole[] {
  return swappedRoles(block, facts) === undefined ? launchRoles(block, facts) : [];
}

/** Where what a file declares will be: the account, if the facts know of one alone, and the partition, if of all it is the same. */
export function onlyPlaceIn(facts: AccountFacts): RolePlace {
  const [first, another] = facts.partitions;
  if (first === undefined) return {};
  const [account, partition] = first;
  if (another === undefined) return { account, partition };
  return [...facts.partitions.values()].every((other) => other === partition) ? { partition } : {};
}
