import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { valuesUnder } from '../../policy/conditionValue';
import { defineRule } from '../rule';

export const typeMismatchString = defineRule({
  id: 'policy/type-mismatch-string',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'TYPE_MISMATCH_STRING',
  docs: {
    what: 'a value that is not base64 under `BinaryEquals`',
    why: '`BinaryEquals` decodes its values from base64 and compares bytes. A text that is not base64 decodes to nothing, so the condition never matches.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "BinaryEquals": { "aws:PrincipalTag/token": "my token!" } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "BinaryEquals": { "aws:PrincipalTag/token": "QmluYXJ5VmFsdWVJbkJhc2U2NA==" } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('TYPE_MISMATCH_STRING'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
    ],
  },
  check({ subject, report }) {
    for (const { condition, node, text } of valuesUnder(subject, 'Binary')) {
      if (isBase64(text)) continue;
      report({
        at: node.span,
        message: `"${text}" is not base64, which ${condition.operator.name} decodes. Write the bytes in base64, or compare the text with StringEquals.`,
      });
    }
  },
});

/** RFC 4648, with its padding. */
function isBase64(text: string): boolean {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);
}
