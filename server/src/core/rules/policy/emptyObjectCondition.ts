import { removeMember } from '../../json/remove';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { operatorOf } from '../../policy/operator';
import { defineRule } from '../rule';

export const emptyObjectCondition = defineRule({
  id: 'policy/empty-object-condition',
  severity: 'information',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'EMPTY_OBJECT_CONDITION',
  docs: {
    what: 'an empty condition',
    why: 'A `Condition` without operators, or an operator without keys, limits nothing. Where a limit was meant, it is missing; where none was, the element only misleads.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": {} }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Condition": { "StringEquals": { "aws:PrincipalTag/team": "data" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('EMPTY_OBJECT_CONDITION'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html',
    ],
  },
  check({ subject, report }) {
    for (const { node, elements } of subject.statements) {
      const condition = elements.Condition;
      if (condition?.value?.kind !== 'object') continue;
      const { members } = condition.value;
      const empty = members.filter(
        ({ key, value }) => value?.kind === 'object' && value.members.length === 0 && operatorOf(key).family !== undefined,
      );
      if (empty.length === members.length) {
        report({
          at: condition.value.span,
          message: 'The condition is empty and limits nothing. Add what is missing, or remove it.',
          fixes: [
            {
              title: 'Remove the empty condition',
              kind: members.length === 0 ? 'safe' : 'suggestion',
              edits: [removeMember(node, condition)],
            },
          ],
        });
        continue;
      }
      for (const operator of empty) {
        report({
          at: operator.span,
          message: `${operator.key.value} has no keys and limits nothing. Add what is missing, or remove it.`,
          fixes: [{ title: `Remove ${operator.key.value}`, kind: 'suggestion', edits: [removeMember(condition.value, operator)] }],
        });
      }
    }
  },
});
