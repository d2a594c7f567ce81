import { passEc2Role } from '../../emr/rolePermissions';
import { rolesInPlace } from '../../emr/trust';
import { clusterStatement, serviceRoleWith } from '../examples';
import { defineRule } from '../rule';
import { passRoleProblem } from '../serviceRoleReport';

export const passRoleForCustomRole = defineRule({
  id: 'emr/pass-role-for-custom-role',
  severity: 'error',
  kinds: ['emr-block'],
  needs: 'facts',
  docs: {
    what: 'a service role that may not pass the EC2 role of the instance profile to EC2',
    why: 'EMR starts the instances of a cluster with its service role, and so that role must be allowed to pass the role of the instance profile to EC2. `AmazonEMRServicePolicy_v2` allows that for one name only, `EMR_EC2_DefaultRole` without a path (and for `EMR_AutoScaling_DefaultRole`). With a role of another name, or below a path, EMR accepts the launch and terminates the cluster minutes later with "Service role ... has insufficient EC2 permissions". Looked at: the role that the instance profile holds, whatever the profile is called. Quiet where the policies of the service role are not all known, and for roles that may start no instances at all, which emr/service-role-permissions reports.',
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = MyServiceRole\n    instance_profile = MyClusterNodes\n',
        account: serviceRoleWith([clusterStatement, passEc2Role('arn:aws:iam::*:role/EMR_EC2_DefaultRole')], 'MyClusterNodes'),
      },
    ],
    good: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = MyServiceRole\n    instance_profile = MyClusterNodes\n',
        account: serviceRoleWith([clusterStatement, passEc2Role('arn:aws:iam::111122223333:role/MyClusterNodes')], 'MyClusterNodes'),
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role.html',
      'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEMRServicePolicy_v2.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
      'https://github.com/aws/aws-cdk/pull/28327',
    ],
  },
  check({ subject, facts, catalog, report }) {
    const roles = rolesInPlace(subject, facts);
    const service = roles.find(({ kind }) => kind === 'service');
    const nodes = roles.find(({ kind }) => kind === 'ec2');
    if (service === undefined || nodes === undefined) return;
    const message = passRoleProblem(service, nodes.role, facts, catalog);
    if (message !== undefined) report({ at: service.setting.value, message });
  },
});
