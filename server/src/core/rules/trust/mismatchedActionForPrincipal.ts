import { replaceValue } from '../../json/edit';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { knowsPrincipals, type PrincipalType, principalType } from '../../policy/principal';
import { defineRule } from '../rule';

export const mismatchedActionForPrincipal = defineRule({
  id: 'trust/mismatched-action-for-principal',
  severity: 'error',
  scope: 'statement',
  kinds: ['trust'],
  accessAnalyzer: 'MISMATCHED_ACTION_FOR_PRINCIPAL',
  docs: {
    what: 'a way to assume the role that its principals cannot go',
    why: 'Services, accounts, users and roles call `sts:AssumeRole`; users of a SAML provider call `sts:AssumeRoleWithSAML`, those of an OIDC provider `sts:AssumeRoleWithWebIdentity`. Another action lets nobody in.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRoleWithSAML" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('MISMATCHED_ACTION_FOR_PRINCIPAL'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_request.html',
    ],
  },
  check({ subject, report }) {
    for (const statement of subject.statements) {
      const { actions, principals } = statement;
      const types = principals.map(principalType);
      if (types.length === 0 || types.includes(undefined) || !knowsPrincipals(statement)) continue;
      const fitting = new Set(types.flatMap((type) => (type === undefined ? [] : actionOfType[type])));
      for (const node of actions) {
        const action = Object.values(actionOfType).find((name) => name.toLowerCase() === node.value.toLowerCase());
        if (action === undefined || fitting.has(action)) continue;
        const [only] = fitting.size === 1 ? fitting : [];
        const isThere = actions.some(({ value }) => value.toLowerCase() === only?.toLowerCase());
        report({
          at: node.span,
          message: `${action} is not how ${principals.length === 1 ? 'this principal assumes' : 'these principals assume'} a role: ${[...fitting].join(' or ')} is.`,
          fixes:
            only === undefined || isThere ? [] : [{ title: `Change to ${only}`, kind: 'suggestion', edits: [replaceValue(node, only)] }],
        });
      }
    }
  },
});

const actionOfType: Readonly<Record<PrincipalType, string>> = {
  aws: 'sts:AssumeRole',
  service: 'sts:AssumeRole',
  saml: 'sts:AssumeRoleWithSAML',
  oidc: 'sts:AssumeRoleWithWebIdentity',
};
