import type { EmrSetting } from '../../emr/block';
import type { Answer, Role } from '../../facts/facts';
import { defaultRoles } from '../examples';
import { defineRule, listed } from '../rule';

export const inlinePolicy = defineRule({
  id: 'emr/inline-policy',
  severity: 'warning',
  kinds: ['emr-block'],
  needs: 'facts',
  docs: {
    what: 'a role of an emr block that carries inline policies',
    why: 'AWS updates its managed policies when EMR needs new permissions; it does not update an inline policy. The EMR Management Guide warns that such a change "might occur that suddenly cause permissions errors". A role with an inline policy works until then. Looked at: the service role, and the role that the instance profile holds.',
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = MyServiceRole\n    instance_profile = EMR_EC2_DefaultRole\n',
        account: {
          roles: [{ name: 'MyServiceRole', inlinePolicies: ['emr-permissions'] }, { name: 'EMR_EC2_DefaultRole' }],
          instanceProfiles: [{ name: 'EMR_EC2_DefaultRole', role: 'EMR_EC2_DefaultRole' }],
        },
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
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html',
    ],
  },
  check({ subject, facts, report }) {
    const judge = (setting: EmrSetting, role: Answer<Role>): void => {
      const policies = role.state === 'known' ? (role.value.inlinePolicies ?? []).map(({ name }) => name) : [];
      if (role.state !== 'known' || policies.length === 0) return;
      const [count, them] = policies.length === 1 ? ['an inline policy', 'it'] : [`${policies.length} inline policies`, 'them'];
      report({
        at: setting.value,
        message: `The role "${role.value.name}" carries ${count}, ${listed(policies)} (${role.source.label}): AWS does not update ${them} when EMR's needs change. Prefer a managed policy, or check ${them} with every EMR release.`,
      });
    };
    const service = subject.settings.get('service_role');
    if (service !== undefined) judge(service, facts.role(service.text));
    const instanceProfile = subject.settings.get('instance_profile');
    const profile = instanceProfile && facts.instanceProfile(instanceProfile.text);
    if (instanceProfile !== undefined && profile?.state === 'known' && profile.value.role !== undefined) {
      judge(instanceProfile, facts.role(profile.value.role));
    }
  },
});
