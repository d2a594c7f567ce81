import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { emptyArrayConditions } from '../../policy/conditionValue';
import { defineRule } from '../rule';

export const emptyArrayConditionForanyvalue = defineRule({
  id: 'policy/empty-array-condition-foranyvalue',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'EMPTY_ARRAY_CONDITION_FORANYVALUE',
  docs: {
    what: '`ForAnyValue` without values',
    why: 'With an empty list, `ForAnyValue` never holds, so the statement does nothing.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": { "ForAnyValue:StringEquals": { "aws:TagKeys": [] } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": { "ForAnyValue:StringEquals": { "aws:TagKeys": ["team"] } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('EMPTY_ARRAY_CONDITION_FORANYVALUE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
    ],
  },
  check({ subject, report }) {
    for (const { key, member } of emptyArrayConditions(subject, 'ForAnyValue')) {
      report({
        at: (member.value ?? key).span,
        message: `ForAnyValue with an empty list never holds. Name values for ${key.value}, or take the statement out.`,
      });
    }
  },
});
