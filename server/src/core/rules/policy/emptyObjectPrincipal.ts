import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { defineRule } from '../rule';

export const emptyObjectPrincipal = defineRule({
  id: 'policy/empty-object-principal',
  severity: 'information',
  scope: 'statement',
  kinds: ['trust', 'resource', 'rcp'],
  accessAnalyzer: 'EMPTY_OBJECT_PRINCIPAL',
  docs: {
    what: 'an empty principal',
    why: 'A statement without principals is about nobody and does nothing.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": {}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('EMPTY_OBJECT_PRINCIPAL'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    ],
  },
  check({ subject, report }) {
    for (const { elements } of subject.statements) {
      for (const principal of [elements.Principal?.value, elements.NotPrincipal?.value]) {
        if (principal?.kind !== 'object' || principal.members.length > 0) continue;
        report({ at: principal.span, message: 'The principal is empty. Name whom the statement is about, or remove it.' });
      }
    }
  },
});
