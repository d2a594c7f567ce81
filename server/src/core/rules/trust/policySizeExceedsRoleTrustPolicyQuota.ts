import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { sizeBeyond, tooLong } from '../../policy/size';
import { defineRule } from '../rule';

export const policySizeExceedsRoleTrustPolicyQuota = defineRule({
  id: 'trust/policy-size-exceeds-role-trust-policy-quota',
  severity: 'warning',
  kinds: ['trust'],
  accessAnalyzer: 'POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA',
  docs: {
    what: 'a policy of more than 2,048 characters that says who may assume a role',
    why: 'Without white space a trust policy may have 2,048 characters, unless AWS has raised the quota of the account.',
    bad: [
      {
        syntax: 'json',
        text: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":[${Array.from({ length: 70 }, (_, i) => `"arn:aws:iam::${111122220000 + i}:root"`).join(',')}]},"Action":"sts:AssumeRole"}]}`,
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
    ],
  },
  check({ subject, quotas: { trustPolicy: limit }, report }) {
    // Where its place tells the kind, it is no warning but an error: emr/policy-size.
    const size = subject.isPlaced ? undefined : sizeBeyond(limit, subject.node);
    if (size === undefined) return;
    report({
      at: subject.statement.key.span,
      message: `${tooLong(size, 'a trust policy', limit)}. Shorten it, or have the quota raised.`,
    });
  },
});
