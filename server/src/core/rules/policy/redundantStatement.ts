import { removeItem } from '../../json/remove';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { statementAnchor } from '../../policy/policy';
import type { Node, ObjectNode } from '../../tree/node';
import { defineRule } from '../rule';

export const redundantStatement = defineRule({
  id: 'policy/redundant-statement',
  severity: 'information',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'REDUNDANT_STATEMENT',
  docs: {
    what: 'a statement that says what another one says already',
    why: 'Two statements that differ in nothing but their `Sid` and their layout grant and deny no more than one of them.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Sid": "A", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" },\n    { "Sid": "B", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Sid": "A", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" },\n    { "Sid": "B", "Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('REDUNDANT_STATEMENT'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html',
    ],
  },
  check({ subject, report }) {
    const list = subject.statement.value;
    const seen = new Map<string, ObjectNode>();
    for (const { node } of subject.statements) {
      const said = JSON.stringify(meaning(node));
      const first = seen.get(said);
      if (first === undefined) seen.set(said, node);
      else {
        report({
          at: statementAnchor(node),
          message: 'This statement says what an earlier one says already. Remove it.',
          fixes: list?.kind === 'array' ? [{ title: 'Remove the statement', kind: 'safe', edits: [removeItem(list, node)] }] : [],
          related: [{ span: statementAnchor(first), message: 'The earlier one.' }],
        });
      }
    }
  },
});

/** Without the Sid, with members in one order, and lists of one as the one. */
function meaning(node: Node): unknown {
  if (node.kind === 'array')
    return node.items.length === 1 && node.items[0] !== undefined ? meaning(node.items[0]) : node.items.map(meaning);
  if (node.kind !== 'object') return node.kind === 'null' ? null : node.value;
  return node.members
    .filter(({ key }) => key.value !== 'Sid')
    .map(({ key, value }) => [key.value, value === undefined ? null : meaning(value)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
