import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { compactSizeBeyond, tooLong } from '../../policy/size';
import { defineRule } from '../rule';

export const policySizeExceedsScpQuota = defineRule({
  id: 'policy/policy-size-exceeds-scp-quota',
  severity: 'error',
  kinds: ['scp'],
  accessAnalyzer: 'POLICY_SIZE_EXCEEDS_SCP_QUOTA',
  docs: {
    what: 'a service control policy of more than 10,240 characters',
    why: 'AWS Organizations refuses a service control policy of more than 10,240 characters (5,120 until May 2026). White space outside of quotes is left out of account here, as it is where the console saves the policy; the AWS CLI and the SDKs save it as it is written, and then it counts.',
    bad: [
      {
        syntax: 'json',
        text: `{"Type":"SERVICE_CONTROL_POLICY","Content":{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":[${Array.from({ length: 450 }, (_, i) => `"arn:aws:s3:::data-${10000 + i}"`).join(',')}]}]}}`,
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Type": "SERVICE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Deny", "Action": "organizations:LeaveOrganization", "Resource": "*" }\n    ]\n  }\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('POLICY_SIZE_EXCEEDS_SCP_QUOTA'),
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html',
    ],
  },
  check({ subject: { node, statement }, report }) {
    const size = compactSizeBeyond(limit, node);
    if (size === undefined) return;
    report({
      at: statement.key.span,
      message: `${tooLong(size, 'a service control policy', limit)}. Shorten it, or split it in two.`,
    });
  },
});

const limit = 10240;
