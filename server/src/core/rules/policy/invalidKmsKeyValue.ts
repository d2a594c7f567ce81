import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { valuesOfKey } from '../../policy/conditionValue';
import { hasWildcard } from '../../policy/wildcard';
import { defineRule } from '../rule';

export const invalidKmsKeyValue = defineRule({
  id: 'policy/invalid-kms-key-value',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_KMS_KEY_VALUE',
  docs: {
    what: 'a value of `s3:x-amz-server-side-encryption-aws-kms-key-id` that is no ARN of a KMS key',
    why: 'S3 compares this key with the ARN of the KMS key. The id of a key alone, an alias, or the ARN of an alias never matches, so that an upload with the right key is refused, or one with any other key let through. Patterns of a Like operator are left alone.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:PutObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "StringEquals": { "s3:x-amz-server-side-encryption-aws-kms-key-id": "alias/my-data" } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:PutObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "StringEquals": { "s3:x-amz-server-side-encryption-aws-kms-key-id": "arn:aws:kms:eu-central-1:111122223333:key/12345678-1234-1234-1234-123456789012" } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_KMS_KEY_VALUE'),
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
    ],
  },
  check({ subject, report }) {
    for (const { condition, node, text } of valuesOfKey(subject, 's3:x-amz-server-side-encryption-aws-kms-key-id')) {
      const { family } = condition.operator;
      if ((family !== 'String' && family !== 'Arn') || hasWildcard(text) || /^arn:[^:]+:kms:[^:]+:\d{12}:key\/.+$/.test(text)) continue;
      report({
        at: node.span,
        message: `"${text}" is not the ARN of a KMS key, which S3 compares with. Write it like arn:aws:kms:eu-central-1:111122223333:key/KEY-ID.`,
      });
    }
  },
});
