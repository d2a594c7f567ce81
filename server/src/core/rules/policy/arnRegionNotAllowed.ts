import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { arnFaults } from '../../policy/arnFault';
import { defineRule } from '../rule';

export const arnRegionNotAllowed = defineRule({
  id: 'policy/arn-region-not-allowed',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'ARN_REGION_NOT_ALLOWED',
  docs: {
    what: 'a Region in an ARN that has none',
    why: 'The ARNs of global services such as IAM, and of S3 buckets, have no Region. With one in it the ARN fits nothing.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam:us-east-1:111122223333:role/data" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam::111122223333:role/data" }\n  ]\n}\n',
      },
    ],
    references: [accessAnalyzerLink('ARN_REGION_NOT_ALLOWED'), 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
  },
  check({ subject, catalog, report }) {
    for (const fault of arnFaults(subject, catalog)) if (fault.code === 'ARN_REGION_NOT_ALLOWED') report(fault);
  },
});
