import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { isPolicyVariable, variablesIn } from '../../policy/placeholder';
import type { Principal } from '../../policy/policy';
import { type StringNode, sourceOffset } from '../../tree/node';
import { defineRule } from '../rule';

export const variableUnsupportedInElement = defineRule({
  id: 'policy/variable-unsupported-in-element',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'VARIABLE_UNSUPPORTED_IN_ELEMENT',
  docs: {
    what: 'a variable where IAM replaces none',
    why: 'IAM replaces variables in `Resource` and in the values of `Condition`. In an action, a principal or a Sid it takes them as they are written.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:Get${aws:PrincipalTag/what}", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/${aws:username}/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('VARIABLE_UNSUPPORTED_IN_ELEMENT'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html',
    ],
  },
  check({ subject, report }) {
    for (const { actions, notActions, principals, notPrincipals } of subject.statements) {
      for (const node of [actions, notActions, principals.map(nodeOf), notPrincipals.map(nodeOf)].flatMap(withVariables)) {
        const variable = variablesIn(node.value).find((found) => found.isClosed && /:/.test(found.name) && isPolicyVariable(found));
        if (variable === undefined) continue;
        report({
          at: { start: sourceOffset(node, variable.span.start), end: sourceOffset(node, variable.span.end) },
          message: 'IAM replaces variables in Resource and Condition alone. Write what is meant here, or compare it in the condition.',
        });
      }
    }
  },
});

function nodeOf({ node }: Principal): StringNode {
  return node;
}

function withVariables(nodes: readonly StringNode[]): readonly StringNode[] {
  return nodes.filter(({ value }) => value.includes('${'));
}
