import { isRegion, regions } from '../../awsconfig/known';
import { replaceValue } from '../../json/edit';
import { nearest } from '../../nearest';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { valuesOfKey } from '../../policy/conditionValue';
import { hasWildcard } from '../../policy/wildcard';
import { defineRule } from '../rule';

/** The keys that hold a region, in lower case. */
const regionKeys = ['aws:requestedregion', 'ec2:region', 'aws:ec2instancesourceregion'];

export const invalidRegion = defineRule({
  id: 'policy/invalid-region',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_REGION',
  docs: {
    what: 'a value of `aws:RequestedRegion` that is no code of a region',
    why: 'The code of a region is written like eu-central-1: lower case, with a number at the end, and without the letter of an Availability Zone. A value of another form never matches. Codes of that form are not compared with a list, because new regions come every year.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "StringEquals": { "aws:RequestedRegion": "eu-central-1a" } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "StringEquals": { "aws:RequestedRegion": ["eu-central-1", "us-gov-west-1"] } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_REGION'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion',
    ],
  },
  check({ subject, report }) {
    for (const { condition, node, text } of valuesOfKey(subject, ...regionKeys)) {
      const { family, name } = condition.operator;
      // A pattern may stand for many regions; what is not a String operator is another rule's matter.
      if (family !== 'String' || hasWildcard(text) || isRegion(name.endsWith('IgnoreCase') ? text.toLowerCase() : text)) continue;
      const near = nearest(text, regions);
      report({
        at: node.span,
        message: `"${text}" is not the code of a region. Write one like ${near[0] ?? 'eu-central-1'}.`,
        fixes: near.map((region) => ({ title: `Write ${region}`, kind: 'suggestion', edits: [replaceValue(node, region)] })),
      });
    }
  },
});
