import type { Action } from '../../catalog/catalog';
import { arnFaults } from '../../policy/arnFault';
import { hasPlaceholder } from '../../policy/placeholder';
import { element, isWhole } from '../../policy/policy';
import { overlaps } from '../../policy/wildcard';
import { defineRule, listed } from '../rule';

export const actionResourceMismatch = defineRule({
  id: 'policy/action-resource-mismatch',
  severity: 'warning',
  kinds: ['identity', 'inline-identity', 'boundary'],
  docs: {
    what: 'an action that none of the resources of its statement fits',
    why: 'An action works on resources of certain types: `s3:GetObject` on objects, `s3:ListBucket` on the bucket. If no resource of the statement can be of such a type, the action is neither granted nor denied there, and nothing says so. Patterns that could mean a fitting resource are enough.',
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
    // An ARN with a fault is what that finding is about.
    const faulty = new Set(arnFaults(subject, catalog).map(({ node }) => node));
    for (const { node, actions, resources } of subject.statements) {
      const isKnown =
        resources.length > 0 &&
        isWhole(element(node, 'Resource')) &&
        resources.every((resource) => isComparable(resource.value) && !faulty.has(resource));
      if (!isKnown) continue;
      const wrong = actions.filter((item) => {
        const action = catalog.action(item.value);
        return action !== undefined && needsResource(action) && !resources.some(({ value }) => fits(action, value));
      });
      const [first] = wrong;
      if (first === undefined) continue;
      const types = [...new Set(wrong.flatMap(({ value }) => catalog.action(value)?.resourceTypes.map(({ type }) => type.arn) ?? []))];
      report({
        at: first.span,
        message: `No resource of the statement fits ${listed(wrong.map(({ value }) => value))}. Add one such as ${types[0]}.`,
      });
    }
  },
});

function isComparable(resource: string): boolean {
  return !hasPlaceholder(resource) && !resource.includes('${');
}

/** Without a resource type the action is for `*` alone; with optional ones alone, it may be for `*` too. */
function needsResource({ resourceTypes }: Action): boolean {
  return resourceTypes.length > 0;
}

function fits({ resourceTypes }: Action, resource: string): boolean {
  return resourceTypes.some(({ type }) => overlaps(type.arn.replace(/\$\{[^}]*\}/g, '*'), resource));
}
