// Conditions that compare with `*`, which every value fits: they ask only whether the request has the key.

import { replaceValue } from '../json/edit';
import type { Edit } from '../text';
import type { StringNode } from '../tree/node';
import { conditionsOf, isOnlyKey, type KnownValue, knownValues, renameOperator } from './conditionValue';
import type { Policy } from './policy';

export interface StarCondition {
  readonly key: StringNode;
  readonly star: KnownValue;
  /** To `Null`, which asks the same outright. None where it would change what other keys are compared with. */
  readonly edits: readonly Edit[];
}

/** @param isMissing what `Null` compares with: `"true"` for the key being absent. */
export function starConditions(
  policy: Policy,
  operatorName: 'StringLike' | 'StringNotLike',
  isMissing: 'true' | 'false',
): readonly StarCondition[] {
  return conditionsOf(policy).flatMap(({ statement, condition }) => {
    const { operator, key, member } = condition;
    // With a qualifier an empty list of values counts differently; StringLikeIfExists with * matches everything.
    if (operator.name !== operatorName || operator.qualifier !== undefined) return [];
    if (operator.hasIfExists && !operator.isNegated) return [];
    const star = knownValues(statement, condition).find(({ text }) => /^\*+$/.test(text));
    if (star === undefined || member.value === undefined) return [];
    const toNull = { ...operator, hasIfExists: false };
    const rename = isOnlyKey(statement.condition, condition) ? renameOperator(statement.condition, toNull, 'Null') : undefined;
    return [{ key, star, edits: rename === undefined ? [] : [rename, replaceValue(member.value, isMissing)] }];
  });
}
