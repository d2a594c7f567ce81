import { removeItem } from '../../json/remove';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { element } from '../../policy/policy';
import { memberValue } from '../../tree/node';
import { defineRule } from '../rule';

export const redundantPrincipalInRoleTrustPolicy = defineRule({
  id: 'trust/redundant-principal-in-role-trust-policy',
  severity: 'information',
  scope: 'statement',
  kinds: ['trust'],
  accessAnalyzer: 'REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY',
  docs: {
    what: 'a session beside its own role',
    why: 'A role as a principal stands for all of its sessions. To name one of them as well allows and denies nothing more.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": ["arn:aws:iam::111122223333:role/data", "arn:aws:sts::111122223333:assumed-role/data/nightly"] }, "Action": "sts:AssumeRole" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/data" }, "Action": "sts:AssumeRole" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-role-session',
    ],
  },
  check({ subject, report }) {
    for (const { node, principals } of subject.statements) {
      if (principals.length < 2) continue;
      const list = memberValue(element(node, 'Principal'), 'AWS');
      for (const session of principals) {
        const [, partition, account, name] = sessionArn.exec(session.node.value) ?? [];
        if (name === undefined || session.kind?.value !== 'AWS') continue;
        const role = principals.find(({ kind, node: { value } }) => {
          const parts = kind?.value === 'AWS' ? roleArn.exec(value) : null;
          return parts !== null && parts[1] === partition && parts[2] === account && parts[3] === name;
        });
        if (role === undefined) continue;
        report({
          at: session.node.span,
          message: `The role "${role.node.value}" stands for all of its sessions, this one among them. Remove the session.`,
          fixes:
            list?.kind === 'array' && list.items.includes(session.node)
              ? [{ title: 'Remove the session', kind: 'safe', edits: [removeItem(list, session.node)] }]
              : [],
        });
      }
    }
  },
});

/** AWS's page writes it with iam too. */
const sessionArn = /^arn:([\w-]+):(?:sts|iam)::(\d{12}):assumed-role\/([^/*?$]+)\/[^/*?$]+$/;
/** A session does not tell the path of its role. */
const roleArn = /^arn:([\w-]+):iam::(\d{12}):role\/(?:[^*?$]+\/)?([^/*?$]+)$/;
