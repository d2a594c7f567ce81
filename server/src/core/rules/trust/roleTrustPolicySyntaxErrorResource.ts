import { removeMember } from '../../json/remove';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { lacksPrincipalForResource } from '../../policy/trustOfTheDocs';
import { defineRule } from '../rule';

export const roleTrustPolicySyntaxErrorResource = defineRule({
  id: 'trust/role-trust-policy-syntax-error-resource',
  severity: 'error',
  scope: 'statement',
  kinds: ['trust'],
  accessAnalyzer: 'ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE',
  docs: {
    what: '`Resource` in a trust policy',
    why: 'The resource of a trust policy is the role that it belongs to. IAM refuses `Resource` and `NotResource` in it ("Has prohibited field Resource"). (One without a `Principal`, as some pages about EMR print it, is found by `emr/trust-policy-from-the-docs`.)',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole", "Resource": "*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-custom.html',
    ],
  },
  check({ subject, report }) {
    for (const statement of subject.statements) {
      if (lacksPrincipalForResource(statement)) continue; // emr/trust-policy-from-the-docs
      const { node, elements } = statement;
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
