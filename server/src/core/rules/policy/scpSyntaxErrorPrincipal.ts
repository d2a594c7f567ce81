import { removeMember } from '../../json/remove';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { member } from '../../tree/node';
import { defineRule } from '../rule';

export const scpSyntaxErrorPrincipal = defineRule({
  id: 'policy/scp-syntax-error-principal',
  severity: 'error',
  scope: 'statement',
  kinds: ['scp'],
  accessAnalyzer: 'SCP_SYNTAX_ERROR_PRINCIPAL',
  docs: {
    what: '`Principal` in a service control policy',
    why: 'A service control policy is about every user and role of the accounts that it is attached to, and AWS Organizations refuses a `Principal` or `NotPrincipal` in it. To leave someone out, compare `aws:PrincipalArn` in the `Condition`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Type": "SERVICE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Deny", "Principal": "*", "Action": "organizations:LeaveOrganization", "Resource": "*" }\n    ]\n  }\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Type": "SERVICE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Deny", "Action": "organizations:LeaveOrganization", "Resource": "*", "Condition": { "ArnNotLike": { "aws:PrincipalArn": "arn:aws:iam::*:role/OrganizationAdmin" } } }\n    ]\n  }\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('SCP_SYNTAX_ERROR_PRINCIPAL'),
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html',
    ],
  },
  check({ subject, report }) {
    for (const { node } of subject.statements) {
      for (const name of ['Principal', 'NotPrincipal']) {
        const principal = member(node, name);
        if (principal === undefined) continue;
        report({
          at: principal.key.span,
          message: `A service control policy takes no ${name}: it is about every user and role of its accounts. Remove it, or compare aws:PrincipalArn in the Condition.`,
          fixes: [{ title: `Remove ${name}`, kind: 'suggestion', edits: [removeMember(node, principal)] }],
        });
      }
    }
  },
});
