import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { valuesOfKey } from '../../policy/conditionValue';
import { hasWildcard } from '../../policy/wildcard';
import { defineRule } from '../rule';

export const invalidVpcFormat = defineRule({
  id: 'policy/invalid-vpc-format',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_VPC_FORMAT',
  docs: {
    what: 'a value of `aws:SourceVpc` that is no id of a VPC',
    why: 'The id is `vpc-` and eight or seventeen letters and digits. With any other text the condition never matches, or, negated, always does.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "StringEquals": { "aws:SourceVpc": "vpc-123" } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "StringEquals": { "aws:SourceVpc": "vpc-0123456789abcdef0" } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_VPC_FORMAT'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcevpc',
    ],
  },
  check({ subject, report }) {
    for (const { condition, node, text } of valuesOfKey(subject, 'aws:sourcevpc')) {
      if (condition.operator.family !== 'String' || hasWildcard(text) || /^vpc-([0-9a-z]{8}|[0-9a-z]{17})$/i.test(text)) continue;
      report({
        at: node.span,
        message: `"${text}" is not the id of a VPC. Write vpc- and its eight or seventeen letters and digits.`,
      });
    }
  },
});
