import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { conditionsOf, knownValues, renameOperator } from '../../policy/conditionValue';
import { hasWildcard } from '../../policy/wildcard';
import { defineRule } from '../rule';

/** There is none for the operators that ignore case. */
const likeOperators: ReadonlyMap<string, string> = new Map([
  ['StringEquals', 'StringLike'],
  ['StringNotEquals', 'StringNotLike'],
]);

export const wildcardWithoutLikeOperator = defineRule({
  id: 'policy/wildcard-without-like-operator',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'WILDCARD_WITHOUT_LIKE_OPERATOR',
  docs: {
    what: '`*` or `?` in a value under an operator that takes them literally',
    why: 'Only `StringLike`, `StringNotLike` and the ARN operators read `*` and `?` as patterns. `StringEquals` compares with the star itself, so the condition never matches, and `StringNotEquals` always does. A star that is meant is written `${*}`. The fix makes the operator a Like, which changes what the condition matches.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "StringEquals": { "aws:PrincipalTag/team": "data-*" } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "StringLike": { "aws:PrincipalTag/team": "data-*" } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('WILDCARD_WITHOUT_LIKE_OPERATOR'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
    ],
  },
  check({ subject, report }) {
    for (const { statement, condition } of conditionsOf(subject)) {
      const { operator } = condition;
      if (operator.family !== 'String' || operator.isLike) continue;
      const value = knownValues(statement, condition).find(({ text }) => hasWildcard(text));
      if (value === undefined) continue;
      const like = likeOperators.get(operator.name);
      const edit = like === undefined ? undefined : renameOperator(statement.condition, operator, like);
      report({
        at: value.node.span,
        message: `${operator.name} takes the wildcard in "${value.text}" literally. Use ${operator.isNegated ? 'StringNotLike' : 'StringLike'} for a pattern.`,
        fixes: edit === undefined ? [] : [{ title: `Use ${like}`, kind: 'suggestion', edits: [edit] }],
      });
    }
  },
});
