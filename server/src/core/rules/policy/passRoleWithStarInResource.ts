import { insertAfter } from '../../json/edit';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { passRoleGrants } from '../../policy/passRole';
import type { Statement } from '../../policy/policy';
import type { Edit } from '../../text';
import { memberValue } from '../../tree/node';
import { defineRule } from '../rule';

/** The two services that a launch passes roles to (AmazonEMRFullAccessPolicy_v2 has the same condition). */
const launchServices = ['elasticmapreduce.amazonaws.com', 'ec2.amazonaws.com'];

export const passRoleWithStarInResource = defineRule({
  id: 'policy/pass-role-with-star-in-resource',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity'],
  accessAnalyzer: 'PASS_ROLE_WITH_STAR_IN_RESOURCE',
  docs: {
    what: '`iam:PassRole` on every role, to any service',
    why: 'Whoever may pass any role to a service can have that service act with the rights of the most powerful role of the account; with `elasticmapreduce:RunJobFlow` beside it, by launching a cluster. A launch needs to pass two or three roles: name their ARNs, or say with the condition key `iam:PassedToService` to which services they may go. Quiet where that condition stands, or one on the tags of the role, and for patterns that name part of a role.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "iam:PassRole",\n      "Resource": ["arn:aws:iam::111122223333:role/EMR_DefaultRole", "arn:aws:iam::111122223333:role/EMR_EC2_DefaultRole"]\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('PASS_ROLE_WITH_STAR_IN_RESOURCE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
    ],
  },
  check({ subject, text, report }) {
    for (const { statement, grant } of passRoleGrants(subject)) {
      if (grant.by !== 'action' || grant.on !== 'star') continue;
      const edit = statement.actions.every(isPassRole) ? limitToLaunch(text, statement) : undefined;
      report({
        at: grant.resource,
        message:
          'iam:PassRole is allowed on every role, to any service. Name the ARNs of the roles, or add the condition iam:PassedToService.',
        fixes:
          edit === undefined ? [] : [{ title: 'Allow it only to EMR and EC2 (iam:PassedToService)', kind: 'suggestion', edits: [edit] }],
        related: [{ span: grant.action, message: 'iam:PassRole is allowed here.' }],
      });
    }
  },
});

function isPassRole({ value }: { readonly value: string }): boolean {
  return value.toLowerCase() === 'iam:passrole';
}

/** Only for a statement of PassRole alone: the condition would take every other action away. */
function limitToLaunch(text: string, { node, condition }: Statement): Edit | undefined {
  const key = 'iam:PassedToService';
  const last = node.members.at(-1);
  if (condition === undefined) {
    return last && insertAfter(text, last, 'Condition', { StringEquals: { [key]: launchServices } });
  }
  if (condition.kind !== 'object') return undefined;
  const stringEquals = memberValue(condition, 'StringEquals');
  const lastKey = stringEquals?.kind === 'object' ? stringEquals.members.at(-1) : undefined;
  if (lastKey !== undefined) return insertAfter(text, lastKey, key, launchServices);
  const lastOperator = stringEquals === undefined ? condition.members.at(-1) : undefined;
  return lastOperator && insertAfter(text, lastOperator, 'StringEquals', { [key]: launchServices });
}
