// Whether policies allow a request (IAM User Guide, "Policy evaluation logic"): yes, no, or may, since what a file says of a request is
// never all of it. The request may have `*` for what is not known of it: the Region of an ARN, say.

import { itemsOf, type Node, type StringNode } from '../tree/node';
import type { Operator } from './operator';
import { hasPlaceholder } from './placeholder';
import { type ConditionKey, isWhole, type Policy, type Principal, type Statement } from './policy';
import { covers, hasWildcard, matches, overlaps } from './wildcard';

export type Verdict = 'yes' | 'no' | 'may';

export interface Request {
  /** `iam:PassRole`, in any letter case. */
  readonly action: string;
  /** An ARN, or `*`. Missing for a trust policy, which is about its own role. */
  readonly resource?: string;
  /** Missing for a policy of a user, group or role. */
  readonly principal?: RequestPrincipal;
  /** By key, in lower case, the values that the request has. A key that is not here may be in the request or not. */
  readonly context: ReadonlyMap<string, readonly string[]>;
  /** Keys, in lower case, that the request does not have. */
  readonly absentKeys?: ReadonlySet<string>;
}

interface RequestPrincipal {
  readonly kind: 'AWS' | 'Service' | 'Federated';
  /** An ARN, `ec2.amazonaws.com`, or a provider. */
  readonly text: string;
}

/** What one statement says of a request, part by part. */
interface StatementVerdict {
  readonly statement: Statement;
  readonly action: Verdict;
  readonly resource: Verdict;
  readonly principal: Verdict;
  readonly conditions: readonly { readonly condition: ConditionKey; readonly verdict: Verdict }[];
  /** Of all parts together. */
  readonly whole: Verdict;
}

interface Evaluation {
  /** `denied`: an explicit Deny; `not-allowed`: nothing allows it; `may`: it depends on what is not known. */
  readonly outcome: 'allowed' | 'denied' | 'not-allowed' | 'may';
  /** The statement that decided, or may. */
  readonly by: Statement | undefined;
}

export function evaluate(policies: readonly Policy[], request: Request): Evaluation {
  const verdicts = policies.flatMap(({ statements }) => statements.map((statement) => judge(statement, request)));
  const of = (effect: Statement['effect'], whole: Verdict): Statement | undefined =>
    verdicts.find((verdict) => verdict.statement.effect === effect && verdict.whole === whole)?.statement;
  const denied = of('Deny', 'yes');
  if (denied !== undefined) return { outcome: 'denied', by: denied };
  const allowed = of('Allow', 'yes');
  const mayBeDenied = of('Deny', 'may');
  if (allowed !== undefined) return mayBeDenied === undefined ? { outcome: 'allowed', by: allowed } : { outcome: 'may', by: mayBeDenied };
  // An effect that a template fills in may be either.
  const mayBeAllowed = of('Allow', 'may') ?? of(undefined, 'yes') ?? of(undefined, 'may');
  if (mayBeAllowed !== undefined) return { outcome: 'may', by: mayBeAllowed };
  return { outcome: policies.every(isReadWhole) ? 'not-allowed' : 'may', by: undefined };
}

/** Whether the policies do not allow a request, whatever is not known of it. */
export function isRefused(policies: readonly Policy[], request: Request): boolean {
  const { outcome } = evaluate(policies, request);
  return outcome === 'not-allowed' || outcome === 'denied';
}

/** An object in the place of a statement that is none (`{ "Fn::If": … }`) stands for one that is not known. */
export function isReadWhole({ statement, statements }: Policy): boolean {
  return itemsOf(statement.value).length === statements.length;
}

export function judge(statement: Statement, request: Request): StatementVerdict {
  const { elements, conditions: keys } = statement;
  const action = judgeActions(statement, request.action.toLowerCase());
  const resource = request.resource === undefined ? 'yes' : judgeResources(statement, request.resource);
  const principal = request.principal === undefined ? 'yes' : judgePrincipals(statement, request.principal);
  const conditions = keys.map((condition) => ({ condition, verdict: judgeCondition(condition, request) }));
  const condition = elements.Condition?.value;
  // A condition that is no object, or an operator whose value is none, comes from a template.
  const isReadable =
    condition === undefined || (condition.kind === 'object' && condition.members.every(({ value }) => value?.kind === 'object'));
  const whole = all([action, resource, principal, isReadable ? 'yes' : 'may', ...conditions.map(({ verdict }) => verdict)]);
  return { statement, action, resource, principal, conditions, whole };
}

/** Every part must hold. */
function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('no')) return 'no';
  return verdicts.includes('may') ? 'may' : 'yes';
}

/** One is enough. */
function any(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('yes')) return 'yes';
  return verdicts.includes('may') ? 'may' : 'no';
}

function not(verdict: Verdict): Verdict {
  return verdict === 'may' ? 'may' : verdict === 'yes' ? 'no' : 'yes';
}

/** @param written the element as it stands: of what a template fills in there, nothing is known. */
function anyOf(written: Node | undefined, verdicts: readonly Verdict[]): Verdict {
  return any(isWhole(written) ? verdicts : [...verdicts, 'may']);
}

function judgeActions({ elements, actions, notActions }: Statement, action: string): Verdict {
  const verdict = ({ value }: StringNode): Verdict => (isUnknown(value) ? 'may' : matches(value.toLowerCase(), action) ? 'yes' : 'no');
  if (elements.NotAction !== undefined) return not(anyOf(elements.NotAction.value, notActions.map(verdict)));
  return elements.Action === undefined ? 'no' : anyOf(elements.Action.value, actions.map(verdict));
}

