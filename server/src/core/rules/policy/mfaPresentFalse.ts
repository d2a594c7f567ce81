import { replaceValue } from '../../json/edit';
import { conditionsOf, isOnlyKey, renameOperator, valuesOfKey } from '../../policy/conditionValue';
import type { Policy } from '../../policy/policy';
import { defineRule } from '../rule';

export const mfaPresentFalse = defineRule({
  id: 'policy/mfa-present-false',
  severity: 'warning',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'boundary'],
  docs: {
    what: 'a condition on `aws:MultiFactorAuthPresent` that lets requests without multi-factor authentication through',
    why: 'Temporary credentials say whether MFA was used; long-term access keys do not say it at all. An Allow with `Bool` and `false` is for callers without MFA alone, and one with `BoolIfExists` and `true` lets long-term access keys through. A Deny with `Bool` and `false` lets them through too. To ask for MFA, allow with `Bool` and `true`, or deny with `BoolIfExists` and `false`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:DeleteObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "BoolIfExists": { "aws:MultiFactorAuthPresent": "true" } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:DeleteObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent',
      'https://repost.aws/knowledge-center/mfa-iam-user-aws-cli',
    ],
  },
  check({ subject, report }) {
    for (const { statement, condition, node, text } of valuesOfKey(subject, 'aws:multifactorauthpresent')) {
      const { operator } = condition;
      if (operator.family !== 'Bool') continue;
      if (statement.effect !== 'Allow') {
        if (statement.effect === undefined || operator.hasIfExists || !/^false$/i.test(text) || deniesWithoutMfa(subject)) continue;
        const isAlone = isOnlyKey(statement.condition, condition);
        const edit = isAlone ? renameOperator(statement.condition, { ...operator, hasIfExists: true }, 'Bool') : undefined;
        report({
          at: operator.node.span,
          message:
            'A Deny with Bool does not meet requests with long-term access keys, which do not say whether MFA was used. Use BoolIfExists.',
          fixes: edit === undefined ? [] : [{ title: 'Use BoolIfExists', kind: 'suggestion', edits: [edit] }],
        });
      } else if (/^false$/i.test(text)) {
        report({
          at: node.span,
          message: 'The statement allows requests without multi-factor authentication. Write "true" to ask for it.',
          fixes:
            condition.values.length > 1 || operator.hasIfExists
              ? []
              : [{ title: 'Write "true"', kind: 'suggestion', edits: [replaceValue(node, 'true')] }],
        });
      } else if (operator.hasIfExists) {
        const edit = renameOperator(statement.condition, { ...operator, hasIfExists: false }, 'Bool');
        report({
          at: operator.node.span,
          message: 'BoolIfExists lets requests with long-term access keys through, which do not say whether MFA was used. Use Bool.',
          fixes: edit === undefined ? [] : [{ title: 'Use Bool', kind: 'suggestion', edits: [edit] }],
        });
      }
    }
  },
});

/** Whether another Deny meets the requests that do not say whether MFA was used. */
function deniesWithoutMfa(policy: Policy): boolean {
  return conditionsOf(policy).some(
    ({ statement, condition: { key, operator } }) =>
      statement.effect === 'Deny' && operator.family === 'Null' && /^aws:multifactorauth(present|age)$/i.test(key.value),
  );
}
