import { insertBefore } from '../../json/edit';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { lacks, statementAnchor } from '../../policy/policy';
import { defineRule } from '../rule';

export const missingEffect = defineRule({
  id: 'policy/missing-effect',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'MISSING_EFFECT',
  docs: {
    what: 'a statement without an `Effect`',
    why: 'There is no default: IAM refuses a statement that says neither `Allow` nor `Deny`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('MISSING_EFFECT'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html',
    ],
  },
  check({ subject, text, report }) {
    for (const statement of subject.statements) {
      if (!lacks(statement, 'Effect')) continue;
      const { node } = statement;
      const first = node.members.find(({ key }) => key.value !== 'Sid');
      report({
        at: statementAnchor(node),
        message: 'The statement has no Effect: IAM refuses the policy. Say "Allow" or "Deny".',
        fixes:
          first === undefined
            ? []
            : ['Allow', 'Deny'].map((effect) => ({
                title: `Add "Effect": "${effect}"`,
                kind: 'suggestion' as const,
                edits: [insertBefore(text, first, 'Effect', effect)],
              })),
      });
    }
  },
});
