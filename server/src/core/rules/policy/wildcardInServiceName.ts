import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { actionsWith } from '../../policy/action';
import { sourceOffset } from '../../tree/node';
import { defineRule } from '../rule';

export const wildcardInServiceName = defineRule({
  id: 'policy/wildcard-in-service-name',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'boundary'],
  accessAnalyzer: 'WILDCARD_IN_SERVICE_NAME',
  docs: {
    what: 'a wildcard in the service part of an action',
    why: 'What the pattern means grows with every service that AWS adds. `*` alone is plain; `s*:Get*` is not.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s*:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('WILDCARD_IN_SERVICE_NAME'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html',
    ],
  },
  check({ subject, catalog, report }) {
    for (const { node } of actionsWith('wildcard-in-service', subject, catalog)) {
      report({
        at: { start: sourceOffset(node, 0), end: sourceOffset(node, node.value.indexOf(':')) },
        message: `The service of "${node.value}" has a wildcard: what it means grows with every new service. Name the services.`,
      });
    }
  },
});
