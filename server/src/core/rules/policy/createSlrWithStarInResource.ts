import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { serviceLinkedRoleGrants } from '../../policy/serviceLinkedRole';
import { defineRule } from '../rule';

export const createSlrWithStarInResource = defineRule({
  id: 'policy/create-slr-with-star-in-resource',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity'],
  accessAnalyzer: 'CREATE_SLR_WITH_STAR_IN_RESOURCE',
  docs: {
    what: '`iam:CreateServiceLinkedRole`, on every role',
    why: 'Whoever may create the service-linked role of any service can let services act in the account that nobody meant to use. Name the ARNs of the roles, `arn:aws:iam::ACCOUNT:role/aws-service-role/SERVICE/NAME`; EMR needs one, `AWSServiceRoleForEMRCleanup`. Quiet where the condition key `iam:AWSServiceName` names the services.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "arn:aws:iam::111122223333:role/aws-service-role/elasticmapreduce.amazonaws.com/AWSServiceRoleForEMRCleanup" }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "*", "Condition": { "StringEquals": { "iam:AWSServiceName": "elasticmapreduce.amazonaws.com" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('CREATE_SLR_WITH_STAR_IN_RESOURCE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html',
    ],
  },
  check({ subject, report }) {
    for (const { grant } of serviceLinkedRoleGrants(subject)) {
      if (grant.by !== 'action' || grant.on !== 'star') continue;
      report({
        at: grant.resource,
        message:
          'iam:CreateServiceLinkedRole is allowed for the service-linked role of any service. Name the ARNs of the roles, or add the condition iam:AWSServiceName.',
        related: [{ span: grant.action, message: 'iam:CreateServiceLinkedRole is allowed here.' }],
      });
    }
  },
});
