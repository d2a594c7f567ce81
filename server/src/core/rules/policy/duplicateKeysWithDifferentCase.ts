import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { defineRule } from '../rule';

export const duplicateKeysWithDifferentCase = defineRule({
  id: 'policy/duplicate-keys-with-different-case',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'DUPLICATE_KEYS_WITH_DIFFERENT_CASE',
  docs: {
    what: 'a condition key twice in one operator, in different letter case',
    why: 'Names of condition keys are compared without regard to case, so IAM takes the two for one key and refuses the policy, or one of them is lost. A list of values under one key says what is meant.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringEquals": { "aws:PrincipalTag/team": "data", "AWS:principaltag/team": "web" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringEquals": { "aws:PrincipalTag/team": ["data", "web"] } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('DUPLICATE_KEYS_WITH_DIFFERENT_CASE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
    ],
  },
  check({ subject, report }) {
    for (const { conditions } of subject.statements) {
      for (const [i, { operator, key }] of conditions.entries()) {
        const first = conditions
          .slice(0, i)
          .find((other) => other.operator.node === operator.node && other.key.value.toLowerCase() === key.value.toLowerCase());
        // The same key in the same letters is a matter of JSON (policy/duplicate-key).
        if (first === undefined || first.key.value === key.value) continue;
        report({
          at: key.span,
          message: `${key.value} is the same condition key as ${first.key.value}; letter case makes no difference. Put the values into one list.`,
        });
      }
    }
  },
});
