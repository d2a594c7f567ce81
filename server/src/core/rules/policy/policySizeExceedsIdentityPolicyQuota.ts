import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { sizeBeyond, tooLong } from '../../policy/size';
import { defineRule } from '../rule';

export const policySizeExceedsIdentityPolicyQuota = defineRule({
  id: 'policy/policy-size-exceeds-identity-policy-quota',
  severity: 'warning',
  kinds: ['identity', 'boundary'],
  accessAnalyzer: 'POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA',
  docs: {
    what: 'a policy of more than 6,144 characters',
    why: 'Without white space a managed policy may have 6,144 characters. An inline policy of a role may have more: all of them together 10,240.',
    bad: [
      {
        syntax: 'json',
        text: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":[${Array.from({ length: 282 }, (_, i) => `"arn:aws:s3:::data-${10000 + i}/*"`).join(',')}]}]}`,
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
    ],
  },
  check({ subject, quotas: { managedPolicy: limit }, report }) {
    // Where its place tells the kind, it is no warning but an error: emr/policy-size.
    const size = subject.isPlaced ? undefined : sizeBeyond(limit, subject.node);
    if (size === undefined) return;
    report({
      at: subject.statement.key.span,
      message: `${tooLong(size, 'a managed policy', limit)}. Shorten it, or split it in two.`,
    });
  },
});
