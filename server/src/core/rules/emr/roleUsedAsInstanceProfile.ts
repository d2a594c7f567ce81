import { changeTo } from '../../awsconfig/edit';
import { parseReference } from '../../facts/reference';
import { listed } from '../../words';
import { clusterRoleIn } from '../examples';
import { defineRule } from '../rule';

export const roleUsedAsInstanceProfile = defineRule({
  id: 'emr/role-used-as-instance-profile',
  severity: 'error',
  kinds: ['emr-block'],
  needs: 'facts',
  docs: {
    what: 'an `instance_profile` that names a role, where no instance profile has that name',
    why: 'EC2 takes an instance profile, the container that holds a role, and EMR refuses the name of a role with "Invalid InstanceProfile: NAME." The IAM console makes a profile of the same name along with a role for EC2, which is why the two are taken for one; the CLI, the SDKs, CloudFormation and Terraform do not.',
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = MyClusterRole\n',
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
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html'],
  },
  check({ subject, text, facts, report }) {
    const setting = subject.settings.get('instance_profile');
    const reference = setting && parseReference(setting.text);
    // Of an ARN, its type says so without any facts: config/invalid-role-reference.
    if (setting === undefined || reference === undefined || reference.type !== undefined) return;
    const role = facts.role(setting.text);
    const profile = facts.instanceProfile(reference.name);
    if (role.state !== 'known' || profile.state !== 'absent') return;
    const holders = facts.instanceProfilesHolding(role.value.name).map(({ name }) => name);
    const wayOut =
      holders.length > 0
        ? `The role is held by ${listed(holders)}: name that instead.`
        : 'No instance profile holds it: create one with "aws iam create-instance-profile" and "aws iam add-role-to-instance-profile".';
    const which = profile.orEmpty ? 'no instance profile with a role in it has that name' : 'no instance profile has that name';
    report({
      at: setting.value,
      message: `instance_profile of the profile "${subject.profile}": "${reference.name}" is a role, and ${which} (${profile.source.label}). ${wayOut}`,
      fixes: holders.slice(0, 3).map((name) => changeTo(text, setting.line, name, `, which holds ${role.value.name}`)),
    });
  },
});
