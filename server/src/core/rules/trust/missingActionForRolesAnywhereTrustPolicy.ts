import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { element, isWhole } from '../../policy/policy';
import { matches } from '../../policy/wildcard';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const missingActionForRolesAnywhereTrustPolicy = defineRule({
  id: 'trust/missing-action-for-roles-anywhere-trust-policy',
  severity: 'error',
  kinds: ['trust'],
  accessAnalyzer: 'MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY',
  docs: {
    what: 'a trust policy for IAM Roles Anywhere without all of its actions',
    why: 'IAM Roles Anywhere tags the session with the fields of the certificate and sets its source identity, so the role must trust it with `sts:AssumeRole`, `sts:SetSourceIdentity` and `sts:TagSession`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "rolesanywhere.amazonaws.com" }, "Action": "sts:AssumeRole" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "rolesanywhere.amazonaws.com" }, "Action": ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"] }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY'),
      'https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html',
    ],
  },
  check({ subject, report }) {
    const ofService = subject.statements.filter(
      ({ effect, principals }) => effect === 'Allow' && principals.some(({ node }) => node.value === 'rolesanywhere.amazonaws.com'),
    );
    const granted = ofService.flatMap(({ actions }) => actions);
    const missing = required.filter((action) => !granted.some(({ value }) => matches(value.toLowerCase(), action.toLowerCase())));
    const [first] = ofService;
    const list = first === undefined ? undefined : element(first.node, 'Action');
    if (first === undefined || list === undefined || missing.length === 0) return;
    if (!ofService.every(({ node }) => isWhole(element(node, 'Action')))) return;
    const all = [...first.actions.map(({ value }) => value), ...missing];
    report({
      at: list.span,
      message: `IAM Roles Anywhere also needs ${listed(missing, String)} to give out sessions of the role.`,
      fixes: [
        {
          title: `Add ${listed(missing, String)}`,
          kind: 'suggestion',
          edits: [{ span: list.span, newText: `[${all.map((action) => JSON.stringify(action)).join(', ')}]` }],
        },
      ],
    });
  },
});

const required = ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'];
