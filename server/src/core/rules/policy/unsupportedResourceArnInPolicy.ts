import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { parseArn } from '../../policy/arn';
import { isPlain, knownResources } from '../../policy/resourceArn';
import { resourcePolicyOf } from '../../policy/resourcePolicy';
import { defineRule } from '../rule';

export const unsupportedResourceArnInPolicy = defineRule({
  id: 'policy/unsupported-resource-arn-in-policy',
  severity: 'error',
  scope: 'statement',
  kinds: ['resource'],
  accessAnalyzer: 'UNSUPPORTED_RESOURCE_ARN_IN_POLICY',
  docs: {
    what: 'an ARN of another service in the policy of a bucket, queue, topic or key',
    why: 'The policy of a resource is about that resource: the ARNs in a bucket policy are those of the bucket and of its objects. The service refuses an ARN of another one, or never uses the statement. The type of the resource is known in a CloudFormation template.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Resources": {\n    "Policy": {\n      "Type": "AWS::S3::BucketPolicy",\n      "Properties": {\n        "Bucket": "my-data",\n        "PolicyDocument": {\n          "Version": "2012-10-17",\n          "Statement": [\n            { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/emr-ec2" }, "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::my-data/*", "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"] }\n          ]\n        }\n      }\n    }\n  }\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Resources": {\n    "Policy": {\n      "Type": "AWS::S3::BucketPolicy",\n      "Properties": {\n        "Bucket": "my-data",\n        "PolicyDocument": {\n          "Version": "2012-10-17",\n          "Statement": [\n            { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/emr-ec2" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n          ]\n        }\n      }\n    }\n  }\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('UNSUPPORTED_RESOURCE_ARN_IN_POLICY'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html',
    ],
  },
  check({ subject, catalog, report }) {
    const policy = resourcePolicyOf(subject);
    if (policy === undefined || catalog === undefined) return;
    for (const node of knownResources(subject)) {
      const service = parseArn(node.value)?.service.text;
      if (service === undefined || service === policy.service || !isPlain(service) || catalog.service(service) === undefined) continue;
      report({
        at: node.span,
        message: `A ${policy.name} is only about resources of ${policy.service}, and "${node.value}" is one of ${service}. Name the resource that the policy belongs to.`,
      });
    }
  },
});
