// What the values of conditions say, as far as it is known: variables and placeholders are left out.

import { insertAfter, replaceValue } from '../json/edit';
import { rememberLast } from '../remember';
import type { Edit } from '../text';
import type { BooleanNode, Member, Node, NumberNode, StringNode } from '../tree/node';
import type { Operator, OperatorFamily } from './operator';
import { hasPlaceholder, isIntrinsicName } from './placeholder';
import type { ConditionKey, Policy, Statement } from './policy';

export interface KnownValue {
  readonly statement: Statement;
  readonly condition: ConditionKey;
  readonly node: StringNode | NumberNode | BooleanNode;
  /** IAM reads `true` and `5` as `"true"` and `"5"`. */
  readonly text: string;
}

interface PlacedCondition {
  readonly statement: Statement;
  readonly condition: ConditionKey;
}

export const conditionsOf = rememberLast((policy: Policy): readonly PlacedCondition[] => {
  const all: PlacedCondition[] = [];
  for (const statement of policy.statements) for (const condition of statement.conditions) all.push({ statement, condition });
  return all;
});

/** Conditions with an empty list of values, by what decides their meaning: the qualifier, else IfExists. */
export function emptyArrayConditions(
  policy: Policy,
  wanted: 'plain' | 'IfExists' | 'ForAllValues' | 'ForAnyValue',
): readonly ConditionKey[] {
  return withEmptyArray(policy).filter(
    ({ operator: { qualifier, hasIfExists } }) => wanted === (qualifier ?? (hasIfExists ? 'IfExists' : 'plain')),
  );
}

const withEmptyArray = rememberLast((policy: Policy): readonly ConditionKey[] =>
  conditionsOf(policy)
    .map(({ condition }) => condition)
    .filter(({ operator, member: { value } }) => operator.family !== undefined && value?.kind === 'array' && value.items.length === 0),
);

/** Whether every key that a statement compares stands in the file as text, so that one that is not there is not compared. */
export function knowsConditionKeys({ condition }: Statement): boolean {
  if (condition === undefined) return true;
  const isText = ({ key }: Member): boolean => !isIntrinsicName(key.value) && !key.value.includes('${') && !hasPlaceholder(key.value);
  return (
    condition.kind === 'object' &&
    condition.members.every((operator) => isText(operator) && operator.value?.kind === 'object' && operator.value.members.every(isText))
  );
}

/** The values whose text stands in the file. */
export function knownValues(statement: Statement, condition: ConditionKey): readonly KnownValue[] {
  return condition.values.flatMap((node) => {
    if (node.kind !== 'string' && node.kind !== 'number' && node.kind !== 'boolean') return [];
    const text = String(node.value);
    return text.includes('${') || hasPlaceholder(text) ? [] : [{ statement, condition, node, text }];
  });
}

/** Those under operators of certain families. */
export function valuesUnder(policy: Policy, ...families: readonly OperatorFamily[]): readonly KnownValue[] {
  return conditionsOf(policy).flatMap(({ statement, condition }) =>
    condition.operator.family !== undefined && families.includes(condition.operator.family) ? knownValues(statement, condition) : [],
  );
}

/** Those of a key, whose name is given in lower case. */
export function valuesOfKey(policy: Policy, ...keys: readonly string[]): readonly KnownValue[] {
  return conditionsOf(policy).flatMap(({ statement, condition }) =>
    keys.includes(condition.key.value.toLowerCase()) ? knownValues(statement, condition) : [],
  );
}

/** What a condition says of a request that does not have its key; nothing where that is not known. */
export function holdsWithoutKey(statement: Statement, condition: ConditionKey): boolean | undefined {
  const { family, qualifier, hasIfExists, isNegated } = condition.operator;
  if (family === undefined || condition.values.length === 0) return undefined;
  if (qualifier !== undefined) return hasIfExists || family === 'Null' ? undefined : qualifier === 'ForAllValues';
  if (family !== 'Null') return hasIfExists || isNegated;
  const [asked, ...others] = knownValues(statement, condition);
  return asked === undefined || others.length > 0 || !isBoolean(asked.text) ? undefined : asked.text.toLowerCase() === 'true';
}

/**
 * The operator under another name, with its qualifier and IfExists. Nothing where the condition has that operator already, for of two
 * members with one name only the last would count.
 */
export function renameOperator(condition: Node | undefined, operator: Operator, name: string): Edit | undefined {
  if (condition?.kind !== 'object') return undefined;
  const prefix = operator.qualifier === undefined ? '' : `${operator.qualifier}:`;
  const renamed = `${prefix}${name}${operator.hasIfExists ? 'IfExists' : ''}`;
  const isTaken = condition.members.some(({ key }) => key.value.toLowerCase() === renamed.toLowerCase());
  return isTaken ? undefined : replaceValue(operator.node, renamed);
}

/**
 * One more key for a condition to compare, under an operator that it may have already. Nothing where it compares the key so already, or
 * where there is no member to take the layout from.
 */
export function addConditionKey(text: string, condition: Node | undefined, operator: string, key: string, value: string): Edit | undefined {
  if (condition?.kind !== 'object') return undefined;
  const named = (name: string) => (candidate: Member) => candidate.key.value.toLowerCase() === name.toLowerCase();
  const owner = condition.members.find(named(operator));
  if (owner === undefined) {
    const last = condition.members.at(-1);
    return last && insertAfter(text, last, operator, { [key]: value });
  }
  const keys = owner.value?.kind === 'object' ? owner.value.members : [];
  const last = keys.at(-1);
  return last && !keys.some(named(key)) ? insertAfter(text, last, key, value) : undefined;
}

/** Whether an operator compares one key alone, so that another operator in its place changes nothing else. */
export function isOnlyKey(condition: Node | undefined, { operator, member }: ConditionKey): boolean {
  if (condition?.kind !== 'object') return false;
  const owner = condition.members.find(({ key }) => key === operator.node)?.value;
  return owner?.kind === 'object' && owner.members.length === 1 && owner.members[0] === member;
}

export function isBoolean(text: string): boolean {
  return /^(true|false)$/i.test(text);
}

export function isNumber(text: string): boolean {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text);
}

/** Seconds or milliseconds since 1970; four digits are a year. */
export function isEpoch(text: string): boolean {
  return /^-?\d+$/.test(text) && !/^\d{4}$/.test(text);
}

const dateForm = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(?:[01]\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?$/i;

/** The profile of ISO 8601 that IAM names (https://www.w3.org/TR/NOTE-datetime); a time without a zone passes too. */
export function isDate(text: string): boolean {
  const [, year, month = '01', day = '01'] = dateForm.exec(text) ?? [];
  return year !== undefined && Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month));
}

/** None for a month that there is not. */
function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** ISO 8601, of seconds since 1970; nothing before that or beyond the year 9999. */
export function dateOfEpoch(seconds: number): string | undefined {
  if (!(seconds >= 0 && seconds < 253_402_300_800)) return undefined;
  let day = Math.floor(seconds / 86_400);
  let year = 1970;
  let month = 1;
  while (day >= daysIn(year, month)) {
    day -= daysIn(year, month);
    month = (month % 12) + 1;
    if (month === 1) year++;
  }
  const rest = Math.floor(seconds % 86_400);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${year}-${two(month)}-${two(day + 1)}T${two(rest / 3600)}:${two((rest % 3600) / 60)}:${two(rest % 60)}Z`;
}
