import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { conditionsOf, renameOperator } from '../../policy/conditionValue';
import { defineRule } from '../rule';

export const nullWithIfExists = defineRule({
  id: 'policy/null-with-if-exists',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'NULL_WITH_IF_EXISTS',
  docs: {
    what: '`Null` with `IfExists`',
    why: '`Null` asks whether a key is there; `IfExists` says to pass when it is not. Together they say nothing, and IAM refuses the policy.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "NullIfExists": { "aws:PrincipalTag/team": "false" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "Null": { "aws:PrincipalTag/team": "false" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('NULL_WITH_IF_EXISTS'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null',
    ],
  },
  check({ subject, report }) {
    const seen = new Set<unknown>();
    for (const { statement, condition } of conditionsOf(subject)) {
      const { operator } = condition;
      if (operator.name !== 'Null' || !operator.hasIfExists || seen.has(operator.node)) continue;
      seen.add(operator.node);
      const rename = renameOperator(statement.condition, { ...operator, hasIfExists: false }, 'Null');
      report({
        at: operator.node.span,
        message: 'IfExists does nothing sensible after Null, which itself asks whether the key exists. Write "Null".',
        fixes: rename === undefined ? [] : [{ title: 'Use Null alone', kind: 'suggestion', edits: [rename] }],
      });
    }
  },
});
