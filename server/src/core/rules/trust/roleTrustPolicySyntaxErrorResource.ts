import { removeMember } from '../../json/remove';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { defineRule } from '../rule';

export const roleTrustPolicySyntaxErrorResource = defineRule({
  id: 'trust/role-trust-policy-syntax-error-resource',
  severity: 'error',
  kinds: ['trust'],
  accessAnalyzer: 'ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE',
  docs: {
    what: '`Resource` in a trust policy',
    why: 'The resource of a trust policy is the role that it belongs to. IAM refuses `Resource` and `NotResource` in it ("Has prohibited field Resource"). Some pages of the EMR Management Guide print trust policies like that.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "elasticmapreduce.amazonaws.com" }, "Action": "sts:AssumeRole", "Resource": "*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "elasticmapreduce.amazonaws.com" }, "Action": "sts:AssumeRole" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-custom.html',
    ],
  },
  check({ subject, report }) {
    for (const { node, elements } of subject.statements) {
      for (const name of ['Resource', 'NotResource'] as const) {
        const element = elements[name];
        if (element === undefined) continue;
        report({
          at: element.key.span,
          message: `The resource of a trust policy is its own role, and IAM refuses ${name} in it. Remove the element.`,
          fixes: [{ title: `Remove ${name}`, kind: 'suggestion', edits: [removeMember(node, element)] }],
        });
      }
    }
  },
});
