import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { defineRule } from '../rule';

export const userIdInPrincipal = defineRule({
  id: 'policy/invalid-user-reference',
  severity: 'warning',
  scope: 'statement',
  kinds: ['trust', 'resource'],
  accessAnalyzer: 'INVALID_USER_REFERENCE',
  docs: {
    what: 'a user named by its ID',
    why: 'IAM writes the ID of a user (`AIDA…`) into a policy in place of the ARN when the user is deleted, so that one made later with the same name does not inherit what the old one could do. A policy with such an ID in it is mostly for nobody.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": "AIDAEXAMPLEEXAMPLE12" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/data" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_USER_REFERENCE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids',
    ],
  },
  check({ subject, report }) {
    for (const { principals, notPrincipals } of subject.statements) {
      for (const { kind, node } of [...principals, ...notPrincipals]) {
        if (kind?.value !== 'AWS' || !/^AIDA[A-Z0-9]{12,}$/.test(node.value)) continue;
        report({
          at: node.span,
          message: `"${node.value}" is the ID of a user, which IAM writes for one that was deleted. Name the ARN of the user that is meant, or remove it.`,
        });
      }
    }
  },
});
