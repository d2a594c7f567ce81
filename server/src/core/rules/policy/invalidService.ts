import { didYouMean, nearest } from '../../nearest';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { keysWith } from '../../policy/conditionKeyName';
import { defineRule } from '../rule';

export const invalidService = defineRule({
  id: 'policy/invalid-service',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_SERVICE',
  docs: {
    what: 'a condition key whose prefix is no service',
    why: 'What stands before the colon of a condition key is `aws`, the prefix of a service, or the domain of an issuer of tokens. It is not always the name that the console or the AWS CLI uses: `elasticmapreduce`, not `emr`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "elasticmapreduce:StopEditor", "Resource": "*", "Condition": { "StringEquals": { "elasticmapreduces:RequestTag/team": "data" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringEquals": { "aws:PrincipalTag/team": "data" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_SERVICE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
    ],
  },
  check({ subject, catalog, report }) {
    for (const key of keysWith('unknown-service', subject, catalog)) {
      const meant = nearest(key.value.slice(0, key.value.indexOf(':')), catalog?.servicePrefixes ?? []);
      report({
        at: key.span,
        message: `There is no service "${key.value.slice(0, key.value.indexOf(':'))}", so no request has the condition key ${key.value}.${didYouMean(meant)}`,
      });
    }
  },
});
