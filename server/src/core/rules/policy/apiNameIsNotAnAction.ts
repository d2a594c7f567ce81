import { replaceValue } from '../../json/edit';
import { actionsWith } from '../../policy/action';
import { actionsOfApi } from '../../policy/apiNames';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const apiNameIsNotAnAction = defineRule({
  id: 'policy/api-name-is-not-an-action',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  docs: {
    what: 'the name of an API operation that is not the name of an action',
    why: 'Most actions are called like the operation of the API, but not all: `HeadBucket` needs `s3:ListBucket`, `CreateMultipartUpload` needs `s3:PutObject`. IAM accepts the policy, and the name grants nothing.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:HeadBucket", "Resource": "arn:aws:s3:::my-data" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::my-data" }\n  ]\n}\n',
      },
    ],
    references: [
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
    ],
  },
  check({ subject, catalog, report }) {
    for (const { node } of actionsWith('api-name', subject, catalog)) {
      const needed = actionsOfApi(node.value) ?? [];
      const [first, ...others] = needed;
      report({
        at: node.span,
        message: `"${node.value}" is an operation of the API, not an action: it grants and denies nothing. ${others.length === 0 ? `The action is ${first}` : `Its actions are ${listed(needed, (action) => action)}`}.`,
        fixes: needed.map((action) => ({ title: `Change to ${action}`, kind: 'suggestion', edits: [replaceValue(node, action)] })),
      });
    }
  },
});