function judgeResources({ elements, resources, notResources }: Statement, resource: string): Verdict {
  // What is not known of a field is that field alone.
  const judgeOne = hasWildcard(resource) ? judgeArn : judgePattern;
  const verdict = ({ value }: StringNode): Verdict => judgeOne(value, resource);
  if (elements.NotResource !== undefined) return not(anyOf(elements.NotResource.value, notResources.map(verdict)));
  // A trust policy has none.
  return elements.Resource === undefined ? 'yes' : anyOf(elements.Resource.value, resources.map(verdict));
}

/** A pattern of a policy, against a text of the request that may have `*` for what is not known of it. */
function judgePattern(pattern: string, text: string): Verdict {
  if (hasPlaceholder(pattern)) return 'may';
  // A variable of IAM is any text.
  const open = pattern.replace(/\$\{[^}]*\}/g, '*');
  if (!(hasWildcard(text) ? overlaps(open, text) : matches(open, text))) return 'no';
  return open === pattern && covers(open, text) ? 'yes' : 'may';
}

function isUnknown(text: string): boolean {
  return text.includes('${') || hasPlaceholder(text);
}

function judgePrincipals({ elements, principals, notPrincipals }: Statement, wanted: RequestPrincipal): Verdict {
  const isKnown = ({ value }: { readonly value?: Node | undefined }): boolean =>
    value?.kind === 'object' ? value.members.every((member) => isWhole(member.value)) : isWhole(value);
  const verdict = (principal: Principal): Verdict => judgePrincipal(principal, wanted);
  if (elements.NotPrincipal !== undefined) {
    const excluded = any([...notPrincipals.map(verdict), ...(isKnown(elements.NotPrincipal) ? [] : ['may' as const])]);
    return not(excluded);
  }
  if (elements.Principal === undefined) return 'no';
  return any([...principals.map(verdict), ...(isKnown(elements.Principal) ? [] : ['may' as const])]);
}

function judgePrincipal({ kind, node: { value } }: Principal, wanted: RequestPrincipal): Verdict {
  if (isUnknown(value)) return 'may';
  const isOfKind = kind?.value === wanted.kind;
  if (value === '*') return kind === undefined || isOfKind ? (wanted.kind === 'AWS' ? 'yes' : 'may') : 'no';
  if (!isOfKind) return 'no';
  if (wanted.kind === 'AWS') return judgeAwsPrincipal(value, wanted.text);
  return value.toLowerCase() === wanted.text.toLowerCase() ? 'yes' : 'no';
}

/** An account stands for all whom it allows. */
function judgeAwsPrincipal(written: string, arn: string): Verdict {
  const account = /^arn:[^:]*:(?:iam|sts)::([^:]*):/.exec(arn)?.[1] ?? '';
  const trusted = /^(\d{12})$|^arn:[^:]*:iam::(\d{12}):root$/.exec(written);
  const id = trusted?.[1] ?? trusted?.[2];
  if (id !== undefined) return hasWildcard(account) ? (matches(account, id) ? 'may' : 'no') : account === id ? 'yes' : 'no';
  if (!hasWildcard(arn)) return written === arn ? 'yes' : 'no';
  return matches(arn, written) ? 'may' : 'no';
}

function judgeCondition({ operator, key, values }: ConditionKey, { context, absentKeys }: Request): Verdict {
  const name = key.value.toLowerCase();
  const given = context.get(name);
  const isAbsent = absentKeys?.has(name) === true;
  if (operator.family === undefined || hasPlaceholder(key.value)) return 'may';
  if (operator.name === 'Null') return judgeNull(values, isAbsent ? true : given === undefined ? undefined : false);
  if (isAbsent) return operator.hasIfExists || operator.isNegated || operator.qualifier === 'ForAllValues' ? 'yes' : 'no';
  if (given === undefined) return 'may';
  const perValue = given.map((value) => {
    const fits = any(values.map((node) => judgeValue(operator, node, value)));
    return operator.isNegated ? not(fits) : fits;
  });
  return operator.qualifier === 'ForAnyValue' ? any(perValue) : all(perValue);
}

function judgeNull(values: readonly Node[], isAbsent: boolean | undefined): Verdict {
  const [first] = values;
  const wanted = first?.kind === 'boolean' || first?.kind === 'string' ? String(first.value).toLowerCase() : '';
  if (isAbsent === undefined || values.length !== 1 || (wanted !== 'true' && wanted !== 'false')) return 'may';
  return (wanted === 'true') === isAbsent ? 'yes' : 'no';
}

/** Whether a value of the request is one of a condition, whatever the operator's negation. */
function judgeValue({ family, name, isLike }: Operator, node: Node, given: string): Verdict {
  if (node.kind !== 'string' && node.kind !== 'boolean' && node.kind !== 'number') return 'may';
  const written = String(node.value);
  if (isUnknown(written)) return 'may';
  switch (family) {
    case 'String':
      return /IgnoreCase/.test(name) ? judgeText(written.toLowerCase(), given.toLowerCase(), false) : judgeText(written, given, isLike);
    case 'Arn':
      return judgeArn(written, given);
    case 'Bool':
      return written.toLowerCase() === given.toLowerCase() ? 'yes' : 'no';
    default:
      return 'may';
  }
}

function judgeText(written: string, given: string, isLike: boolean): Verdict {
  if (isLike) return judgePattern(written, given);
  if (!hasWildcard(given)) return written === given ? 'yes' : 'no';
  return matches(given, written) ? 'may' : 'no';
}

/** Field by field: a `*` does not reach over a colon of the first five. */
function judgeArn(written: string, given: string): Verdict {
  const [wanted, has] = [fields(written), fields(given)];
  if (wanted.length < 6 || has.length < 6) return judgePattern(written, given);
  return all(wanted.map((field, i) => judgePattern(field, has[i] ?? '')));
}

function fields(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length < 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
