import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { passRoleGrants } from '../../policy/passRole';
import { defineRule } from '../rule';

export const passRoleWithNotResource = defineRule({
  id: 'policy/pass-role-with-not-resource',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity'],
  accessAnalyzer: 'PASS_ROLE_WITH_NOT_RESOURCE',
  docs: {
    what: '`iam:PassRole`, with `NotResource`',
    why: 'Whoever may pass any role to a service can have that service act with the rights of the most powerful role of the account. Name the ARNs of the roles in a statement of its own, or say with the condition key `iam:PassedToService` to which services they may go. Quiet where that condition stands, or one on the tags of the role. `NotResource` in an `Allow` means every role but a few.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:PassRole", "NotResource": "arn:aws:iam::111122223333:role/Admin" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/EMR_DefaultRole" }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:PassRole", "NotResource": "arn:aws:iam::111122223333:role/Admin", "Condition": { "StringEquals": { "iam:PassedToService": "elasticmapreduce.amazonaws.com" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('PASS_ROLE_WITH_NOT_RESOURCE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
    ],
  },
  check({ subject, report }) {
    for (const { grant } of passRoleGrants(subject)) {
      if (grant.by !== 'action' || grant.on !== 'not-resource') continue;
      report({
        at: grant.resource,
        message:
          'iam:PassRole is allowed on all roles but those of NotResource, to any service. Name the ARNs of the roles, or add the condition iam:PassedToService.',
        related: [{ span: grant.action, message: 'iam:PassRole is allowed here.' }],
      });
    }
  },
});
