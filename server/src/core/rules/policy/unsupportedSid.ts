import { replaceValue } from '../../json/edit';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { hasPlaceholder } from '../../policy/placeholder';
import { textOf } from '../../tree/node';
import { defineRule } from '../rule';

export const unsupportedSid = defineRule({
  id: 'policy/unsupported-sid',
  severity: 'error',
  kinds: ['identity', 'inline-identity', 'trust', 'boundary'],
  accessAnalyzer: 'UNSUPPORTED_SID',
  docs: {
    what: 'a `Sid` with other characters than letters and digits',
    why: 'IAM refuses such a `Sid` in the policies of users, groups and roles; some resource policies may have blanks in it.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Sid": "Read my data", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Sid": "ReadMyData", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('UNSUPPORTED_SID'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html',
    ],
  },
  check({ subject, report }) {
    const taken = new Set(subject.statements.map(({ elements }) => textOf(elements.Sid?.value)));
    for (const { elements } of subject.statements) {
      const sid = elements.Sid?.value;
      if (sid?.kind !== 'string' || /^[A-Za-z0-9]*$/.test(sid.value) || hasPlaceholder(sid.value)) continue;
      const plain = sid.value.replace(/[^A-Za-z0-9]+(.?)/g, (_, next: string) => next.toUpperCase());
      const isFree = plain !== '' && /^[A-Za-z0-9]+$/.test(plain) && !taken.has(plain);
      report({
        at: sid.span,
        message: `The Sid "${sid.value}" has characters that IAM refuses. Write letters and digits alone.`,
        fixes: isFree ? [{ title: `Change to ${plain}`, kind: 'safe', edits: [replaceValue(sid, plain)] }] : [],
      });
    }
  },
});
