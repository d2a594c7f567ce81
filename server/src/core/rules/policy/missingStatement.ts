import { replaceValue } from '../../json/edit';
import { nearest } from '../../nearest';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { itemsOf, member, type ObjectNode } from '../../tree/node';
import { defineRule, type Report } from '../rule';

export const missingStatement = defineRule({
  id: 'policy/missing-statement',
  severity: 'error',
  kinds: ['json-text'],
  accessAnalyzer: 'MISSING_STATEMENT',
  docs: {
    what: 'a policy without a statement',
    why: 'A policy must have a `Statement` with at least one statement in it: IAM refuses any other as malformed, one with an empty list too. Only what cannot but be a policy is judged: an object with a `Version` of the policy language that stands alone in its file, or where APIs and templates have policies.',
    bad: [
      { syntax: 'json', text: '{\n  "Version": "2012-10-17",\n  "Id": "reads"\n}\n' },
      { syntax: 'json', text: '{\n  "Version": "2012-10-17",\n  "Statement": []\n}\n' },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('MISSING_STATEMENT'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html',
    ],
  },
  check({ subject: { isBroken, policies, withoutStatement }, report }) {
    // Where the text is broken, so may be the statement.
    if (isBroken) return;
    for (const { statement } of policies) {
      if (statement.value?.kind !== 'array' || statement.value.items.length > 0) continue;
      report({ at: statement.span, message: 'The policy has no statement: IAM refuses it. Write at least one into the list.' });
    }
    for (const node of withoutStatement) report(reportOf(node));
  },
});

function reportOf(node: ObjectNode): Report {
  const meant = node.members.find(({ key }) => nearest(key.value, ['Statement']).length > 0);
  if (meant !== undefined) {
    const isEmpty = itemsOf(meant.value).length === 0;
    return {
      at: meant.key.span,
      message: `The policy has no Statement, but "${meant.key.value}": IAM refuses it. Write Statement.`,
      fixes: isEmpty ? [] : [{ title: 'Change to Statement', kind: 'suggestion', edits: [replaceValue(meant.key, 'Statement')] }],
    };
  }
  return {
    at: member(node, 'Version')?.span ?? node.span,
    message: 'The policy has no Statement: IAM refuses it. Add one, with the statements of the policy.',
  };
}
