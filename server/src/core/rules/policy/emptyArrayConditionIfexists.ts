import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { emptyArrayConditions } from '../../policy/conditionValue';
import { defineRule } from '../rule';

export const emptyArrayConditionIfexists = defineRule({
  id: 'policy/empty-array-condition-ifexists',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'EMPTY_ARRAY_CONDITION_IFEXISTS',
  docs: {
    what: '`…IfExists` without values',
    why: 'With an empty list, an operator with `IfExists` holds only for requests that do not have the key. `Null` with `true` says that outright.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringEqualsIfExists": { "aws:PrincipalTag/team": [] } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringEqualsIfExists": { "aws:PrincipalTag/team": ["a"] } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('EMPTY_ARRAY_CONDITION_IFEXISTS'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
    ],
  },
  check({ subject, report }) {
    for (const { key, member } of emptyArrayConditions(subject, 'IfExists')) {
      report({
        at: (member.value ?? key).span,
        message: `IfExists with an empty list holds only for requests without ${key.value}. Write "Null": { "${key.value}": "true" }, or name values.`,
      });
    }
  },
});
