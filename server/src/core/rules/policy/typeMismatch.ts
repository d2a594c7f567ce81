import type { KeyType } from '../../catalog/catalog';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { conditionsOf, isOnlyKey, knownValues, renameOperator } from '../../policy/conditionValue';
import type { OperatorFamily } from '../../policy/operator';
import { hasWildcard } from '../../policy/wildcard';
import { defineRule } from '../rule';

/** Of each family the operators for equal and unequal, where a String operator has one to be replaced with. */
const equalOperators: Readonly<Partial<Record<OperatorFamily, readonly [equal: string, unequal?: string]>>> = {
  Bool: ['Bool'],
  Numeric: ['NumericEquals', 'NumericNotEquals'],
  IpAddress: ['IpAddress', 'NotIpAddress'],
};

export const typeMismatch = defineRule({
  id: 'policy/type-mismatch',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'TYPE_MISMATCH',
  docs: {
    what: 'a condition operator that does not compare what its key holds',
    why: 'Each condition key holds values of one type, and each family of operators compares one: addresses with `IpAddress`, dates with `DateLessThan`, true and false with `Bool`. With an operator of another family the condition may never match, or match by the letters of a value instead of its meaning. String operators are taken for ARN keys too, and for tags every operator, because the service data say nothing of the types of tags.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "StringEquals": { "aws:SecureTransport": "true" } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "Bool": { "aws:SecureTransport": "true" } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('TYPE_MISMATCH'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
    ],
  },
  check({ subject, catalog, report }) {
    if (catalog === undefined) return;
    for (const { statement, condition } of conditionsOf(subject)) {
      const { operator, key } = condition;
      const info = catalog.conditionKey(key.value);
      if (info === undefined || operator.family === undefined || operator.family === 'Null' || key.value.includes('/')) continue;
      const fitting = fittingFamilies(info.key, info.type);
      if (fitting.length === 0 || fitting.includes(operator.family)) continue;
      const [family] = fitting;
      const known = knownValues(statement, condition);
      const name = family === undefined ? undefined : equalOperators[family]?.[operator.isNegated ? 1 : 0];
      const isEqual = /^String(Not)?(Equals|Like)/.test(operator.name) && !known.some(({ text }) => hasWildcard(text));
      const edit =
        name !== undefined && isEqual && isOnlyKey(statement.condition, condition)
          ? renameOperator(statement.condition, operator, name)
          : undefined;
      report({
        at: key.span,
        message: `${operator.name} does not compare what ${key.value} holds (${info.type}). Use an operator of the family ${fitting.join(' or ')}.`,
        fixes: edit === undefined ? [] : [{ title: `Use ${name}`, kind: 'suggestion', edits: [edit] }],
      });
    }
  },
});

/** The families for the values of a key. None for keys of text: what those hold is not known well enough. */
function fittingFamilies(key: string, type: KeyType): readonly OperatorFamily[] {
  // Seconds since 1970: the user guide takes both.
  if (key.toLowerCase() === 'aws:epochtime') return ['Date', 'Numeric'];
  switch (type) {
    case 'Bool':
    case 'ArrayOfBool':
      return ['Bool'];
    case 'Numeric':
      return ['Numeric'];
    case 'Date':
      return ['Date'];
    case 'IPAddress':
      return ['IpAddress'];
    case 'ARN':
    case 'ArrayOfARN':
      return ['Arn', 'String'];
    default:
      return [];
  }
}
