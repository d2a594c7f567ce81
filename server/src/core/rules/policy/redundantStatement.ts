import { compareText } from '../../finding';
import { removeItem } from '../../json/remove';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { type Statement, statementAnchor } from '../../policy/policy';
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
    if (subject.statements.length < 2) return;
    const list = subject.statement.value;
    const seen = new Map<string, ObjectNode>();
    for (const { node } of lookingAlike(subject.statements)) {
      const said = meaning(node);
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

/** A quick answer: those that have as many of everything as another one. What they say need not be read of the others. */
function lookingAlike(statements: readonly Statement[]): readonly Statement[] {
  const counts = new Map<number, number>();
  const shapes = statements.map(({ effect, actions, resources, conditions, notActions, notResources, principals }) => {
    const numbers = [effect === 'Allow' ? 1 : 0, actions.length, resources.length, conditions.length, principals.length];
    const only = [actions.length + notActions.length === 1 ? (actions[0] ?? notActions[0]) : undefined, resources[0] ?? notResources[0]];
    // Of a list the order is no matter, so that its first item says nothing.
    const lengths = [only[0]?.value.length ?? 0, resources.length + notResources.length === 1 ? (only[1]?.value.length ?? 0) : 0];
    return [...numbers, ...lengths].reduce((shape, number) => shape * 101 + number, 0);
  });
  for (const shape of shapes) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  return statements.filter((_, index) => (counts.get(shapes[index] ?? 0) ?? 0) > 1);
}

/** Without the Sid, with members and lists in one order, and lists of one as the one. The arguments of an intrinsic function keep theirs. */
function meaning(node: Node | undefined, key = ''): string {
  if (node === undefined || node.kind === 'null') return 'null';
  if (node.kind === 'array') {
    const items = node.items.map((item) => meaning(item));
    const [only] = items;
    if (items.length === 1 && only !== undefined) return only;
    return `[${(key.startsWith('Fn::') ? items : items.sort(compareText)).join()}]`;
  }
  if (node.kind !== 'object') return JSON.stringify(node.value);
  const members = node.members.filter((entry) => entry.key.value !== 'Sid');
  return `{${members
    .map((entry) => `${JSON.stringify(entry.key.value)}:${meaning(entry.value, entry.key.value)}`)
    .sort(compareText)
    .join()}}`;
}
