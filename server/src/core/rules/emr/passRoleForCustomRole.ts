import { arnOf, passRoleRequest } from '../../emr/launchNeeds';
import { passEc2Role } from '../../emr/rolePermissions';
import { policiesOf } from '../../emr/roles';
import { rolesInPlace } from '../../emr/trust';
import { evaluate, isRefused } from '../../policy/evaluate';
import { serviceRoleWith } from '../examples';
import { defineRule } from '../rule';

const clusters = {
  Effect: 'Allow',
  Action: ['ec2:*', 'application-autoscaling:*', 'cloudwatch:*Alarm*', 'resource-groups:ListGroupResources'],
  Resource: '*',
};
const passNodes = (resource: string): object => ({
  Effect: 'Allow',
  Action: 'iam:PassRole',
  Resource: resource,
  Condition: { StringLike: { 'iam:PassedToService': 'ec2.amazonaws.com*' } },
});

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
        account: serviceRoleWith([clusters, passNodes('arn:aws:iam::*:role/EMR_EC2_DefaultRole')], 'MyClusterNodes'),
      },
    ],
    good: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = MyServiceRole\n    instance_profile = MyClusterNodes\n',
        account: serviceRoleWith([clusters, passNodes('arn:aws:iam::111122223333:role/MyClusterNodes')], 'MyClusterNodes'),
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
    const known = policiesOf(service.role, facts, catalog);
    if (!known.areAll) return;
    const policies = known.policies.map(({ policy }) => policy);
    if (isRefused(policies, { action: 'ec2:RunInstances', resource: '*', context: new Map() })) return;
    const { outcome } = evaluate(policies, passRoleRequest(arnOf(nodes.role), 'ec2'));
    if (outcome !== 'not-allowed' && outcome !== 'denied') return;
    const held = `the role "${nodes.role.name}" of the instance profile`;
    const advice =
      outcome === 'denied'
        ? 'A Deny of the service role forbids it; leave this role out there.'
        : `Add ${JSON.stringify(passEc2Role(arnOf(nodes.role).replace(/^arn:\*/, 'arn:aws')))}.`;
    report({
      at: service.setting.value,
      message: `service_role of the profile "${subject.profile}": the role "${service.role.name}" may not pass ${held} to EC2 (${service.source.label}), so that EMR says "Service role ... has insufficient EC2 permissions". ${advice}`,
    });
  },
});
