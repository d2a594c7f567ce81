import { removeItem } from '../../json/remove';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { hasPlaceholder } from '../../policy/placeholder';
import { covers } from '../../policy/wildcard';
import { memberValue } from '../../tree/node';
import { defineRule } from '../rule';

export const redundantAction = defineRule({
  id: 'policy/redundant-action',
  severity: 'information',
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
  check({ subject, text, report }) {
    for (const { node } of subject.statements) {
      for (const name of ['Action', 'NotAction']) {
        const list = memberValue(node, name);
        if (list?.kind !== 'array' || list.items.length > mostCompared) continue;
        const known = list.items.filter((item) => item.kind === 'string' && !hasPlaceholder(item.value));
        const items = known.flatMap((item) => (item.kind === 'string' ? [{ item, pattern: item.value.toLowerCase() }] : []));
        for (const [index, { item, pattern }] of items.entries()) {
          // Of two that are the same, the later one.
          const other = items.find(
            (candidate, i) => i !== index && covers(candidate.pattern, pattern) && (i < index || candidate.pattern !== pattern),
          );
          if (other === undefined) continue;
          report({
            at: item.span,
            message: `${text.slice(other.item.span.start, other.item.span.end)} covers this action already. Remove it.`,
            fixes: [{ title: 'Remove it', kind: 'safe', edits: [removeItem(list, item)] }],
            related: [{ span: other.item.span, message: 'This one covers it.' }],
          });
        }
      }
    }
  },
});

/** Each item is compared with each other one. */
const mostCompared = 1000;
