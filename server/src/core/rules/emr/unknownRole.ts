import { changeTo } from '../../awsconfig/edit';
import { parseReference } from '../../facts/reference';
import { nearest } from '../../nearest';
import { defaultRoles } from '../examples';
import { defineRule } from '../rule';

export const unknownRole = defineRule({
  id: 'emr/unknown-role',
  severity: 'error',
  kinds: ['emr-block'],
  needs: 'facts',
  docs: {
    what: 'a `service_role` that the account does not have',
    why: 'EMR accepts the request, returns a cluster id, and terminates the cluster some minutes later with "EMR service role ARN is invalid" or the like. Reported only where the facts list every role of the account, so that the role is known to be absent.',
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = EMR_DefualtRole\n    instance_profile = EMR_EC2_DefaultRole\n',
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
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-roles-custom.html',
      'https://repost.aws/knowledge-center/emr-default-role-invalid',
    ],
  },
  check({ subject, text, facts, report }) {
    const setting = subject.settings.get('service_role');
    const reference = setting && parseReference(setting.text);
    if (setting === undefined || reference === undefined || reference.type === 'instance-profile') return;
    const role = facts.role(setting.text);
    if (role.state !== 'absent') return;
    const profile = facts.instanceProfile(setting.text);
    const held = profile.state === 'known' && profile.value.role !== undefined ? [profile.value.role] : [];
    const candidates = [...new Set([...held, ...nearest(reference.name, facts.roleNames)])].slice(0, 3);
    const what = profile.state === 'known' ? 'is an instance profile, not a role' : 'is not among the roles of the account';
    report({
      at: setting.value,
      message: `service_role of the profile "${subject.profile}": "${reference.name}" ${what} (${role.source.label}). EMR accepts a launch with it and terminates the cluster minutes later; name a role that exists.`,
      fixes: candidates.map((name) => changeTo(text, setting.line, name)),
    });
  },
});
