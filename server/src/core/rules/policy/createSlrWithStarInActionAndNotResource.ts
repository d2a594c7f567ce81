import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { serviceLinkedRoleGrants } from '../../policy/serviceLinkedRole';
import { defineRule } from '../rule';

export const createSlrWithStarInActionAndNotResource = defineRule({
  id: 'policy/create-slr-with-star-in-action-and-not-resource',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity'],
  accessAnalyzer: 'CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE',
  docs: {
    what: 'a pattern of actions that means `iam:CreateServiceLinkedRole` too, with `NotResource`',
    why: 'Whoever may create the service-linked role of any service can let services act in the account that nobody meant to use. Name the ARNs of the roles, `arn:aws:iam::ACCOUNT:role/aws-service-role/SERVICE/NAME`; EMR needs one, `AWSServiceRoleForEMRCleanup`. Quiet where the condition key `iam:AWSServiceName` names the services. A pattern is easily overlooked: it grants this action without naming it. `NotResource` in an `Allow` means every role but a few.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:CreateService*", "NotResource": "arn:aws:iam::111122223333:role/Admin" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "arn:aws:iam::111122223333:role/aws-service-role/elasticmapreduce.amazonaws.com/AWSServiceRoleForEMRCleanup" }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:Get*", "NotResource": "arn:aws:iam::111122223333:role/Admin" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html',
    ],
  },
  check({ subject, report }) {
    for (const { grant } of serviceLinkedRoleGrants(subject)) {
      if (grant.by !== 'star' || grant.on !== 'not-resource') continue;
      report({
        at: grant.action,
        message:
          'This pattern allows iam:CreateServiceLinkedRole too for all roles but those of NotResource. Deny it, or allow iam:CreateServiceLinkedRole in a statement of its own, for the roles that are meant.',
        related: [{ span: grant.resource, message: 'On these roles.' }],
      });
    }
  },
});
