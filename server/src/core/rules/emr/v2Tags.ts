import { launchRoles } from '../../emr/roles';
import { defineRule } from '../rule';
import { launchTagged, tagProblem } from '../serviceRoleReport';

export const v2Tags = defineRule({
  id: 'emr/v2-tags',
  severity: 'information',
  kinds: ['emr-block'],
  needs: 'facts',
  docs: {
    what: 'a service role that works only with tagged clusters, subnets and security groups',
    why: '`AmazonEMRServicePolicy_v2` allows EMR to touch only what carries the tag `for-use-with-amazon-emr-managed-policies` with exactly the value `true`: the cluster, its subnets, your own security groups, and the VPC if EMR is to make the security groups. Without it a cluster is accepted and ends minutes later with "Service role ... has insufficient EC2 permissions". The launch command that is written for such a profile tags the cluster; who runs it needs `elasticmapreduce:AddTags`. `--tags Key=…,Value=…`, which other commands of the AWS CLI want, silently makes a tag named "Key" here.',
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = EMR_DefaultRole_V2\n    instance_profile = EMR_EC2_DefaultRole\n',
        account: {
          roles: [{ name: 'EMR_DefaultRole_V2', attachedPolicies: ['AmazonEMRServicePolicy_v2'] }, { name: 'EMR_EC2_DefaultRole' }],
          instanceProfiles: [{ name: 'EMR_EC2_DefaultRole', role: 'EMR_EC2_DefaultRole' }],
        },
      },
    ],
    good: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = EMR_EC2_DefaultRole\n',
        account: {
          roles: [{ name: 'EMR_DefaultRole', attachedPolicies: ['AmazonElasticMapReduceRole'] }, { name: 'EMR_EC2_DefaultRole' }],
          instanceProfiles: [{ name: 'EMR_EC2_DefaultRole', role: 'EMR_EC2_DefaultRole' }],
        },
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-managed-iam-policies.html',
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role.html',
    ],
  },
  check({ subject, facts, catalog, report }) {
    const service = launchRoles(subject, facts).find(({ kind }) => kind === 'service');
    const problem = service && tagProblem(service, facts, catalog);
    if (service === undefined || problem === undefined) return;
    report({ at: service.setting.value, message: `${problem} ${launchTagged}` });
  },
});
