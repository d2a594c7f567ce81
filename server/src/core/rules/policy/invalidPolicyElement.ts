import { replaceValue } from '../../json/edit';
import { nearest } from '../../nearest';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { hasPlaceholder, isIntrinsicName } from '../../policy/placeholder';
import { statementElements } from '../../policy/policy';
import { type Member, memberValue, type ObjectNode } from '../../tree/node';
import { defineRule, type Report } from '../rule';

export const invalidPolicyElement = defineRule({
  id: 'policy/invalid-policy-element',
  severity: 'error',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_POLICY_ELEMENT',
  docs: {
    what: 'a member of a policy or a statement that the policy language does not have',
    why: 'IAM refuses a policy with members that it does not know, misspelt ones among them: `Actions`, `Resources`, `effect`, `Comment`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*", "Comment": "reads" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Sid": "Reads", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_POLICY_ELEMENT'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html',
    ],
  },
  check({ subject, report }) {
    // Without a version, the object may be more than a policy: some tool's own, with statements in it.
    const isPolicyAlone = memberValue(subject.node, 'Version') !== undefined;
    for (const member of isPolicyAlone ? unknownMembers(subject.node, policyElements) : [])
      report(reportOf(member, subject.node, policyElements));
    for (const { node } of subject.statements) {
      for (const member of unknownMembers(node, statementElements)) report(reportOf(member, node, statementElements));
    }
  },
});

const policyElements = ['Version', 'Id', 'Statement'];

/** What a template puts there, it also takes away: `Fn::If`, `Ref`. */
function unknownMembers({ members }: ObjectNode, known: readonly string[]): readonly Member[] {
  return members.filter(
    ({ key: { value } }) => !known.includes(value) && !isIntrinsicName(value) && !/^(Condition$|\$)/.test(value) && !hasPlaceholder(value),
  );
}

function reportOf({ key }: Member, { members }: ObjectNode, known: readonly string[]): Report {
  const [meant] = nearest(key.value, known);
  const isFree = meant !== undefined && !members.some((member) => member.key.value === meant);
  return {
    at: key.span,
    message: `The policy language has no "${key.value}" here: IAM refuses the policy. ${meant === undefined ? 'Remove it' : `Write ${meant}`}.`,
    fixes: isFree ? [{ title: `Change to ${meant}`, kind: 'suggestion', edits: [replaceValue(key, meant)] }] : [],
  };
}
