import { clusterRoleIn } from '../examples';
import { defineRule } from '../rule';
import { kindsOfOwner, reportLaunchTrust, reportPolicyTrust } from '../trustReport';

export const ec2RoleTrust = defineRule({
  id: 'emr/ec2-role-trust',
  severity: 'error',
  kinds: ['emr-block', 'trust'],
  needs: 'facts',
  docs: {
    what: 'a role of an instance profile that EC2 cannot assume',
    why: 'EC2 assumes the role in the instance profile and hands its credentials to the instances of the cluster, which can do nothing without them. The trust policy must let ec2.amazonaws.com call `sts:AssumeRole`; that is its name in the China Regions too, though ec2.amazonaws.com.cn, which older versions of the AWS CLI wrote there, works as well. EC2 is not known to send `aws:SourceArn` or `aws:SourceAccount` with that request, so that a condition on one of them, which AWS recommends for the service role, is reported as a warning. Judged: the role in the instance profile that an emr block names, where facts know its trust policy, and a trust policy in a file that belongs to such a role by its name, by an emr block or by what the project declares.',
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = MyClusterRole\n',
        account: {
          ...clusterRoleIn('MyClusterRole'),
          roles: [
            { name: 'EMR_DefaultRole' },
            {
              name: 'MyClusterRole',
              trustPolicy:
                '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "Service": "elasticmapreduce.amazonaws.com" }, "Action": "sts:AssumeRole" }] }',
            },
          ],
        },
      },
      {
        syntax: 'json',
        text: '{\n  "RoleName": "EMR_EC2_DefaultRole",\n  "AssumeRolePolicyDocument": {\n    "Version": "2012-10-17",\n    "Statement": [\n      {\n        "Effect": "Allow",\n        "Principal": { "Service": "ec2.amazonaws.com" },\n        "Action": "sts:AssumeRole",\n        "Condition": { "StringEquals": { "aws:SourceAccount": "111122223333" } }\n      }\n    ]\n  }\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "RoleName": "EMR_EC2_DefaultRole",\n  "AssumeRolePolicyDocument": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }\n    ]\n  }\n}\n',
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-for-ec2.html',
      'https://github.com/aws/aws-cli/pull/8703',
    ],
  },
  check(context) {
    const { subject } = context;
    if (!('statements' in subject)) reportLaunchTrust({ ...context, subject }, 'ec2');
    else if (kindsOfOwner({ ...context, subject }).includes('ec2')) reportPolicyTrust({ ...context, subject }, 'ec2');
  },
});
