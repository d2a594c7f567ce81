import { changeTo } from '../../awsconfig/edit';
import { sameName } from '../../facts/facts';
import { clusterRoleIn } from '../examples';
import { defineRule } from '../rule';

export const instanceProfileRoleMismatch = defineRule({
  id: 'emr/instance-profile-role-mismatch',
  severity: 'warning',
  kinds: ['emr-block'],
  needs: 'facts',
  docs: {
    what: 'an instance profile whose role has another name',
    why: 'The EMR Management Guide says that EMR does not support an instance profile and a role of different names, and that it results in an "invalid instance profile" error. EMR has been seen to accept it: the Terraform provider\'s acceptance tests launch such clusters. So this is a warning, not an error. What different names do cost: `iam:PassRole` statements and the trust policies of runtime roles must name the role, never the profile.',
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = MyClusterProfile\n',
        account: clusterRoleIn('MyClusterProfile'),
      },
    ],
    good: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = MyClusterRole\n',
        account: clusterRoleIn('MyClusterRole'),
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-roles-custom.html',
      'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/emr/cluster_test.go',
    ],
  },
  check({ subject, text, facts, report }) {
    const setting = subject.settings.get('instance_profile');
    const profile = setting && facts.instanceProfile(setting.text);
    if (setting === undefined || profile?.state !== 'known') return;
    const { name, role } = profile.value;
    if (role === undefined || sameName(name, role)) return;
    const twin = facts.instanceProfilesHolding(role).find((holder) => sameName(holder.name, role));
    report({
      at: setting.value,
      message: `instance_profile of the profile "${subject.profile}": the instance profile "${name}" holds the role "${role}" (${profile.source.label}). AWS documents different names as unsupported ("invalid instance profile"), though EMR has been seen to accept them; the same name for both is the safe choice.`,
      fixes: twin === undefined ? [] : [changeTo(text, setting.line, twin.name, ', which holds the same role')],
    });
  },
});
