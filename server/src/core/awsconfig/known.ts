// The settings that the AWS CLI knows: what hovers say and completions offer. A name that is not here is not wrong.

import type { EmrSettingName } from '../emr/block';
import type { FileKind } from './profiles';

/** Where the values of a setting come from. */
type ValueKind = 'boolean' | 'profile' | 'region' | 'role' | 'instance-profile' | readonly string[];

export interface KnownSetting {
  readonly what: string;
  readonly values?: ValueKind;
  /** Whether indented lines stand below it. */
  readonly isBlock?: true;
  /** The only file that it is offered in. */
  readonly belongsIn?: FileKind;
}

interface KnownEmrSetting extends KnownSetting {
  /** The subcommands of `aws emr` that read it. */
  readonly readBy: string;
  /** The option that it stands for, which wins over it. */
  readonly option: string;
}

/** awscli/customizations/emr/config.py (SUPPORTED_CONFIG_LIST), and the help texts of the options. */
export const emrSettings: Readonly<Record<EmrSettingName, KnownEmrSetting>> = {
  service_role: {
    what: 'The service role: the role that EMR itself assumes. A name or an ARN. `--use-default-roles` ignores it.',
    values: 'role',
    readBy: 'create-cluster',
    option: '--service-role',
  },
  instance_profile: {
    what: "The instance profile of the cluster's EC2 instances, which holds the EC2 role. A name or an ARN of an instance profile, not of a role. `--use-default-roles` ignores it.",
    values: 'instance-profile',
    readBy: 'create-cluster',
    option: '--ec2-attributes InstanceProfile=',
  },
  log_uri: {
    what: 'Where in S3 the logs of the cluster go: `s3://BUCKET/FOLDER/`.',
    readBy: 'create-cluster',
    option: '--log-uri',
  },
  key_name: {
    what: "The name of the EC2 key pair for logging in to the cluster's instances.",
    readBy: 'create-cluster',
    option: '--ec2-attributes KeyName=',
  },
  enable_debugging: {
    what: 'Whether the debugging tool of the EMR console is set up. `true` or `false`; `true` needs `log_uri`.',
    values: 'boolean',
    readBy: 'create-cluster',
    option: '--enable-debugging',
  },
  key_pair_file: {
    what: 'The file with the private key of `key_name`, for logging in with ssh.',
    readBy: 'ssh, socks, put and get',
    option: '--key-pair-file',
  },
};

/** AWS CLI user guide, cli-configure-files; AWS SDKs and tools reference guide, settings-reference. */
export const profileSettings: ReadonlyMap<string, KnownSetting> = new Map<string, KnownSetting>(
  Object.entries({
    region: { what: 'The region that commands go to.', values: 'region' },
    output: { what: 'The format of what commands print.', values: ['json', 'text', 'table', 'yaml', 'yaml-stream', 'off'] },
    emr: { what: 'What `aws emr` takes from the profile: roles, logs, key pair.', isBlock: true },
    role_arn: { what: 'The role that the profile assumes, with the credentials of `source_profile` or `credential_source`.' },
    source_profile: { what: 'The profile whose credentials assume `role_arn`. Nothing else of it is inherited.', values: 'profile' },
    credential_source: {
      what: 'Where the credentials that assume `role_arn` come from.',
      values: ['Environment', 'Ec2InstanceMetadata', 'EcsContainer'],
    },
    credential_process: { what: 'A program that prints credentials.' },
    external_id: { what: 'The external id that the trust policy of `role_arn` asks for.' },
    mfa_serial: { what: 'The MFA device that is asked for a code before `role_arn` is assumed.' },
    role_session_name: { what: 'The name of the session that assumes `role_arn`.' },
    duration_seconds: { what: 'How long the session of `role_arn` lasts: 900 to 43200 seconds.' },
    web_identity_token_file: { what: 'The file with the token that assumes `role_arn`.' },
    sso_session: { what: 'The `[sso-session NAME]` section that signs in.' },
    sso_account_id: { what: 'The account of the single sign-on.' },
    sso_role_name: { what: 'The permission set of the single sign-on.' },
    sso_start_url: { what: 'The address of the access portal.' },
    sso_region: { what: 'The region of IAM Identity Center.', values: 'region' },
    sso_registration_scopes: { what: 'The scopes of the single sign-on.' },
    services: { what: 'The `[services NAME]` section with endpoints of single services.' },
    endpoint_url: { what: 'The endpoint of every service.' },
    ca_bundle: { what: 'The file with certificates of authorities.' },
    cli_pager: { what: 'The program that shows long output.' },
    cli_auto_prompt: { what: 'Whether the AWS CLI asks for what a command lacks.', values: ['on', 'on-partial', 'off'] },
    cli_binary_format: { what: 'How version 2 reads binary parameters.', values: ['base64', 'raw-in-base64-out'] },
    cli_follow_urlparam: { what: 'Whether version 1 fetches values that begin with http:// or https://.', values: 'boolean' },
    cli_history: { what: 'Whether a history of commands is kept.', values: ['enabled', 'disabled'] },
    cli_timestamp_format: { what: 'How times are printed.', values: ['wire', 'iso8601'] },
    max_attempts: { what: 'How often a request is tried.' },
    retry_mode: { what: 'How requests are tried again.', values: ['legacy', 'standard', 'adaptive'] },
    parameter_validation: { what: 'Whether parameters are checked before they are sent.', values: 'boolean' },
    defaults_mode: { what: 'Which defaults SDKs use.', values: ['standard', 'in-region', 'cross-region', 'mobile', 'auto', 'legacy'] },
    sts_regional_endpoints: { what: 'Which endpoint of STS is used.', values: ['legacy', 'regional'] },
    use_dualstack_endpoint: { what: 'Whether endpoints with IPv6 are used.', values: 'boolean' },
    use_fips_endpoint: { what: 'Whether FIPS endpoints are used.', values: 'boolean' },
    s3: { what: 'How `aws s3` transfers.', isBlock: true },
    aws_access_key_id: { what: 'The access key. It belongs in the credentials file.', belongsIn: 'credentials' },
    aws_secret_access_key: { what: 'The secret access key. It belongs in the credentials file.', belongsIn: 'credentials' },
    aws_session_token: { what: 'The token of temporary credentials.', belongsIn: 'credentials' },
  } satisfies Record<string, KnownSetting>),
);

/** botocore 1.43, endpoints.json: regions of EC2 and EMR in the partitions aws, aws-cn and aws-us-gov. */
export const regions: readonly string[] = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'cn-north-1',
  'cn-northwest-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-gov-east-1',
  'us-gov-west-1',
  'us-west-1',
  'us-west-2',
];

/** Whether a text has the form of a region's code, or is a pseudo region such as aws-global, which some endpoints go by. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/.test(text) || /^aws(-[a-z]+)*-global$/.test(text);
}
