import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { defineRule } from '../rule';

export const roleTrustPolicyUnsupportedWildcardInPrincipal = defineRule({
  id: 'trust/role-trust-policy-unsupported-wildcard-in-principal',
  severity: 'error',
  scope: 'statement',
  kinds: ['trust'],
  accessAnalyzer: 'ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL',
  docs: {
    what: '`"Principal": "*"` in a trust policy',
    why: 'The trust policy of a role names who may assume it. Anybody in the world is `{ "AWS": "*" }`, which only makes sense with a condition that says who.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", "Condition": { "StringEquals": { "aws:PrincipalOrgID": "o-1234567890" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "sts:AssumeRole", "Condition": { "StringEquals": { "aws:PrincipalOrgID": "o-1234567890" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    ],
  },
  check({ subject, report }) {
    for (const { elements } of subject.statements) {
      const principal = elements.Principal?.value;
      if (principal?.kind !== 'string' || principal.value !== '*') continue;
      report({
        at: principal.span,
        message: 'A trust policy does not take "*" alone as its principal. Name who may assume the role.',
      });
    }
  },
});
