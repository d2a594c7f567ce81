import { replaceValue } from '../../json/edit';
import { didYouMean, nearest } from '../../nearest';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { operatorOf, operators } from '../../policy/operator';
import { hasPlaceholder, isIntrinsicName } from '../../policy/placeholder';
import { defineRule } from '../rule';

export const invalidConditionOperator = defineRule({
  id: 'policy/invalid-condition-operator',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_CONDITION_OPERATOR',
  docs: {
    what: 'a condition operator that does not exist',
    why: 'IAM refuses the policy. Letter case makes no difference; `ForAllValues:` or `ForAnyValue:` before the name and `IfExists` after it are part of no name.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringMatches": { "aws:PrincipalTag/team": "data" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringEqualsIfExists": { "aws:PrincipalTag/team": "data" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_CONDITION_OPERATOR'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
    ],
  },
  check({ subject, report }) {
    for (const { condition } of subject.statements) {
      if (condition?.kind !== 'object') continue;
      for (const { key } of condition.members) {
        const { qualifier, name, hasIfExists, family } = operatorOf(key);
        // A template puts its own names in this place: Fn::If, ${Operator}.
        if (family !== undefined || isIntrinsicName(key.value) || hasPlaceholder(key.value)) continue;
        const meant = nearest(name, Object.keys(operators)).map(
          (near) => `${qualifier === undefined ? '' : `${qualifier}:`}${near}${hasIfExists ? 'IfExists' : ''}`,
        );
        report({
          at: key.span,
          message: `There is no condition operator "${key.value}", so IAM refuses the policy.${didYouMean(meant)}`,
          fixes: meant.map((operator) => ({ title: `Change to ${operator}`, kind: 'suggestion', edits: [replaceValue(key, operator)] })),
        });
      }
    }
  },
});
