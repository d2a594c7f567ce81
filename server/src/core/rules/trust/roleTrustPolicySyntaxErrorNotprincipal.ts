import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { defineRule } from '../rule';

export const roleTrustPolicySyntaxErrorNotprincipal = defineRule({
  id: 'trust/role-trust-policy-syntax-error-notprincipal',
  severity: 'error',
  scope: 'statement',
  kinds: ['trust'],
  accessAnalyzer: 'ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL',
  docs: {
    what: '`NotPrincipal` in a trust policy',
    why: 'A trust policy names who may assume the role. IAM refuses `NotPrincipal` in it. To shut somebody out, add a statement with `Deny` and the principal.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "NotPrincipal": { "AWS": "111122223333" }, "Action": "sts:AssumeRole" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "sts:AssumeRole" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html',
    ],
  },
  check({ subject, report }) {
    for (const { elements } of subject.statements) {
      const element = elements.NotPrincipal;
      if (element === undefined) continue;
      report({ at: element.key.span, message: 'IAM refuses NotPrincipal in a trust policy. Name in Principal who may assume the role.' });
    }
  },
});
