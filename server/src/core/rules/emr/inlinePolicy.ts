import { outdatedCopies } from '../../emr/managedCopy';
import { launchRoles, settingFor } from '../../emr/roles';
import type { InlinePolicy } from '../../facts/facts';
import { listed } from '../../words';
import { defaultRoles } from '../examples';
import { defineRule } from '../rule';

export const inlinePolicy = defineRule({
  id: 'emr/inline-policy',
  severity: 'warning',
  kinds: ['emr-block'],
  needs: 'facts',
  docs: {
    what: 'a role of an emr block that carries inline policies',
    why: 'AWS updates its managed policies when EMR needs new permissions; it does not update an inline policy. The EMR Management Guide warns that such a change "might occur that suddenly cause permissions errors". A role with an inline policy works until then. Looked at: the service role, and the role that the instance profile holds. A policy that is a copy of what AWS has moved on from is left to `emr/inline-policy-drift`, which says what it lacks.',
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
  check({ subject, facts, catalog, report }) {
    for (const { kind, setting, role, source } of launchRoles(subject, facts)) {
      // Of these there is more to say: emr/inline-policy-drift.
      const copies = catalog === undefined ? [] : outdatedCopies(catalog)(facts)(role);
      const isCopy = (policy: InlinePolicy): boolean => copies.some(({ named }) => named.kind === 'inline' && named.name === policy.name);
      const policies = (role.inlinePolicies ?? []).filter((policy) => !isCopy(policy)).map(({ name }) => name);
      if (policies.length === 0) continue;
      const [count, them] = policies.length === 1 ? ['an inline policy', 'it'] : [`${policies.length} inline policies`, 'them'];
      report({
        at: setting.value,
        message: `${settingFor[kind]} of the profile "${subject.profile}": the role "${role.name}" carries ${count}, ${listed(policies)} (${source.label}), and AWS does not update ${them} when EMR's needs change. Prefer a managed policy, or check ${them} with every EMR release.`,
      });
    }
  },
});
