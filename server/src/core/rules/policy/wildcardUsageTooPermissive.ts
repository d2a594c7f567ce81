import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { looseValues } from '../../policy/looseValue';
import { defineRule } from '../rule';

export const wildcardUsageTooPermissive = defineRule({
  id: 'policy/wildcard-usage-too-permissive',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'WILDCARD_USAGE_TOO_PERMISSIVE',
  docs: {
    what: 'a wildcard in a key where it may fit anything',
    why: 'No part of the ID of an account, an organization, a VPC or an endpoint means anything, so a pattern of one fits strangers too. The IDs of organizational units are unique only within their organization. `aws:userid` is `ID:session`: a wildcard that leaves part of the ID open fits other users and roles. Values are looked at where fitting more gives more rights: in an Allow, or negated in a Deny.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringLike": { "aws:PrincipalOrgID": "o-a1b2*" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringLike": { "aws:userid": "AROAEXAMPLEIDOFAROLE1:*" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('WILDCARD_USAGE_TOO_PERMISSIVE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sensitive',
    ],
  },
  check({ subject, report }) {
    for (const { condition, node, by, advice } of looseValues(subject)) {
      if (by !== 'wildcard') continue;
      report({
        at: node.span,
        message: `With the wildcard in "${node.value}", ${condition.key.value} may be that of somebody else. ${advice}`,
      });
    }
  },
});
