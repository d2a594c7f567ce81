import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { privateSourceIps } from '../../policy/sourceIp';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const privateIpAddressSubset = defineRule({
  id: 'policy/private-ip-address-subset',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'PRIVATE_IP_ADDRESS_SUBSET',
  docs: {
    what: 'private addresses beside others in `IpAddress` for `aws:SourceIp`',
    why: '`aws:SourceIp` is the public address that a request comes from. Private ranges (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7) are never among those, so they do nothing in the list. Take them out, or compare `aws:VpcSourceIp` with them.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "IpAddress": { "aws:SourceIp": ["203.0.113.0/24", "10.0.0.0/8"] } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "IpAddress": { "aws:SourceIp": ["203.0.113.0/24", "172.32.0.0/16"] } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('PRIVATE_IP_ADDRESS_SUBSET'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip',
    ],
  },
  check({ subject, report }) {
    for (const { hidden, isAll, isOfAddresses } of privateSourceIps(subject, 'IpAddress')) {
      if (isAll || !isOfAddresses) continue;
      report({
        at: hidden[0].node.span,
        message: `aws:SourceIp is never a private address, such as ${listed(hidden.map(({ text }) => text))} here. Take these out, or compare aws:VpcSourceIp with them.`,
      });
    }
  },
});
