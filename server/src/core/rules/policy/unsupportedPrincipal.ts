import { removeMember } from '../../json/remove';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { defineRule } from '../rule';

export const unsupportedPrincipal = defineRule({
  id: 'policy/unsupported-principal',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'boundary'],
  accessAnalyzer: 'UNSUPPORTED_PRINCIPAL',
  docs: {
    what: '`Principal` in a policy of a user, group or role',
    why: 'Whoever a policy is attached to is its principal. IAM refuses an identity policy with a `Principal`. Only policies of a known place are judged, for example those of an inline policy; a policy alone in a file that has a `Principal` is taken for one of a resource.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "RoleName": "data",\n  "PolicyName": "read",\n  "PolicyDocument": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n    ]\n  }\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "RoleName": "data",\n  "PolicyName": "read",\n  "PolicyDocument": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n    ]\n  }\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('UNSUPPORTED_PRINCIPAL'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    ],
  },
  check({ subject, report }) {
    for (const { node, elements } of subject.statements) {
      for (const name of ['Principal', 'NotPrincipal'] as const) {
        const principal = elements[name];
        if (principal === undefined) continue;
        report({
          at: principal.key.span,
          message: `A policy of a user, group or role has no ${name}: it is about whoever it is attached to, and IAM refuses it. Remove the element.`,
          fixes: [{ title: `Remove ${name}`, kind: 'suggestion', edits: [removeMember(node, principal)] }],
        });
      }
    }
  },
});
