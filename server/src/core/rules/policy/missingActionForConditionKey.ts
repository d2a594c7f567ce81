import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { holdsWithoutKey } from '../../policy/conditionValue';
import { element, isWhole, type Policy } from '../../policy/policy';
import { matches } from '../../policy/wildcard';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const missingActionForConditionKey = defineRule({
  id: 'policy/missing-action-for-condition-key',
  severity: 'error',
  kinds: ['trust'],
  accessAnalyzer: 'MISSING_ACTION_FOR_CONDITION_KEY',
  docs: {
    what: 'a trust policy that asks for session tags or a source identity without allowing them',
    why: 'Tags and the source identity of a session are set together with the call that assumes the role, and need `sts:TagSession` and `sts:SetSourceIdentity` in the trust policy. Without them, requests that set them are refused, and those that do not set them fail the condition: nobody can assume the role this way.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "sts:AssumeRole", "Condition": { "StringLike": { "sts:SourceIdentity": "admin-*" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": ["sts:AssumeRole", "sts:SetSourceIdentity"], "Condition": { "StringLike": { "sts:SourceIdentity": "admin-*" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('MISSING_ACTION_FOR_CONDITION_KEY'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html',
    ],
  },
  check({ subject, report }) {
    for (const statement of subject.statements) {
      const { node, effect, actions, principals, conditions } = statement;
      if (effect !== 'Allow' || conditions.length === 0 || !actions.some(({ value }) => assumesRole.test(value))) continue;
      // What Roles Anywhere needs, a rule of its own says.
      if (principals.some((principal) => principal.node.value === 'rolesanywhere.amazonaws.com')) continue;
      const unmet = conditions.filter((condition) => holdsWithoutKey(statement, condition) === false);
      const asked = needs.filter(({ key, action }) => unmet.some((condition) => key.test(condition.key.value)) && !allows(subject, action));
      const first = unmet.find((condition) => asked.some(({ key }) => key.test(condition.key.value)));
      const list = element(node, 'Action');
      if (first === undefined || list === undefined) continue;
      const missing = asked.map(({ action }) => action);
      const all = [...actions.map(({ value }) => value), ...missing];
      report({
        at: first.key.span,
        message: `Without ${listed(missing, String)}, no request may set ${first.key.value}, so nobody meets the condition. Add what is missing to the actions.`,
        fixes: [
          {
            title: `Add ${listed(missing, String)}`,
            kind: 'suggestion',
            edits: [{ span: list.span, newText: `[${all.map((action) => JSON.stringify(action)).join(', ')}]` }],
          },
        ],
      });
    }
  },
});

const assumesRole = /^sts:assumerole(withsaml|withwebidentity)?$/i;

const needs = [
  { key: /^sts:sourceidentity$/i, action: 'sts:SetSourceIdentity' },
  { key: /^(aws:requesttag\/.+|aws:tagkeys|sts:transitivetagkeys)$/i, action: 'sts:TagSession' },
];

/** Whether some statement may, as far as it stands in the file. */
function allows({ statements }: Policy, action: string): boolean {
  return statements.some(({ node, effect, actions, notActions }) => {
    if (effect !== 'Allow') return false;
    if (notActions.length > 0 || !isWhole(element(node, 'Action'))) return true;
    return actions.some(({ value }) => matches(value.toLowerCase(), action.toLowerCase()));
  });
}
