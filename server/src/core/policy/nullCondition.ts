// Conditions that compare with `*`, which every value fits: they ask only whether the request has the key, or not even that.

import type { Catalog } from '../catalog/catalog';
import { replaceValue } from '../json/edit';
import { removeMember } from '../json/remove';
import type { Edit } from '../text';
import { member, type StringNode } from '../tree/node';
import { conditionsOf, holdsWithoutKey, isOnlyKey, type KnownValue, knownValues, renameOperator } from './conditionValue';
import { looseValuesOf } from './looseValue';
import type { ConditionKey, Policy, Statement } from './policy';

interface StarCondition {
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
    const { operator, key, member: entry } = condition;
    // With a qualifier an empty list of values counts differently; StringLikeIfExists with * matches everything.
    if (operator.name !== operatorName || operator.qualifier !== undefined) return [];
    if (operator.hasIfExists && !operator.isNegated) return [];
    const star = starOf(statement, condition);
    // Where a star is dangerous, that is what is said of it.
    if (star === undefined || entry.value === undefined || looseValuesOf(statement, condition).length > 0) return [];
    const toNull = { ...operator, hasIfExists: false };
    const rename = isOnlyKey(statement.condition, condition) ? renameOperator(statement.condition, toNull, 'Null') : undefined;
    return [{ key, star, edits: rename === undefined ? [] : [rename, replaceValue(entry.value, isMissing)] }];
  });
}

/** Those that a request without the key meets too. */
export function alwaysMet(policy: Policy, catalog: Catalog | undefined): readonly StarCondition[] {
  return conditionsOf(policy).flatMap(({ statement, condition }) => {
    const { operator, key } = condition;
    if (operator.name !== 'StringLike' || holdsWithoutKey(statement, condition) !== true) return [];
    const star = starOf(statement, condition);
    // ForAllValues in an Allow, with a key of one value, is a finding of its own.
    const isAmbiguous = operator.qualifier === 'ForAllValues' && statement.effect === 'Allow' && !isMultiValued(key.value, catalog);
    return star === undefined || isAmbiguous ? [] : [{ key, star, edits: withoutCondition(statement, condition) }];
  });
}

/** Those that ask for a value that does not fit. */
export function neverMet(policy: Policy): readonly Omit<StarCondition, 'edits'>[] {
  return conditionsOf(policy).flatMap(({ statement, condition }) => {
    if (condition.operator.name !== 'StringNotLike' || condition.operator.qualifier !== 'ForAnyValue') return [];
    const star = condition.operator.hasIfExists ? undefined : starOf(statement, condition);
    return star === undefined ? [] : [{ key: condition.key, star }];
  });
}

function starOf(statement: Statement, condition: ConditionKey): KnownValue | undefined {
  return knownValues(statement, condition).find(({ text }) => /^\*+$/.test(text));
}

/** As far as it is known; a key that is not documented may have several. */
export function isMultiValued(key: string, catalog: Catalog | undefined): boolean {
  return catalog?.conditionKey(key)?.type.startsWith('ArrayOf') !== false;
}

/** With its operator, and the whole element, where nothing else is in them. */
function withoutCondition({ node }: Statement, { operator, member: own }: ConditionKey): readonly Edit[] {
  const element = member(node, 'Condition');
  if (element?.value?.kind !== 'object') return [];
  const block = element.value.members.find(({ key }) => key === operator.node);
  if (block?.value?.kind !== 'object') return [];
  if (block.value.members.length > 1) return [removeMember(block.value, own)];
  return [element.value.members.length > 1 ? removeMember(element.value, block) : removeMember(node, element)];
}
