// Launches that a project keeps by name, in the words of create-cluster.

import { isOptionName, type OptionName } from './createClusterOptions';
import type { LaunchArguments } from './launchArguments';
import type { Shell } from './shell';

export interface LaunchPreset {
  readonly name: string;
  readonly profile?: string | undefined;
  readonly shell?: Shell | undefined;
  /** Those behind `create-cluster`. */
  readonly options: readonly string[];
}

/** Options of which one takes the place of the others. */
const rivals: readonly (readonly OptionName[])[] = [
  ['release-label', 'ami-version'],
  ['instance-groups', 'instance-fleets', 'instance-type'],
  ['instance-groups', 'instance-fleets', 'instance-count'],
  ['use-default-roles', 'service-role'],
];

/** What the command line says takes the place of what the preset says. */
export function overPreset(preset: LaunchArguments, own: LaunchArguments): LaunchArguments {
  const said = [...Object.keys(own.values), ...own.inFiles.keys()].filter(isOptionName);
  const replaced = new Set([...said, ...rivals.filter((names) => names.some((name) => said.includes(name))).flat()]);
  const kept = <T>([name]: readonly [string, T]): boolean => !isOptionName(name) || !replaced.has(name);
  return {
    ...own,
    values: { ...Object.fromEntries(Object.entries(preset.values).filter(kept)), ...own.values },
    inFiles: new Map([...[...preset.inFiles].filter(kept), ...own.inFiles]),
    // Of two the last counts.
    globals: [...preset.globals, ...own.globals],
  };
}
