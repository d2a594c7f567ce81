import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { arnFaults } from '../../policy/arnFault';
import { defineRule } from '../rule';

export const missingArnField = defineRule({
  id: 'policy/missing-arn-field',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'MISSING_ARN_FIELD',
  docs: {
    what: 'an ARN with a part missing',
    why: 'An ARN has six parts, between five colons: `arn:partition:service:region:account:resource`. Parts may be empty, but their colons stay: an S3 bucket is `arn:aws:s3:::my-data`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3::my-data" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::my-data" }\n  ]\n}\n',
      },
    ],
    references: [accessAnalyzerLink('MISSING_ARN_FIELD'), 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
  },
  check({ subject, catalog, report }) {
    for (const fault of arnFaults(subject, catalog)) if (fault.code === 'MISSING_ARN_FIELD') report(fault);
  },
});
