import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import type { StringNode } from '../../tree/node';
import { defineRule } from '../rule';

export const uniqueSidsRecommended = defineRule({
  id: 'policy/unique-sids-recommended',
  severity: 'warning',
  kinds: ['trust', 'resource'],
  accessAnalyzer: 'UNIQUE_SIDS_RECOMMENDED',
  docs: {
    what: 'two statements of one `Sid` in a trust policy or a resource policy',
    why: 'IAM accepts the same `Sid` twice in these policies, but messages and tools name statements by it.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Sid": "Read", "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" },\n    { "Sid": "Read", "Effect": "Allow", "Principal": { "Service": "elasticmapreduce.amazonaws.com" }, "Action": "sts:AssumeRole" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Sid": "Read", "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" },\n    { "Sid": "Write", "Effect": "Allow", "Principal": { "Service": "elasticmapreduce.amazonaws.com" }, "Action": "sts:AssumeRole" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('UNIQUE_SIDS_RECOMMENDED'),
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
          message: `The Sid "${sid.value}" stands in the policy twice: it is not plain which one a message means. Give each statement another one.`,
          related: [{ span: other.span, message: 'The first one.' }],
        });
      }
    }
  },
});
