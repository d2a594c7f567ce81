import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { privateSourceIps } from '../../policy/sourceIp';
import { defineRule } from '../rule';

export const privateIpAddress = defineRule({
  id: 'policy/private-ip-address',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'PRIVATE_IP_ADDRESS',
  docs: {
    what: '`IpAddress` with private addresses alone for `aws:SourceIp`',
    why: '`aws:SourceIp` is the public address that a request comes from. Private ranges (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7) are never among those, so the condition never matches. Requests through a VPC endpoint have no `aws:SourceIp`; for those there are `aws:VpcSourceIp` and `aws:SourceVpc`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "IpAddress": { "aws:SourceIp": "10.0.0.0/8" } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "IpAddress": { "aws:SourceIp": ["203.0.113.0/24", "172.32.0.0/16"] } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('PRIVATE_IP_ADDRESS'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip',
    ],
  },
  check({ subject, report }) {
    for (const {
      hidden: [first],
      isAll,
      hasIfExists,
    } of privateSourceIps(subject, 'IpAddress')) {
      // IpAddressIfExists matches every request without the key, those through a VPC endpoint among them.
      if (!isAll || hasIfExists) continue;
      report({
        at: first.node.span,
        message:
          'aws:SourceIp is compared with private addresses alone, which no request from the internet has, so the condition never matches. Name public addresses, or use aws:VpcSourceIp.',
      });
    }
  },
});
