import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { defineRule } from '../rule';

export const federatedPrincipalNotSupported = defineRule({
  id: 'policy/federated-principal-not-supported',
  severity: 'error',
  scope: 'statement',
  kinds: ['resource'],
  accessAnalyzer: 'FEDERATED_PRINCIPAL_NOT_SUPPORTED',
  docs: {
    what: 'a federated principal outside of a trust policy',
    why: 'Users of an identity provider act in AWS through a role, so only the trust policy of a role names the provider. In a policy of a resource, name the role, or the session of it.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:saml-provider/corp" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/data" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('FEDERATED_PRINCIPAL_NOT_SUPPORTED'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    ],
  },
  check({ subject, report }) {
    for (const { principals, notPrincipals } of subject.statements) {
      for (const { kind } of new Map([...principals, ...notPrincipals].map((principal) => [principal.kind, principal])).values()) {
        if (kind?.value !== 'Federated') continue;
        report({
          at: kind.span,
          message: `Only the trust policy of a role takes a federated principal. Name the role that the provider's users assume.`,
        });
      }
    }
  },
});
