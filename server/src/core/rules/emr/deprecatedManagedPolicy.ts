import { isDeprecatedPolicy, managedPoliciesTag, replacementOf } from '../../emr/managedPolicy';
import { isOfAws, launchRoles, settingFor } from '../../emr/roles';
import { defineRule } from '../rule';

export const deprecatedManagedPolicy = defineRule({
  id: 'emr/deprecated-managed-policy',
  severity: 'warning',
  kinds: ['emr-block'],
  needs: 'facts',
  docs: {
    what: 'a role of an emr block with a managed policy that is on the path to deprecation',
    why: "The first generation of EMR's managed policies is on the path to deprecation. It keeps working where it is attached, also for new clusters; once AWS has deprecated it, nobody can attach it anew, so that one detached by mistake is gone. `aws emr create-default-roles` still makes roles with it. `AmazonEMRServicePolicy_v2` replaces `AmazonElasticMapReduceRole`; it allows only what carries the tag `for-use-with-amazon-emr-managed-policies=true` (the cluster, its subnets, its security groups, and the VPC if EMR makes the security groups), and passes on only `EMR_EC2_DefaultRole` and `EMR_AutoScaling_DefaultRole`. Nothing replaces `AmazonElasticMapReduceforEC2Role`, which allows far more than most jobs need (`s3:*` on everything): AWS wants a policy of your own there.",
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = EMR_EC2_DefaultRole\n',
        account: {
          roles: [{ name: 'EMR_DefaultRole', attachedPolicies: ['AmazonElasticMapReduceRole'] }, { name: 'EMR_EC2_DefaultRole' }],
          instanceProfiles: [{ name: 'EMR_EC2_DefaultRole', role: 'EMR_EC2_DefaultRole' }],
        },
      },
    ],
    good: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = EMR_DefaultRole_V2\n    instance_profile = EMR_EC2_DefaultRole\n',
        account: {
          roles: [{ name: 'EMR_DefaultRole_V2', attachedPolicies: ['AmazonEMRServicePolicy_v2'] }, { name: 'EMR_EC2_DefaultRole' }],
          instanceProfiles: [{ name: 'EMR_EC2_DefaultRole', role: 'EMR_EC2_DefaultRole' }],
        },
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-managed-iam-policies.html',
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-managed-policy-fullaccess-v2.html',
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-for-ec2.html',
    ],
  },
  check({ subject, facts, report }) {
    for (const { kind, setting, role, source } of launchRoles(subject, facts)) {
      for (const policy of role.attachedPolicies ?? []) {
        const { name } = policy;
        if (!isDeprecatedPolicy(name) || !isOfAws(policy)) continue;
        report({
          at: setting.value,
          message: `${settingFor[kind]} of the profile "${subject.profile}": the role "${role.name}" has the managed policy "${name}" (${source.label}), which is on the path to deprecation: it keeps working while it is attached, but AWS will let nobody attach it anew. ${wayOut(name)}`,
        });
      }
    }
  },
});

function wayOut(name: string): string {
  const replacement = replacementOf(name);
  if (replacement === undefined) return 'AWS has no replacement: write a policy with what your jobs need before you detach it.';
  return `Plan the move to ${replacement}, which needs the tag ${managedPoliciesTag.key}=${managedPoliciesTag.value} on the cluster, its subnets and its security groups.`;
}
