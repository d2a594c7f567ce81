// Whole create-cluster commands to begin with, each value of which is a tab stop.

import { defaultRole } from '../emr/launchSpec';
import { newestRelease } from '../emr/releases';
import type { WordGroups } from '../emr/shell';
import type { NameSuggestion } from './roleCompletion';
import { stop } from './snippet';

export interface LaunchSnippet {
  readonly label: string;
  readonly detail: string;
  /** The options, each with its values. */
  readonly groups: WordGroups;
}

/** @param roles the likeliest ones of the account; the default ones where it is not known. */
export function launchSnippets(roles: {
  readonly service: NameSuggestion | undefined;
  readonly instanceProfile: NameSuggestion | undefined;
}): readonly LaunchSnippet[] {
  const nameOf = (role: NameSuggestion | undefined, other: string): string => role?.text ?? role?.label ?? other;
  const service = stop(nameOf(roles.service, defaultRole.service_role));
  // A comma ends a value of the shorthand syntax.
  const instanceProfile = stop(nameOf(roles.instanceProfile, defaultRole.instance_profile).replaceAll(',', '\\,'));
  const around = (instances: WordGroups, subnet: string, more: WordGroups = []): WordGroups => [
    ['--name', stop('my-cluster')],
    ['--release-label', stop(newestRelease)],
    ['--applications', `Name=${stop('Spark')}`],
    ...instances,
    ['--service-role', service],
    ['--ec2-attributes', `InstanceProfile=${instanceProfile},${subnet}`],
    ['--log-uri', `s3://${stop('my-bucket')}/logs/`],
    ...more,
  ];
  const typeAndCount = [
    ['--instance-type', stop(nodeType)],
    ['--instance-count', stop('3')],
  ];
  const subnet = `SubnetId=${stop(exampleSubnet)}`;
  return [
    { label: 'type and count', detail: 'nodes of one instance type', groups: around(typeAndCount, subnet) },
    {
      label: 'instance groups',
      detail: 'a number of instances of one type for each role',
      groups: around([['--instance-groups', group('MASTER', '1'), group('CORE', '2')]], subnet),
    },
    {
      label: 'instance fleets',
      detail: 'target capacities, On-Demand and Spot, of several types',
      groups: around(
        [['--instance-fleets', fleet('MASTER', 'TargetOnDemandCapacity', '1'), fleet('CORE', 'TargetSpotCapacity', '2')]],
        `SubnetIds=[${stop(exampleSubnet)}]`,
      ),
    },
    {
      label: 'with a step',
      detail: 'a cluster that runs a Spark application, and stays',
      groups: around(typeAndCount, subnet, [['--steps', step('CONTINUE')]]),
    },
    {
      label: 'transient',
      detail: 'a cluster that ends after its steps',
      groups: around(typeAndCount, subnet, [['--steps', step('TERMINATE_CLUSTER')], ['--auto-terminate']]),
    },
  ];
}

const nodeType = 'm5.xlarge';
const exampleSubnet = 'subnet-0123456789abcdef0';

function group(role: string, count: string): string {
  return `InstanceGroupType=${role},InstanceType=${stop(nodeType)},InstanceCount=${stop(count)}`;
}

function fleet(role: string, target: string, capacity: string): string {
  return `InstanceFleetType=${role},${target}=${stop(capacity)},InstanceTypeConfigs=[{InstanceType=${stop(nodeType)}}]`;
}

function step(onFailure: string): string {
  const args = `[--deploy-mode,cluster,${stop('s3://my-bucket/app.py')}]`;
  return `Type=SPARK,Name=${stop('my-step')},ActionOnFailure=${stop(onFailure)},Args=${args}`;
}
