// The audience of a token, `aud`, where its issuer is known to name one alone.

import type { Edit } from '../text';
import { conditionsOf, isOnlyKey, renameOperator } from './conditionValue';
import type { ConditionKey, Policy, Statement } from './policy';

interface QualifiedAudience {
  readonly statement: Statement;
  readonly condition: ConditionKey;
  /** To the operator without its qualifier. None where that would change what other keys are compared with. */
  readonly edits: readonly Edit[];
}

/** The conditions that compare it with `ForAllValues` or `ForAnyValue`, as if it were a list. */
export function qualifiedAudiences(policy: Policy): readonly QualifiedAudience[] {
  return conditionsOf(policy).flatMap(({ statement, condition }) => {
    const { operator, key } = condition;
    if (operator.qualifier === undefined || operator.family !== 'String' || !singleAudience.test(key.value)) return [];
    const plain = { ...operator, qualifier: undefined };
    const rename = isOnlyKey(statement.condition, condition) ? renameOperator(statement.condition, plain, operator.name) : undefined;
    return [{ statement, condition, edits: rename === undefined ? [] : [rename] }];
  });
}

/** Of other issuers the claim may be a list. */
const singleAudience =
  /^(saml|accounts\.google\.com|cognito-identity\.amazonaws\.com|token\.actions\.githubusercontent\.com(\/[^:]+)?|oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\/id\/\w+):aud$/i;
