import { isAboutCaller, judgeTrust } from '../../emr/trust';
import { removeMember } from '../../json/remove';
import { listed } from '../../words';
import { defineRule } from '../rule';
import { kindsOfOwner, placeOfFile, reportPolicyTrust, roleOf } from '../trustReport';

export const autoscalingRoleTrust = defineRule({
  id: 'emr/autoscaling-role-trust',
  severity: 'error',
  kinds: ['trust'],
  docs: {
    what: 'an Auto Scaling role that EMR or Application Auto Scaling cannot assume',
    why: 'Both assume the role of `--auto-scaling-role`: EMR when it registers the policy, Application Auto Scaling when an alarm rings. With one of them alone, EMR answers "Failed to provision the AutoScaling policy: Unable to assume IAM role". `autoscaling.amazonaws.com` is another service, that of EC2 Auto Scaling groups. AWS documents conditions on `aws:SourceAccount` and `aws:SourceArn` for this role; users report that scaling failed with them, with the ARNs of either service and of both, until they were removed, so that such a condition is reported as a warning. Judged: trust policies of roles that are known to be Auto Scaling roles, by their name or by what the project declares.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "RoleName": "EMR_AutoScaling_DefaultRole",\n  "AssumeRolePolicyDocument": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Allow", "Principal": { "Service": "elasticmapreduce.amazonaws.com" }, "Action": "sts:AssumeRole" }\n    ]\n  }\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "RoleName": "EMR_AutoScaling_DefaultRole",\n  "AssumeRolePolicyDocument": {\n    "Version": "2012-10-17",\n    "Statement": [\n      {\n        "Effect": "Allow",\n        "Principal": { "Service": ["elasticmapreduce.amazonaws.com", "application-autoscaling.amazonaws.com"] },\n        "Action": "sts:AssumeRole",\n        "Condition": { "StringEquals": { "aws:SourceAccount": "111122223333" } }\n      }\n    ]\n  }\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "RoleName": "EMR_AutoScaling_DefaultRole",\n  "AssumeRolePolicyDocument": {\n    "Version": "2012-10-17",\n    "Statement": [\n      {\n        "Effect": "Allow",\n        "Principal": { "Service": ["elasticmapreduce.amazonaws.com", "application-autoscaling.amazonaws.com"] },\n        "Action": "sts:AssumeRole"\n      }\n    ]\n  }\n}\n',
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-automatic-scaling.html',
      'https://github.com/terraform-aws-modules/terraform-aws-emr/issues/22',
      'https://github.com/cloudposse/terraform-aws-emr-cluster/issues/11',
    ],
  },
  check(context) {
    const { subject, facts, report } = context;
    if (!kindsOfOwner(context).includes('autoscaling')) return;
    reportPolicyTrust(context, 'autoscaling');
    const verdicts = judgeTrust(subject, { kind: 'autoscaling', partition: placeOfFile(facts).partition });
    const statements = new Set(verdicts.flatMap(({ verdict, by }) => (verdict === 'no' || by?.effect !== 'Allow' ? [] : by)));
    for (const { node, elements, conditions } of statements) {
      const { Condition } = elements;
      const ofCaller = conditions.filter(isAboutCaller);
      if (Condition === undefined || ofCaller.length === 0) continue;
      report({
        at: Condition.key.span,
        message: `The condition on ${listed(
          ofCaller.map(({ key }) => key.value),
          (key) => key,
        )} may keep EMR and Application Auto Scaling from assuming ${roleOf(subject)}: though AWS documents it, scaling has been seen to fail with it ("Unable to assume IAM role"). If it does, remove the condition.`,
        severity: 'warning',
        fixes:
          ofCaller.length === conditions.length
            ? [{ title: 'Remove the condition', kind: 'suggestion', edits: [removeMember(node, Condition)] }]
            : [],
      });
    }
  },
});
