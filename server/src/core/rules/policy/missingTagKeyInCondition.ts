import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { keysWith } from '../../policy/conditionKeyName';
import { defineRule } from '../rule';

export const missingTagKeyInCondition = defineRule({
  id: 'policy/missing-tag-key-in-condition',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'MISSING_TAG_KEY_IN_CONDITION',
  docs: {
    what: '`aws:ResourceTag`, `aws:RequestTag` or `aws:PrincipalTag` without the key of a tag',
    why: 'These keys are named after a tag: `aws:ResourceTag/team`. Without it the key never has a value.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringEquals": { "aws:PrincipalTag": "data" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringEquals": { "aws:PrincipalTag/team": "data" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('MISSING_TAG_KEY_IN_CONDITION'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
    ],
  },
  check({ subject, catalog, report }) {
    for (const key of keysWith('no-tag-key', subject, catalog)) {
      report({
        at: key.span,
        message: `${key.value} lacks the key of the tag. Write ${key.value.replace(/\/$/, '')}/ and the key, as in aws:PrincipalTag/team.`,
      });
    }
  },
});
