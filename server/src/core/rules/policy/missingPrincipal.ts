import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { lacks, statementAnchor } from '../../policy/policy';
import { defineRule } from '../rule';

export const missingPrincipalOfResource = defineRule({
  id: 'policy/missing-principal',
  severity: 'error',
  scope: 'statement',
  kinds: ['resource'],
  accessAnalyzer: 'MISSING_PRINCIPAL',
  docs: {
    what: 'a statement of a resource policy that names nobody',
    why: 'A policy of a resource says who may do what with it, so a statement without `Principal` is refused. Only policies whose place or other statements tell that they belong to a resource are judged, such as that of an `AWS::S3::BucketPolicy`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Type": "AWS::S3::BucketPolicy",\n  "Properties": {\n    "Bucket": "my-data",\n    "PolicyDocument": {\n      "Version": "2012-10-17",\n      "Statement": [\n        { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n      ]\n    }\n  }\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Type": "AWS::S3::BucketPolicy",\n  "Properties": {\n    "Bucket": "my-data",\n    "PolicyDocument": {\n      "Version": "2012-10-17",\n      "Statement": [\n        { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n      ]\n    }\n  }\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('MISSING_PRINCIPAL'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    ],
  },
  check({ subject, report }) {
    for (const statement of subject.statements) {
      if (!lacks(statement, 'Principal', 'NotPrincipal')) continue;
      report({
        at: statementAnchor(statement.node),
        message:
          'The statement names no Principal, and a policy of a resource needs one. Add the accounts, roles or services that it is about.',
      });
    }
  },
});
