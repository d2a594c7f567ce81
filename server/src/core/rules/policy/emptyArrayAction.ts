import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { defineRule } from '../rule';

export const emptyArrayAction = defineRule({
  id: 'policy/empty-array-action',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'EMPTY_ARRAY_ACTION',
  docs: {
    what: 'an empty list for `Action`',
    why: 'A statement with no actions is about nothing, and grants or denies nothing.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": [], "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('EMPTY_ARRAY_ACTION'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html',
    ],
  },
  check({ subject, report }) {
    for (const { elements } of subject.statements) {
      for (const name of ['Action', 'NotAction'] as const) {
        const found = elements[name];
        if (found?.value?.kind !== 'array' || found.value.items.length > 0) continue;
        report({
          at: found.span,
          message: `${name} is empty, so that the statement is about nothing. Name actions, or remove the statement.`,
        });
      }
    }
  },
});
