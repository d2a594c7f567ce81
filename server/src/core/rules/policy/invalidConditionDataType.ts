import { replaceValue } from '../../json/edit';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { conditionsOf } from '../../policy/conditionValue';
import { defineRule } from '../rule';

export const invalidConditionDataType = defineRule({
  id: 'policy/invalid-condition-data-type',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_CONDITION_DATA_TYPE',
  docs: {
    what: 'values of one condition key of different JSON types',
    why: 'Strings, numbers and booleans do not mix in the list of values of a condition key. The fix writes them all as strings, which IAM reads the same.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "StringEquals": { "aws:PrincipalTag/level": ["high", 5] } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "StringEquals": { "aws:PrincipalTag/level": ["high", "5"] } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_CONDITION_DATA_TYPE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html',
    ],
  },
  check({ subject, report }) {
    for (const { condition } of conditionsOf(subject)) {
      const values = condition.values.filter((node) => node.kind === 'string' || node.kind === 'number' || node.kind === 'boolean');
      const kinds = [...new Set(values.map(({ kind }) => kind))];
      const odd = values.find(({ kind }) => kind !== values[0]?.kind);
      if (odd === undefined) continue;
      report({
        at: odd.span,
        message: `The values of ${condition.key.value} are of different JSON types (${kinds.join(', ')}). Write them all as strings.`,
        fixes: [
          {
            title: 'Write all of them as strings',
            kind: 'suggestion',
            edits: values.flatMap((node) => (node.kind === 'string' ? [] : [replaceValue(node, String(node.value))])),
          },
        ],
      });
    }
  },
});
