// The private addresses that a condition compares aws:SourceIp with. A request from the internet never has one of them.

import { type KnownValue, knownValues } from './conditionValue';
import { isPrivate, parseIpRange } from './ipRange';
import type { ConditionKey, Statement } from './policy';

export function privateSourceIps(statement: Statement, condition: ConditionKey, operator: string): readonly KnownValue[] {
  if (condition.operator.name !== operator || condition.key.value.toLowerCase() !== 'aws:sourceip') return [];
  return knownValues(statement, condition).filter(({ text }) => {
    const range = parseIpRange(text);
    return range !== undefined && isPrivate(range);
  });
}

/** Whether each value is known to be an address or a range. */
export function isOfAddresses(statement: Statement, condition: ConditionKey): boolean {
  const known = knownValues(statement, condition);
  return known.length === condition.values.length && known.every(({ text }) => parseIpRange(text) !== undefined);
}
