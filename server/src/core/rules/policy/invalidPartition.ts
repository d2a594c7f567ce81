import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { arnFaults } from '../../policy/arnFault';
import { defineRule } from '../rule';

export const invalidPartition = defineRule({
  id: 'policy/invalid-partition',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_PARTITION',
  docs: {
    what: 'a partition that does not exist',
    why: 'The second part of an ARN is the partition: `aws`, `aws-cn` in the China regions, `aws-us-gov` in GovCloud, or one of the isolated and sovereign ones. A Region is no partition.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws-china:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws-cn:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [accessAnalyzerLink('INVALID_PARTITION'), 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
  },
  check({ subject, catalog, report }) {
    for (const fault of arnFaults(subject, catalog)) if (fault.code === 'INVALID_PARTITION') report(fault);
  },
});
