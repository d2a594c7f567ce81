import { changeTo } from '../../awsconfig/edit';
import { managedPolicy } from '../../emr/managedPolicy';
import { defineRule } from '../rule';

/** What `aws emr create-default-roles` makes for each setting. */
const defaultName = { service_role: 'EMR_DefaultRole', instance_profile: 'EMR_EC2_DefaultRole' } as const;

export const managedPolicyAsRole = defineRule({
  id: 'config/managed-policy-as-role',
  severity: 'warning',
  kinds: ['emr-block'],
  docs: {
    what: 'the name of a managed policy of EMR in the place of a role',
    why: "`AmazonElasticMapReduceRole` and its kin are policies, not roles; AWS's page on custom roles calls it the default `service_role`. The default roles, which `aws emr create-default-roles` makes, are called `EMR_DefaultRole` and `EMR_EC2_DefaultRole`. EMR accepts a launch with a role that does not exist and terminates the cluster minutes later. A role may have such a name, though: where the facts know one, nothing is reported.",
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = AmazonElasticMapReduceRole\n    instance_profile = EMR_EC2_DefaultRole\n',
      },
    ],
    good: [
      { syntax: 'aws-config', text: '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = EMR_EC2_DefaultRole\n' },
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = AmazonElasticMapReduceRole\n    instance_profile = EMR_EC2_DefaultRole\n',
        account: {
          roles: [{ name: 'AmazonElasticMapReduceRole' }, { name: 'EMR_EC2_DefaultRole' }],
          instanceProfiles: [{ name: 'EMR_EC2_DefaultRole', role: 'EMR_EC2_DefaultRole' }],
        },
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-roles-defaultroles.html',
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-roles-custom.html',
    ],
  },
  check({ subject, text, facts, report }) {
    for (const name of ['service_role', 'instance_profile'] as const) {
      const setting = subject.settings.get(name);
      const policy = setting && managedPolicy(setting.text);
      if (setting === undefined || policy === undefined) continue;
      const state = name === 'service_role' ? facts.role(setting.text).state : facts.instanceProfile(setting.text).state;
      if (state === 'known') continue;
      const [what, meant] =
        name === 'service_role'
          ? ['role', policy.role.startsWith('EMR_DefaultRole') ? policy.role : defaultName[name]]
          : ['instance profile', defaultName[name]];
      report({
        at: setting.value,
        message: `${name} of the profile "${subject.profile}" is the name of the managed policy "${policy.name}", which is not ${what === 'role' ? 'a' : 'an'} ${what}. The default ${what} is called ${meant}.`,
        fixes: [changeTo(text, setting.line, meant)],
      });
    }
  },
});
