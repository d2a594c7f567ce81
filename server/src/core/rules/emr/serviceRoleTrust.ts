import { emrNames, keepsOut, meantService } from '../../emr/trust';
import { replaceValue } from '../../json/edit';
import type { Policy } from '../../policy/policy';
import { isUnknown } from '../../policy/principal';
import type { StringNode } from '../../tree/node';
import { clusterRoleIn } from '../examples';
import { defineRule } from '../rule';
import { kindsOfOwner, reportLaunchTrust, reportPolicyTrust } from '../trustReport';

export const serviceRoleTrust = defineRule({
  id: 'emr/service-role-trust',
  severity: 'error',
  kinds: ['emr-block', 'trust'],
  needs: 'facts',
  docs: {
    what: 'a service role that EMR cannot assume',
    why: 'EMR accepts a launch with such a role, returns a cluster id, and terminates the cluster some minutes later with "EMR service role ARN is invalid" or the like. The trust policy must let the service elasticmapreduce.amazonaws.com (in the China Regions elasticmapreduce.amazonaws.com.cn) call `sts:AssumeRole`; what goes wrong is another or a misspelt service, another action, a condition that EMR\'s request never meets, and a Deny. Judged: the role that an emr block names, where facts know its trust policy, and a trust policy in a file that belongs to a service role by its name, by an emr block or by what the project declares. Of a policy whose role is unknown, only the misspelt name of EMR is reported.',
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = MyServiceRole\n    instance_profile = MyClusterRole\n',
        account: {
          ...clusterRoleIn('MyClusterRole'),
          roles: [
            {
              name: 'MyServiceRole',
              trustPolicy:
                '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "Service": "datapipeline.amazonaws.com" }, "Action": "sts:AssumeRole" }] }',
            },
            { name: 'MyClusterRole' },
          ],
        },
      },
      {
        syntax: 'json',
        text: '{\n  "RoleName": "EMR_DefaultRole",\n  "AssumeRolePolicyDocument": {\n    "Version": "2012-10-17",\n    "Statement": [\n      {\n        "Effect": "Allow",\n        "Principal": { "Service": "emr.amazonaws.com" },\n        "Action": "sts:AssumeRole",\n        "Condition": { "StringEquals": { "aws:SourceAccount": "111122223333" } }\n      }\n    ]\n  }\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "RoleName": "EMR_DefaultRole",\n  "AssumeRolePolicyDocument": {\n    "Version": "2012-10-17",\n    "Statement": [\n      {\n        "Effect": "Allow",\n        "Principal": { "Service": "elasticmapreduce.amazonaws.com" },\n        "Action": "sts:AssumeRole",\n        "Condition": {\n          "StringEquals": { "aws:SourceAccount": "111122223333" },\n          "ArnLike": { "aws:SourceArn": "arn:aws:elasticmapreduce:*:111122223333:*" }\n        }\n      }\n    ]\n  }\n}\n',
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role.html',
      'https://repost.aws/knowledge-center/emr-default-role-invalid',
    ],
  },
  check(context) {
    const { subject, report } = context;
    if (!('statements' in subject)) {
      reportLaunchTrust({ ...context, subject }, 'service');
      return;
    }
    const kinds = kindsOfOwner({ ...context, subject });
    const kind = kinds.find((each) => each === 'service' || each === 'notebooks');
    if (kind !== undefined) reportPolicyTrust({ ...context, subject }, kind);
    if (kinds.length > 0) return;
    const misspelt = misspeltEmr(subject);
    if (misspelt === undefined) return;
    const { node, meant } = misspelt;
    report({
      at: node.span,
      message: `"${node.value}" is not what EMR is called, so that EMR cannot assume the role. Name ${meant}.`,
      fixes: [{ title: `Change to ${meant}`, kind: 'suggestion', edits: [replaceValue(node, meant)] }],
    });
  },
});

/** The only service of the policy, where nothing else can be meant. */
function misspeltEmr(policy: Policy): { readonly node: StringNode; readonly meant: string } | undefined {
  const services = policy.statements.flatMap(({ principals }) => principals.filter(({ kind }) => kind?.value === 'Service'));
  const [only, another] = services;
  // A word without a dot is of policy/invalid-service-principal-format.
  if (only === undefined || another !== undefined || !only.node.value.includes('.') || isUnknown(only.node.value)) return undefined;
  const meant = meantService(only.node.value, emrNames);
  return meant === undefined || !keepsOut(policy, { kind: 'service' }) ? undefined : { node: only.node, meant };
}
