import { changeTo } from '../../awsconfig/edit';
import { parseReference } from '../../facts/reference';
import { nearest } from '../../nearest';
import { defaultRoles } from '../examples';
import { defineRule } from '../rule';

export const unknownInstanceProfile = defineRule({
  id: 'emr/unknown-instance-profile',
  severity: 'error',
  kinds: ['emr-block'],
  needs: 'facts',
  docs: {
    what: 'an `instance_profile` that the account does not have',
    why: 'EMR refuses the launch with "Invalid InstanceProfile: NAME." Reported only where the facts list the instance profiles of the account. Authorization details alone do not show a profile that holds no role; such a profile fails a launch too ("Failed to authorize instance profile"), so it is reported as well, and the message says so.',
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = EMR_EC2_DefautlRole\n',
        account: defaultRoles,
      },
    ],
    good: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = EMR_EC2_DefaultRole\n',
        account: defaultRoles,
      },
    ],
    references: ['https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-for-ec2.html'],
  },
  check({ subject, text, facts, report }) {
    const setting = subject.settings.get('instance_profile');
    const reference = setting && parseReference(setting.text);
    if (setting === undefined || reference === undefined || reference.type === 'role') return;
    const profile = facts.instanceProfile(setting.text);
    // A role of that name is another mistake, with a rule of its own.
    if (profile.state !== 'absent' || facts.role(reference.name).state === 'known') return;
    const what = profile.orEmpty ? 'does not exist or holds no role' : 'is not among the instance profiles of the account';
    report({
      at: setting.value,
      message: `instance_profile of the profile "${subject.profile}": "${reference.name}" ${what} (${profile.source.label}). EMR refuses the launch; name an instance profile that exists and holds a role.`,
      fixes: nearest(reference.name, facts.instanceProfileNames).map((name) => changeTo(text, setting.line, name)),
    });
  },
});
