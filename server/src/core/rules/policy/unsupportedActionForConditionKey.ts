import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { unsupportedServiceKeys } from '../../policy/unsupportedKey';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const unsupportedActionForConditionKey = defineRule({
  id: 'policy/unsupported-action-for-condition-key',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'UNSUPPORTED_ACTION_FOR_CONDITION_KEY',
  docs: {
    what: 'an action whose requests never have the condition key of its statement',
    why: 'A key of a service belongs to some of its actions. For the others the condition holds never, or with a negated operator always, whatever the values are: `s3:GetObject` limited by `s3:prefix` is not allowed at all. Actions with wildcards, operators with `IfExists`, and services whose tables of keys have gaps are left alone.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetBucketLocation"], "Resource": "arn:aws:s3:::my-data", "Condition": { "StringLike": { "s3:prefix": "public/*" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::my-data", "Condition": { "StringLike": { "s3:prefix": "public/*" } } },\n    { "Effect": "Allow", "Action": "s3:GetBucketLocation", "Resource": "arn:aws:s3:::my-data" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('UNSUPPORTED_ACTION_FOR_CONDITION_KEY'),
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
    ],
  },
  check({ subject, catalog, report }) {
    if (catalog === undefined) return;
    for (const { statement, condition, actions, holds } of unsupportedServiceKeys(subject, catalog)) {
      const names = listed(actions.map(({ value }) => value));
      const verb = statement.effect === 'Deny' ? 'deny' : 'allow';
      const effect = holds ? 'so the condition holds for all of them' : `so the statement does not ${verb} them`;
      report({
        at: condition.key.span,
        message: `Requests for ${names} never have ${condition.key.value}, ${effect}. Move these actions to a statement without the condition.`,
        related: actions.slice(0, 5).map(({ span }) => ({ span, message: 'This action does not have the key.' })),
      });
    }
  },
});
