import { exposingActions, exposures } from '../../policy/exposure';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const resourceExposure = defineRule({
  id: 'security/resource-exposure',
  severity: 'warning',
  profile: 'audit',
  kinds: ['identity', 'inline-identity'],
  docs: {
    what: 'actions on every resource that can open resources to others',
    why: 'Whoever may write the policy of a bucket, a key or a queue, share a snapshot, or lift a block on public access, can give other accounts, or everybody, what this policy gives to him alone. Quiet where the resources are named, where a condition limits the action and where a Deny takes it away.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": ["elasticmapreduce:ListClusters", "elasticmapreduce:PutBlockPublicAccessConfiguration"], "Resource": "*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:PutBucketPolicy", "Resource": "arn:aws:s3:::my-data" }\n  ]\n}\n',
      },
    ],
    references: [
      'https://cloudsplaining.readthedocs.io/en/latest/glossary/resource-exposure/',
      'https://github.com/primeharbor/sensitive_iam_actions',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
    ],
  },
  check({ subject, catalog, report }) {
    for (const { at, actions } of exposures(subject, exposingActions, catalog)) {
      report({
        at,
        message: `Resources can be opened to others with ${listed(actions, (action) => action)}, here every one. Name the resources, or leave these actions to administrators.`,
      });
    }
  },
});
