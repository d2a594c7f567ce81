import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { arnFaults } from '../../policy/arnFault';
import { defineRule } from '../rule';

export const invalidArnResource = defineRule({
  id: 'policy/invalid-arn-resource',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_ARN_RESOURCE',
  docs: {
    what: 'an ARN whose last part is like none of its service',
    why: 'The last part of an ARN says what kind of resource it is, in the form that the service has for it: `role/name` for a role, not `roles/name`. An ARN of another form fits nothing. Only services whose resources all have documented forms are judged.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam::111122223333:roles/data" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam::111122223333:role/data" }\n  ]\n}\n',
      },
    ],
    references: [accessAnalyzerLink('INVALID_ARN_RESOURCE'), 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
  },
  check({ subject, catalog, report }) {
    for (const fault of arnFaults(subject, catalog)) if (fault.code === 'INVALID_ARN_RESOURCE') report(fault);
  },
});
