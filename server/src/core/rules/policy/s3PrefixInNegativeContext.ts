import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { conditionsOf, knownValues } from '../../policy/conditionValue';
import { defineRule } from '../rule';

export const s3PrefixInNegativeContext = defineRule({
  id: 'policy/s3-prefix-in-negative-context',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'S3_PREFIX_IN_NEGATIVE_CONTEXT',
  docs: {
    what: 'a list of forbidden prefixes, which a shorter prefix goes round',
    why: '`s3:prefix` is what the caller asks for, not what is listed. Whoever may not list `secret/` asks for `secret` or for no prefix at all and sees the same objects. Allow the prefixes that may be listed instead of denying the others.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Deny",\n      "Action": "s3:ListBucket",\n      "Resource": "arn:aws:s3:::my-data",\n      "Condition": { "StringLike": { "s3:prefix": "secret/*" } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:ListBucket",\n      "Resource": "arn:aws:s3:::my-data",\n      "Condition": { "StringLike": { "s3:prefix": "public/*" } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('S3_PREFIX_IN_NEGATIVE_CONTEXT'),
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html',
    ],
  },
  check({ subject, report }) {
    for (const { statement, condition } of conditionsOf(subject)) {
      const { name } = condition.operator;
      const isNegative =
        (statement.effect === 'Deny' && name === 'StringLike') || (statement.effect === 'Allow' && name === 'StringNotLike');
      if (!isNegative || condition.key.value.toLowerCase() !== 's3:prefix') continue;
      // No prefix is shorter than none, and none goes round a pattern of anything.
      const value = knownValues(statement, condition).find(({ text }) => !/^\**$/.test(text));
      if (value === undefined) continue;
      report({
        at: value.node.span,
        message: `A listing with a shorter prefix than "${value.text}" is not kept from showing the same objects. Allow the prefixes that may be listed instead.`,
      });
    }
  },
});
