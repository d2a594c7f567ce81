// What the rules on trust say: of a role that an emr block or a command names, and of a trust policy whose role is known.

import type { EmrBlock } from '../emr/block';
import { callers, type RoleKind } from '../emr/roleKind';
import { type NamedRole, trustOf } from '../emr/roles';
import {
  judgeTrust,
  onlyPlaceIn,
  placeOf,
  type RolePlace,
  rolesInPlace,
  type SwappedRoles,
  type TrustCause,
  type TrustQuestion,
  type TrustVerdict,
} from '../emr/trust';
import { type AccountFacts, type Role, sameName } from '../facts/facts';
import type { Fix } from '../finding';
import { addToList, insertAfter, replaceValue } from '../json/edit';
import { removeMember } from '../json/remove';
import { type ConditionKey, type Policy, type Statement, statementAnchor } from '../policy/policy';
import type { Edit, Span } from '../text';
import { member } from '../tree/node';
import { listed } from '../words';
import type { Report, RuleContext } from './rule';

type Refusal = TrustVerdict & { readonly cause: TrustCause };

const consequences = {
  service: 'it terminates the cluster minutes after the launch ("EMR service role ARN is invalid" or the like)',
  ec2: 'the instances of the cluster get no credentials',
  autoscaling: 'EMR says "Failed to provision the AutoScaling policy: Unable to assume IAM role" after the launch',
  runtime: 'the steps get no credentials',
} as const;

/** @param wanted the role that the rule is about. */
export function reportLaunchTrust({ subject, facts, report }: RuleContext<EmrBlock>, wanted: 'service' | 'ec2'): void {
  for (const named of rolesInPlace(subject, facts))
    if (named.kind === wanted) for (const problem of trustProblem(named)) report({ at: named.setting.value, ...problem });
}

/** None or one. @param ec2Role the ARN of the EC2 role that is to assume a runtime role, if it is known. */
export function trustProblem({ kind, role, source, by }: NamedRole, ec2Role?: string): readonly Pick<Report, 'message' | 'severity'>[] {
  const policy = trustOf(role);
  const [alike = []] = policy === undefined ? [] : byPlace(policy, refusalsOf(policy, { kind, ec2Role, ...placeOf(role) }));
  const [first] = alike;
  if (first === undefined) return [];
  const problem = `${refused(alike, 'the EC2 role of the cluster')} the role "${role.name}" (${source.label}), since ${clause(first.cause, alike)}`;
  return [{ message: `${by}: ${problem}; ${consequences[kind]}. ${advice(first.cause, alike)}`, ...severity(first) }];
}

/**
 * @param launch what names the roles: the profile "dev".
 * @param swap the edits that write the other names.
 */
export function swapProblem(
  { service, ec2 }: SwappedRoles<NamedRole>,
  launch: string,
  facts: AccountFacts,
  swap: (serviceRole: string, instanceProfile: string) => readonly Edit[],
): Pick<Report, 'message' | 'fixes'> {
  const profile = profileOf(service.role, facts);
  const serviceRole = ec2.role.path === '/' || ec2.role.arn === '' ? ec2.role.name : ec2.role.arn;
  const wayOut =
    profile === undefined
      ? `Name "${ec2.role.name}" as the service role, and an instance profile that holds "${service.role.name}", which none is known to do.`
      : `Name "${ec2.role.name}" as the service role, and the instance profile "${profile}", which holds "${service.role.name}".`;
  const title = `Swap them: ${serviceRole} for EMR, ${profile} for EC2`;
  return {
    message: `The roles of ${launch} stand in each other's place (${service.source.label}): EMR cannot assume "${service.role.name}", which trusts EC2, nor EC2 "${ec2.role.name}", which trusts EMR. ${wayOut}`,
    fixes: profile === undefined ? [] : [{ title, kind: 'suggestion', edits: swap(serviceRole, profile) }],
  };
}

/** The one of the same name first. */
function profileOf({ name }: Role, facts: AccountFacts): string | undefined {
  const holders = facts.instanceProfilesHolding(name).map((profile) => profile.name);
  return holders.find((holder) => sameName(holder, name)) ?? holders[0];
}

export function reportPolicyTrust(context: RuleContext<Policy>, kind: RoleKind): void {
  const { subject, facts, text, report } = context;
  if (subject.statements.length === 0) return;
  const { partition } = placeOfFile(facts);
  const refusals = refusalsOf(subject, { kind, partition });
  for (const alike of byPlace(subject, refusals)) {
    const [first] = alike;
    if (first === undefined || isOfAnotherRule(first.cause, context)) continue;
    report({
      at: spanOf(subject, first.cause),
      message: `${refused(alike)} ${roleOf(subject)}, since ${clause(first.cause, alike)}. ${advice(first.cause, alike)}`,
      fixes: fixesOf(subject, alike, { kind, partition }, text),
      ...severity(first),
    });
  }
}

