import { logNeeds } from '../../emr/rolePermissions';
import { policiesOf } from '../../emr/roles';
import { rolesInPlace } from '../../emr/trust';
import { isRefused } from '../../policy/evaluate';
import { listed } from '../../words';
import { ec2RoleWith } from '../examples';
import { defineRule } from '../rule';

export const ec2RolePermissions = defineRule({
  id: 'emr/ec2-role-permissions',
  severity: 'warning',
  kinds: ['emr-block'],
  needs: 'facts',
  docs: {
    what: 'logs or debugging in an emr block that the EC2 role has no permissions for',
    why: 'The instances of a cluster write its logs to the `log_uri` themselves, with the role of the instance profile, and debugging has them send messages to a queue named `AWS-ElasticMapReduce-...`. Without `s3:PutObject` below the `log_uri`, or `sqs:GetQueueUrl` and `sqs:SendMessage` on that queue, the cluster runs but the logs are not there when somebody needs them. A bucket policy can allow the role what its own policies do not. Quiet where the policies of the role are not all known.',
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = MyClusterNodes\n    log_uri = s3://my-logs/emr/\n',
        account: ec2RoleWith([{ Effect: 'Allow', Action: 's3:*', Resource: ['arn:aws:s3:::my-data', 'arn:aws:s3:::my-data/*'] }]),
      },
    ],
    good: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = MyClusterNodes\n    log_uri = s3://my-logs/emr/\n',
        account: ec2RoleWith([{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::my-logs/emr/*' }]),
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-for-ec2.html',
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-plan-debugging.html',
    ],
  },
  check({ subject, facts, catalog, report }) {
    const needs = logNeeds(subject, {});
    if (needs.length === 0) return;
    const held = rolesInPlace(subject, facts).find(({ kind }) => kind === 'ec2');
    if (held === undefined) return;
    const known = policiesOf(held.role, facts, catalog);
    if (!known.areAll) return;
    const policies = known.policies.map(({ policy }) => policy);
    for (const { setting, actions, resource } of needs) {
      const lacking = actions.filter((action) => isRefused(policies, { action, resource, context: new Map() }));
      if (lacking.length === 0) continue;
      const key = setting.line.key.text;
      const advice =
        key === 'log_uri'
          ? 'Allow it there, unless the policy of the bucket does; without it the cluster leaves no logs.'
          : 'Allow it there; without it debugging shows nothing.';
      report({
        at: setting.value,
        message: `${key} of the profile "${subject.profile}": no policy of the role "${held.role.name}" of the instance profile allows ${listed(lacking, (action) => action)} on ${resource.replace(/^arn:\*/, 'arn:aws')} (${held.source.label}). ${advice}`,
      });
    }
  },
});
