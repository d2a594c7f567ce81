import { replaceValue } from '../../json/edit';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { valuesUnder } from '../../policy/conditionValue';
import { networkOf, parseIpRange, writeIpRange } from '../../policy/ipRange';
import { defineRule } from '../rule';

export const improveIpRange = defineRule({
  id: 'policy/improve-ip-range',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'IMPROVE_IP_RANGE',
  docs: {
    what: 'an address range with bits set beyond its mask',
    why: 'Of 203.0.113.7/24 only the first 24 bits count: it means the whole of 203.0.113.0/24, and reads as if it were one address. The fix writes the range by its first address and keeps what it matches.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.7/24" } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('IMPROVE_IP_RANGE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
    ],
  },
  check({ subject, report }) {
    for (const { node, text } of valuesUnder(subject, 'IpAddress')) {
      const range = parseIpRange(text);
      if (range === undefined || networkOf(range).address === range.address) continue;
      const canonical = writeIpRange(networkOf(range));
      report({
        at: node.span,
        message: `"${text}" has bits set beyond its mask, so it means all of ${canonical}. Write that, or the length of the mask that was meant.`,
        fixes: [{ title: `Write ${canonical}`, kind: 'safe', edits: [replaceValue(node, canonical)] }],
      });
    }
  },
});
