import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { conditionsOf, isNumber, knownValues } from '../../policy/conditionValue';
import { defineRule } from '../rule';

export const redundantConditionValueNum = defineRule({
  id: 'policy/redundant-condition-value-num',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'REDUNDANT_CONDITION_VALUE_NUM',
  docs: {
    what: 'several bounds under one numeric comparison, of which one decides',
    why: 'The values of a key are alternatives: less than 3600 or less than 7200 is less than 7200. The fix keeps the bound that decides, and so the meaning; that may be the looser one of two that were meant together.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "NumericLessThan": { "aws:MultiFactorAuthAge": ["3600", "7200"] } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "NumericLessThan": { "aws:MultiFactorAuthAge": "7200" } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('REDUNDANT_CONDITION_VALUE_NUM'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
    ],
  },
  check({ subject, text, report }) {
    for (const { statement, condition } of conditionsOf(subject)) {
      const bound = /^Numeric(Less|Greater)Than/.exec(condition.operator.name)?.[1];
      const array = condition.member.value;
      if (bound === undefined || array?.kind !== 'array' || array.items.length < 2) continue;
      const values = knownValues(statement, condition);
      if (values.length < array.items.length || !values.every(({ text: value }) => isNumber(value))) continue;
      const deciding = values.reduce((best, value) => ((bound === 'Less') === Number(value.text) > Number(best.text) ? value : best));
      report({
        at: array.span,
        message: `The bounds under ${condition.operator.name} are alternatives, so ${deciding.text} alone decides. Keep that one, or use two operators for a range.`,
        fixes: [
          {
            title: `Keep ${deciding.text}`,
            kind: 'safe',
            edits: [{ span: array.span, newText: text.slice(deciding.node.span.start, deciding.node.span.end) }],
          },
        ],
      });
    }
  },
});
