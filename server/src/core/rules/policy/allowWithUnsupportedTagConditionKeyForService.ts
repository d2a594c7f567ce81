import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { unsupportedTagKeys } from '../../policy/unsupportedKey';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const allowWithUnsupportedTagConditionKeyForService = defineRule({
  id: 'policy/allow-with-unsupported-tag-condition-key-for-service',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
  docs: {
    what: 'an Allow by tags of actions that have no tags to compare',
    why: 'A condition on `aws:ResourceTag`, `aws:RequestTag` or `aws:TagKeys` does not hold for an action that does not support the key, so the action is not allowed, however the resource is tagged. What an action supports is taken from the service authorization reference, which is younger than the examples on the page of the check.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": ["ec2:StartInstances", "ec2:DescribeInstances"], "Resource": "*", "Condition": { "StringEquals": { "aws:ResourceTag/team": "data" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "ec2:StartInstances", "Resource": "*", "Condition": { "StringEquals": { "aws:ResourceTag/team": "data" } } },\n    { "Effect": "Allow", "Action": "ec2:DescribeInstances", "Resource": "*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE'),
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/introduction_attribute-based-access-control.html',
    ],
  },
  check({ subject, catalog, report }) {
    if (catalog === undefined) return;
    for (const { condition, actions } of unsupportedTagKeys(subject, catalog, 'Allow')) {
      const names = listed(actions.map(({ value }) => value));
      report({
        at: condition.key.span,
        message: `Requests for ${names} are not known to have ${condition.key.value}, without which the statement does not allow them. Move these actions to a statement without the condition.`,
        related: actions.slice(0, 5).map(({ span }) => ({ span, message: 'This action does not have the key.' })),
      });
    }
  },
});
