import { isFullAdmin, isStar } from '../../policy/grant';
import { defineRule } from '../rule';

export const serviceWildcard = defineRule({
  id: 'policy/service-wildcard',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity'],
  docs: {
    what: 'every action of a service, on every resource',
    why: '`service:*` on `*` grants what the service can do today and what it will be able to do tomorrow, its permissions management included.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "dynamodb:*", "Resource": "*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "dynamodb:*", "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/t" }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "dynamodb:Get*", "Resource": "*" }\n  ]\n}\n',
      },
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege'],
  },
  check({ subject, catalog, report }) {
    if (catalog === undefined) return;
    for (const statement of subject.statements) {
      const { effect, actions, resources, condition } = statement;
      const isBroad = effect === 'Allow' && condition === undefined && resources.some(({ value }) => isStar(value));
      if (!isBroad || isFullAdmin(statement)) continue;
      for (const node of actions) {
        const prefix = /^([\w-]+):\*+$/.exec(node.value)?.[1];
        const service = prefix === undefined ? undefined : catalog.service(prefix);
        const writes = service?.actions.filter(({ accessLevel }) => accessLevel !== 'Read' && accessLevel !== 'List').length ?? 0;
        if (service === undefined || writes === 0) continue;
        report({
          at: node.span,
          message: `This allows all ${service.actions.length} actions of ${service.name} on every resource, ${writes} of which change something. Name the actions, or the resources.`,
        });
      }
    }
  },
});
