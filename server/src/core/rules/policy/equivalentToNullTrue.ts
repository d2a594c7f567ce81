import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { starConditions } from '../../policy/nullCondition';
import { defineRule } from '../rule';

export const equivalentToNullTrue = defineRule({
  id: 'policy/equivalent-to-null-true',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'EQUIVALENT_TO_NULL_TRUE',
  docs: {
    what: '`StringNotLike` with `*`, which only asks whether the request lacks the key',
    why: 'Every value fits `*`, so the condition holds just when the request has no such key. `Null` with `true` says that outright. The fix keeps what the condition matches.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "StringNotLike": { "aws:PrincipalTag/team": "*" } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "Null": { "aws:PrincipalTag/team": "true" } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('EQUIVALENT_TO_NULL_TRUE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null',
    ],
  },
  check({ subject, report }) {
    for (const { key, star, edits } of starConditions(subject, 'StringNotLike', 'true')) {
      report({
        at: star.node.span,
        message: `Every value fits "*", so the condition only asks whether the request lacks ${key.value}. Write "Null": { "${key.value}": "true" }.`,
        fixes: edits.length === 0 ? [] : [{ title: 'Use Null with "true"', kind: 'safe', edits }],
      });
    }
  },
});
