// What can be written at a place of a policy in JSON: elements, actions, resources, principals and conditions.

import type { Action, ActionName, Catalog, Descriptions, ResourceType } from '../catalog/catalog';
import { type JsonCursor, jsonCursor, type Step, type Writing, writeMember, writeRaw, writeString } from '../json/cursor';
import { assumeRole, surroundingPolicy } from '../policy/find';
import { operatorOf } from '../policy/operator';
import { type PolicyKind, type Statement, statementElements, statementOf } from '../policy/policy';
import { principalKinds, principalType } from '../policy/principal';
import type { Edit } from '../text';
import { type Node, type ObjectNode, stringsOf } from '../tree/node';
import { findActions } from './actionSearch';
import { conditionKeys, conditionOperators, conditionValues } from './conditionCompletion';
import { actionsOf, hasMember, type Place, partitionOf, type Suggestion, type SuggestionKind } from './policyPlace';
import { laidOut, laidOutWithin, policyMembers, statementLines, statementList, wholePolicy } from './policySkeleton';
import { federatedProviders, filledIn, servicePrincipalsIn } from './policyValues';
import { hasStops, stop, toSnippet, withoutStops } from './snippet';

export interface PolicyCompletion {
  readonly label: string;
  readonly detail?: string;
  readonly kind: SuggestionKind;
  /** On the line of the cursor. */
  readonly edit: Edit;
  /** The new text with tab stops, in the syntax of the protocol; missing where it has none. */
  readonly snippet: string | undefined;
  /** Commas before and after. */
  readonly also: readonly Edit[];
  /** Whether there is something to choose from again where the cursor is then. */
  readonly goesOn: boolean;
}

interface PolicyCompletions {
  readonly items: readonly PolicyCompletion[];
  /** Whether there are more of them, which come as more is typed. */
  readonly isIncomplete: boolean;
}

export interface PolicyFile {
  readonly text: string;
  /** As of a URI. */
  readonly path: string;
  /** The kind of a bare policy, where something beside the text tells it. */
  readonly rootKind: PolicyKind | undefined;
}

const none: PolicyCompletions = { items: [], isIncomplete: false };

/** A quick answer that spares every other JSON file from being read; an empty one may be meant for a policy. */
export function mayBeginPolicy(text: string): boolean {
  return ['"Statement"', 'Policy"', 'PolicyDocument"', '-10-17"'].some((part) => text.includes(part)) || isBlank(text);
}

