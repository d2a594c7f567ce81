import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { emptyArrayConditions } from '../../policy/conditionValue';
import { defineRule } from '../rule';

export const emptyArrayCondition = defineRule({
  id: 'policy/empty-array-condition',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'EMPTY_ARRAY_CONDITION',
  docs: {
    what: 'a condition key without values',
    why: 'An empty list compares with nothing, and what IAM makes of it is not what anybody would guess from reading it.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringEquals": { "aws:PrincipalTag/team": [] } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringEquals": { "aws:PrincipalTag/team": ["data"] } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('EMPTY_ARRAY_CONDITION'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
    ],
  },
  check({ subject, report }) {
    for (const { key, member } of emptyArrayConditions(subject, 'plain')) {
      report({ at: (member.value ?? key).span, message: `The condition on ${key.value} lists no value. Name one, or take the key out.` });
    }
  },
});
