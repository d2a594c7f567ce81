import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { hasPlaceholder } from '../../policy/placeholder';
import { element, isWhole, type StatementElement } from '../../policy/policy';
import { type Node, type ObjectNode, stringsOf } from '../../tree/node';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const rcpSyntaxErrorAllow = defineRule({
  id: 'policy/rcp-syntax-error-allow',
  severity: 'error',
  scope: 'statement',
  kinds: ['rcp'],
  accessAnalyzer: 'RCP_SYNTAX_ERROR_ALLOW',
  docs: {
    what: 'an Allow in a resource control policy that is not that of RCPFullAWSAccess',
    why: 'Resource control policies deny. The only Allow is the one of the policy RCPFullAWSAccess, which AWS attaches itself: every principal, every action and every resource, without a condition. AWS Organizations refuses any narrower one.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Type": "RESOURCE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "arn:aws:s3:::my-data/*" }\n    ]\n  }\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Type": "RESOURCE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" }\n    ]\n  }\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Type": "RESOURCE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": { "BoolIfExists": { "aws:SecureTransport": "false" } } }\n    ]\n  }\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('RCP_SYNTAX_ERROR_ALLOW'),
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html',
    ],
  },
  check({ subject, report }) {
    for (const { node, effect } of subject.statements) {
      const limits = effect === 'Allow' ? limitsOf(node) : [];
      const at = element(node, 'Effect')?.span;
      if (limits.length === 0 || at === undefined) continue;
      report({
        at,
        message: `This Allow is limited by its ${listed(limits, (name) => name)}, and a resource control policy allows everything or denies. Write a Deny of what must not be.`,
      });
    }
  },
});

/** The elements that keep an Allow from being one of everything. */
function limitsOf(node: ObjectNode): readonly StatementElement[] {
  const condition = element(node, 'Condition');
  const isConditional = condition?.kind === 'object' && condition.members.some(({ value }) => value?.kind === 'object');
  return [
    ...(['Action', 'Resource', 'NotResource'] as const).filter((name) => isLimit(element(node, name))),
    ...(isConditional ? (['Condition'] as const) : []),
  ];
}

function isLimit(node: Node | undefined): boolean {
  const texts = stringsOf(node).map(({ value }) => value);
  return texts.length > 0 && isWhole(node) && !texts.some((text) => /^\*+$/.test(text) || hasPlaceholder(text));
}
