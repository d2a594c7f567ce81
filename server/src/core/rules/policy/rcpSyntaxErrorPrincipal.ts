import { insertAfter } from '../../json/edit';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { element, type Statement, statementAnchor } from '../../policy/policy';
import { isUnknown, knowsPrincipals } from '../../policy/principal';
import { member } from '../../tree/node';
import { defineRule } from '../rule';

export const rcpSyntaxErrorPrincipal = defineRule({
  id: 'policy/rcp-syntax-error-principal',
  severity: 'error',
  scope: 'statement',
  kinds: ['rcp'],
  accessAnalyzer: 'RCP_SYNTAX_ERROR_PRINCIPAL',
  docs: {
    what: 'a principal other than `*` in a resource control policy',
    why: 'Each statement of a resource control policy has the `Principal` `"*"`, and AWS Organizations refuses any other, and `NotPrincipal`. Which principals a statement is about is said in its `Condition`, by keys such as `aws:PrincipalArn`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Type": "RESOURCE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Deny", "Principal": { "AWS": "111122223333" }, "Action": "s3:*", "Resource": "*", "Condition": { "BoolIfExists": { "aws:SecureTransport": "false" } } }\n    ]\n  }\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Type": "RESOURCE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": { "BoolIfExists": { "aws:SecureTransport": "false" } } }\n    ]\n  }\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('RCP_SYNTAX_ERROR_PRINCIPAL'),
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html',
    ],
  },
  check({ subject, text, report }) {
    for (const statement of subject.statements) {
      const { node } = statement;
      const notPrincipal = member(node, 'NotPrincipal');
      const principal = element(node, 'Principal');
      if (notPrincipal !== undefined) {
        report({ at: notPrincipal.key.span, message: `A resource control policy takes no NotPrincipal. ${advice}` });
      } else if (principal !== undefined && namesPrincipal(statement)) {
        report({ at: principal.span, message: `The only Principal that a resource control policy takes is "*". ${advice}` });
      } else if (principal === undefined && statement.effect === 'Deny') {
        const effect = member(node, 'Effect');
        report({
          at: statementAnchor(node),
          message: 'The statement of the resource control policy has no Principal. Add "Principal": "*".',
          fixes:
            effect === undefined
              ? []
              : [{ title: 'Add "Principal": "*"', kind: 'suggestion', edits: [insertAfter(text, effect, 'Principal', '*')] }],
        });
      }
    }
  },
});

const advice = 'Write "*", and say in the Condition whom the statement is about.';

/** `{ "AWS": "*" }` means the same as `"*"`. */
function namesPrincipal(statement: Statement): boolean {
  const { principals } = statement;
  if (!knowsPrincipals(statement) || principals.some(({ node }) => isUnknown(node.value))) return false;
  return principals.some(({ kind, node }) => node.value !== '*' || (kind !== undefined && kind.value !== 'AWS'));
}
