// Conditions in words.

import { textOf } from '../tree/node';
import type { ConditionKey } from './policy';

/** Of the operators that are no comparison with "is". */
const relations: Readonly<Record<string, string>> = {
  StringNotEquals: 'is not',
  StringNotEqualsIgnoreCase: 'is not',
  StringLike: 'is like',
  StringNotLike: 'is not like',
  NumericNotEquals: 'is not',
  NumericLessThan: 'is less than',
  NumericLessThanEquals: 'is at most',
  NumericGreaterThan: 'is greater than',
  NumericGreaterThanEquals: 'is at least',
  DateNotEquals: 'is not',
  DateLessThan: 'is before',
  DateLessThanEquals: 'is at or before',
  DateGreaterThan: 'is after',
  DateGreaterThanEquals: 'is at or after',
  IpAddress: 'is in',
  NotIpAddress: 'is not in',
  ArnEquals: 'is like',
  ArnLike: 'is like',
  ArnNotEquals: 'is not like',
  ArnNotLike: 'is not like',
};

const mostValues = 5;

/** As in: `aws:SourceAccount` is `111122223333` and `aws:SourceArn` is like … @param write what makes a name stand out. */
export function conditionsInWords(conditions: readonly ConditionKey[], write: (name: string) => string): string {
  return [...new Set(conditions.map((condition) => inWords(condition, write)))].join(' and ');
}

function inWords({ operator, key, values }: ConditionKey, write: (name: string) => string): string {
  const { name, qualifier, hasIfExists } = operator;
  const texts = values.map((value) => textOf(value) ?? ('value' in value ? String(value.value) : '…'));
  const which = qualifier === undefined ? write(key.value) : `${qualifier === 'ForAllValues' ? 'every' : 'a'} value of ${write(key.value)}`;
  if (name === 'Null') return `${which} is ${texts[0]?.toLowerCase() === 'true' ? 'absent' : 'there'}`;
  const shown = texts.slice(0, mostValues).map(write).join(' or ');
  const more = texts.length > mostValues ? ` or ${texts.length - mostValues} more` : '';
  return `${which} ${relations[name] ?? 'is'} ${shown}${more}${hasIfExists ? ', where there is one' : ''}`;
}
