import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { parseArn } from '../../policy/arn';
import { conditionsOf, isOnlyKey, knownValues, renameOperator } from '../../policy/conditionValue';
import { defineRule } from '../rule';

export const stringLikeOperatorWithArnConditionKeys = defineRule({
  id: 'policy/string-like-operator-with-arn-condition-keys',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS',
  docs: {
    what: '`StringLike` with a key that holds an ARN',
    why: '`ArnLike` compares the six parts of an ARN one by one, so that a `*` stays in its part. In `StringLike` a `*` runs across the colons, and fits ARNs of other accounts and services than it seems to.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/data-*" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/data-*" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN',
    ],
  },
  check({ subject, catalog, report }) {
    for (const { statement, condition } of conditionsOf(subject)) {
      const { operator, key } = condition;
      if (operator.family !== 'String' || !operator.isLike) continue;
      if (!/^(ArrayOf)?ARN$/.test(catalog?.conditionKey(key.value)?.type ?? '')) continue;
      // Without a wildcard both operators compare the same; a star alone is no ARN to either.
      const values = knownValues(statement, condition);
      if (!values.some(({ text }) => /[*?]/.test(text) && text.startsWith('arn:'))) continue;
      const name = operator.isNegated ? 'ArnNotLike' : 'ArnLike';
      const areArns = values.length === condition.values.length && values.every(({ text }) => parseArn(text) !== undefined);
      const rename = areArns && isOnlyKey(statement.condition, condition) ? renameOperator(statement.condition, operator, name) : undefined;
      report({
        at: operator.node.span,
        message: `${key.value} is an ARN, and in ${operator.name} a wildcard runs across its parts. Use ${name}, which compares part by part.`,
        fixes: rename === undefined ? [] : [{ title: `Use ${name}`, kind: 'suggestion', edits: [rename] }],
      });
    }
  },
});
