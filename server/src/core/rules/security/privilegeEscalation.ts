import type { Catalog } from '../../catalog/catalog';
import { type Escalation, escalatingActions, escalationsWith, passRole } from '../../policy/escalation';
import { isEveryAction, isFullAdmin } from '../../policy/grant';
import { passesAnyRole, passesAnyRoleTo } from '../../policy/passRole';
import type { Policy } from '../../policy/policy';
import { type Allowance, allowances, reachOf } from '../../policy/reach';
import { createsAnyServiceLinkedRole } from '../../policy/serviceLinkedRole';
import { matches } from '../../policy/wildcard';
import type { StringNode } from '../../tree/node';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const privilegeEscalation = defineRule({
  id: 'security/privilege-escalation',
  severity: 'warning',
  kinds: ['identity', 'inline-identity'],
  docs: {
    what: 'actions that together give more rights than they seem to',
    why: 'Whoever may hand any role to a service, and have the service run what he likes, has the rights of the most powerful role: `iam:PassRole` with `elasticmapreduce:RunJobFlow` does it by launching a cluster, with `ec2:RunInstances` by starting an instance. Whoever may rewrite policies, attach them, or make keys and passwords of other users, needs no service. The whole policy is looked at. An action that is allowed only on certain resources does not count, nor what a Deny takes away, nor what a condition limits; conditions about MFA, addresses, Regions and tags of the request limit nothing here. That a service is allowed as a whole, or all but what `NotAction` lists, is what other rules say. `iam:PassedToService` limits `iam:PassRole` to the combinations with that service. What is everyday work is information, not a warning: working with what is there already and has a role of its own, such as the code of functions or the steps of clusters, and passing any role that trusts a certain service. Steps with a runtime role and jobs on EKS pass no role; the condition keys `elasticmapreduce:ExecutionRoleArn` and `emr-containers:ExecutionRoleArn` limit them.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:CreatePolicyVersion", "Resource": "*" }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "elasticmapreduce:AddJobFlowSteps", "Resource": "*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "elasticmapreduce:RunJobFlow", "Resource": "*" },\n    { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/EMR_*" }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:CreatePolicyVersion", "Resource": "*" },\n    { "Effect": "Deny", "Action": "iam:*PolicyVersion", "Resource": "*" }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "elasticmapreduce:AddJobFlowSteps",\n      "Resource": "*",\n      "Condition": { "ArnEquals": { "elasticmapreduce:ExecutionRoleArn": "arn:aws:iam::111122223333:role/Reports" } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      'https://pathfinding.cloud/',
      'https://github.com/prowler-cloud/prowler/blob/master/prowler/providers/aws/services/iam/lib/privilege_escalation.py',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-steps-runtime-roles.html',
      'https://docs.aws.amazon.com/emr/latest/EMR-on-EKS-DevelopmentGuide/iam-execution-role.html',
    ],
  },
  check({ subject, catalog, report }) {
    const allowed = allowances(subject, escalatingActions);
    if (allowed.size === 0) return;
    const escalations = escalationsWith(new Set(allowed.keys()));
    // Who may do everything need not climb: policy/full-admin.
    if (escalations.length === 0 || subject.statements.some(isFullAdmin)) return;
    const ways = escalations.flatMap((escalation) => wayOf(escalation, subject, allowed, catalog) ?? []);
    for (const severity of ['warning', 'information'] as const) {
      const some = ways.filter((way) => way.severity === severity);
      const [first, ...others] = new Set(some.flatMap(({ nodes }) => nodes));
      if (first === undefined) continue;
      const what = listed([...new Set(some.map((way) => way.what))], (text) => {
        const ids = some.flatMap(({ what: other, id }) => (other === text && id !== undefined ? id : []));
        return ids.length === 0 ? text : `${text} (${ids.join(', ')})`;
      });
      report({
        at: first.span,
        severity,
        message: `Whoever has this policy can ${what}, and so may get rights that the policy does not name. Limit the roles, the resources, or both.`,
        related: others.map(({ span }) => ({ span, message: 'Together with this.' })),
      });
    }
  },
});

interface Way {
  readonly what: string;
  readonly id: string | undefined;
  readonly severity: 'warning' | 'information';
  /** Of each action, where it is allowed. */
  readonly nodes: readonly StringNode[];
}

function wayOf(
  { actions, what, id, to = [], everyday = false }: Escalation,
  policy: Policy,
  allowed: ReadonlyMap<string, readonly Allowance[]>,
  catalog: Catalog | undefined,
): Way | undefined {
  const isPassing = actions.includes(passRole);
  const used: Allowance[] = [];
  let isEveryday = everyday;
  for (const service of to) {
    const passing = passesAnyRoleTo(service, policy, allowed.get(passRole) ?? [], catalog);
    if (passing === undefined) return undefined;
    used.push(passing.allowance);
    isEveryday ||= passing.isLimited;
  }
  for (const action of actions) {
    if (action === passRole) continue;
    // What is made anew may have a name or a tag of its own; what is there already is to be anything.
    const found = allowed.get(action)?.find((allowance) => {
      const reach = reachOf(policy, allowance, catalog);
      return reach === 'all' || (isPassing && reach === 'some');
    });
    if (found === undefined) return undefined;
    used.push(found);
  }
  if (used.every((allowance) => isToldElsewhere(allowance, isEveryday))) return undefined;
  return {
    what,
    id,
    severity: isEveryday ? 'information' : 'warning',
    nodes: used.map(({ node }) => node),
  };
}

/**
 * By policy/full-admin; of NotAction by policy/pass-role-with-… and create-slr-with-…, and all but IAM is what it is meant to allow; of
 * everyday work by policy/service-wildcard.
 */
function isToldElsewhere({ action, statement, node }: Allowance, isEveryday: boolean): boolean {
  const isTold = ({ value }: StringNode): boolean =>
    isEveryAction(value) || (isEveryday && /^[\w-]+:\*+$/.test(value) && matches(value.toLowerCase(), action));
  // Of several that allow the action, whichever stands first.
  if (statement.notActions.length === 0) return statement.actions.some(isTold);
  if (isEveryAction(node.value)) return true;
  if (isEveryday || !action.startsWith('iam:')) return true;
  return [passesAnyRole(statement), createsAnyServiceLinkedRole(statement)].some((grant) => grant?.by === 'not-action');
}
