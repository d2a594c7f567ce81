import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { member } from '../../tree/node';
import { defineRule } from '../rule';

export const rcpSyntaxErrorNotaction = defineRule({
  id: 'policy/rcp-syntax-error-notaction',
  severity: 'error',
  scope: 'statement',
  kinds: ['rcp'],
  accessAnalyzer: 'RCP_SYNTAX_ERROR_NOTACTION',
  docs: {
    what: '`NotAction` in a resource control policy',
    why: 'AWS Organizations refuses `NotAction` in a resource control policy: such a policy covers the services that its `Action` names.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Type": "RESOURCE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Deny", "Principal": "*", "NotAction": "s3:GetObject", "Resource": "*", "Condition": { "BoolIfExists": { "aws:SecureTransport": "false" } } }\n    ]\n  }\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Type": "RESOURCE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": { "BoolIfExists": { "aws:SecureTransport": "false" } } }\n    ]\n  }\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('RCP_SYNTAX_ERROR_NOTACTION'),
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html',
    ],
  },
  check({ subject, report }) {
    for (const { node } of subject.statements) {
      const notAction = member(node, 'NotAction');
      if (notAction === undefined) continue;
      report({
        at: notAction.key.span,
        message: 'A resource control policy takes no NotAction. Name the actions of the statement in Action.',
      });
    }
  },
});
