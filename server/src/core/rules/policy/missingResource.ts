import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { lacks, statementAnchor } from '../../policy/policy';
import { defineRule } from '../rule';

export const missingResource = defineRule({
  id: 'policy/missing-resource',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'MISSING_RESOURCE',
  docs: {
    what: 'a statement without `Resource` and `NotResource`',
    why: 'IAM refuses a statement of such a policy that does not say which resources it is about; `"*"` means all of them. Only trust policies, and some policies of resources, do without.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('MISSING_RESOURCE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html',
    ],
  },
  check({ subject, report }) {
    for (const statement of subject.statements) {
      if (!lacks(statement, 'Resource', 'NotResource')) continue;
      report({
        at: statementAnchor(statement.node),
        message: 'The statement has no Resource: IAM refuses the policy. Name the resources that it is about.',
      });
    }
  },
});
