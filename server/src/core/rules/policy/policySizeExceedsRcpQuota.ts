import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { compactSizeBeyond, tooLong } from '../../policy/size';
import { defineRule } from '../rule';

export const policySizeExceedsRcpQuota = defineRule({
  id: 'policy/policy-size-exceeds-rcp-quota',
  severity: 'error',
  kinds: ['rcp'],
  accessAnalyzer: 'POLICY_SIZE_EXCEEDS_RCP_QUOTA',
  docs: {
    what: 'a resource control policy of more than 5,120 characters',
    why: 'AWS Organizations refuses a resource control policy of more than 5,120 characters. White space outside of quotes is left out of account here, as it is where the console saves the policy; the AWS CLI and the SDKs save it as it is written, and then it counts.',
    bad: [
      {
        syntax: 'json',
        text: `{"Type":"RESOURCE_CONTROL_POLICY","Content":{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":[${Array.from({ length: 230 }, (_, i) => `"arn:aws:s3:::data-${10000 + i}"`).join(',')}]}]}}`,
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Type": "RESOURCE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": { "BoolIfExists": { "aws:SecureTransport": "false" } } }\n    ]\n  }\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('POLICY_SIZE_EXCEEDS_RCP_QUOTA'),
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html',
    ],
  },
  check({ subject: { node, statement }, report }) {
    const size = compactSizeBeyond(limit, node);
    if (size === undefined) return;
    report({
      at: statement.key.span,
      message: `${tooLong(size, 'a resource control policy', limit)}. Shorten it, or split it in two.`,
    });
  },
});

const limit = 5120;
