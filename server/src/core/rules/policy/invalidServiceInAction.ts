import { nearest } from '../../nearest';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { actionsWith } from '../../policy/action';
import { sourceOffset } from '../../tree/node';
import { defineRule } from '../rule';

export const invalidServiceInAction = defineRule({
  id: 'policy/invalid-service-in-action',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_SERVICE_IN_ACTION',
  docs: {
    what: 'an action of a service that does not exist',
    why: 'What stands before the colon is the prefix of a service; it is not always the name that the console or the AWS CLI uses for it: `elasticmapreduce`, not `emr`. IAM accepts the policy and the statement is about nothing. Services that AWS itself still names in its managed policies are never reported.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "emr:RunJobFlow", "Resource": "*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "elasticmapreduce:StopEditor", "Resource": "*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_SERVICE_IN_ACTION'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
    ],
  },
  check({ subject, catalog, report }) {
    for (const { node } of actionsWith('unknown-service', subject, catalog)) {
      const colon = node.value.indexOf(':');
      const prefix = node.value.slice(0, colon);
      const span = { start: sourceOffset(node, 0), end: sourceOffset(node, colon) };
      const meant = meantServices(prefix, catalog?.servicePrefixes ?? []);
      report({
        at: span,
        message: `There is no service "${prefix}", so the action is none.${meant.length === 0 ? ' Look up its prefix' : ` Did you mean ${meant.join(' or ')}`}${meant.length === 0 ? '.' : '?'}`,
        fixes: meant.map((service) => ({ title: `Change to ${service}`, kind: 'suggestion', edits: [{ span, newText: service }] })),
      });
    }
  },
});

/** Names that the console, the AWS CLI or people use. */
const aliases: Readonly<Record<string, string>> = {
  alb: 'elasticloadbalancing',
  cloudwatchlogs: 'logs',
  codestarconnections: 'codestar-connections',
  efs: 'elasticfilesystem',
  elb: 'elasticloadbalancing',
  elbv2: 'elasticloadbalancing',
  emr: 'elasticmapreduce',
  eventbridge: 'events',
  kinesisfirehose: 'firehose',
  msk: 'kafka',
  opensearch: 'es',
  stepfunctions: 'states',
};

function meantServices(prefix: string, prefixes: readonly string[]): readonly string[] {
  const plain = prefix.toLowerCase().replaceAll('-', '');
  const alias = Object.hasOwn(aliases, plain) ? aliases[plain] : undefined;
  return alias === undefined ? nearest(prefix, prefixes) : [alias];
}
