import { serviceGap } from '../../emr/rolePermissions';
import { rolesInPlace } from '../../emr/trust';
import { listed } from '../../words';
import { serviceRoleWith } from '../examples';
import { defineRule } from '../rule';

export const serviceRolePermissions = defineRule({
  id: 'emr/service-role-permissions',
  severity: 'warning',
  kinds: ['emr-block'],
  needs: 'facts',
  docs: {
    what: "a service role that lacks actions of EMR's own service policy",
    why: 'EMR accepts a launch with such a role and terminates the cluster some minutes later, often with "Service role ... has insufficient EC2 permissions", or fails when the cluster scales or ends; AWS warns that what EMR may not terminate or delete goes on costing. A role is compared with the service policy that it is nearest to, `AmazonElasticMapReduceRole` or `AmazonEMRServicePolicy_v2`, in the latest version, and the finding says what the lacking actions are for. Quiet where the policies of the role are not all known, where it has a permissions boundary, and where it lacks only what one of the two service policies does without; what AWS has added since the role got a copy of one is the matter of emr/inline-policy-drift. Resources and conditions are not compared, and `iam:PassRole` is the matter of emr/pass-role-for-custom-role.',
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = MyServiceRole\n    instance_profile = EMR_EC2_DefaultRole\n',
        account: serviceRoleWith([
          { Effect: 'Allow', Action: ['ec2:Describe*', 'ec2:RunInstances', 'ec2:TerminateInstances', 'iam:PassRole'], Resource: '*' },
        ]),
      },
    ],
    good: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = MyServiceRole\n    instance_profile = EMR_EC2_DefaultRole\n',
        account: serviceRoleWith([
          {
            Effect: 'Allow',
            Action: ['ec2:*', 'application-autoscaling:*', 'cloudwatch:*Alarm*', 'resource-groups:ListGroupResources', 'iam:PassRole'],
            Resource: '*',
          },
        ]),
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role.html',
      'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEMRServicePolicy_v2.html',
      'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonElasticMapReduceRole.html',
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-troubleshoot-error-permissions.html',
    ],
  },
  check({ subject, facts, catalog, report }) {
    for (const { kind, setting, role, source } of rolesInPlace(subject, facts)) {
      if (kind !== 'service' || catalog === undefined) continue;
      const gap = serviceGap(catalog)(facts)(role);
      if (gap === undefined) continue;
      const all = gap.lacking.flatMap(({ actions }) => actions);
      const groups = gap.lacking.map(({ what, actions }) => `${what} (${listed(actions, (action) => action, 2)})`);
      const error = all.some((action) => action.startsWith('ec2:'))
        ? '; EMR says "Service role ... has insufficient EC2 permissions" where it needs one of them'
        : '';
      report({
        at: setting.value,
        message: `service_role of the profile "${subject.profile}": the role "${role.name}" lacks ${all.length === 1 ? 'an action' : `${all.length} actions`} that ${gap.like} allows (${source.label}), for ${listed(groups, (group) => group)}. Allow ${all.length === 1 ? 'it' : 'them'} in a policy of the role${error}.`,
      });
    }
  },
});
