import { parseArn } from '../../policy/arn';
import { type Escalation, iamEscalations, passRoleEscalations } from '../../policy/escalation';
import { grantOf, isFullAdmin } from '../../policy/grant';
import { passesAnyRole } from '../../policy/passRole';
import type { Policy, Statement } from '../../policy/policy';
import { matches } from '../../policy/wildcard';
import type { Span } from '../../text';
import { defineRule, listed } from '../rule';

export const privilegeEscalation = defineRule({
  id: 'security/privilege-escalation',
  severity: 'warning',
  kinds: ['identity', 'inline-identity'],
  docs: {
    what: 'actions that together give more rights than they seem to',
    why: 'Whoever may hand any role to a service, and have the service run what he likes, has the rights of the most powerful role: `iam:PassRole` with `elasticmapreduce:RunJobFlow` does it by launching a cluster, with `ec2:RunInstances` by starting an instance. Whoever may rewrite policies, attach them, or make keys and passwords of other users, needs no service. The whole policy is looked at: what a `Deny` without a condition takes away does not count, nor what a condition limits, nor an action on certain resources only.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:CreatePolicyVersion", "Resource": "*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "elasticmapreduce:RunJobFlow", "Resource": "*" },\n    { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/EMR_DefaultRole" }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:CreatePolicyVersion", "Resource": "*" },\n    { "Effect": "Deny", "Action": "iam:*PolicyVersion", "Resource": "*" }\n  ]\n}\n',
      },
    ],
    references: [
      'https://pathfinding.cloud/',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
    ],
  },
  check({ subject, report }) {
    // Who may do everything need not climb: policy/full-admin.
    if (subject.statements.some(isFullAdmin)) return;
    for (const escalations of [passRoleEscalations, iamEscalations]) {
      const [first, ...others] = escalations.flatMap((escalation) => found(subject, escalation) ?? []);
      if (first === undefined) continue;
      const ways = listed([...new Set([first, ...others].map(({ what }) => what))], (what) => what);
      report({
        at: first.places[0] ?? subject.statement.key.span,
        message: `Whoever has this policy can ${ways}, and so may get rights that the policy does not name. Limit the roles, the resources, or both.`,
        related: first.places.slice(1).map((span) => ({ span, message: 'Together with this.' })),
      });
    }
  },
});

interface Found {
  readonly what: string;
  /** Of each action, where it is allowed. */
  readonly places: readonly Span[];
}

function found({ statements }: Policy, { actions, what }: Escalation): Found | undefined {
  const places: Span[] = [];
  for (const action of actions) {
    const place = isDenied(statements, action) ? undefined : allowedAt(statements, action);
    if (place === undefined) return undefined;
    places.push(place);
  }
  return { what, places };
}

/** Where an action is allowed on everything, without a condition. */
function allowedAt(statements: readonly Statement[], action: string): Span | undefined {
  for (const statement of statements) {
    const grant =
      action === 'iam:passrole'
        ? passesAnyRole(statement)
        : statement.condition === undefined
          ? grantOf(statement, action, (resource) => meansAll(resource, action))
          : undefined;
    // NotAction and NotResource have rules of their own: policy/pass-role-with-not-action-… and their kin.
    if (grant?.on === 'star' && grant.by !== 'not-action') return grant.action;
  }
  return undefined;
}

/** `*`, or every resource of one type of the action's service. */
function meansAll(resource: string, action: string): boolean {
  if (/^\*+$/.test(resource)) return true;
  const arn = parseArn(resource);
  return arn?.service.text === action.split(':')[0] && /^(\*+|[\w-]+[/:]\*+)$/.test(arn?.resource.text ?? '');
}

function isDenied(statements: readonly Statement[], action: string): boolean {
  return statements.some(
    ({ effect, actions, resources, condition }) =>
      effect === 'Deny' &&
      condition === undefined &&
      resources.some(({ value }) => /^\*+$/.test(value)) &&
      actions.some(({ value }) => matches(value.toLowerCase(), action)),
  );
}
