import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { arnFaults } from '../../policy/arnFault';
import { defineRule } from '../rule';

export const invalidArnServiceCase = defineRule({
  id: 'policy/invalid-arn-service-case',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_ARN_SERVICE_CASE',
  docs: {
    what: 'capitals in the service of an ARN',
    why: 'The parts of an ARN are compared with regard to case, and those of services are in lower case. The resource fits nothing.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:S3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [accessAnalyzerLink('INVALID_ARN_SERVICE_CASE'), 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
  },
  check({ subject, catalog, report }) {
    for (const fault of arnFaults(subject, catalog)) if (fault.code === 'INVALID_ARN_SERVICE_CASE') report(fault);
  },
});
