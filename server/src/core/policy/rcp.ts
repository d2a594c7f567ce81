// Whose requests a statement of a resource control policy denies. AWS services make requests too, and the keys that tell where theirs come
// from are not those that tell it of users and roles (IAM User Guide, "AWS global condition context keys").

import { isIntrinsic } from './placeholder';
import type { ConditionKey, Statement } from './policy';

/** Keys of users and roles, which a request of an AWS service does not have, or not with a value of the organization. */
export const principalKeys = /^aws:(principal(orgid|orgpaths|account|arn|tag\/.+)|username)$/i;
/** Keys of the resource for which an AWS service makes a request, which no user or role has. */
export const sourceKeys = /^aws:source(orgid|orgpaths|account|arn)$/i;

/**
 * The first condition on one of some keys, where a request without the key is denied all the same: nothing in the statement asks for the
 * key, or says that it must be missing.
 */
export function deniesWithout(keys: RegExp, { effect, condition, conditions }: Statement): ConditionKey | undefined {
  if (effect !== 'Deny' || condition?.kind !== 'object') return undefined;
  const concerned = conditions.filter(({ key }) => keys.test(key.value));
  const isAllKnown = condition.members.every(({ value }) => value?.kind === 'object' && !isIntrinsic(value));
  return isAllKnown && concerned.every(isMetWithoutKey) ? concerned[0] : undefined;
}

function isMetWithoutKey({ operator: { family, qualifier, isNegated, hasIfExists } }: ConditionKey): boolean {
  if (family === undefined || family === 'Null') return false;
  return hasIfExists || qualifier === 'ForAllValues' || (isNegated && qualifier === undefined);
}

/** Which requests a statement is about, as far as it says so: those of AWS services, the others, or those of certain services. */
export function aboutServices({ conditions }: Statement): 'only' | 'never' | 'some' | undefined {
  const about = conditions.filter(({ key }) => /^aws:principal(isawsservice|servicename|servicenameslist)$/i.test(key.value));
  // Whether it is a service says it of all of them.
  const said = about.find(({ operator }) => operator.family === 'Bool') ?? about[0];
  if (said === undefined) return undefined;
  const texts = said.values.map((node) => ('value' in node ? String(node.value).toLowerCase() : ''));
  if (said.operator.family !== 'Bool' || texts.length !== 1) return 'some';
  return texts[0] === 'true' ? 'only' : texts[0] === 'false' ? 'never' : 'some';
}
