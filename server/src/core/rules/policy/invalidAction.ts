import { replaceValue } from '../../json/edit';
import { nearest } from '../../nearest';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { actionsWith } from '../../policy/action';
import { defineRule } from '../rule';

export const invalidAction = defineRule({
  id: 'policy/invalid-action',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_ACTION',
  docs: {
    what: 'an action that its service does not have',
    why: 'IAM accepts the policy, and the action grants or denies nothing. Letter case makes no difference. Actions that AWS itself still ships in its managed policies, retired and undocumented ones, are never reported; names of API operations have a rule of their own, `policy/api-name-is-not-an-action`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObjectss", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:getobject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_ACTION'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
    ],
  },
  check({ subject, catalog, report }) {
    for (const { node, service } of actionsWith('unknown-action', subject, catalog)) {
      if (service === undefined) continue;
      const name = node.value.slice(service.prefix.length + 1);
      const meant = nearest(
        name,
        service.actions.map((action) => action.name),
      ).map((near) => `${service.prefix}:${near}`);
      report({
        at: node.span,
        message: `${service.name} has no action "${name}", so it grants and denies nothing.${meant.length === 0 ? ' Look it up, or remove it.' : ` Did you mean ${meant.join(' or ')}?`}`,
        fixes: meant.map((id) => ({ title: `Change to ${id}`, kind: 'suggestion', edits: [replaceValue(node, id)] })),
      });
    }
  },
});
