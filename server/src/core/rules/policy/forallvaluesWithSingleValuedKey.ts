import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { knownValues, renameOperator } from '../../policy/conditionValue';
import { isMultiValued } from '../../policy/nullCondition';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const forallvaluesWithSingleValuedKey = defineRule({
  id: 'policy/forallvalues-with-single-valued-key',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'FORALLVALUES_WITH_SINGLE_VALUED_KEY',
  docs: {
    what: '`ForAllValues` with a key that has one value',
    why: '`ForAllValues` is met by every request that does not have the key. With a key of one value it adds nothing but that, so a statement that allows something allows it to requests without the key. A second condition, `Null` with `false`, closes the gap too.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "ForAllValues:StringEquals": { "aws:PrincipalTag/team": "data" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": { "ForAllValues:StringEquals": { "aws:TagKeys": "team" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('FORALLVALUES_WITH_SINGLE_VALUED_KEY'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
    ],
  },
  check({ subject, catalog, report }) {
    for (const statement of subject.statements) {
      if (statement.effect !== 'Allow' || statement.conditions.length === 0) continue;
      const { condition: element, conditions } = statement;
      const required = new Set(
        conditions
          .filter(({ operator }) => operator.name === 'Null')
          .filter((condition) => knownValues(statement, condition).every(({ text }) => text.toLowerCase() === 'false'))
          .map(({ key }) => key.value.toLowerCase()),
      );
      for (const operator of new Set(conditions.map((condition) => condition.operator))) {
        if (operator.qualifier !== 'ForAllValues' || operator.name === 'Null') continue;
        const own = conditions.filter((condition) => condition.operator === operator && condition.values.length > 0);
        const single = own.filter(({ key }) => !isMultiValued(key.value, catalog) && !required.has(key.value.toLowerCase()));
        if (single.length === 0) continue;
        const rename =
          single.length === own.length ? renameOperator(element, { ...operator, qualifier: undefined }, operator.name) : undefined;
        const keys = listed(
          single.map(({ key }) => key.value),
          String,
        );
        report({
          at: operator.node.span,
          message: `Each request has at most one value of ${keys}, so ForAllValues only lets through requests that have none. Leave it out.`,
          fixes: rename === undefined ? [] : [{ title: 'Leave out ForAllValues', kind: 'suggestion', edits: [rename] }],
        });
      }
    }
  },
});
