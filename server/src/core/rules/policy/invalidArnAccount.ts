import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { arnFaults } from '../../policy/arnFault';
import { defineRule } from '../rule';

export const invalidArnAccount = defineRule({
  id: 'policy/invalid-arn-account',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_ARN_ACCOUNT',
  docs: {
    what: 'an account that does not have twelve digits',
    why: 'The ID of an account is twelve digits, leading zeros and all, without hyphens. A number in YAML or a spreadsheet loses its zeros.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam::11112222333:role/data" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam::111122223333:role/data" }\n  ]\n}\n',
      },
    ],
    references: [accessAnalyzerLink('INVALID_ARN_ACCOUNT'), 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
  },
  check({ subject, catalog, report }) {
    for (const fault of arnFaults(subject, catalog)) if (fault.code === 'INVALID_ARN_ACCOUNT') report(fault);
  },
});
