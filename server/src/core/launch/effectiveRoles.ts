// The roles that a create-cluster command would really use (awscli/customizations/emr/createcluster.py): what the command says counts more
// than the emr block of the profile, and --use-default-roles more than that.

import { defaultRole } from '../emr/launchSpec';
import type { Surroundings } from '../surroundings';
import { hasOption, instanceProfileOf, type Launch, namedValue, profileBlock } from './launch';

export interface EffectiveRole {
  readonly setting: 'service_role' | 'instance_profile';
  /** Nothing where only running the command would tell, or where there is none. */
  readonly name: string | undefined;
  /** Where the name comes from, or why there is none: "from --service-role". */
  readonly from: string;
}

export function effectiveRoles(launch: Launch, surroundings: Surroundings): readonly EffectiveRole[] {
  return [
    roleOf(
      launch,
      surroundings,
      'service_role',
      '--service-role',
      hasOption(launch, 'service-role'),
      namedValue(launch, 'service-role')?.text,
    ),
    roleOf(
      launch,
      surroundings,
      'instance_profile',
      '--ec2-attributes',
      hasOption(launch, 'ec2-attributes') && launch.arguments.values['ec2-attributes'] === undefined,
      instanceProfileOf(launch)?.text,
    ),
  ];
}

/** @param isGiven whether the command has the option, though its value need not be known. */
function roleOf(
  launch: Launch,
  surroundings: Surroundings,
  setting: EffectiveRole['setting'],
  option: string,
  isGiven: boolean,
  given: string | undefined,
): EffectiveRole {
  if (hasOption(launch, 'use-default-roles'))
    return { setting, name: defaultRole[setting], from: 'from `--use-default-roles`, whatever the profile says' };
  if (given !== undefined) return { setting, name: given, from: `from \`${option}\`` };
  if (isGiven) return { setting, name: undefined, from: `from \`${option}\`, whose value only running the command tells` };
  if (launch.arguments.isOpen) return { setting, name: undefined, from: 'only running the command tells' };
  const { profile } = launch.arguments;
  const block = profileBlock(launch, surroundings);
  const name = block?.settings.get(setting)?.text;
  if (block !== undefined && name !== undefined) return { setting, name, from: 'from the emr block of the profile' };
  if (profile === undefined || surroundings.aws === undefined)
    return { setting, name: undefined, from: 'from the emr block of the profile that the command is run with, if it has one' };
  return { setting, name: undefined, from: 'none: neither the command nor the profile names one, and EMR refuses the launch' };
}
