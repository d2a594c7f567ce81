import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { tagKeysWithNotAction } from '../../policy/unsupportedKey';
import { defineRule } from '../rule';

export const allowNotactionWithUnsupportedTagConditionKeyForService = defineRule({
  id: 'policy/allow-notaction-with-unsupported-tag-condition-key-for-service',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
  docs: {
    what: 'an Allow by tags of all actions but some',
    why: 'Many actions do not support `aws:ResourceTag`, `aws:RequestTag` or `aws:TagKeys`. A condition on these keys does not hold for them, so an Allow with `NotAction` gives fewer rights than it seems to.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "NotAction": ["iam:*", "organizations:*"], "Resource": "*", "Condition": { "StringEquals": { "aws:ResourceTag/team": "data" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "ec2:StartInstances", "Resource": "*", "Condition": { "StringEquals": { "aws:ResourceTag/team": "data" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/introduction_attribute-based-access-control.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html',
    ],
  },
  check({ subject, report }) {
    for (const { key } of tagKeysWithNotAction(subject, 'Allow')) {
      report({
        at: key.span,
        message: `Many actions do not have ${key.value}, and the statement allows none of them. Name the actions that are meant in Action.`,
      });
    }
  },
});
