import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { qualifiedAudiences } from '../../policy/audience';
import { defineRule } from '../rule';

export const confirmAudienceClaimType = defineRule({
  id: 'trust/confirm-audience-claim-type',
  severity: 'information',
  scope: 'statement',
  kinds: ['trust'],
  accessAnalyzer: 'CONFIRM_AUDIENCE_CLAIM_TYPE',
  docs: {
    what: 'a qualifier with the audience of a token',
    why: '`ForAllValues` and `ForAnyValue` are for keys with several values. A token of GitHub, Google, Amazon Cognito, an EKS cluster or a SAML provider has one audience, so `aud` is compared without a qualifier; `ForAllValues` would be met by a token without the claim as well. AWS also reports `aud` without a qualifier, to have it confirmed; here that is right, and nothing is said of other providers.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Federated": "cognito-identity.amazonaws.com" }, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "ForAllValues:StringEquals": { "cognito-identity.amazonaws.com:aud": "us-east-1:12345678-dead-beef-cafe-123456790ab" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Federated": "cognito-identity.amazonaws.com" }, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "StringEquals": { "cognito-identity.amazonaws.com:aud": "us-east-1:12345678-dead-beef-cafe-123456790ab" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('CONFIRM_AUDIENCE_CLAIM_TYPE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
    ],
  },
  check({ subject, report }) {
    for (const { statement, condition, edits } of qualifiedAudiences(subject)) {
      const { key, operator } = condition;
      // That one is graver (trust/foranyvalue-with-audience-claim-type).
      if (statement.effect === 'Allow' && operator.qualifier === 'ForAnyValue') continue;
      report({
        at: key.span,
        message: `${key.value} has one value, and ${operator.qualifier} is for keys with several. Remove the qualifier.`,
        fixes: edits.length === 0 ? [] : [{ title: `Remove ${operator.qualifier}`, kind: 'suggestion', edits }],
      });
    }
  },
});
