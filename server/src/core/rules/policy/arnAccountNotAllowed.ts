import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { arnFaults } from '../../policy/arnFault';
import { defineRule } from '../rule';

export const arnAccountNotAllowed = defineRule({
  id: 'policy/arn-account-not-allowed',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'ARN_ACCOUNT_NOT_ALLOWED',
  docs: {
    what: 'an account in an ARN that has none',
    why: 'The ARNs of some resources have no account, those of S3 buckets and objects for example: their names are unique in the world. With an account in it the ARN fits nothing.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3::111122223333:my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [accessAnalyzerLink('ARN_ACCOUNT_NOT_ALLOWED'), 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
  },
  check({ subject, catalog, report }) {
    for (const fault of arnFaults(subject, catalog)) if (fault.code === 'ARN_ACCOUNT_NOT_ALLOWED') report(fault);
  },
});
