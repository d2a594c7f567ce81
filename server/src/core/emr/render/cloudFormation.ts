// A launch as a template with an AWS::EMR::Cluster (AWS CloudFormation's schema of the type, 2026).

import { isList, type Value } from '../schema';
import type { Render } from './render';

/** Members of the request, by their path, that the type has no place for. */
const unsupported = [
  'StepExecutionRoleArn',
  'RepoUpgradeOnBoot',
  'MonitoringConfiguration',
  'ExtendedSupport',
  'SessionEnabled',
  'Instances.Placement.AvailabilityZones',
  'Instances.InstanceFleets.Context',
  'Steps.StepMonitoringConfiguration',
];

/** Members that have another name there. */
const renamed: Readonly<Record<string, string>> = {
  'Steps.HadoopJarStep.Properties': 'StepProperties',
};

const roles = { MASTER: 'Master', CORE: 'Core', TASK: 'Task' } as const;

export const cloudFormation: Render = (request) => {
  const lost = new Set<string>();
  const cluster = { Type: 'AWS::EMR::Cluster', Properties: convert(request, '', lost) };
  return {
    text: JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources: { Cluster: cluster } }, undefined, 2),
    notes: [...lost].map((path) => `${path} is left out: AWS::EMR::Cluster has no place for it.`),
  };
};

function convert(value: Value, path: string, lost: Set<string>): Value {
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map((item) => convert(item, path, lost));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, held]): (readonly [string, Value])[] => {
      const within = path === '' ? name : `${path}.${name}`;
      if (unsupported.includes(within)) {
        lost.add(within);
        return [];
      }
      if (isEmpty(held)) return [];
      // Its keys are the user's, and it has another name wherever it stands.
      if (/(^|\.)Configurations\.Properties$/.test(within)) return [['ConfigurationProperties', held]];
      if ((within === 'Instances.InstanceGroups' || within === 'Instances.InstanceFleets') && isList(held))
        return byRole(held, within, lost);
      const converted = convert(held, within, lost);
      return isEmpty(converted) ? [] : [[renamed[within] ?? name, converted]];
    }),
  );
}

function isEmpty(value: Value): boolean {
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** The instances of each role have a property of their own; those for tasks are a list. */
function byRole(items: readonly Value[], path: string, lost: Set<string>): (readonly [string, Value])[] {
  const kind = path.endsWith('Groups') ? 'InstanceGroup' : 'InstanceFleet';
  const found = new Map<string, readonly Value[]>();
  for (const item of items) {
    if (typeof item !== 'object' || isList(item)) continue;
    const { InstanceRole, InstanceFleetType, ...rest } = item;
    const role = String(InstanceRole ?? InstanceFleetType);
    found.set(role, [...(found.get(role) ?? []), convert(rest, path, lost)]);
  }
  return Object.entries(roles).flatMap(([role, name]): (readonly [string, Value])[] => {
    const [first, ...others] = found.get(role) ?? [];
    if (first === undefined) return [];
    if (role === 'TASK') return [[`Task${kind}s`, [first, ...others]]];
    if (others.length > 0) lost.add(`${path} beyond the first with the role ${role}`);
    return [[`${name}${kind}`, first]];
  });
}
