import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { starConditions } from '../../policy/nullCondition';
import { defineRule } from '../rule';

export const equivalentToNullFalse = defineRule({
  id: 'policy/equivalent-to-null-false',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'EQUIVALENT_TO_NULL_FALSE',
  docs: {
    what: '`StringLike` with `*`, which only asks whether the request has the key',
    why: 'Every value fits `*`, so the condition holds just when the request has the key. `Null` with `false` says that outright. The fix keeps what the condition matches.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "StringLike": { "aws:PrincipalTag/team": "*" } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "Null": { "aws:PrincipalTag/team": "false" } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('EQUIVALENT_TO_NULL_FALSE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null',
    ],
  },
  check({ subject, report }) {
    for (const { key, star, edits } of starConditions(subject, 'StringLike', 'false')) {
      report({
        at: star.node.span,
        message: `Every value fits "*", so the condition only asks whether the request has ${key.value}. Write "Null": { "${key.value}": "false" }.`,
        fixes: edits.length === 0 ? [] : [{ title: 'Use Null with "false"', kind: 'safe', edits }],
      });
    }
  },
});
