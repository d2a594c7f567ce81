import { replaceValue } from '../../json/edit';
import { didYouMean } from '../../nearest';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { keysWith, similarKeys } from '../../policy/conditionKeyName';
import { defineRule } from '../rule';

export const invalidGlobalConditionKey = defineRule({
  id: 'policy/invalid-global-condition-key',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_GLOBAL_CONDITION_KEY',
  docs: {
    what: 'a global condition key that does not exist',
    why: 'Keys with the prefix `aws:` are those that IAM documents. A key that no request has makes a condition that is never met, or with a negated operator always.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringEquals": { "aws:PrincipalOrgIds": "o-1234567890" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringEquals": { "aws:PrincipalTag/team": "data" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_GLOBAL_CONDITION_KEY'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
    ],
  },
  check({ subject, catalog, report }) {
    for (const key of keysWith('unknown-global', subject, catalog)) {
      const meant = similarKeys(key.value, catalog);
      report({
        at: key.span,
        message: `There is no global condition key ${key.value}.${didYouMean(meant)}`,
        fixes: meant.map((name) => ({ title: `Change to ${name}`, kind: 'suggestion', edits: [replaceValue(key, name)] })),
      });
    }
  },
});
