import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { knowsConditionKeys } from '../../policy/conditionValue';
import type { ConditionKey } from '../../policy/policy';
import { gitHub, trustedIssuers } from '../../policy/principal';
import { defineRule } from '../rule';

export const missingGithubRepoConditionKey = defineRule({
  id: 'trust/missing-github-repo-condition-key',
  severity: 'warning',
  kinds: ['trust'],
  accessAnalyzer: 'MISSING_GITHUB_REPO_CONDITION_KEY',
  docs: {
    what: 'a role that workflows of any GitHub repository may assume',
    why: 'GitHub Actions gives tokens to the workflows of every repository, of whatever owner. The claim `sub` says which repository and branch a token is for: without a condition on `token.actions.githubusercontent.com:sub`, anybody with a GitHub account may assume the role. A condition on another claim that tells whose the workflow is will do: `repository`, `repository_id`, `repository_owner_id`, `job_workflow_ref`, `actor_id` or `enterprise_id`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "StringEquals": { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "StringEquals": { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com", "token.actions.githubusercontent.com:sub": "repo:octo-org/app:ref:refs/heads/main" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('MISSING_GITHUB_REPO_CONDITION_KEY'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub',
      'https://docs.github.com/en/actions/reference/security/oidc',
    ],
  },
  check({ subject, report }) {
    for (const statement of subject.statements) {
      const issuer = trustedIssuers(statement).find(({ provider }) => provider === gitHub);
      if (issuer === undefined || !knowsConditionKeys(statement)) continue;
      if (statement.conditions.some(tellsWhose)) continue;
      report({
        at: issuer.node.span,
        message: `Workflows of every repository on GitHub may assume the role. Compare ${gitHub}:sub with the repository and branch, as in "repo:octo-org/app:ref:refs/heads/main".`,
      });
    }
  },
});

/** Whether a condition compares a claim about the owner of a workflow with something that not everybody's fits. */
function tellsWhose({ key, operator, values }: ConditionKey): boolean {
  if (operator.family === 'Null' || !ownerClaim.test(key.value)) return false;
  return !values.some((value) => value.kind === 'string' && operator.isLike && /^\*+$/.test(value.value));
}

const ownerClaim =
  /^token\.actions\.githubusercontent\.com:(sub|repository|repository_id|repository_owner|repository_owner_id|job_workflow_ref|workflow_ref|actor|actor_id|enterprise|enterprise_id)$/i;
