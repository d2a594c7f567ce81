import { replaceValue } from '../../json/edit';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { hasPlaceholder } from '../../policy/placeholder';
import { defineRule } from '../rule';

export const invalidEffect = defineRule({
  id: 'policy/invalid-effect',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_EFFECT',
  docs: {
    what: 'an `Effect` that is neither `Allow` nor `Deny`',
    why: 'IAM refuses the policy: the two words are written with a capital letter and nothing else.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_EFFECT'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html',
    ],
  },
  check({ subject, report }) {
    for (const { effect, elements } of subject.statements) {
      const written = elements.Effect?.value;
      if (effect !== undefined || written?.kind !== 'string' || hasPlaceholder(written.value)) continue;
      const meant = ['Allow', 'Deny'].find((word) => word.toLowerCase() === written.value.trim().toLowerCase());
      report({
        at: written.span,
        message: `"${written.value}" is no effect: IAM refuses the policy. Write "Allow" or "Deny".`,
        fixes: meant === undefined ? [] : [{ title: `Change to ${meant}`, kind: 'suggestion', edits: [replaceValue(written, meant)] }],
      });
    }
  },
});
