import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { conditionsOf, renameOperator } from '../../policy/conditionValue';
import { defineRule } from '../rule';

export const nullWithQualifier = defineRule({
  id: 'policy/null-with-qualifier',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'NULL_WITH_QUALIFIER',
  docs: {
    what: '`Null` with `ForAllValues` or `ForAnyValue`',
    why: '`Null` asks whether a key is there, and a qualifier asks about each of its values. With `ForAllValues` the condition holds always, with `ForAnyValue` never, whatever the request.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": { "ForAllValues:Null": { "aws:TagKeys": "true" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": { "Null": { "aws:TagKeys": "false" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('NULL_WITH_QUALIFIER'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null',
    ],
  },
  check({ subject, report }) {
    const seen = new Set<unknown>();
    for (const { statement, condition } of conditionsOf(subject)) {
      const { operator } = condition;
      if (operator.name !== 'Null' || operator.qualifier === undefined || seen.has(operator.node)) continue;
      seen.add(operator.node);
      const rename = renameOperator(statement.condition, { ...operator, qualifier: undefined }, 'Null');
      report({
        at: operator.node.span,
        message:
          'With a qualifier, Null is the same for every request: ForAllValues makes it always true, ForAnyValue never. Write "Null".',
        fixes: rename === undefined ? [] : [{ title: 'Use Null alone', kind: 'suggestion', edits: [rename] }],
      });
    }
  },
});
