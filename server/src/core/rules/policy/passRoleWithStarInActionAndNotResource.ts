import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { passRoleGrants } from '../../policy/passRole';
import { defineRule } from '../rule';

export const passRoleWithStarInActionAndNotResource = defineRule({
  id: 'policy/pass-role-with-star-in-action-and-not-resource',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity'],
  accessAnalyzer: 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE',
  docs: {
    what: 'a pattern of actions that means `iam:PassRole` too, with `NotResource`',
    why: 'Whoever may pass any role to a service can have that service act with the rights of the most powerful role of the account. Name the ARNs of the roles in a statement of its own, or say with the condition key `iam:PassedToService` to which services they may go. Quiet where that condition stands, or one on the tags of the role. A pattern is easily overlooked: it grants this action without naming it. `NotResource` in an `Allow` means every role but a few.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:Pass*", "NotResource": "arn:aws:iam::111122223333:role/Admin" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/EMR_DefaultRole" }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:Get*", "NotResource": "arn:aws:iam::111122223333:role/Admin" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
    ],
  },
  check({ subject, report }) {
    for (const { grant } of passRoleGrants(subject)) {
      if (grant.by !== 'star' || grant.on !== 'not-resource') continue;
      report({
        at: grant.action,
        message:
          'This pattern allows iam:PassRole too on all roles but those of NotResource, to any service. Deny it, or allow iam:PassRole in a statement of its own, for the roles that are meant.',
        related: [{ span: grant.resource, message: 'On these roles.' }],
      });
    }
  },
});
