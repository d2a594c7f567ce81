import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { conditionsOf } from '../../policy/conditionValue';
import type { Statement } from '../../policy/policy';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const missingPairedConditionKeys = defineRule({
  id: 'policy/missing-paired-condition-keys',
  severity: 'warning',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'MISSING_PAIRED_CONDITION_KEYS',
  docs: {
    what: 'a private address in a condition without its VPC',
    why: 'Two networks may use the same private addresses. `aws:VpcSourceIp` says little without `aws:SourceVpc`, `aws:SourceVpce` or `aws:SourceVpcArn`, and `aws:Ec2InstanceSourcePrivateIPv4` without `aws:Ec2InstanceSourceVpc`: somebody with the same address in another VPC passes.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "IpAddress": { "aws:VpcSourceIp": "10.0.0.0/16" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "IpAddress": { "aws:VpcSourceIp": "10.0.0.0/16" }, "StringEquals": { "aws:SourceVpc": "vpc-0123456789abcdef0" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('MISSING_PAIRED_CONDITION_KEYS'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpcsourceip',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-ec2instancesourceprivateip4',
    ],
  },
  check({ subject, report }) {
    for (const { statement, condition } of conditionsOf(subject)) {
      const { operator, key } = condition;
      if (operator.family !== 'IpAddress') continue;
      const partners = partnersOf.get(key.value.toLowerCase());
      // Where the condition takes away, the addresses of others are no danger.
      if (partners === undefined || statement.effect !== (operator.isNegated ? 'Deny' : 'Allow')) continue;
      const names = partners.map((partner) => partner.toLowerCase());
      const isPaired = ({ conditions }: Statement): boolean => conditions.some((other) => names.includes(other.key.value.toLowerCase()));
      // A Deny by VPC guards the statements beside it; beside a Deny by address, so does an Allow.
      const others = subject.statements.filter(({ effect }) => effect === 'Deny' || statement.effect === 'Deny');
      if (isPaired(statement) || others.some(isPaired)) continue;
      report({
        at: key.span,
        message: `Other VPCs may use the same addresses as ${key.value} names. Add a condition on ${listed(partners, String).replace(' and ', ' or ')}.`,
      });
    }
  },
});

const partnersOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws:vpcsourceip', ['aws:SourceVpc', 'aws:SourceVpce', 'aws:SourceVpcArn']],
  ['aws:ec2instancesourceprivateipv4', ['aws:Ec2InstanceSourceVpc']],
]);
