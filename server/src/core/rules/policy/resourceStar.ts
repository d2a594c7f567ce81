import type { AccessLevel, Action, Catalog } from '../../catalog/catalog';
import { escalatingAlone } from '../../policy/escalation';
import { credentialActions, exposingActions } from '../../policy/exposure';
import { isFullAdmin, isStar } from '../../policy/grant';
import type { Policy, Statement } from '../../policy/policy';
import { reachOf } from '../../policy/reach';
import { hasWildcard } from '../../policy/wildcard';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const resourceStar = defineRule({
  id: 'policy/resource-star',
  severity: 'information',
  profile: 'audit',
  kinds: ['identity', 'inline-identity'],
  docs: {
    what: '`"Resource": "*"` for actions that change something and can be limited',
    why: 'Many actions can only be allowed on `*`; those that are named here work on resources that have ARNs, and change them. Reading and listing is not reported, nor a statement with a condition that limits it, by a tag of the resource for example, nor what a Deny takes away. A service as a whole is for `policy/service-wildcard`, and what opens resources, returns secrets or gives more rights is for the rules of `security/`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": ["elasticmapreduce:ListClusters", "elasticmapreduce:TerminateJobFlows"], "Resource": "*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "elasticmapreduce:TerminateJobFlows",\n      "Resource": "*",\n      "Condition": { "StringEquals": { "elasticmapreduce:ResourceTag/team": "reports" } }\n    }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": ["elasticmapreduce:ListClusters", "elasticmapreduce:DescribeCluster"], "Resource": "*" }\n  ]\n}\n',
      },
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
    ],
  },
  check({ subject, catalog, report }) {
    if (catalog === undefined) return;
    for (const statement of subject.statements) {
      const star = statement.resources.find(({ value }) => isStar(value));
      if (statement.effect !== 'Allow' || star === undefined || isFullAdmin(statement)) continue;
      const actions = limitable(subject, statement, catalog);
      if (actions.length === 0) continue;
      report({
        at: star.span,
        message: `"*" is every resource, though ${listed(actions, (action) => action)} can be limited to some. Name their ARNs, or add a condition.`,
      });
    }
  },
});

const reading: readonly AccessLevel[] = ['Read', 'List'];

/** The actions that change something and that could be allowed on certain resources. */
function limitable(policy: Policy, statement: Statement, catalog: Catalog): readonly string[] {
  const found = new Set<string>();
  for (const node of statement.actions) {
    if (/^([\w-]+:)?\*+$/.test(node.value)) continue;
    const single = hasWildcard(node.value) ? undefined : catalog.action(node.value);
    for (const action of single === undefined ? patternOf(node.value, catalog) : [single]) {
      if (reading.includes(action.accessLevel) || !canBeLimited(action)) continue;
      const id = action.id.toLowerCase();
      if (isToldElsewhere(id) || reachOf(policy, { action: id, statement, node }, catalog) !== 'all') continue;
      found.add(action.id);
    }
  }
  return [...found];
}

/** A single type that is optional may be missing from a request, which then needs `*`; several are alternatives. */
function canBeLimited({ resourceTypes }: Action): boolean {
  return resourceTypes.length > 1 || resourceTypes.some(({ isRequired }) => isRequired);
}

function patternOf(written: string, catalog: Catalog): readonly Action[] {
  return hasWildcard(written) ? catalog.actionsMatching(written) : [];
}

/** Also of policy/pass-role-with-… and create-slr-with-… */
function isToldElsewhere(id: string): boolean {
  if (id === 'iam:passrole' || id === 'iam:createservicelinkedrole' || escalatingAlone.has(id)) return true;
  return [credentialActions, exposingActions].some((table) => table.meantBy(id).length > 0);
}
