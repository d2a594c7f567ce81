import { replaceValue } from '../../json/edit';
import { didYouMean, nearest } from '../../nearest';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { hasPlaceholder, isIntrinsic } from '../../policy/placeholder';
import { isPrincipalKind, principalKinds } from '../../policy/principal';
import { defineRule } from '../rule';

export const invalidPrincipalKey = defineRule({
  id: 'policy/invalid-principal-key',
  severity: 'error',
  scope: 'statement',
  kinds: ['trust', 'resource'],
  accessAnalyzer: 'INVALID_PRINCIPAL_KEY',
  docs: {
    what: 'a kind of principal that does not exist',
    why: 'The kinds are `AWS`, `Service`, `Federated` and `CanonicalUser`, in these letters. IAM refuses others.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Role": "arn:aws:iam::111122223333:role/data" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/data" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_PRINCIPAL_KEY'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    ],
  },
  check({ subject, report }) {
    for (const { elements } of subject.statements) {
      for (const principal of [elements.Principal?.value, elements.NotPrincipal?.value]) {
        if (principal?.kind !== 'object' || isIntrinsic(principal)) continue;
        for (const { key } of principal.members) {
          if (isPrincipalKind(key.value) || hasPlaceholder(key.value)) continue;
          const meant = nearest(key.value, principalKinds);
          report({
            at: key.span,
            message: `There is no kind of principal "${key.value}"; the kinds are AWS, Service, Federated and CanonicalUser.${didYouMean(meant)}`,
            fixes: meant.map((kind) => ({ title: `Change to ${kind}`, kind: 'suggestion', edits: [replaceValue(key, kind)] })),
          });
        }
      }
    }
  },
});
