import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { isDate, isEpoch, valuesUnder } from '../../policy/conditionValue';
import { defineRule } from '../rule';

export const typeMismatchDate = defineRule({
  id: 'policy/type-mismatch-date',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'TYPE_MISMATCH_DATE',
  docs: {
    what: 'a value that is no date under a date operator',
    why: 'A date operator reads dates as ISO 8601 writes them: 2026-06-30, or 2026-06-30T12:00:00Z. With any other text the condition never matches.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "DateLessThan": { "aws:CurrentTime": "June 30, 2026" } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "DateLessThan": { "aws:CurrentTime": "2026-06-30T00:00:00Z" } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('TYPE_MISMATCH_DATE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
    ],
  },
  check({ subject, report }) {
    for (const { node, text } of valuesUnder(subject, 'Date')) {
      if (isDate(text) || isEpoch(text)) continue;
      report({
        at: node.span,
        message: `"${text}" is not a date as ISO 8601 writes it. Write it like 2026-06-30T00:00:00Z.`,
      });
    }
  },
});
