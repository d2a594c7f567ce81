// Whether a policy that allows launching clusters has the rest of what a launch takes, as far as it can be told from the policy itself.

import type { AccountFacts, FactsSource } from '../facts/facts';
import { parseReference } from '../facts/reference';
import { isReadWhole, isRefused, judge, type Request } from '../policy/evaluate';
import { isWhole, type Policy, type Statement } from '../policy/policy';
import type { StringNode } from '../tree/node';
import { passedTo, passRoleRequest } from './launchNeeds';
import { trustedServices } from './roleKind';
import { type RoleUses, trustOf } from './roles';

export interface Missing {
  /** The action that allows launching. */
  readonly at: StringNode;
  readonly missing: readonly MissingPart[];
}

export interface MissingPart {
  readonly action: string;
  /** The rest of the sentence: `on the service role to elasticmapreduce.amazonaws.com`. */
  readonly what: string;
  /** The roles that may be passed there, but are known to be for something else, or not to be there. */
  readonly others: readonly string[];
  /** Where that is known from, if not from their names. */
  readonly source: FactsSource | undefined;
}

/**
 * Nothing where the policy does not allow passing a role to just one of EMR and EC2, or tags: what it leaves out altogether, another
 * policy of the same user or role may allow.
 */
export function missingInDocument(policy: Policy, facts: AccountFacts, uses: RoleUses): Missing | undefined {
  const launch = launchAction(policy);
  if (launch === undefined) return undefined;
  const [toEmr, toEc2] = [passing(policy, 'service', facts, uses), passing(policy, 'ec2', facts, uses)];
  if (!toEmr.isPossible && !toEc2.isPossible) return undefined;
  const passRole = (what: string, { isPossible, others, source }: Passing): MissingPart[] =>
    isPossible ? [] : [{ action: 'iam:PassRole', what, others, source }];
  const missing = [
    ...passRole(`on the service role to ${passedTo.service}`, toEmr),
    ...passRole(`on the role of the instance profile to ${passedTo.ec2}`, toEc2),
  ];
  if (launch.wantsTags && isRefused([policy], addTags)) {
    missing.push({ action: addTags.action, what: 'for the tags without which RunJobFlow is not allowed', others: [], source: undefined });
  }
  return missing.length === 0 ? undefined : { at: launch.action, missing };
}

const addTags: Request = { action: 'elasticmapreduce:AddTags', resource: '*', context: new Map() };

/**
 * Where RunJobFlow is named: with `elasticmapreduce:*`, roles may be passed to EMR for other things than launching. Tags are wanted if every
 * statement with it asks for them.
 */
function launchAction({ statements }: Policy): { readonly action: StringNode; readonly wantsTags: boolean } | undefined {
  let found: StringNode | undefined;
  let wantsTags = true;
  for (const statement of statements) {
    const action = actionIn(statement);
    if (action === undefined || statement.effect !== 'Allow') continue;
    found ??= action;
    wantsTags &&= asksForTags(statement);
  }
  return found && { action: found, wantsTags };
}

const runJobFlow = 'elasticmapreduce:runjobflow';

/** Hardly any action of a policy is as long. */
function actionIn({ actions }: Statement): StringNode | undefined {
  for (const action of actions) {
    if (action.value.length === runJobFlow.length && action.value.toLowerCase() === runJobFlow) return action;
  }
  return undefined;
}

function asksForTags({ conditions }: Statement): boolean {
  return conditions.some(
    ({ operator, key }) =>
      /^aws:requesttag\//i.test(key.value) && /^(String|Bool)/.test(operator.name) && !operator.isNegated && !operator.hasIfExists,
  );
}

const anyRole = 'arn:*:iam::*:role/*';

interface Passing extends Pick<MissingPart, 'others' | 'source'> {
  /** Whether some role may be passed to the service that can be a role of the kind there. */
  readonly isPossible: boolean;
}

function passing(policy: Policy, kind: 'service' | 'ec2', facts: AccountFacts, uses: RoleUses): Passing {
  const request = passRoleRequest(anyRole, kind);
  if (isRefused([policy], request)) return { isPossible: false, others: [], source: undefined };
  const allowing = policy.statements.filter((statement) => statement.effect !== 'Deny' && judge(statement, request).whole !== 'no');
  const isNamed =
    isReadWhole(policy) && allowing.every(({ elements }) => elements.Resource !== undefined && isWhole(elements.Resource.value));
  const resources = allowing.flatMap((statement) => statement.resources.map(({ value }) => value));
  if (!isNamed || resources.some((arn) => mayBe(arn, kind, facts, uses))) return { isPossible: true, others: [], source: undefined };
  const [source] = resources.map((arn) => facts.role(arn)).flatMap((role) => (role.state === 'unknown' ? [] : [role.source]));
  return { isPossible: false, others: resources.map((arn) => parseReference(arn)?.name ?? arn), source };
}

/** Only a role that is known to be for something else, or not to be there, is none. */
function mayBe(arn: string, kind: 'service' | 'ec2', facts: AccountFacts, uses: RoleUses): boolean {
  const reference = parseReference(arn);
  if (reference?.type !== 'role') return true;
  const role = facts.role(arn);
  if (role.state === 'absent') return false;
  const trust = role.state === 'known' ? trustOf(role.value) : undefined;
  if (trust !== undefined) {
    const [names = []] = trustedServices(kind, reference.partition ?? 'aws');
    return names.some(
      (text) => !isRefused([trust], { action: 'sts:AssumeRole', principal: { kind: 'Service', text }, context: new Map() }),
    );
  }
  const kinds = uses.kindsOf(reference.name);
  return kinds.length === 0 || kinds.includes(kind);
}
