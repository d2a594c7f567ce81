import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { defineRule } from '../rule';

export const emptyArrayPrincipal = defineRule({
  id: 'policy/empty-array-principal',
  severity: 'information',
  scope: 'statement',
  kinds: ['trust', 'resource', 'rcp'],
  accessAnalyzer: 'EMPTY_ARRAY_PRINCIPAL',
  docs: {
    what: 'an empty list of principals',
    why: 'A statement without principals is about nobody and does nothing.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": [] }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": ["111122223333"] }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('EMPTY_ARRAY_PRINCIPAL'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    ],
  },
  check({ subject, report }) {
    for (const { elements } of subject.statements) {
      const principal = elements.Principal?.value ?? elements.NotPrincipal?.value;
      const lists = principal?.kind === 'object' ? principal.members.map(({ value }) => value) : [principal];
      for (const list of lists) {
        if (list?.kind !== 'array' || list.items.length > 0) continue;
        report({ at: list.span, message: 'The list of principals is empty. Name whom the statement is about, or remove it.' });
      }
    }
  },
});
