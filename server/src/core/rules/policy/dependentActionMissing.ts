import { passRole } from '../../policy/escalation';
import { roleTakingActions } from '../../policy/passRole';
import { element, isWhole, type Policy, type Statement } from '../../policy/policy';
import { hasWildcard, matches } from '../../policy/wildcard';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const dependentActionMissing = defineRule({
  id: 'policy/dependent-action-missing',
  severity: 'information',
  kinds: ['identity', 'inline-identity'],
  docs: {
    what: 'an action that must be given a role, in a policy without `iam:PassRole`',
    why: 'Operations such as `RunJobFlow`, `CreateFunction` or `CreateJob` hand a role to their service, and fail with AccessDenied for whoever may not pass it. Only actions that cannot do without a role are looked at, and only those that are named outright. Quiet where another policy of the same file allows `iam:PassRole`; a policy elsewhere may do so too.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "elasticmapreduce:RunJobFlow", "Resource": "*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "elasticmapreduce:RunJobFlow", "Resource": "*" },\n    {\n      "Effect": "Allow",\n      "Action": "iam:PassRole",\n      "Resource": ["arn:aws:iam::111122223333:role/EMR_DefaultRole", "arn:aws:iam::111122223333:role/EMR_EC2_DefaultRole"]\n    }\n  ]\n}\n',
      },
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-roles-create-permissions.html',
    ],
  },
  check({ subject, document, report }) {
    for (const statement of subject.statements) {
      if (statement.effect !== 'Allow') continue;
      const taking = statement.actions.filter(({ value }) => roleTakingActions.meantBy(value).length > 0 && !hasWildcard(value));
      const [first] = taking;
      if (first === undefined) continue;
      if (document.kind !== 'json' || document.policies.some(mayPassRole)) return;
      report({
        at: first.span,
        message: `${listed(
          taking.map(({ value }) => value),
          (action) => action,
        )} must be given a role, and iam:PassRole is allowed nowhere in this file. Allow it for the role that is meant, unless another policy does.`,
      });
    }
  },
});

function mayPassRole({ statements }: Policy): boolean {
  return statements.some(allowsPassRole);
}

function allowsPassRole({ node, effect, actions, notActions }: Statement): boolean {
  if (effect === 'Deny') return false;
  if (notActions.length > 0) return !notActions.some(({ value }) => matches(value.toLowerCase(), passRole));
  return !isWhole(element(node, 'Action')) || actions.some(({ value }) => matches(value.toLowerCase(), passRole));
}
