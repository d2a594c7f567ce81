import { type EmrSetting, meantBoolean } from '../../emr/block';
import { policiesOf } from '../../emr/roles';
import { rolesInPlace } from '../../emr/trust';
import { isPlaceholder } from '../../emr/value';
import { isRefused } from '../../policy/evaluate';
import { ec2RoleWith } from '../examples';
import { defineRule, listed } from '../rule';

/** EMR Management Guide, "Service role for cluster EC2 instances": what debugging takes. */
const debugging = ['sqs:GetQueueUrl', 'sqs:SendMessage'];

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
    const logUri = subject.settings.get('log_uri');
    const isDebugged = meantBoolean(subject.settings.get('enable_debugging')?.text ?? '') === true;
    if (logUri === undefined && !isDebugged) return;
    const held = rolesInPlace(subject, facts).find(({ kind }) => kind === 'ec2');
    if (held === undefined) return;
    const { policies, areAll } = policiesOf(held.role, facts, catalog);
    if (!areAll) return;
    const refused = (actions: readonly string[], resource: string): readonly string[] =>
      actions.filter((action) =>
        isRefused(
          policies.map(({ policy }) => policy),
          { action, resource, context: new Map() },
        ),
      );
    const who = `the role "${held.role.name}" of the instance profile`;
    const tell = (setting: EmrSetting | undefined, actions: readonly string[], resource: string, advice: string): void => {
      const lacking = refused(actions, resource);
      if (setting === undefined || lacking.length === 0) return;
      const key = setting.line.key.text;
      report({
        at: setting.value,
        message: `${key} of the profile "${subject.profile}": no policy of ${who} allows ${listed(lacking, (action) => action)} on ${resource.replace(/^arn:\*/, 'arn:aws')} (${held.source.label}). ${advice}`,
      });
    };
    const folder = logUri === undefined ? undefined : folderIn(logUri.text);
    if (folder !== undefined) {
      tell(
        logUri,
        ['s3:PutObject'],
        `arn:*:s3:::${folder}`,
        'Allow it there, unless the policy of the bucket does; without it the cluster leaves no logs.',
      );
    }
    if (isDebugged) {
      const queue = 'arn:*:sqs:*:*:AWS-ElasticMapReduce-*';
      tell(subject.settings.get('enable_debugging'), debugging, queue, 'Allow it there; without it debugging shows nothing.');
    }
  },
});

/** The objects below an address in S3; nothing where the address is not plain. */
function folderIn(uri: string): string | undefined {
  const path = /^s3[na]?:\/\/([a-z\d][a-z\d.-]+(?:\/.*)?)$/.exec(uri)?.[1];
  if (path === undefined || isPlaceholder(uri) || /[$*?]/.test(path)) return undefined;
  return `${path.replace(/\/+$/, '')}/*`;
}
