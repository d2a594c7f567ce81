import { removeItem } from '../../json/remove';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { coveredItems } from '../../policy/covered';
import { defineRule } from '../rule';

export const redundantResource = defineRule({
  id: 'policy/redundant-resource',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'REDUNDANT_RESOURCE',
  docs: {
    what: 'a resource that another one of the same list covers',
    why: 'A pattern of the list means this resource too, so that it adds nothing, and hides how much the pattern grants.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::my-data/*", "arn:aws:s3:::my-data/logs/*"] }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::my-data/*", "arn:aws:s3:::my-logs/*"] }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('REDUNDANT_RESOURCE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html',
    ],
  },
  check({ subject, text, report }) {
    for (const statement of subject.statements) {
      for (const name of ['Resource', 'NotResource'] as const) {
        for (const { list, item, by } of coveredItems(statement, name, ({ value }) => value)) {
          report({
            at: item.span,
            message: `${text.slice(by.span.start, by.span.end)} covers this resource already. Remove it.`,
            fixes: [{ title: 'Remove it', kind: 'safe', edits: [removeItem(list, item)] }],
            related: [{ span: by.span, message: 'This one covers it.' }],
          });
        }
      }
    }
  },
});
