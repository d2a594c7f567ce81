import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { conditionsOf, isBoolean, knownValues } from '../../policy/conditionValue';
import { defineRule } from '../rule';

export const invalidConditionMultipleBoolean = defineRule({
  id: 'policy/invalid-condition-multiple-boolean',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_CONDITION_MULTIPLE_BOOLEAN',
  docs: {
    what: 'more than one value for a Boolean condition key',
    why: 'A key such as `aws:SecureTransport` is true or false. A list with both is met by every request that has the key; a list with one of them twice says it twice.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "Bool": { "aws:SecureTransport": ["true", "false"] } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "Bool": { "aws:SecureTransport": "true" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_CONDITION_MULTIPLE_BOOLEAN'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean',
    ],
  },
  check({ subject, report }) {
    for (const { statement, condition } of conditionsOf(subject)) {
      const { operator, key, member } = condition;
      if (operator.name !== 'Bool' || operator.qualifier !== undefined || member.value === undefined) continue;
      if (knownValues(statement, condition).filter(({ text }) => isBoolean(text)).length < 2) continue;
      report({ at: member.value.span, message: `${key.value} is compared with more than one Boolean value. Keep the one that is meant.` });
    }
  },
});