/** But for braces, and a word that is being written. */
function isBlank(text: string): boolean {
  return text.length < 200 && /^[\s\ufeff{]*["\w]*[\s}]*$/.test(text);
}

/** By the name of the file or of its folder. */
function isPolicyPath(path: string): boolean {
  const [folder = '', name = ''] = `/${path}`.split(/[\\/]/).slice(-2);
  return /polic(y|ies)|(^|[._-])(iam|permissions|trust|scps?|rcps?)([._-]|$)/i.test(`${folder}.${name}`);
}

export function policyCompletions(file: PolicyFile, offset: number, catalog: Catalog | undefined): PolicyCompletions {
  if (!mayBeginPolicy(file.text)) return none;
  const cursor = jsonCursor(file.text, offset);
  if (cursor === undefined) return none;
  const mayBeBare = file.rootKind !== undefined || isPolicyPath(file.path);
  const isTrustFile = /trust|assume/i.test(file.path.slice(file.path.lastIndexOf('/') + 1));
  if (cursor.steps.length === 0) {
    if (!mayBeBare) return none;
    return offer(cursor, skeletons(cursor, file.rootKind ?? (isTrustFile ? 'trust' : undefined), wholePolicy));
  }
  const found = surroundingPolicy(cursor.steps, file.rootKind, mayBeBare);
  if (found === undefined) return none;
  if (found.found === 'policy-document') return offer(cursor, skeletons(cursor, found.kind, wholePolicy));
  const { policy, isBare, steps } = found;
  const isTrust = isBare && file.rootKind === undefined && isTrustFile && policy.statements.every(mayBeOfTrust);
  const place: Place = { cursor, policy: isTrust ? { ...policy, kind: 'trust' } : policy, isBare, catalog };
  return at(place, steps);
}

function offer(cursor: JsonCursor, suggestions: readonly Suggestion[], isIncomplete = false): PolicyCompletions {
  const items = suggestions.flatMap(({ label, detail, kind, goesOn = false, text = label, value, raw }): PolicyCompletion[] => {
    if (raw !== undefined && cursor.isQuoted) return [];
    const written =
      raw !== undefined ? writeRaw(cursor, raw) : value !== undefined ? writeMember(cursor, text, value) : writeString(cursor, text);
    return [{ label, ...(detail === undefined ? {} : { detail }), kind, goesOn, ...withStops(written) }];
  });
  return { items, isIncomplete };
}

function withStops({ edit: { span, newText }, also }: Writing): Pick<PolicyCompletion, 'edit' | 'snippet' | 'also'> {
  return { edit: { span, newText: withoutStops(newText) }, snippet: hasStops(newText) ? toSnippet(newText) : undefined, also };
}

/** By how deep the cursor stands: in the policy, in a statement, in its principal or condition, below an operator. */
function at(place: Place, steps: readonly Step[]): PolicyCompletions {
  const { cursor } = place;
  const objects = steps.filter(({ node }) => node.kind === 'object');
  const [, statementNode, inElement, inOperator] = objects.map(({ node }) => node);
  const [first = '', element = '', third = '', fourth = ''] = objects.map(({ key }) => key ?? '');
  if (statementNode?.kind !== 'object') return offer(cursor, cursor.isKey ? policyElements(place) : policyValues(place, first));
  if (first !== 'Statement') return none;
  const statement = statementOf(statementNode);
  if (inElement === undefined) {
    return cursor.isKey ? offer(cursor, statementMembers(place, statement)) : elementValues(place, statement, element, steps.at(-1)?.node);
  }
  const isPrincipal = element === 'Principal' || element === 'NotPrincipal';
  if (isPrincipal) return offer(cursor, cursor.isKey ? principalMembers(place, inElement) : principalsOf(place, third));
  if (element !== 'Condition') return none;
  if (inOperator === undefined)
    return offer(cursor, cursor.isKey ? conditionOperators(place, inElement) : [braces('keys and their values')]);
  const operator = operatorOf({ kind: 'string', span: cursor.span, value: third });
  return offer(cursor, cursor.isKey ? conditionKeys(place, statement, operator, inOperator) : conditionValues(place, operator, fourth));
}

function braces(detail: string): Suggestion {
  return { label: '{ }', detail, kind: 'value', raw: `{ ${stop()} }`, goesOn: true };
}

// The policy

function policyElements({ cursor, policy: { node, kind } }: Place): readonly Suggestion[] {
  const isEmpty = node.members.every(({ key }) => key.value === '');
  const all: readonly Suggestion[] = [
    { label: 'Version', detail: 'of the policy language', kind: 'element', value: '"2012-10-17"' },
    { label: 'Id', detail: 'of the policy', kind: 'element', value: `"${stop()}"` },
    { label: 'Statement', detail: 'what the policy says', kind: 'element', value: laidOut(cursor, statementList(kind)) },
  ];
  const whole = isEmpty && cursor.typed === '' ? skeletons(cursor, kind, policyMembers) : [];
  return [...whole, ...all.filter(({ label }) => !hasMember(node, label))];
}

function policyValues({ cursor, policy: { kind } }: Place, element: string): readonly Suggestion[] {
  if (element === 'Version') {
    return [
      { label: '2012-10-17', detail: 'the current version', kind: 'value' },
      { label: '2008-10-17', detail: 'an earlier version, without policy variables', kind: 'value' },
    ];
  }
  if (element !== 'Statement') return [];
  const isInArray = cursor.steps.at(-1)?.node.kind === 'array';
  const lines = isInArray ? statementLines(kind) : statementList(kind);
  return [{ label: isInArray ? '{ }' : '[ ]', detail: 'a statement', kind: 'skeleton', raw: laidOut(cursor, lines) }];
}

const skeletonLabels: readonly (readonly [PolicyKind, string])[] = [
  ['identity', 'Policy: what may be done'],
  ['trust', 'Trust policy: who may assume the role'],
  ['resource', 'Resource policy: who may do what'],
];

/** Of a kind that is known, one. */
function skeletons(
  cursor: JsonCursor,
  kind: PolicyKind | undefined,
  lines: typeof wholePolicy | typeof policyMembers,
): readonly Suggestion[] {
  const offered =
    kind === undefined ? skeletonLabels : [[kind, skeletonLabels.find(([known]) => known === kind)?.[1] ?? 'Policy'] as const];
  const layOut = lines === wholePolicy ? laidOut : laidOutWithin;
  return offered.map(([of, label]) => ({ label, kind: 'skeleton', raw: layOut(cursor, lines(of)) }));
}

// The statement

const elementDetails: Readonly<Record<(typeof statementElements)[number], string>> = {
  Sid: 'a name for the statement',
  Effect: 'Allow or Deny',
  Principal: 'who the statement is about',
  NotPrincipal: 'who it is not about',
  Action: 'what may be done',
  NotAction: 'all actions but these',
  Resource: 'what it may be done with',
  NotResource: 'all resources but these',
  Condition: 'when the statement applies',
};

/** Of each pair a statement has one. */
const exclusive = ['Principal', 'Action', 'Resource'];

function statementMembers({ policy, isBare }: Place, { node }: Statement): readonly Suggestion[] {
  const { kind, statements } = policy;
  const isOpen = isBare && kind === 'identity' && statements.every((statement) => saysNoKind(statement));
  const fits = (name: string): boolean => {
    if (name.endsWith('Principal')) return kind === 'trust' || kind === 'resource' || (kind === 'rcp' && name === 'Principal') || isOpen;
    if (name.endsWith('Resource')) return kind !== 'trust';
    return name !== 'NotAction' || kind !== 'trust';
  };
  const isTaken = (name: string): boolean => {
    const base = name.replace(/^Not/, '');
    return hasMember(node, name) || (exclusive.includes(base) && (hasMember(node, base) || hasMember(node, `Not${base}`)));
  };
  const found = statementElements.filter((name) => fits(name) && !isTaken(name));
  // What is seldom right, or not certain to fit, comes last.
  const isLate = (name: string): boolean => name.startsWith('Not') || (isOpen && name === 'Principal');
  return [...found.filter((name) => !isLate(name)), ...found.filter(isLate)].map((label) => ({
    label,
    detail: elementDetails[label],
    kind: 'element',
    value: label === 'Condition' || label.endsWith('Principal') ? `{ ${stop()} }` : `"${stop()}"`,
    goesOn: label !== 'Sid',
  }));
}

/** Whether a statement leaves open whether the policy is one of identities or of a resource. */
function saysNoKind({ node, actions, notActions }: Statement): boolean {
  return actions.length === 0 && notActions.length === 0 && !namesResource(node);
}

function namesResource(node: ObjectNode): boolean {
  return hasMember(node, 'Resource') || hasMember(node, 'NotResource');
}

function mayBeOfTrust({ node, actions, notActions }: Statement): boolean {
  return !namesResource(node) && notActions.length === 0 && actions.every(({ value }) => assumeRole.test(value));
}

function elementValues(place: Place, statement: Statement, element: string, container: Node | undefined): PolicyCompletions {
  const { cursor } = place;
  // In an array, what it lists already.
  const listed = new Set(container?.kind === 'array' ? stringsOf(container).map(({ value }) => value.toLowerCase()) : []);
  const fresh = ({ label }: Suggestion): boolean => !listed.has(label.toLowerCase());
  switch (element) {
    case 'Effect':
      return offer(cursor, [
        { label: 'Allow', kind: 'value' },
        { label: 'Deny', detail: 'wins over every Allow', kind: 'value' },
      ]);
    case 'Action':
    case 'NotAction':
      return actionsFor(place, statement, fresh);
    case 'Resource':
    case 'NotResource':
      return offer(cursor, resourcesFor(place, statement).filter(fresh));
    case 'Principal':
    case 'NotPrincipal':
      return offer(cursor, [...principalTypes(place).map(principalObject), { label: '*', detail: 'everybody', kind: 'principal' }]);
    case 'Condition':
      return offer(cursor, [braces('operators, and the keys that they compare')]);
    default:
      return none;
  }
}

// Actions

function actionsFor(place: Place, statement: Statement, fresh: (suggestion: Suggestion) => boolean): PolicyCompletions {
  const { cursor, policy, catalog } = place;
  if (catalog === undefined) return none;
  const mayAssume = policy.kind === 'trust' || (policy.kind === 'resource' && place.isBare && policy.statements.every(mayBeOfTrust));
  const assuming = mayAssume ? assumeActions(statement, catalog).map(actionSuggestion).filter(fresh) : [];
  if (policy.kind === 'trust') return offer(cursor, assuming);
  const own = policy.statements.flatMap(({ actions }) => actions.map(({ value }) => value.slice(0, value.indexOf(':')).toLowerCase()));
  const { services, actions, patterns, isIncomplete } = findActions(cursor.typed, catalog, own);
  const suggestions: readonly Suggestion[] = [
    ...services.map(({ prefix, name }): Suggestion => ({ label: `${prefix}:`, detail: name, kind: 'service', goesOn: true })),
    ...actions.map(actionSuggestion),
    ...patterns.map(({ pattern, count }): Suggestion => ({ label: pattern, detail: `${count} actions`, kind: 'pattern' })),
    ...(cursor.typed === '' ? [{ label: '*', detail: 'every action', kind: 'pattern' } as const] : []),
  ];
  return offer(cursor, [...assuming, ...suggestions.filter(fresh)], isIncomplete);
}

function actionSuggestion({ id, accessLevel }: ActionName): Suggestion {
  return { label: id, detail: accessLevel, kind: 'action' };
}

/** Those that fit the principals first. */
function assumeActions({ principals }: Statement, catalog: Catalog): readonly Action[] {
  const actions = catalog.service('sts')?.actions.filter(({ id }) => assumeRole.test(id)) ?? [];
  const types = new Set(principals.map(principalType));
  const first = types.has('saml') ? 'AssumeRoleWithSAML' : types.has('oidc') ? 'AssumeRoleWithWebIdentity' : 'AssumeRole';
  return [...actions.filter(({ name }) => name === first), ...actions.filter(({ name }) => name !== first)];
}

// Resources

/** A statement with a pattern for everything has them by the thousand. */
const mostResourceTypes = 100;

function resourcesFor(place: Place, statement: Statement): readonly Suggestion[] {
  const { catalog, cursor } = place;
  const actions = catalog === undefined ? [] : actionsOf(statement, catalog);
  const types = new Map<string, ResourceType>();
  for (const { resourceTypes } of actions) for (const { type } of resourceTypes) types.set(type.arn, type);
  const unscoped = actions.find(({ resourceTypes }) => resourceTypes.length === 0);
  const partition = partitionOf(cursor);
  const arns = [...types.values()].slice(0, mostResourceTypes).map(({ name, arn }): Suggestion => {
    const text = filledIn(arn, partition);
    return { label: withoutStops(text), detail: name, kind: 'resource', text };
  });
  const detail = unscoped === undefined ? 'every resource' : `all that fits ${unscoped.id}`;
  const star: Suggestion = { label: '*', detail, kind: 'resource' };
  return unscoped === undefined ? [...arns, star] : [star, ...arns];
}

// Principals

function principalTypes({ policy: { kind } }: Place): readonly (typeof principalKinds)[number][] {
  if (kind === 'rcp') return ['AWS'];
  if (kind === 'trust') return ['Service', 'AWS', 'Federated'];
  return principalKinds;
}

const principalDetails: Readonly<Record<(typeof principalKinds)[number], string>> = {
  AWS: 'accounts, roles and users',
  Service: 'a service of AWS',
  Federated: 'an identity provider',
  CanonicalUser: 'an account by its canonical id (S3)',
};

function principalObject(type: (typeof principalKinds)[number]): Suggestion {
  return { label: `{ "${type}" }`, detail: principalDetails[type], kind: 'principal', raw: `{ "${type}": "${stop()}" }`, goesOn: true };
}

function principalMembers(place: Place, node: Node): readonly Suggestion[] {
  return principalTypes(place)
    .filter((type) => !hasMember(node, type))
    .map((label) => ({ label, detail: principalDetails[label], kind: 'principal', value: `"${stop()}"`, goesOn: true }));
}

function principalsOf({ cursor, policy: { kind } }: Place, type: string): readonly Suggestion[] {
  const of = (label: string, detail?: string, text = label): Suggestion => ({
    label: withoutStops(label),
    detail,
    kind: 'principal',
    text,
  });
  const partition = partitionOf(cursor);
  const arn = (resource: string): string => `arn:${partition}:iam::${stop('<Account>')}:${resource}`;
  const everybody = of('*', 'everybody');
  switch (type) {
    case 'AWS':
      if (kind === 'rcp') return [everybody];
      return [
        of(arn('root'), 'an account'),
        of(arn(`role/${stop('<RoleName>')}`), 'a role'),
        of(arn(`user/${stop('<UserName>')}`), 'a user'),
        everybody,
      ];
    case 'Service':
      return servicePrincipalsIn(partition).map((name) => of(name));
    case 'Federated':
      return [
        of(arn(`saml-provider/${stop('<Provider>')}`), 'a SAML provider'),
        of(arn(`oidc-provider/${stop('<Provider>')}`), 'an OIDC provider'),
        of(arn('oidc-provider/token.actions.githubusercontent.com'), 'GitHub Actions'),
        ...federatedProviders.map((name) => of(name)),
      ];
    default:
      return [];
  }
}

/** What AWS says of a completion, for those that ask. */
export function describeCompletion(
  kind: PolicyCompletion['kind'],
  label: string,
  catalog: Catalog,
  descriptions: Descriptions,
): string | undefined {
  const [prefix = '', ...name] = label.split(':');
  if (kind === 'action') return descriptions.action(prefix, name.join(':'));
  const info = kind === 'key' ? catalog.conditionKey(label) : undefined;
  return info && descriptions.conditionKey(prefix, info.key);
}
