import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { emptyArrayConditions } from '../../policy/conditionValue';
import { defineRule } from '../rule';

export const emptyArrayConditionForallvalues = defineRule({
  id: 'policy/empty-array-condition-forallvalues',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'EMPTY_ARRAY_CONDITION_FORALLVALUES',
  docs: {
    what: '`ForAllValues` without values',
    why: 'With an empty list, `ForAllValues` holds only for requests that do not have the key. `Null` with `true` says that outright.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Deny", "Action": "ec2:CreateTags", "Resource": "*", "Condition": { "ForAllValues:StringEquals": { "aws:TagKeys": [] } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": { "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('EMPTY_ARRAY_CONDITION_FORALLVALUES'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
    ],
  },
  check({ subject, report }) {
    for (const { key, member } of emptyArrayConditions(subject, 'ForAllValues')) {
      report({
        at: (member.value ?? key).span,
        message: `ForAllValues with an empty list holds only for requests without ${key.value}. Write "Null": { "${key.value}": "true" }, or name values.`,
      });
    }
  },
});
