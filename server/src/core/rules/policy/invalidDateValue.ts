import { replaceValue } from '../../json/edit';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { dateOfEpoch, isEpoch, valuesUnder } from '../../policy/conditionValue';
import { defineRule } from '../rule';

export const invalidDateValue = defineRule({
  id: 'policy/invalid-date-value',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_DATE_VALUE',
  docs: {
    what: 'seconds since 1970 under a date operator',
    why: 'IAM reads a number under a date operator as seconds since the beginning of 1970, which nobody can check by eye, and milliseconds give a date many thousand years ahead. A date as ISO 8601 writes it says what is meant. The fix is a suggestion, because a number of thirteen digits is taken for milliseconds.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "DateLessThan": { "aws:CurrentTime": "1782777600" } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "DateLessThan": { "aws:CurrentTime": "2026-06-30T00:00:00Z" } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_DATE_VALUE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
    ],
  },
  check({ subject, report }) {
    for (const { node, text } of valuesUnder(subject, 'Date')) {
      if (!isEpoch(text)) continue;
      // Thirteen digits are milliseconds: as seconds they would be of a year far beyond 9999.
      const date = dateOfEpoch(text.length >= 13 ? Number(text) / 1000 : Number(text));
      report({
        at: node.span,
        message: `"${text}" is a number of seconds or milliseconds, which may not mean the date that was thought of. Write a date like 2026-06-30T00:00:00Z.`,
        fixes: date === undefined ? [] : [{ title: `Write ${date}`, kind: 'suggestion', edits: [replaceValue(node, date)] }],
      });
    }
  },
});
