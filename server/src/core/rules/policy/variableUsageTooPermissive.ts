import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { looseValues } from '../../policy/looseValue';
import { defineRule } from '../rule';

export const variableUsageTooPermissive = defineRule({
  id: 'policy/variable-usage-too-permissive',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'VARIABLE_USAGE_TOO_PERMISSIVE',
  docs: {
    what: 'a variable in a key where it may make the value fit anything',
    why: 'Tags, names and claims in a variable are set by others, so in a key that holds the ID of an account, an organization, a VPC or an endpoint they open what the condition is to close. In `aws:userid` a variable stands after the colon, or for all that is before it. What IAM itself sets is fine: `aws:ResourceAccount` may be compared with `${aws:PrincipalAccount}`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringEquals": { "aws:ResourceAccount": "${aws:PrincipalTag/account}" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringEquals": { "aws:ResourceAccount": "${aws:PrincipalAccount}" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('VARIABLE_USAGE_TOO_PERMISSIVE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sensitive',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html',
    ],
  },
  check({ subject, report }) {
    for (const { condition, node, by, advice } of looseValues(subject)) {
      if (by !== 'variable') continue;
      report({
        at: node.span,
        message: `What the variable in "${node.value}" stands for is set by others, and may make ${condition.key.value} fit. ${advice}`,
      });
    }
  },
});
