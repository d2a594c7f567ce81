import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { knowsConditionKeys } from '../../policy/conditionValue';
import { gitHub, trustedIssuers } from '../../policy/principal';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const missingConditionKeyForOidcPrincipal = defineRule({
  id: 'trust/missing-condition-key-for-oidc-principal',
  severity: 'warning',
  scope: 'statement',
  kinds: ['trust'],
  accessAnalyzer: 'MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL',
  docs: {
    what: 'an OIDC provider whose every user may assume the role',
    why: 'An OIDC provider gives tokens to all of its users: every pod of a cluster, every customer of a public provider. Without a condition on a claim of the token, each of them may assume the role. The condition keys begin with the name of the provider: `oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE:sub`, `accounts.google.com:aud`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E" }, "Action": "sts:AssumeRoleWithWebIdentity" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E" }, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "StringEquals": { "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E:sub": "system:serviceaccount:data:emr" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html',
    ],
  },
  check({ subject, report }) {
    for (const statement of subject.statements) {
      // GitHub has a check of its own (trust/missing-github-repo-condition-key).
      const issuers = trustedIssuers(statement).filter(({ provider }) => provider !== gitHub);
      if (issuers.length === 0 || !knowsConditionKeys(statement)) continue;
      const keys = statement.conditions.map(({ key }) => key.value.toLowerCase());
      // The name of the session is what tells the tenants of some providers apart.
      if (keys.includes('sts:rolesessionname')) continue;
      const open = issuers.filter(({ provider }) => !keys.some((key) => key.startsWith(`${provider}:`)));
      const [first] = open;
      if (first === undefined) continue;
      report({
        at: first.node.span,
        message: `Every user of ${listed(open.map(({ provider }) => provider))} may assume the role. Compare a claim of the token in the condition, such as ${first.provider}:sub or :aud.`,
      });
    }
  },
});
