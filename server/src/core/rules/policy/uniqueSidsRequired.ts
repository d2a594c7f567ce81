import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import type { StringNode } from '../../tree/node';
import { defineRule } from '../rule';

export const uniqueSidsRequired = defineRule({
  id: 'policy/unique-sids-required',
  severity: 'error',
  kinds: ['identity', 'inline-identity', 'boundary'],
  accessAnalyzer: 'UNIQUE_SIDS_REQUIRED',
  docs: {
    what: 'two statements of one `Sid`',
    why: 'In the policy of a user, a group or a role every `Sid` must be another one: IAM refuses the policy.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" },\n    { "Sid": "Read", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" },\n    { "Sid": "Write", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('UNIQUE_SIDS_REQUIRED'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html',
    ],
  },
  check({ subject, report }) {
    const first = new Map<string, StringNode>();
    for (const { elements } of subject.statements) {
      const sid = elements.Sid?.value;
      if (sid?.kind !== 'string' || sid.value === '') continue;
      const other = first.get(sid.value);
      if (other === undefined) first.set(sid.value, sid);
      else {
        report({
          at: sid.span,
          message: `The Sid "${sid.value}" stands in the policy twice: IAM refuses the policy. Give each statement another one.`,
          related: [{ span: other.span, message: 'The first one.' }],
        });
      }
    }
  },
});
