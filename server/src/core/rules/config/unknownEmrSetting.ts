import type { NestedSetting } from '../../awsconfig/node';
import { type EmrSettingName, emrSettingNames } from '../../emr/block';
import type { Fix } from '../../finding';
import { nearest } from '../../nearest';
import { defineRule } from '../rule';

/** Settings that people invent, and the option of `aws emr create-cluster` that does what they want. */
const options: Readonly<Record<string, string>> = {
  additional_info: '--additional-info',
  ami_version: '--ami-version',
  application: '--applications Name=NAME',
  applications: '--applications Name=NAME',
  auto_scaling_role: '--auto-scaling-role',
  auto_terminate: '--auto-terminate',
  autoscaling_role: '--auto-scaling-role',
  availability_zone: '--ec2-attributes AvailabilityZone=ZONE',
  bootstrap_actions: '--bootstrap-actions',
  configurations: '--configurations',
  custom_ami_id: '--custom-ami-id',
  ebs_root_volume_size: '--ebs-root-volume-size',
  execution_role: '--step-execution-role-arn',
  instance_count: '--instance-count',
  instance_groups: '--instance-groups',
  instance_type: '--instance-type',
  kms_key_id: '--log-encryption-kms-key-id',
  log_encryption_kms_key_id: '--log-encryption-kms-key-id',
  managed_scaling_policy: '--managed-scaling-policy',
  name: '--name',
  release: '--release-label',
  release_label: '--release-label',
  runtime_role: '--step-execution-role-arn',
  runtime_role_arn: '--step-execution-role-arn',
  scale_down_behavior: '--scale-down-behavior',
  security_configuration: '--security-configuration',
  step_concurrency_level: '--step-concurrency-level',
  step_execution_role_arn: '--step-execution-role-arn',
  steps: '--steps',
  subnet: '--ec2-attributes SubnetId=SUBNET',
  subnet_id: '--ec2-attributes SubnetId=SUBNET',
  tags: '--tags',
  termination_protected: '--termination-protected',
  use_default_roles: '--use-default-roles',
  visible_to_all_users: '--visible-to-all-users',
};

/** Other names of what there is, from the console, the API and other tools. */
const synonyms: Readonly<Record<string, EmrSettingName>> = {
  debugging: 'enable_debugging',
  ec2_instance_profile: 'instance_profile',
  ec2_key_name: 'key_name',
  ec2_role: 'instance_profile',
  instance_profile_name: 'instance_profile',
  instance_role: 'instance_profile',
  job_flow_role: 'instance_profile',
  jobflow_role: 'instance_profile',
  key_pair: 'key_name',
  key_pair_name: 'key_name',
  log: 'log_uri',
  log_url: 'log_uri',
  logs: 'log_uri',
  role: 'service_role',
  service_role_arn: 'service_role',
  service_role_name: 'service_role',
  ssh_key: 'key_pair_file',
};

export const unknownEmrSetting = defineRule({
  id: 'config/unknown-emr-setting',
  severity: 'warning',
  kinds: ['emr-block'],
  docs: {
    what: 'a line of an emr block that the AWS CLI ignores',
    why: 'The AWS CLI knows six names in this block: `service_role`, `instance_profile`, `log_uri`, `key_name`, `enable_debugging` and `key_pair_file`, with underscores and in lower case. It says nothing of any other name and goes on without it: with a misspelt role, the request goes out without a role. There is no setting for the Auto Scaling role, the release label, or any other option of `create-cluster`; these belong on the command line.',
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service-role = EMR_DefaultRole\n',
      },
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    log_uri = s3://my-logs/emr/\n    auto_scaling_role = EMR_AutoScaling_DefaultRole\n',
      },
    ],
    good: [{ syntax: 'aws-config', text: '[default]\nEMR =\n    log_uri = s3://my-logs/emr/\n    key_name = my-key\n' }],
    references: [
      'https://github.com/aws/aws-cli/blob/develop/awscli/customizations/emr/config.py',
      'https://docs.aws.amazon.com/cli/latest/reference/emr/create-cluster.html',
    ],
  },
  check({ subject, report }) {
    const { value } = subject.setting;
    const lines = value.kind === 'nested' ? value.settings : [];
    const written = new Set(lines.map(({ key }) => key.text));
    for (const line of lines) {
      const { text } = line.key;
      if (text === '' || isKnown(text)) continue;
      const meant = meantName(text);
      const option = meant === undefined ? optionFor(text) : undefined;
      const advice =
        meant !== undefined
          ? `The setting is called ${meant}.`
          : option === undefined
            ? `The settings are ${emrSettingNames.join(', ')}.`
            : `There is no such setting; use the option ${option} of the command.`;
      report({
        at: line.key.span,
        message: `The AWS CLI ignores "${text}" in the emr block of the profile "${subject.profile}". ${advice}`,
        fixes: meant === undefined || written.has(meant) ? [] : [rename(line, meant)],
      });
    }
  },
});

function isKnown(text: string): text is EmrSettingName {
  return emrSettingNames.some((name) => name === text);
}

function meantName(text: string): EmrSettingName | undefined {
  const plain = plainName(text);
  if (isKnown(plain)) return plain;
  const squeezed = plain.replaceAll('_', '');
  const same = emrSettingNames.find((name) => name.replaceAll('_', '') === squeezed);
  if (same !== undefined) return same;
  if (Object.hasOwn(synonyms, plain)) return synonyms[plain];
  if (optionFor(text) !== undefined) return undefined;
  return nearest(plain, emrSettingNames).find(isKnown);
}

function optionFor(text: string): string | undefined {
  const plain = plainName(text);
  return Object.hasOwn(options, plain) ? options[plain] : undefined;
}

/** `ServiceRole`, `service-role` and `--service-role` are all `service_role`. */
function plainName(text: string): string {
  return text
    .replace(/^-+/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[-\s.]+/g, '_')
    .toLowerCase();
}

function rename({ key }: NestedSetting, name: EmrSettingName): Fix {
  return { title: `Rename to ${name}`, kind: 'suggestion', edits: [{ span: key.span, newText: name }] };
}
