import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { qualifiedAudiences } from '../../policy/audience';
import { defineRule } from '../rule';

export const foranyvalueWithAudienceClaimType = defineRule({
  id: 'trust/foranyvalue-with-audience-claim-type',
  severity: 'warning',
  scope: 'statement',
  kinds: ['trust'],
  accessAnalyzer: 'FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE',
  docs: {
    what: '`ForAnyValue` with the audience of a token',
    why: '`ForAnyValue` is for keys with several values. A token of GitHub, Google, Amazon Cognito, an EKS cluster or a SAML provider has one audience, so `aud` is compared without a qualifier. Of other providers nothing is said: with some, the claim is a list.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Federated": "cognito-identity.amazonaws.com" }, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "ForAnyValue:StringEquals": { "cognito-identity.amazonaws.com:aud": "us-east-1:12345678-dead-beef-cafe-123456790ab" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Federated": "cognito-identity.amazonaws.com" }, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "StringEquals": { "cognito-identity.amazonaws.com:aud": "us-east-1:12345678-dead-beef-cafe-123456790ab" }, "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
    ],
  },
  check({ subject, report }) {
    for (const { statement, condition, edits } of qualifiedAudiences(subject)) {
      const { key, operator } = condition;
      if (statement.effect !== 'Allow' || operator.qualifier !== 'ForAnyValue') continue;
      // Only these come to the same without the qualifier where a request does not have the key.
      const kind = operator.isNegated || operator.hasIfExists ? 'suggestion' : 'safe';
      report({
        at: key.span,
        message: `${key.value} has one value, and ForAnyValue is for keys with several. Remove the qualifier.`,
        fixes: edits.length === 0 ? [] : [{ title: 'Remove ForAnyValue', kind, edits }],
      });
    }
  },
});
