import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { isUnknown, principalType } from '../../policy/principal';
import { defineRule } from '../rule';

export const invalidFederatedPrincipalSyntaxInRoleTrustPolicy = defineRule({
  id: 'trust/invalid-federated-principal-syntax-in-role-trust-policy',
  severity: 'error',
  scope: 'statement',
  kinds: ['trust'],
  accessAnalyzer: 'INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY',
  docs: {
    what: 'a federated principal that is neither a domain nor the ARN of a provider',
    why: 'A federated principal is the domain of a public identity provider (`accounts.google.com`), or the ARN of a SAML or OIDC provider in IAM: `arn:aws:iam::111122223333:saml-provider/corp`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Federated": "saml-provider/corp" }, "Action": "sts:AssumeRoleWithSAML" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:saml-provider/corp" }, "Action": "sts:AssumeRoleWithSAML" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    ],
  },
  check({ subject, report }) {
    for (const { principals } of subject.statements) {
      for (const principal of principals) {
        const { kind, node } = principal;
        // A wildcard is a matter of its own (policy/unsupported-wildcard-in-principal).
        if (kind?.value !== 'Federated' || isUnknown(node.value) || /[*?]/.test(node.value) || principalType(principal) !== undefined)
          continue;
        report({
          at: node.span,
          message: `"${node.value}" is no identity provider. Name its domain, such as accounts.google.com, or the ARN of a SAML or OIDC provider in IAM.`,
        });
      }
    }
  },
});
