import { insertBefore } from '../../json/edit';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { member } from '../../tree/node';
import { defineRule } from '../rule';

export const missingVersion = defineRule({
  id: 'policy/missing-version',
  severity: 'warning',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'MISSING_VERSION',
  docs: {
    what: 'a policy without a `Version`',
    why: 'Without it IAM takes the policy for one of the version 2008-10-17, in which a policy variable such as `${aws:username}` is plain text: the statement then matches nothing, or the wrong thing, and says nothing about it. The fix writes 2012-10-17; where the policy contains `${`, that changes what the text means, so there it is a suggestion.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('MISSING_VERSION'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html',
    ],
  },
  check({ subject, text, report }) {
    // An AWS::Events::EventBusPolicy holds a statement, and no policy around it.
    if (member(subject.node, 'Version') !== undefined || member(subject.node, 'StatementId') !== undefined) return;
    const first = subject.node.members[0] ?? subject.statement;
    const hasVariables = text.slice(subject.node.span.start, subject.node.span.end).includes('${');
    report({
      at: subject.statement.key.span,
      message: 'The policy has no Version, so IAM reads it as of 2008-10-17, without policy variables. Add "Version": "2012-10-17".',
      fixes: [
        {
          title: 'Add "Version": "2012-10-17"',
          kind: hasVariables ? 'suggestion' : 'safe',
          edits: [insertBefore(text, first, 'Version', '2012-10-17')],
        },
      ],
    });
  },
});
