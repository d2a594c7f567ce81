import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { arnFaults } from '../../policy/arnFault';
import { defineRule } from '../rule';

export const missingArnAccount = defineRule({
  id: 'policy/missing-arn-account',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'MISSING_ARN_ACCOUNT',
  docs: {
    what: 'an ARN without the account that it needs',
    why: 'Most resources belong to an account, which is the fifth part of their ARNs. With nothing in its place the ARN fits nothing; a `*` stands for any account.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1::jobs" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:jobs" }\n  ]\n}\n',
      },
    ],
    references: [accessAnalyzerLink('MISSING_ARN_ACCOUNT'), 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
  },
  check({ subject, catalog, report }) {
    for (const fault of arnFaults(subject, catalog)) if (fault.code === 'MISSING_ARN_ACCOUNT') report(fault);
  },
});
