import { credentialActions, exposures } from '../../policy/exposure';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const credentialExposure = defineRule({
  id: 'security/credential-exposure',
  severity: 'warning',
  profile: 'audit',
  kinds: ['identity', 'inline-identity'],
  docs: {
    what: 'actions on every resource that return credentials or secrets',
    why: 'What `secretsmanager:GetSecretValue` or `redshift:GetClusterCredentials` returns has rights that this policy does not name, and can be used from anywhere. Quiet where the resources are named, where a condition limits the action and where a Deny takes it away. Tokens that have but the rights of the caller, such as those of `ecr:GetAuthorizationToken`, are left out, and so is what `security/privilege-escalation` says.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": ["rds-db:connect", "s3:ListBucket"], "Resource": "*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:reports-??????" }\n  ]\n}\n',
      },
    ],
    references: [
      'https://cloudsplaining.readthedocs.io/en/latest/glossary/credentials-exposure/',
      'https://github.com/primeharbor/sensitive_iam_actions',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
    ],
  },
  check({ subject, catalog, report }) {
    for (const { at, actions } of exposures(subject, credentialActions, catalog)) {
      report({
        at,
        message: `Credentials or secrets come with ${listed(actions, (action) => action)}, here of every resource. Name the resources whose credentials are needed.`,
      });
    }
  },
});
