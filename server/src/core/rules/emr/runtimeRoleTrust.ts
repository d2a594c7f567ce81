import { defineRule } from '../rule';
import { kindsOfOwner, reportPolicyTrust } from '../trustReport';

export const runtimeRoleTrust = defineRule({
  id: 'emr/runtime-role-trust',
  severity: 'warning',
  kinds: ['trust'],
  docs: {
    what: 'a runtime role that the EC2 role of a cluster cannot assume',
    why: 'A step with a runtime role runs with the credentials of that role, which the cluster gets by assuming it with its EC2 role. So the trust policy must name the EC2 role, by the ARN of the role and not of the instance profile, or an account that it is in, and allow `sts:AssumeRole` and `sts:TagSession`. No service assumes a runtime role. Judged: trust policies of roles that the project declares as runtime roles.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "RoleName": "EtlRuntimeRole",\n  "AssumeRolePolicyDocument": {\n    "Version": "2012-10-17",\n    "Statement": [\n      {\n        "Effect": "Allow",\n        "Principal": { "AWS": "arn:aws:iam::111122223333:role/EMR_EC2_DefaultRole" },\n        "Action": "sts:AssumeRole"\n      }\n    ]\n  }\n}\n',
        roleKinds: { EtlRuntimeRole: 'runtime' },
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "RoleName": "EtlRuntimeRole",\n  "AssumeRolePolicyDocument": {\n    "Version": "2012-10-17",\n    "Statement": [\n      {\n        "Effect": "Allow",\n        "Principal": { "AWS": "arn:aws:iam::111122223333:role/EMR_EC2_DefaultRole" },\n        "Action": ["sts:AssumeRole", "sts:TagSession"]\n      }\n    ]\n  }\n}\n',
        roleKinds: { EtlRuntimeRole: 'runtime' },
      },
    ],
    references: ['https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-steps-runtime-roles.html'],
  },
  check(context) {
    if (kindsOfOwner(context).includes('runtime')) reportPolicyTrust(context, 'runtime');
  },
});
