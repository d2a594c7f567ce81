// Where a policy as a whole allows certain actions, and how far that goes: past its Deny statements, its resources and its conditions.

import type { Catalog } from '../catalog/catalog';
import type { StringNode } from '../tree/node';
import { type Arn, parseArn } from './arn';
import { isStar } from './grant';
import { type ConditionKey, element, isWhole, type Policy, type Statement } from './policy';
import { covers, matches, overlaps } from './wildcard';

/** Some actions, in lower case, that rules look for. */
export interface ActionTable {
  readonly all: readonly string[];
  /** Those that an action of a policy means: itself, or what its pattern fits. */
  meantBy(written: string): readonly string[];
}

export function actionTable(actions: readonly string[]): ActionTable {
  const all = [...new Set(actions)];
  const known = new Map(all.map((action) => [action, [action]]));
  // Nearly every action of a policy is none of these, and its length and last letter are enough to tell.
  const shapes = new Set(all.map(shapeOf));
  // Policies use few patterns, and each again and again.
  const meant = new Map<string, readonly string[]>();
  return {
    all,
    meantBy(written) {
      const isPattern = written.includes('*') || written.includes('?');
      if (!isPattern && !shapes.has(shapeOf(written))) return none;
      const action = written.toLowerCase();
      if (!isPattern) return known.get(action) ?? none;
      const cached = meant.get(action);
      if (cached !== undefined) return cached;
      const found = all.filter((candidate) => matches(action, candidate));
      if (meant.size > 5000) meant.clear();
      meant.set(action, found);
      return found;
    },
  };
}

/** `service:Name Name …`, into actions in lower case. */
export function tableOf(...lines: readonly string[]): ActionTable {
  return actionTable(
    lines.flatMap((line) => {
      const [service = '', names = ''] = line.toLowerCase().split(':');
      return names.split(' ').map((name) => `${service}:${name}`);
    }),
  );
}

const none: readonly string[] = [];

/** The same for letters of either case. */
function shapeOf(action: string): number {
  return action.length * 32 + (action.charCodeAt(action.length - 1) & 31);
}

/** A statement that allows an action of a table. */
export interface Allowance {
  readonly action: string;
  readonly statement: Statement;
  /** The action, the pattern that means it, or the first action that is left out. */
  readonly node: StringNode;
}

/** By action, in source order. */
export function allowances({ statements }: Policy, table: ActionTable): ReadonlyMap<string, readonly Allowance[]> {
  const found = new Map<string, Allowance[]>();
  const add = (allowance: Allowance): void => {
    const others = found.get(allowance.action);
    if (others === undefined) found.set(allowance.action, [allowance]);
    else others.push(allowance);
  };
  for (const statement of statements) {
    if (statement.effect !== 'Allow') continue;
    for (const node of statement.actions) {
      const meant = table.meantBy(node.value);
      if (meant.length > 0) for (const action of meant) add({ action, statement, node });
    }
    const [node] = statement.notActions;
    if (node === undefined || !isWhole(element(statement.node, 'NotAction'))) continue;
    const leftOut = new Set(statement.notActions.flatMap(({ value }) => table.meantBy(value)));
    for (const action of table.all) if (!leftOut.has(action)) add({ action, statement, node });
  }
  return found;
}

/**
 * How far a statement allows an action: on `all` resources that the action can be for, on `some`, or, since a Deny or a condition says
 * more than can be weighed here, not `known`.
 */
type Reach = 'all' | 'some' | 'unknown';

/** Whether a condition holds in the case that is looked at; nothing where that is not known. */
type Holds = (condition: ConditionKey) => boolean | undefined;

export function reachOf(policy: Policy, { action, statement }: Allowance, catalog: Catalog | undefined, holds: Holds = canBeMet): Reach {
  if (hasUnreadCondition(statement)) return 'unknown';
  if (!statement.conditions.every((condition) => holds(condition) ?? canBeMet(condition))) return 'unknown';
  if (policy.statements.some((deny) => takesAway(deny, action, statement, holds))) return 'unknown';
  return coversAll(statement, action, catalog) ? 'all' : 'some';
}

/** Keys that say how a request is made and not what it is about: whoever has the policy can meet such a condition. */
const circumstances =
  /^aws:(multifactorauth(present|age)|securetransport|sourceip|requestedregion|currenttime|epochtime|tokenissuetime|useragent|tagkeys|requesttag\/.+)$/;

function canBeMet({ key }: ConditionKey): boolean | undefined {
  return circumstances.test(key.value.toLowerCase()) ? true : undefined;
}

/** A template's, say. */
function hasUnreadCondition({ condition, conditions }: Statement): boolean {
  return condition !== undefined && conditions.length === 0;
}

/** Whether a Deny takes an action away from where a statement allows it, or may do so. */
function takesAway(deny: Statement, action: string, allow: Statement, holds: Holds): boolean {
  const { node, effect, actions, notActions, resources, notResources, conditions } = deny;
  if (effect !== 'Deny') return false;
  const isMeant =
    notActions.length > 0
      ? !notActions.some(({ value }) => matches(value.toLowerCase(), action))
      : actions.some(({ value }) => matches(value.toLowerCase(), action)) || !isWhole(element(node, 'Action'));
  // Whoever can meet a condition can as well not meet it.
  if (!isMeant || conditions.some((condition) => canBeMet(condition) || holds(condition) === false)) return false;
  if (hasUnreadCondition(deny) || notResources.length > 0 || !isWhole(element(node, 'Resource'))) return true;
  if (conditions.length > 0 && !conditions.every((condition) => holds(condition))) return true;
  return allow.resources.length === 0
    ? resources.some(({ value }) => isStar(value))
    : allow.resources.every((allowed) => resources.some(({ value }) => covers(value, allowed.value)));
}

function coversAll({ node, resources, notResources }: Statement, action: string, catalog: Catalog | undefined): boolean {
  if (resources.some(({ value }) => isStar(value))) return true;
  const types = catalog?.action(action)?.resourceTypes ?? [];
  const covered = types.map(({ type }) => {
    const form = parseArn(type.arn.replace(/\$\{[^}]*\}/g, '*'));
    if (form === undefined) return false;
    if (notResources.length > 0) return notResources.every(({ value }) => isOther(form, value));
    return resources.some(({ value }) => coversForm(value, form));
  });
  if (notResources.length > 0) return isWhole(element(node, 'NotResource')) && covered.every(Boolean);
  // A required type is always asked for. Of the others, one or another is; all of them where there is nothing else.
  const isCovered = (required: boolean): boolean[] => covered.filter((_, i) => types[i]?.isRequired === required);
  const required = isCovered(true);
  const optional = isCovered(false);
  return (
    types.length > 0 &&
    required.every(Boolean) &&
    (required.length === 0 ? optional.every(Boolean) : optional.length === 0 || optional.some(Boolean))
  );
}

/** Whether an ARN means all of a form, in some Regions and accounts at least. */
function coversForm(resource: string, form: Arn): boolean {
  const arn = parseArn(resource);
  return arn?.service.text === form.service.text && covers(arn.resource.text, form.resource.text);
}

/** Whether an ARN can mean nothing of a form. */
function isOther(form: Arn, resource: string): boolean {
  const arn = parseArn(resource);
  return arn !== undefined && (!overlaps(arn.service.text, form.service.text) || !overlaps(arn.resource.text, form.resource.text));
}
