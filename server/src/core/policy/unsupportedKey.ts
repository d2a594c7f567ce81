// Conditions on keys that requests for some of the statement's actions do not have (AWS service authorization reference).

import { type Action, actionsWithKey, type Catalog, type Service } from '../catalog/catalog';
import type { StringNode } from '../tree/node';
import { holdsWithoutKey } from './conditionValue';
import { hasPlaceholder } from './placeholder';
import type { ConditionKey, Policy, Statement } from './policy';
import { hasWildcard } from './wildcard';

interface UnsupportedKey {
  readonly statement: Statement;
  readonly condition: ConditionKey;
  /** The actions without the key, as written; at least one. */
  readonly actions: readonly [StringNode, ...StringNode[]];
  /** Whether the condition holds for requests without the key. */
  readonly holds: boolean;
}

/**
 * Services whose tables of keys can be relied on: AWS's own policies use their keys at least fifteen times and never with an action that
 * the tables leave out, but for a few policies of EC2 that are plainly wrong. EMR's tables, which AWS uses less, are short and complete.
 */
const wellDocumented = new Set(
  'aoss cloudformation cloudwatch ec2 ecs eks elasticmapreduce events iam kms organizations s3 sagemaker secretsmanager servicecatalog ssm'.split(
    ' ',
  ),
);

/** Keys of a service with actions of the same service. Those of nearly all its actions say something of the request, not of the action. */
export function unsupportedServiceKeys({ statements }: Policy, catalog: Catalog): readonly UnsupportedKey[] {
  const all: UnsupportedKey[] = [];
  for (const statement of statements) {
    for (const condition of statement.conditions) {
      const key = condition.key.value.toLowerCase();
      const prefix = key.slice(0, key.indexOf(':'));
      // With IfExists it is meant that some requests do not have the key.
      if (!wellDocumented.has(prefix) || condition.operator.hasIfExists) continue;
      const service = catalog.service(prefix);
      const supporting = service && actionsWithKey(service, key);
      if (service === undefined || supporting === undefined || !isSelective(supporting, service)) continue;
      const found = unsupported(statement, condition, ({ value }) => {
        const action = catalog.action(value);
        return action !== undefined && action.service === service && !supporting.has(action);
      });
      // One finding for a key, however many operators compare it.
      if (found !== undefined && !all.some((other) => other.statement === statement && isSameKey(other, found))) all.push(found);
    }
  }
  return all;
}

function isSelective({ size }: ReadonlySet<Action>, { actions }: Service): boolean {
  return size > 0 && size < 0.9 * actions.length;
}

function isSameKey(a: UnsupportedKey, b: UnsupportedKey): boolean {
  return a.condition.key.value.toLowerCase() === b.condition.key.value.toLowerCase();
}

function isTagKey(key: string): boolean {
  return /^aws:(resourcetag\/.|requesttag\/.|tagkeys$)/i.test(key);
}

/** Global keys that hold tags, in statements with one effect, where these say nothing of requests without the keys. */
export function unsupportedTagKeys({ statements }: Policy, catalog: Catalog, effect: 'Allow' | 'Deny'): readonly UnsupportedKey[] {
  const all: UnsupportedKey[] = [];
  for (const statement of statements) {
    if (statement.effect !== effect) continue;
    for (const condition of statement.conditions) {
      if (!isTagKey(condition.key.value)) continue;
      const key = condition.key.value.toLowerCase();
      const found = unsupported(statement, condition, ({ value }) => lacksTagKey(value, key, catalog));
      if (found === undefined || found.holds) continue;
      // One finding for the same actions, however many tags are asked for.
      if (!all.some((other) => other.statement === statement && areSameActions(other, found))) all.push(found);
    }
  }
  return all;
}

function areSameActions({ actions }: UnsupportedKey, other: UnsupportedKey): boolean {
  return actions.length === other.actions.length && actions.every((action, i) => action === other.actions[i]);
}

/** Services that are told the tags, though their tables do not say so: what a session gets, and what the Tag Editor passes on. */
const undocumented = new Set(['sts', 'tag']);

/** A pattern only if the service as a whole does not have the key. */
function lacksTagKey(text: string, key: string, catalog: Catalog): boolean {
  const isPattern = hasWildcard(text);
  const action = isPattern ? undefined : catalog.action(text);
  const service = isPattern ? catalog.service(text.slice(0, text.indexOf(':'))) : action?.service;
  if (service === undefined || undocumented.has(service.prefix)) return false;
  const supporting = actionsWithKey(service, key);
  return action === undefined ? supporting.size === 0 : !supporting.has(action);
}

/** Only the actions that stand in the file; there may be others. */
function unsupported(statement: Statement, condition: ConditionKey, lacks: (action: StringNode) => boolean): UnsupportedKey | undefined {
  const holds = hasPlaceholder(condition.key.value) ? undefined : holdsWithoutKey(statement, condition);
  // An Allow for requests without the key is not limited where it is not meant to be.
  if (holds === undefined || (holds && condition.operator.family === 'Null' && statement.effect === 'Allow')) return undefined;
  const [first, ...others] = statement.actions.filter(lacks);
  return first === undefined ? undefined : { statement, condition, actions: [first, ...others], holds };
}

/** Conditions on such keys in statements for all actions but some, of which many do not have them. The first of each statement. */
export function tagKeysWithNotAction({ statements }: Policy, effect: 'Allow' | 'Deny'): readonly ConditionKey[] {
  const all: ConditionKey[] = [];
  for (const statement of statements) {
    if (statement.effect !== effect || statement.notActions.length === 0) continue;
    const found = statement.conditions.find(
      (condition) =>
        isTagKey(condition.key.value) && !hasPlaceholder(condition.key.value) && holdsWithoutKey(statement, condition) === false,
    );
    if (found !== undefined) all.push(found);
  }
  return all;
}
