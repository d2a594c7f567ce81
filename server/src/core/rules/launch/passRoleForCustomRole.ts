import { passEc2Role } from '../../emr/rolePermissions';
import { swappedIn } from '../../emr/trust';
import { commandRoles } from '../../launch/effectiveRoles';
import { factsFor } from '../../launch/launch';
import { clusterStatement, serviceRoleWith } from '../examples';
import { defineRule } from '../rule';
import { passRoleProblem } from '../serviceRoleReport';

export const passRoleForCustomRoleInLaunch = defineRule({
  id: 'launch/pass-role-for-custom-role',
  severity: 'error',
  kinds: ['launch'],
  needs: 'facts',
  docs: {
    what: 'roles of a create-cluster command of which the service role may not pass the other to EC2',
    why: 'EMR starts the instances of a cluster with its service role, which must therefore be allowed to pass the role of the instance profile to EC2. `AmazonEMRServicePolicy_v2` allows that for `EMR_EC2_DefaultRole` alone. With another role EMR accepts the launch and terminates the cluster minutes later with "Service role ... has insufficient EC2 permissions". Quiet where the policies of the service role are not all known, and where both roles come from the emr block of the profile, of which emr/pass-role-for-custom-role says it.',
    bad: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge \\\n  --service-role MyServiceRole --ec2-attributes InstanceProfile=MyClusterNodes\n',
        account: serviceRoleWith([clusterStatement, passEc2Role('arn:aws:iam::*:role/EMR_EC2_DefaultRole')], 'MyClusterNodes'),
      },
    ],
    good: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge \\\n  --service-role MyServiceRole --ec2-attributes InstanceProfile=MyClusterNodes\n',
        account: serviceRoleWith([clusterStatement, passEc2Role('arn:aws:iam::111122223333:role/MyClusterNodes')], 'MyClusterNodes'),
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role.html',
      'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEMRServicePolicy_v2.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
    ],
  },
  check({ subject, facts, catalog, surroundings, report }) {
    const roles = commandRoles(subject, facts, surroundings);
    const service = roles.find(({ kind }) => kind === 'service');
    const nodes = roles.find(({ kind }) => kind === 'ec2');
    const at = service?.at ?? nodes?.at;
    if (service === undefined || nodes === undefined || at === undefined || swappedIn(roles) !== undefined) return;
    const message = passRoleProblem(service, nodes.role, factsFor(subject, facts, surroundings), catalog);
    if (message !== undefined) report({ at, message });
  },
});
