import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { neverMet } from '../../policy/nullCondition';
import { defineRule } from '../rule';

export const redundantStatementDueToWildcardInCondition = defineRule({
  id: 'policy/redundant-statement-due-to-wildcard-in-condition',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION',
  docs: {
    what: 'a condition with `*` that holds for no request',
    why: '`ForAnyValue:StringNotLike` asks for a value that fits none of the patterns, and every value fits `*`. Requests without the key do not pass either, so the statement never does anything.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Deny", "Action": "ec2:CreateTags", "Resource": "*", "Condition": { "ForAnyValue:StringNotLike": { "aws:TagKeys": ["team", "*"] } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Deny", "Action": "ec2:CreateTags", "Resource": "*", "Condition": { "ForAnyValue:StringNotLike": { "aws:TagKeys": ["team", "cost-*"] } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
    ],
  },
  check({ subject, report }) {
    for (const { key, star } of neverMet(subject)) {
      report({
        at: star.node.span,
        message: `Every value of ${key.value} fits "*", so the condition never holds and the statement does nothing. Name other values, or remove the statement.`,
      });
    }
  },
});
