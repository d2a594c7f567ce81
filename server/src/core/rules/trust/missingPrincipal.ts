import { insertAfter } from '../../json/edit';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { lacks, statementAnchor } from '../../policy/policy';
import { lacksPrincipalForResource } from '../../policy/trustOfTheDocs';
import { defineRule } from '../rule';

const principals = [
  { service: 'elasticmapreduce.amazonaws.com', title: 'Trust EMR (a service role)' },
  { service: 'ec2.amazonaws.com', title: 'Trust EC2 (the role of an instance profile)' },
];

export const missingPrincipal = defineRule({
  id: 'trust/missing-principal',
  severity: 'error',
  scope: 'statement',
  kinds: ['trust'],
  accessAnalyzer: 'MISSING_PRINCIPAL',
  docs: {
    what: 'a statement of a trust policy that names nobody',
    why: 'A trust policy says who may assume the role, so IAM refuses a statement without a `Principal` ("MalformedPolicyDocument"). (One that has a `Resource` instead, as some pages about EMR print it, is found by `emr/trust-policy-from-the-docs`.) For an EMR service role the principal is the service elasticmapreduce.amazonaws.com (elasticmapreduce.amazonaws.com.cn in the China regions); for the role of an instance profile it is ec2.amazonaws.com.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "sts:AssumeRole" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }\n  ]\n}\n',
      },
    ],
    references: [accessAnalyzerLink('MISSING_PRINCIPAL'), 'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role.html'],
  },
  check({ subject, text, report }) {
    for (const statement of subject.statements) {
      if (!lacks(statement, 'Principal', 'NotPrincipal')) continue;
      if (lacksPrincipalForResource(statement)) continue; // emr/trust-policy-from-the-docs
      const { node, elements } = statement;
      const anchor = elements.Effect ?? node.members.at(-1);
      report({
        at: statementAnchor(node),
        message:
          'The statement of the trust policy has no Principal, so IAM refuses the policy. Add the service or the account that may assume the role.',
        fixes:
          anchor === undefined
            ? []
            : principals.map(({ service, title }) => ({
                title,
                kind: 'suggestion',
                edits: [insertAfter(text, anchor, 'Principal', { Service: service })],
              })),
      });
    }
  },
});
