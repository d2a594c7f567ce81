import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { alwaysMet } from '../../policy/nullCondition';
import { defineRule } from '../rule';

export const redundantKeyDueToWildcardInCondition = defineRule({
  id: 'policy/redundant-key-due-to-wildcard-in-condition',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION',
  docs: {
    what: 'a condition with `*` that holds for each request',
    why: 'Every value fits `*`, and with `IfExists` or `ForAllValues` a request without the key passes too. Such a condition limits nothing and only misleads. The fix takes it out, which changes nothing.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringLikeIfExists": { "aws:PrincipalTag/team": "*" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringLikeIfExists": { "aws:PrincipalTag/team": "data-*" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists',
    ],
  },
  check({ subject, catalog, report }) {
    for (const { key, star, edits } of alwaysMet(subject, catalog)) {
      report({
        at: star.node.span,
        message: `Every request fits "*" or has no ${key.value}, so the condition limits nothing. Remove it, or name values.`,
        fixes: edits.length === 0 ? [] : [{ title: `Remove the condition on ${key.value}`, kind: 'safe', edits }],
      });
    }
  },
});
