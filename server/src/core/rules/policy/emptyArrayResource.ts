import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { defineRule } from '../rule';

export const emptyArrayResource = defineRule({
  id: 'policy/empty-array-resource',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'EMPTY_ARRAY_RESOURCE',
  docs: {
    what: 'an empty list for `Resource`',
    why: 'A statement with no resources is about nothing, and grants or denies nothing.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": [] }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('EMPTY_ARRAY_RESOURCE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html',
    ],
  },
  check({ subject, report }) {
    for (const { elements } of subject.statements) {
      for (const name of ['Resource', 'NotResource'] as const) {
        const found = elements[name];
        if (found?.value?.kind !== 'array' || found.value.items.length > 0) continue;
        report({
          at: found.span,
          message: `${name} is empty, so that the statement is about nothing. Name resources, or remove the statement.`,
        });
      }
    }
  },
});
