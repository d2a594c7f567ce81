import { removeMember } from '../../json/remove';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { textOf } from '../../tree/node';
import { defineRule } from '../rule';

export const emptySidValue = defineRule({
  id: 'policy/empty-sid-value',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'EMPTY_SID_VALUE',
  docs: {
    what: 'an empty `Sid`',
    why: 'It is allowed, and says nothing; `aws emr create-default-roles` writes one. A statement needs no `Sid`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Sid": "", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('EMPTY_SID_VALUE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html',
    ],
  },
  check({ subject, report }) {
    for (const { node, elements } of subject.statements) {
      const sid = elements.Sid;
      if (sid === undefined || textOf(sid.value) !== '') continue;
      report({
        at: sid.span,
        message: 'The Sid is empty, and says nothing. Give the statement a name, or remove it.',
        fixes: [{ title: 'Remove the empty Sid', kind: 'safe', edits: [removeMember(node, sid)] }],
      });
    }
  },
});