/** Where what a file declares will be. Facts of the partition aws say nothing of a file for another one. */
export function placeOfFile(facts: RuleContext<Policy>['facts']): RolePlace {
  const place = onlyPlaceIn(facts);
  return place.partition === 'aws' ? { account: place.account } : place;
}

/** What the role of a trust policy is used for, where that is known. */
export function kindsOfOwner({ subject, uses }: Pick<RuleContext<Policy>, 'subject' | 'uses'>): readonly RoleKind[] {
  const { owner } = subject;
  return owner?.type === 'role' ? [...new Set(owner.names.flatMap((name) => uses.kindsOf(name)))] : [];
}

/** As in: the role "X". */
export function roleOf({ owner }: Policy): string {
  const names = owner?.type === 'role' ? owner.names : [];
  if (names.length === 0) return 'the role';
  return `the role${names.length === 1 ? '' : 's'} ${listed(names)}`;
}

function refusalsOf(policy: Policy, question: TrustQuestion): readonly Refusal[] {
  return judgeTrust(policy, question).flatMap((verdict) => {
    const { cause } = verdict;
    return verdict.verdict === 'no' && cause !== undefined ? [{ ...verdict, cause }] : [];
  });
}

/** One mistake may keep out several, or from several actions. */
function byPlace(policy: Policy, refusals: readonly Refusal[]): Iterable<readonly Refusal[]> {
  const groups = new Map<string, Refusal[]>();
  for (const refusal of refusals) {
    const key = `${refusal.cause.kind} ${spanOf(policy, refusal.cause).start}`;
    groups.set(key, [...(groups.get(key) ?? []), refusal]);
  }
  return groups.values();
}

function isOfAnotherRule(cause: TrustCause, { catalog }: RuleContext<Policy>): boolean {
  switch (cause.kind) {
    case 'no-principal': // trust/missing-principal, emr/trust-policy-from-the-docs
      return true;
    case 'misspelt': // policy/invalid-service-principal-format
      return !cause.node.value.includes('.');
    case 'not-as-service': // policy/invalid-principal-format
      return cause.by.kind === undefined;
    case 'action': // trust/mismatched-action-for-principal, policy/invalid-action
      return cause.statement.actions.some(
        ({ value }) => /^sts:AssumeRoleWith/i.test(value) || (!value.includes('*') && catalog?.action(value) === undefined),
      );
    case 'condition': // policy/unsupported-condition-key-for-service-principal
      return cause.conditions.every(({ key }) => /^aws:principalorg/i.test(key.value));
    default:
      return false;
  }
}

function severity({ isInferred }: Refusal): Pick<Report, 'severity'> {
  return isInferred ? { severity: 'warning' } : {};
}

function refused(alike: readonly Refusal[], ec2Role = 'The EC2 role of a cluster'): string {
  const who = new Set(alike.map(({ principal }) => callers[principal.split('.')[0] ?? ''] ?? ec2Role));
  return `${listed([...who], (caller) => caller)} ${alike.every(({ isInferred }) => isInferred) ? 'probably cannot' : 'cannot'} assume`;
}

function inWords(refusals: readonly Refusal[]): string {
  const names = [...new Set(refusals.map(({ principal }) => principal))];
  return listed(names, (name) => (name.startsWith('arn:*') ? 'the EC2 role' : name));
}

function actionsOf(refusals: readonly Refusal[]): string {
  return listed([...new Set(refusals.map(({ action }) => action))], (action) => action);
}

function clause(cause: TrustCause, alike: readonly Refusal[]): string {
  switch (cause.kind) {
    case 'denied':
      return `a Deny of its trust policy keeps ${inWords(alike)} out`;
    case 'action':
      return `its trust policy does not allow ${actionsOf(alike)} to ${inWords(alike)}`;
    case 'no-principal':
      return 'its trust policy names nobody';
    case 'condition':
      return `the request never meets the condition on ${keysOf(cause)} in its trust policy`;
    case 'misspelt':
    case 'partition':
      return `its trust policy names "${cause.node.value}" instead of ${cause.meant}`;
    case 'not-as-service':
      return `its trust policy names ${cause.by.node.value}, but not as a "Service"`;
    case 'instance-profile':
      return 'its trust policy names an instance profile instead of the role in it';
    case 'missing': {
      const others = [...new Set(cause.trusted.map(({ node }) => node.value))];
      return `its trust policy names ${others.length === 0 ? 'nobody' : listed(others, (name) => name)}, and not ${inWords(alike)}`;
    }
  }
}

function advice(cause: TrustCause, alike: readonly Refusal[]): string {
  switch (cause.kind) {
    case 'denied':
      return 'Take it out of the Deny.';
    case 'action':
      return `Add ${actionsOf(alike)}.`;
    case 'condition':
      return 'Correct or remove the condition.';
    case 'misspelt':
    case 'partition':
      return `Name ${cause.meant} there.`;
    case 'not-as-service':
      return 'Name it as a "Service".';
    case 'instance-profile':
      return 'Name the role.';
    default:
      return `Add ${inWords(alike)} to the principals.`;
  }
}

