import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { knownValues } from '../../policy/conditionValue';
import { defineRule } from '../rule';

export const specificGithubRepoAndBranchRecommended = defineRule({
  id: 'trust/specific-github-repo-and-branch-recommended',
  severity: 'warning',
  scope: 'statement',
  kinds: ['trust'],
  accessAnalyzer: 'SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED',
  docs: {
    what: 'a role that workflows of many GitHub repositories or of any branch may assume',
    why: 'A pattern in `token.actions.githubusercontent.com:sub` may let in workflows that nobody thought of: those of a repository made later, those of a branch that has not been reviewed, those of a pull request. Name the repository and the branch, or an environment with rules of its own. A pattern for the names of branches or tags (`refs/heads/release/*`) is left alone, and so is any subject whose statement compares another claim of GitHub beside `aud`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "StringLike": { "token.actions.githubusercontent.com:sub": "repo:octo-org/app:*" } } }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "StringLike": { "token.actions.githubusercontent.com:sub": "repo:octo-org/*:ref:refs/heads/main" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "StringEquals": { "token.actions.githubusercontent.com:sub": "repo:octo-org/app:ref:refs/heads/main" } } }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "StringLike": { "token.actions.githubusercontent.com:sub": "repo:octo-org/app:*" }, "StringEquals": { "token.actions.githubusercontent.com:ref": "refs/heads/main" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub',
      'https://docs.github.com/en/actions/reference/security/oidc',
    ],
  },
  check({ subject, report }) {
    for (const statement of subject.statements) {
      if (statement.effect !== 'Allow' || statement.conditions.length === 0) continue;
      const claims = statement.conditions.filter(({ key }) => gitHubClaim.test(key.value));
      if (claims.some(({ key }) => !/:(sub|aud)$/i.test(key.value))) continue;
      const subjects = claims.filter(({ key, operator }) => /:sub$/i.test(key.value) && operator.name === 'StringLike');
      const open = subjects.flatMap((condition) => knownValues(statement, condition)).find(({ text }) => openPart(text) !== undefined);
      if (open === undefined) continue;
      const whose = openPart(open.text) === 'repository' ? 'more than one repository' : 'every branch of the repository';
      const [, repository = 'octo-org/app'] = /^repo:([^:*?]+)(?:$|:)/.exec(open.text) ?? [];
      report({
        at: open.node.span,
        message: `"${open.text}" lets in the workflows of ${whose}. Name the repository and the branch, as in "repo:${repository}:ref:refs/heads/main".`,
      });
    }
  },
});

const gitHubClaim = /^token\.actions\.githubusercontent\.com(\/[^:]+)?:/i;

/** What a subject leaves to chance. One of a form of one's own is not known; `*` alone is none at all (trust/missing-github-repo-condition-key). */
function openPart(sub: string): 'repository' | 'branch' | undefined {
  const [, repository, rest] = /^repo:([^:]*)(?::(.*))?$/s.exec(sub) ?? [];
  if (repository === undefined) return /^[*?].*[^*]/.test(sub) ? 'repository' : undefined;
  if (/[*?]/.test(repository)) return 'repository';
  return rest !== undefined && /^(ref:(refs\/((heads|tags)\/)?)?|environment:)?[*?]/.test(rest) ? 'branch' : undefined;
}
