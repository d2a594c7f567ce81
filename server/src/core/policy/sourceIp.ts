// The private addresses that conditions compare aws:SourceIp with. A request from the internet never has one of them.

import { conditionsOf, type KnownValue, knownValues } from './conditionValue';
import { isPrivate, parseIpRange } from './ipRange';
import type { Policy } from './policy';

interface PrivateAddresses {
  /** At least one, in source order. */
  readonly hidden: readonly [KnownValue, ...KnownValue[]];
  /** Whether every value of the condition is one of them. */
  readonly isAll: boolean;
  /** Whether the others are known to be addresses too. */
  readonly isOfAddresses: boolean;
  readonly hasIfExists: boolean;
}

export function privateSourceIps(policy: Policy, operator: 'IpAddress' | 'NotIpAddress'): readonly PrivateAddresses[] {
  return conditionsOf(policy).flatMap(({ statement, condition }) => {
    if (condition.operator.name !== operator || condition.key.value.toLowerCase() !== 'aws:sourceip') return [];
    const known = knownValues(statement, condition).map((value) => ({ value, range: parseIpRange(value.text) }));
    const [first, ...others] = known.filter(({ range }) => range !== undefined && isPrivate(range)).map(({ value }) => value);
    if (first === undefined) return [];
    const isOfAddresses = known.length === condition.values.length && known.every(({ range }) => range !== undefined);
    const isAll = others.length + 1 === condition.values.length;
    return [{ hidden: [first, ...others], isAll, isOfAddresses, hasIfExists: condition.operator.hasIfExists }];
  });
}
