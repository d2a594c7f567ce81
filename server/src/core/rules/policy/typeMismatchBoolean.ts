import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { isBoolean, valuesUnder } from '../../policy/conditionValue';
import { defineRule } from '../rule';

export const typeMismatchBoolean = defineRule({
  id: 'policy/type-mismatch-boolean',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'TYPE_MISMATCH_BOOLEAN',
  docs: {
    what: 'a value other than `true` and `false` under `Bool` or `Null`',
    why: 'These operators know two values, true and false. With any other one the condition never matches, so an Allow allows nothing and a Deny denies nothing; nobody says so when the policy is saved.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "Bool": { "aws:SecureTransport": "yes" } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "Bool": { "aws:SecureTransport": "true" } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('TYPE_MISMATCH_BOOLEAN'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
    ],
  },
  check({ subject, report }) {
    for (const { condition, node, text } of valuesUnder(subject, 'Bool', 'Null')) {
      if (isBoolean(text)) continue;
      report({
        at: node.span,
        message: `"${text}" is neither true nor false, which is all that ${condition.operator.name} compares with. Write "true" or "false".`,
      });
    }
  },
});
