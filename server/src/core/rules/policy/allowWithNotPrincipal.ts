import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { defineRule } from '../rule';

export const allowWithNotPrincipal = defineRule({
  id: 'policy/allow-with-not-principal',
  severity: 'warning',
  scope: 'statement',
  kinds: ['resource'],
  accessAnalyzer: 'ALLOW_WITH_NOT_PRINCIPAL',
  docs: {
    what: '`Allow` with `NotPrincipal`',
    why: 'It allows everybody but the ones named, anonymous requests among them, and everybody who comes later. Name in `Principal` who is allowed; `NotPrincipal` is meant for `Deny`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "NotPrincipal": { "AWS": "111122223333" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('ALLOW_WITH_NOT_PRINCIPAL'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html',
    ],
  },
  check({ subject, report }) {
    for (const { effect, elements } of subject.statements) {
      const element = elements.NotPrincipal;
      if (effect !== 'Allow' || element === undefined) continue;
      report({
        at: element.key.span,
        message:
          'Allow with NotPrincipal allows everybody but the ones named, anonymous requests among them. Name in Principal who is allowed.',
      });
    }
  },
});
