import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { hasPlaceholder } from '../../policy/placeholder';
import { isPrincipalKind } from '../../policy/principal';
import { defineRule } from '../rule';

export const unsupportedWildcardInPrincipal = defineRule({
  id: 'policy/unsupported-wildcard-in-principal',
  severity: 'error',
  scope: 'statement',
  kinds: ['trust', 'resource'],
  accessAnalyzer: 'UNSUPPORTED_WILDCARD_IN_PRINCIPAL',
  docs: {
    what: 'a wildcard in the name of a principal',
    why: 'A principal is named in full. `"*"` alone means everybody; a `*` or `?` within an ARN, an account or the name of a service stands for itself or is refused. `aws:PrincipalArn` in the condition compares with wildcards.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/data-*" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/data-*" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('UNSUPPORTED_WILDCARD_IN_PRINCIPAL'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    ],
  },
  check({ subject, report }) {
    for (const { principals, notPrincipals } of subject.statements) {
      for (const { kind, node } of [...principals, ...notPrincipals]) {
        if (kind === undefined || !isPrincipalKind(kind.value)) continue;
        if (node.value === '*' || !/[*?]/.test(node.value) || hasPlaceholder(node.value)) continue;
        report({
          at: node.span,
          message: `A principal is named in full, and "${node.value}" has a wildcard in it. Name each, or name the account and compare aws:PrincipalArn in the condition.`,
        });
      }
    }
  },
});
