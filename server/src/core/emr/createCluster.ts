// The launch spec as an `aws emr create-cluster` command.

import type { LaunchSpec } from './launchSpec';

/** The words of the command: first those before any option, then one group for each option, which a line break never splits. */
export function createClusterWords(spec: LaunchSpec): readonly (readonly string[])[] {
  const { roles, keyName, logUri, enableDebugging, tags } = spec;
  const ec2Attributes = [
    ...(roles.kind === 'named' ? [shorthand('InstanceProfile', roles.instanceProfile)] : []),
    ...(keyName === undefined ? [] : [shorthand('KeyName', keyName)]),
  ];
  return [
    ['aws', 'emr', 'create-cluster'],
    option('--profile', spec.profile),
    option('--name', spec.name),
    option('--release-label', spec.releaseLabel),
    ...(spec.applications.length === 0 ? [] : [['--applications', ...spec.applications.map((name) => shorthand('Name', name))]]),
    option('--instance-type', spec.instanceType),
    option('--instance-count', String(spec.instanceCount)),
    ...(roles.kind === 'named' ? [option('--service-role', roles.serviceRole)] : [['--use-default-roles']]),
    ...(ec2Attributes.length === 0 ? [] : [option('--ec2-attributes', ec2Attributes.join(','))]),
    ...(logUri === undefined ? [] : [option('--log-uri', logUri)]),
    ...(enableDebugging === undefined ? [] : [[enableDebugging ? '--enable-debugging' : '--no-enable-debugging']]),
    // Not in the shorthand syntax: of Key=a,Value=b the command makes a tag "Key" (awscli/customizations/emr/emrutils.py, parse_tags).
    ...(tags.length === 0 ? [] : [['--tags', ...tags.map(({ key, value }) => `${key}=${value}`)]]),
  ];
}

/** A value that begins with a dash would be taken for an option of its own. */
export function option(name: string, value: string): string[] {
  return value.startsWith('-') ? [`${name}=${value}`] : [name, value];
}

/** `key=value` of the AWS CLI's shorthand syntax (awscli/shorthand.py): anything but plain characters goes in single quotes. */
function shorthand(key: string, value: string): string {
  if (/^[\w+=.@:/-]+$/.test(value)) return `${key}=${value}`;
  return `${key}='${value.replace(/[\\']/g, '\\$&')}'`;
}
