import { removeItem } from '../../json/remove';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { namedAction } from '../../policy/action';
import { coveredItems } from '../../policy/covered';
import type { StringNode } from '../../tree/node';
import { defineRule } from '../rule';

export const redundantAction = defineRule({
  id: 'policy/redundant-action',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'REDUNDANT_ACTION',
  docs: {
    what: 'an action that another one of the same list covers',
    why: 'A pattern of the list means it too, so that it adds nothing, and hides how much the pattern grants.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": ["s3:Get*", "s3:PutObject"], "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('REDUNDANT_ACTION'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html',
    ],
  },
  check({ subject, text, catalog, report }) {
    const inLowerCase = ({ value }: StringNode): string => (catalog === undefined ? value.toLowerCase() : namedAction(value, catalog).text);
    for (const statement of subject.statements) {
      for (const name of ['Action', 'NotAction'] as const) {
        for (const { list, item, by } of coveredItems(statement, name, inLowerCase)) {
          report({
            at: item.span,
            message: `${text.slice(by.span.start, by.span.end)} covers this action already. Remove it.`,
            fixes: [{ title: 'Remove it', kind: 'safe', edits: [removeItem(list, item)] }],
            related: [{ span: by.span, message: 'This one covers it.' }],
          });
        }
      }
    }
  },
});
