// What can be written in the condition of a statement: operators, keys, and values of some keys.

import type { Action, KeyType } from '../catalog/catalog';
import { type Operator, type OperatorFamily, operators } from '../policy/operator';
import type { Statement } from '../policy/policy';
import { oidcProvider } from '../policy/principal';
import type { Node } from '../tree/node';
import { actionsOf, hasMember, type Place, type Suggestion } from './policyPlace';
import { booleans, filledIn, knownKeyValues } from './policyValues';
import { stop, withoutStops } from './snippet';

const familyOfType: Readonly<Record<KeyType, OperatorFamily>> = {
  String: 'String',
  ARN: 'Arn',
  Bool: 'Bool',
  Numeric: 'Numeric',
  Date: 'Date',
  IPAddress: 'IpAddress',
  ArrayOfString: 'String',
  ArrayOfARN: 'Arn',
  ArrayOfBool: 'Bool',
};

function isMultivalued(type: KeyType): boolean {
  return type.startsWith('ArrayOf');
}

/** Plain ones first, or those with a qualifier where a key below has several values; those with IfExists last. */
export function conditionOperators({ cursor, catalog }: Place, node: Node): readonly Suggestion[] {
  if (node.kind !== 'object') return [];
  const below = cursor.gap.hasColon ? node.members.find(({ key }) => key.value === '')?.value : undefined;
  const keys = below?.kind === 'object' ? below.members.map(({ key }) => key.value) : [];
  const types = keys.flatMap((key) => catalog?.conditionKey(key)?.type ?? []);
  const fits = (family: OperatorFamily): boolean => family === 'Null' || types.every((type) => familyOfType[type] === family);
  const names = Object.entries(operators).flatMap(([name, family]) => (fits(family) ? [name] : []));
  const compared = names.filter((name) => name !== 'Null');
  const qualified = compared.flatMap((name) => [`ForAnyValue:${name}`, `ForAllValues:${name}`]);
  const usual = types.some(isMultivalued) ? [qualified, names] : [names, qualified];
  const ifExists = (list: readonly string[]): readonly string[] => list.filter((name) => name !== 'Null').map((name) => `${name}IfExists`);
  return [...usual, ...usual.map(ifExists)]
    .flat()
    .filter((label) => !hasMember(node, label))
    .map((label) => ({ label, kind: 'operator', value: `{ ${stop()} }`, goesOn: true }));
}

/** A pattern for everything has keys by the thousand, and each of them fits a few actions. */
const mostActions = 5000;

/** Those that all the actions know, those that some do, and the global ones; of the types that the operator compares. */
export function conditionKeys({ catalog }: Place, statement: Statement, operator: Operator, node: Node): readonly Suggestion[] {
  if (catalog === undefined) return [];
  const actions = actionsOf(statement, catalog);
  const support = actions.length > mostActions ? new Map<string, number>() : supportOf(actions);
  const isOfAll = (key: string): boolean => (support.get(key) ?? actions.length) === actions.length;
  const own = [...support.keys()];
  const global = catalog.globalKeys.map(({ key }) => key).filter((key) => key.startsWith('aws:'));
  const typeOf = (key: string): KeyType => catalog.conditionKey(key)?.type ?? 'String';
  const fits = (key: string): boolean => operator.family === 'Null' || familyOfType[typeOf(key)] === operator.family;
  const isLate = (key: string): boolean => isMultivalued(typeOf(key)) !== (operator.qualifier !== undefined);
  const keys = [...tokenKeys(statement), ...own.filter(isOfAll), ...own.filter((key) => !isOfAll(key)), ...global].filter(fits);
  const suggestions = new Map<string, Suggestion>();
  for (const key of [...keys.filter((candidate) => !isLate(candidate)), ...keys.filter(isLate)]) {
    const text = filledIn(key, 'aws');
    const label = withoutStops(text);
    // A tag stands under several names in the service data.
    const name = label.toLowerCase().replace(/<[^>]*>$/, '');
    if (hasMember(node, label) || suggestions.has(name)) continue;
    const detail = isOfAll(key) ? typeOf(key) : `${typeOf(key)}; not of every action here`;
    const goesOn = valuesFor(key, typeOf(key), operator).length > 0;
    suggestions.set(name, { label, detail, kind: 'key', text, value: `"${stop()}"`, goesOn });
  }
  return [...suggestions.values()];
}

/** How many of the actions know each key. */
function supportOf(actions: readonly Action[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { conditionKeys: keys } of actions) for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** What every token of the providers that are trusted has. */
function tokenKeys({ principals }: Statement): readonly string[] {
  return principals.flatMap(({ kind, node: { value } }) => {
    const provider = kind?.value === 'Federated' ? oidcProvider(value) : undefined;
    return provider === undefined ? [] : [`${provider}:aud`, `${provider}:sub`];
  });
}

export function conditionValues({ catalog }: Place, operator: Operator, key: string): readonly Suggestion[] {
  return valuesFor(key, catalog?.conditionKey(key)?.type, operator).map((label) => ({ label, kind: 'value' }));
}

function valuesFor(key: string, type: KeyType | undefined, { family }: Operator): readonly string[] {
  const isBoolean = family === 'Null' || family === 'Bool' || type === 'Bool' || type === 'ArrayOfBool';
  return isBoolean ? booleans : knownKeyValues(key.toLowerCase());
}
