import { replaceValue } from '../../json/edit';
import { didYouMean } from '../../nearest';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { keysWith, similarKeys } from '../../policy/conditionKeyName';
import { defineRule } from '../rule';

export const invalidServiceConditionKey = defineRule({
  id: 'policy/invalid-service-condition-key',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_SERVICE_CONDITION_KEY',
  docs: {
    what: 'a condition key that its service does not have',
    why: 'A key that no request has makes a condition that is never met, or with a negated operator always. Keys that AWS itself still uses in its managed policies are never reported.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::my-data", "Condition": { "StringEquals": { "s3:prefixes": "a/" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::my-data", "Condition": { "StringEquals": { "s3:prefix": "a/" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_SERVICE_CONDITION_KEY'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
    ],
  },
  check({ subject, catalog, report }) {
    for (const key of keysWith('unknown-in-service', subject, catalog)) {
      const meant = similarKeys(key.value, catalog);
      report({
        at: key.span,
        message: `There is no condition key ${key.value}.${didYouMean(meant)}`,
        fixes: meant.map((name) => ({ title: `Change to ${name}`, kind: 'suggestion', edits: [replaceValue(key, name)] })),
      });
    }
  },
});
