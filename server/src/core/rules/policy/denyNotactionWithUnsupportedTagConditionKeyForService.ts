import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { tagKeysWithNotAction } from '../../policy/unsupportedKey';
import { defineRule } from '../rule';

export const denyNotactionWithUnsupportedTagConditionKeyForService = defineRule({
  id: 'policy/deny-notaction-with-unsupported-tag-condition-key-for-service',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
  docs: {
    what: 'a Deny by tags of all actions but some',
    why: 'Many actions do not support `aws:ResourceTag`, `aws:RequestTag` or `aws:TagKeys`. A condition on these keys does not hold for them, so a Deny with `NotAction` lets them through, those included that AWS adds later.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Deny", "NotAction": "iam:GetUser", "Resource": "*", "Condition": { "StringEquals": { "aws:ResourceTag/team": "payroll" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Deny", "Action": "ec2:TerminateInstances", "Resource": "*", "Condition": { "StringEquals": { "aws:ResourceTag/team": "payroll" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/introduction_attribute-based-access-control.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html',
    ],
  },
  check({ subject, report }) {
    for (const { key } of tagKeysWithNotAction(subject, 'Deny')) {
      report({
        at: key.span,
        message: `Many actions do not have ${key.value}, and the statement denies none of them. Name the actions that are meant in Action.`,
      });
    }
  },
});
