import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { isNumber, valuesUnder } from '../../policy/conditionValue';
import { defineRule } from '../rule';

export const typeMismatchNumber = defineRule({
  id: 'policy/type-mismatch-number',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'TYPE_MISMATCH_NUMBER',
  docs: {
    what: 'a value that is no number under a numeric operator',
    why: 'A numeric operator compares integers and decimal numbers. With any other text the condition never matches.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "NumericLessThan": { "aws:MultiFactorAuthAge": "1 hour" } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "NumericLessThan": { "aws:MultiFactorAuthAge": "3600" } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('TYPE_MISMATCH_NUMBER'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
    ],
  },
  check({ subject, report }) {
    for (const { condition, node, text } of valuesUnder(subject, 'Numeric')) {
      if (isNumber(text)) continue;
      report({
        at: node.span,
        message: `"${text}" is not a number, which is what ${condition.operator.name} compares. Write digits alone.`,
      });
    }
  },
});
