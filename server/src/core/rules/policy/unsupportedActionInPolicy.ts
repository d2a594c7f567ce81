import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { hasPlaceholder } from '../../policy/placeholder';
import { resourcePolicyOf } from '../../policy/resourcePolicy';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const unsupportedActionInPolicy = defineRule({
  id: 'policy/unsupported-action-in-policy',
  severity: 'error',
  scope: 'statement',
  kinds: ['resource'],
  accessAnalyzer: 'UNSUPPORTED_ACTION_IN_POLICY',
  docs: {
    what: 'an action of another service in the policy of a bucket, queue, topic or key',
    why: 'The policy of a resource is for actions on that resource. A bucket policy knows actions of Amazon S3 alone, a key policy those of AWS KMS, and the service refuses others or never uses them. The type of the resource is known in a CloudFormation template.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Resources": {\n    "Policy": {\n      "Type": "AWS::S3::BucketPolicy",\n      "Properties": {\n        "Bucket": "my-data",\n        "PolicyDocument": {\n          "Version": "2012-10-17",\n          "Statement": [\n            { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/emr-ec2" }, "Action": ["s3:GetObject", "kms:Decrypt"], "Resource": "arn:aws:s3:::my-data/*" }\n          ]\n        }\n      }\n    }\n  }\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Resources": {\n    "Policy": {\n      "Type": "AWS::S3::BucketPolicy",\n      "Properties": {\n        "Bucket": "my-data",\n        "PolicyDocument": {\n          "Version": "2012-10-17",\n          "Statement": [\n            { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/emr-ec2" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n          ]\n        }\n      }\n    }\n  }\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('UNSUPPORTED_ACTION_IN_POLICY'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html',
    ],
  },
  check({ subject, catalog, report }) {
    const policy = resourcePolicyOf(subject);
    if (policy === undefined || catalog === undefined) return;
    for (const { actions } of subject.statements) {
      // An action that there is not, or a service, is a finding of its own.
      const others = actions.filter(({ value }) => {
        const prefix = value.slice(0, value.indexOf(':')).toLowerCase();
        return (
          prefix !== policy.service &&
          !hasPlaceholder(value) &&
          catalog.service(prefix) !== undefined &&
          catalog.actionsMatching(value).length > 0
        );
      });
      const [first] = others;
      if (first === undefined) continue;
      report({
        at: first.span,
        message: `A ${policy.name} is only for actions of ${policy.service}, not for ${listed(others.map(({ value }) => value))}. Give these in a policy of who asks, or of the resource that they are for.`,
      });
    }
  },
});
