import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { keysWith } from '../../policy/conditionKeyName';
import { defineRule } from '../rule';

export const invalidConditionKeyFormat = defineRule({
  id: 'policy/invalid-condition-key-format',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_CONDITION_KEY_FORMAT',
  docs: {
    what: 'a condition key that is not of the form `prefix:name`',
    why: 'Every condition key has a prefix, `aws` for global keys or that of a service, a colon and a name. IAM refuses others.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringEquals": { "PrincipalTag": "data" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringEquals": { "aws:PrincipalTag/team": "data" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_CONDITION_KEY_FORMAT'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
    ],
  },
  check({ subject, catalog, report }) {
    for (const key of keysWith('format', subject, catalog)) {
      report({
        at: key.span,
        message: `"${key.value}" is no condition key. A key is a prefix, a colon and a name, as in aws:PrincipalTag/team or s3:prefix.`,
      });
    }
  },
});
