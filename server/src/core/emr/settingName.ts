// What people call the settings of an emr block.

import { nearest } from '../nearest';
import { type EmrSettingName, emrSettingNames } from './block';

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

export function isEmrSettingName(text: string): text is EmrSettingName {
  return emrSettingNames.some((name) => name === text);
}

/** The setting that somebody plainly meant by a name that is none. */
export function meantName(text: string): EmrSettingName | undefined {
  const plain = plainName(text);
  if (isEmrSettingName(plain)) return plain;
  const squeezed = plain.replaceAll('_', '');
  const same = emrSettingNames.find((name) => name.replaceAll('_', '') === squeezed);
  if (same !== undefined) return same;
  if (Object.hasOwn(synonyms, plain)) return synonyms[plain];
  if (optionFor(text) !== undefined) return undefined;
  return nearest(plain, emrSettingNames).find(isEmrSettingName);
}

/** The option of the command, for what there is no setting for. */
export function optionFor(text: string): string | undefined {
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
