import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { valuesUnder } from '../../policy/conditionValue';
import { parseIpRange } from '../../policy/ipRange';
import { defineRule } from '../rule';

export const typeMismatchIpRange = defineRule({
  id: 'policy/type-mismatch-ip-range',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'TYPE_MISMATCH_IP_RANGE',
  docs: {
    what: 'a value that is no address or CIDR range under `IpAddress` or `NotIpAddress`',
    why: 'These operators compare with an address, such as 203.0.113.7, or a range in CIDR notation, such as 203.0.113.0/24 or 2001:db8::/32. IAM does not take wildcards, names, or masks such as 255.255.255.0 there.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.*" } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "IpAddress": { "aws:SourceIp": ["203.0.113.0/24", "203.0.113.7", "2001:db8::/32"] } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('TYPE_MISMATCH_IP_RANGE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
    ],
  },
  check({ subject, report }) {
    for (const { node, text } of valuesUnder(subject, 'IpAddress')) {
      if (parseIpRange(text) !== undefined) continue;
      report({
        at: node.span,
        message: `"${text}" is neither an IP address nor a range of addresses in CIDR notation. Write it like 203.0.113.0/24.`,
      });
    }
  },
});
