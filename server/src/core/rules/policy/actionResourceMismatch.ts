import type { Action, Catalog, ResourceType, Service } from '../../catalog/catalog';
import { namedAction } from '../../policy/action';
import { parseArn } from '../../policy/arn';
import { arnFaults } from '../../policy/arnFault';
import { hasPlaceholder } from '../../policy/placeholder';
import { isWhole, type Statement } from '../../policy/policy';
import { typesLike } from '../../policy/resourceArn';
import { resourcePolicyOf } from '../../policy/resourcePolicy';
import type { StringNode } from '../../tree/node';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const actionResourceMismatch = defineRule({
  id: 'policy/action-resource-mismatch',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'resource', 'scp', 'rcp', 'boundary'],
  docs: {
    what: 'an action that none of the resources of its statement fits',
    why: 'An action works on resources of certain types: `s3:GetObject` on objects, `s3:ListBucket` on the bucket. If no resource of the statement can be of such a type, the action is neither granted nor denied there, and nothing says so. Patterns that could mean a fitting resource are enough. Actions that are for `*` alone, such as `s3:ListAllMyBuckets`, are not reported beside other resources: AWS itself writes them so.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::my-data", "arn:aws:s3:::my-data/*"] }\n  ]\n}\n',
      },
    ],
    references: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
    ],
  },
  check({ subject, catalog, report }) {
    if (catalog === undefined) return;
    // Actions and ARNs of other services are policy/unsupported-action-in-policy's, and policy/unsupported-resource-arn-in-policy's.
    const own = resourcePolicyOf(subject)?.service;
    for (const statement of subject.statements) {
      const { elements, resources } = statement;
      // A star fits every action.
      if (resources.length === 0 || resources.some(({ value }) => value === '*') || !isWhole(elements.Resource?.value)) continue;
      if (!resources.every(({ value }) => isComparable(value) && (own === undefined || parseArn(value)?.service.text === own))) continue;
      const misfits = misfitsIn(statement, catalog).filter(({ action }) => own === undefined || action.service.prefix === own);
      const [first] = misfits;
      if (first === undefined) continue;
      // An ARN with a fault is what that finding is about.
      if (arnFaults(subject, catalog).some(({ node }) => resources.includes(node))) continue;
      // The plainest: an object in a bucket, not one through an access point.
      const [plainest] = first.action.resourceTypes.map(({ type }) => type.arn).sort((a, b) => a.length - b.length);
      report({
        at: first.node.span,
        message: `No resource of the statement fits ${listed(misfits.map(({ node }) => node.value))}. Add one such as ${plainest}.`,
      });
    }
  },
});

/** Not what API Gateway completes itself: `execute-api:/*`. */
function isComparable(resource: string): boolean {
  return !resource.startsWith('execute-api:') && !hasPlaceholder(resource) && !resource.includes('${');
}

interface Misfit {
  readonly node: StringNode;
  readonly action: Action;
}

/** The actions that none of the resources can be for. Without a resource type, an action is for `*` alone. */
function misfitsIn({ actions, resources }: Statement, catalog: Catalog): readonly Misfit[] {
  const fitting = new Set<ResourceType>();
  const misfits: Misfit[] = [];
  let service: Service | undefined;
  for (const node of actions) {
    const { action } = namedAction(node.value, catalog);
    if (action === undefined || action.resourceTypes.length === 0) continue;
    // Actions of one service mostly stand together.
    if (action.service !== service) {
      service = action.service;
      for (const { value } of resources) for (const type of typesLike(value, service)) fitting.add(type);
    }
    if (!action.resourceTypes.some(({ type }) => fitting.has(type))) misfits.push({ node, action });
  }
  return misfits;
}