function keysOf({ conditions }: TrustCause & { readonly kind: 'condition' }): string {
  return listed([...new Set(conditions.map(({ key }) => key.value))], (key) => key);
}

function spanOf({ statement, statements }: Policy, cause: TrustCause): Span {
  switch (cause.kind) {
    case 'denied':
    case 'no-principal':
      return statementAnchor(cause.statement.node);
    case 'action':
      return cause.statement.elements.Action?.value?.span ?? statementAnchor(cause.statement.node);
    case 'condition':
      return cause.conditions[0].key.span;
    case 'not-as-service':
      return cause.by.node.span;
    case 'missing': {
      const [only, another] = cause.trusted;
      if (only !== undefined && another === undefined) return only.node.span;
      const named = cause.room ?? statements.find(({ effect }) => effect !== 'Deny');
      return named?.elements.Principal?.key.span ?? (named === undefined ? statement.key.span : statementAnchor(named.node));
    }
    default:
      return cause.node.span;
  }
}

function fixesOf(
  policy: Policy,
  alike: readonly Refusal[],
  { kind, partition }: { readonly kind: RoleKind; readonly partition: string | undefined },
  text: string,
): readonly Fix[] {
  const fix = (title: string, ...edits: readonly (Edit | undefined)[]): readonly Fix[] => {
    const all = edits.filter((edit) => edit !== undefined);
    return all.length < edits.length ? [] : [{ title, kind: 'suggestion', edits: all }];
  };
  const [first] = alike;
  if (first === undefined) return [];
  const { cause } = first;
  switch (cause.kind) {
    case 'misspelt':
    case 'partition':
      return fix(
        `Change to ${cause.meant}`,
        replaceValue(cause.node, cause.meant),
        ...cause.unmet.map((unmet) => inPartition(unmet, partition)),
      );
    case 'instance-profile':
      return fix('Name the role of the same name', replaceValue(cause.node, cause.node.value.replace(':instance-profile/', ':role/')));
    case 'action':
      return fix(`Add ${actionsOf(alike)}`, addActions(cause.statement, alike, text));
    case 'condition': {
      const canBeMet = kind !== 'ec2' && cause.conditions.some(({ key }) => /^aws:source/i.test(key.value));
      return canBeMet ? [] : fix(`Remove the condition on ${keysOf(cause)}`, removeConditions(cause));
    }
    case 'not-as-service':
      return fix('Name it as a "Service"', nameAsService(policy, cause));
    case 'missing': {
      const names = [...new Set(alike.map(({ principal }) => principal))];
      return kind === 'runtime' ? [] : fix(`Trust ${inWords(alike)} too`, addServices(cause.room, names, text));
    }
    default:
      return [];
  }
}

/** A condition on an ARN of another partition, with that of the account. */
function inPartition({ values }: ConditionKey, partition: string | undefined): Edit | undefined {
  const [arn, another] = values;
  if (partition === undefined || another !== undefined || arn?.kind !== 'string') return undefined;
  return /^arn:aws(-cn|-us-gov)?:/.test(arn.value) ? replaceValue(arn, arn.value.replace(/^arn:[^:]*/, `arn:${partition}`)) : undefined;
}

function addActions({ elements }: Statement, alike: readonly Refusal[], text: string): Edit | undefined {
  return elements.Action && addToList(text, elements.Action, [...new Set(alike.map(({ action }) => action))]);
}

function addServices(room: Statement | undefined, names: readonly string[], text: string): Edit | undefined {
  const principal = room?.elements.Principal?.value;
  if (principal?.kind !== 'object') return undefined;
  const services = member(principal, 'Service');
  const last = principal.members.at(-1);
  const [only = '', another] = names;
  if (services === undefined) return last && insertAfter(text, last, 'Service', another === undefined ? only : names);
  return addToList(text, services, names);
}

/** One condition, or all of a statement. */
function removeConditions({ statement, conditions }: TrustCause & { readonly kind: 'condition' }): Edit | undefined {
  const { Condition } = statement.elements;
  if (Condition?.value?.kind !== 'object') return undefined;
  if (conditions.length === statement.conditions.length) return removeMember(statement.node, Condition);
  const [{ operator, member: key }] = conditions;
  const test = Condition.value.members.find(({ key: name }) => name === operator.node);
  if (conditions.length > 1 || test?.value?.kind !== 'object') return undefined;
  return test.value.members.length === 1 ? removeMember(Condition.value, test) : removeMember(test.value, key);
}

function nameAsService({ statements }: Policy, { by }: TrustCause & { readonly kind: 'not-as-service' }): Edit | undefined {
  const statement = statements.find(({ principals }) => principals.includes(by));
  const principal = statement?.elements.Principal?.value;
  const isAlone = statement?.principals.filter(({ kind }) => kind === by.kind).length === 1;
  return by.kind !== undefined && isAlone && member(principal, 'Service') === undefined ? replaceValue(by.kind, 'Service') : undefined;
}
