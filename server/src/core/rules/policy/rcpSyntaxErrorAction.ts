import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { isUnknown } from '../../policy/principal';
import { hasWildcard } from '../../policy/wildcard';
import { sourceOffset } from '../../tree/node';
import { defineRule } from '../rule';

export const rcpSyntaxErrorAction = defineRule({
  id: 'policy/rcp-syntax-error-action',
  severity: 'error',
  scope: 'statement',
  kinds: ['rcp'],
  accessAnalyzer: 'RCP_SYNTAX_ERROR_ACTION',
  docs: {
    what: 'an action of a service that resource control policies do not cover',
    why: "Resource control policies cover the actions of some services, more of them every year, and AWS Organizations refuses those of any other. A pattern must name its service: `s3:*`, not `*`. What is covered is taken from AWS's list, as of the day of the service data; the message says that day.",
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Type": "RESOURCE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Deny", "Principal": "*", "Action": "ec2:*", "Resource": "*", "Condition": { "BoolIfExists": { "aws:SecureTransport": "false" } } }\n    ]\n  }\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Type": "RESOURCE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Deny", "Principal": "*", "Action": ["s3:*", "sqs:*", "kms:*", "secretsmanager:Get*", "sts:AssumeRole"], "Resource": "*", "Condition": { "BoolIfExists": { "aws:SecureTransport": "false" } } }\n    ]\n  }\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('RCP_SYNTAX_ERROR_ACTION'),
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services',
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html',
    ],
  },
  check({ subject, catalog, report }) {
    if (catalog === undefined) return;
    for (const { effect, actions } of subject.statements) {
      // The Allow of RCPFullAWSAccess is one of "*".
      if (effect === 'Allow') continue;
      for (const node of actions) {
        if (isUnknown(node.value)) continue;
        const [prefix = ''] = node.value.split(':', 1);
        const at = { start: sourceOffset(node, 0), end: sourceOffset(node, prefix.length) };
        if (hasWildcard(prefix)) {
          report({
            at,
            message: `"${node.value}" does not name a service, as a resource control policy must. Name each service, as in s3:*.`,
          });
          continue;
        }
        const service = node.value.includes(':') ? catalog.service(prefix) : undefined;
        if (service === undefined || catalog.supportsRcp(prefix)) continue;
        report({
          at,
          message: `Resource control policies do not cover ${service.name} (${prefix}), as of ${catalog.updatedAt}. Remove the action, or deny it in a service control policy.`,
        });
      }
    }
  },
});
