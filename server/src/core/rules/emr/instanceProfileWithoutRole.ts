import { defineRule } from '../rule';

export const instanceProfileWithoutRole = defineRule({
  id: 'emr/instance-profile-without-role',
  severity: 'error',
  kinds: ['emr-block'],
  needs: 'facts',
  docs: {
    what: 'an `instance_profile` that exists and holds no role',
    why: 'EMR refuses the launch with "Failed to authorize instance profile". An instance profile is a container; `aws iam create-instance-profile` makes it empty, and `aws iam add-role-to-instance-profile` puts the role in. Only a list of instance profiles shows an empty one: authorization details know a profile by the role that it holds.',
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = MyClusterRole\n',
        account: {
          roles: [{ name: 'EMR_DefaultRole' }, { name: 'MyClusterRole' }],
          instanceProfiles: [{ name: 'MyClusterRole' }, { name: 'Other', role: 'MyClusterRole' }],
        },
      },
    ],
    good: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = MyClusterRole\n',
        account: {
          roles: [{ name: 'EMR_DefaultRole' }, { name: 'MyClusterRole' }],
          instanceProfiles: [{ name: 'MyClusterRole', role: 'MyClusterRole' }],
        },
      },
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html',
      'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/emr/cluster.go',
    ],
  },
  check({ subject, facts, report }) {
    const setting = subject.settings.get('instance_profile');
    const profile = setting && facts.instanceProfile(setting.text);
    // What a workspace does not put into a profile, somebody else may have.
    if (setting === undefined || profile?.state !== 'known' || profile.value.role !== undefined || profile.source.kind === 'workspace')
      return;
    const { name } = profile.value;
    const twin = facts.role(name);
    const role = twin.state === 'known' ? twin.value.name : 'ROLE';
    report({
      at: setting.value,
      message: `instance_profile of the profile "${subject.profile}": the instance profile "${name}" holds no role (${profile.source.label}), so EMR refuses the launch ("Failed to authorize instance profile"). Put the role for EC2 into it: aws iam add-role-to-instance-profile --instance-profile-name ${name} --role-name ${role}`,
    });
  },
});
