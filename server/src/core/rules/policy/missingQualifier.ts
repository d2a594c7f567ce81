import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { conditionsOf, isOnlyKey, renameOperator } from '../../policy/conditionValue';
import { defineRule } from '../rule';

export const missingQualifier = defineRule({
  id: 'policy/missing-qualifier',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'MISSING_QUALIFIER',
  docs: {
    what: 'a condition key of many values without `ForAllValues` or `ForAnyValue`',
    why: 'Keys such as `aws:TagKeys` have many values in one request. Without a qualifier, IAM does not say how each of them counts, and Access Analyzer calls it an error. `ForAnyValue` is met by one value that fits; `ForAllValues` wants all of them to fit, and is met by a request without the key.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": { "StringEquals": { "aws:TagKeys": "team" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": { "ForAnyValue:StringEquals": { "aws:TagKeys": "team" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('MISSING_QUALIFIER'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
    ],
  },
  check({ subject, catalog, report }) {
    for (const { statement, condition } of conditionsOf(subject)) {
      const { operator, key } = condition;
      if (operator.qualifier !== undefined || operator.family === undefined || operator.family === 'Null') continue;
      // EventBridge's own pages and AWS's policies compare the lists of an event pattern without a qualifier.
      if (/^events:/i.test(key.value) || !catalog?.conditionKey(key.value)?.type.startsWith('ArrayOf')) continue;
      const isAlone = isOnlyKey(statement.condition, condition);
      const qualified = (['ForAnyValue', 'ForAllValues'] as const).flatMap((qualifier) => {
        const edit = isAlone ? renameOperator(statement.condition, { ...operator, qualifier }, operator.name) : undefined;
        return edit === undefined ? [] : [{ title: `Add ${qualifier}`, kind: 'suggestion' as const, edits: [edit] }];
      });
      report({
        at: operator.node.span,
        message: `A request may have many values of ${key.value}. Say with ForAnyValue or ForAllValues which of them count.`,
        fixes: qualified,
      });
    }
  },
});
