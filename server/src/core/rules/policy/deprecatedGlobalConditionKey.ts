import { replaceValue } from '../../json/edit';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { keysWith } from '../../policy/conditionKeyName';
import { defineRule } from '../rule';

export const deprecatedGlobalConditionKey = defineRule({
  id: 'policy/deprecated-global-condition-key',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'DEPRECATED_GLOBAL_CONDITION_KEY',
  docs: {
    what: '`aws:ARN`',
    why: '`aws:ARN` is an old name. `aws:PrincipalArn` is the ARN of who asks, `aws:SourceArn` that of the resource on whose behalf a service asks.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "ArnLike": { "aws:ARN": "arn:aws:iam::111122223333:role/data" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/data" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('DEPRECATED_GLOBAL_CONDITION_KEY'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
    ],
  },
  check({ subject, catalog, report }) {
    for (const key of keysWith('deprecated', subject, catalog)) {
      const meant = ['aws:PrincipalArn', 'aws:SourceArn'];
      report({
        at: key.span,
        message:
          'aws:ARN is deprecated. Use aws:PrincipalArn for who asks, or aws:SourceArn for the resource on whose behalf a service asks.',
        fixes: meant.map((name) => ({ title: `Change to ${name}`, kind: 'suggestion', edits: [replaceValue(key, name)] })),
      });
    }
  },
});
