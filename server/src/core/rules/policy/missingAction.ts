import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { lacks, statementAnchor } from '../../policy/policy';
import { defineRule } from '../rule';

export const missingAction = defineRule({
  id: 'policy/missing-action',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'MISSING_ACTION',
  docs: {
    what: 'a statement without `Action` and `NotAction`',
    why: 'IAM refuses a statement that does not say which actions it is about.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Deny", "NotAction": "s3:*", "Resource": "*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('MISSING_ACTION'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html',
    ],
  },
  check({ subject, report }) {
    for (const statement of subject.statements) {
      if (!lacks(statement, 'Action', 'NotAction')) continue;
      report({
        at: statementAnchor(statement.node),
        message: 'The statement has no Action: IAM refuses the policy. Name the actions that it is about.',
      });
    }
  },
});
