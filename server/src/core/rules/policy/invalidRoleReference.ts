import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { defineRule } from '../rule';

export const roleIdInPrincipal = defineRule({
  id: 'policy/invalid-role-reference',
  severity: 'warning',
  scope: 'statement',
  kinds: ['trust', 'resource'],
  accessAnalyzer: 'INVALID_ROLE_REFERENCE',
  docs: {
    what: 'a role named by its ID',
    why: 'IAM writes the ID of a role (`AROA…`) into a policy in place of the ARN when the role is deleted, so that one made later with the same name does not inherit what the old one could do. A policy with such an ID in it is mostly for nobody.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": "AROAEXAMPLEEXAMPLE12" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/data" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_ROLE_REFERENCE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids',
    ],
  },
  check({ subject, report }) {
    for (const { principals, notPrincipals } of subject.statements) {
      for (const { kind, node } of [...principals, ...notPrincipals]) {
        if (kind?.value !== 'AWS' || !/^AROA[A-Z0-9]{12,}$/.test(node.value)) continue;
        report({
          at: node.span,
          message: `"${node.value}" is the ID of a role, which IAM writes for one that was deleted. Name the ARN of the role that is meant, or remove it.`,
        });
      }
    }
  },
});
