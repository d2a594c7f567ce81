// The roles that a create-cluster command would really use (awscli/customizations/emr/createcluster.py): what the command says counts more
// than the emr block of the profile, and --use-default-roles more than that.

import type { LaunchDocument } from '../document';
import { defaultRole } from '../emr/launchSpec';
import { knownRole, type NamedRole, type namesOf } from '../emr/roles';
import type { AccountFacts } from '../facts/facts';
import type { Surroundings } from '../surroundings';
import type { Span } from '../text';
import { factsFor, hasOption, instanceProfileOf, type Launch, type NamedValue, namedValue, profileBlock, spanOf, wordsOf } from './launch';

export interface EffectiveRole {
  readonly setting: 'service_role' | 'instance_profile';
  /** Nothing where only running the command would tell, or where there is none. */
  readonly name: string | undefined;
  /** Where the name comes from, or why there is none: "from --service-role". */
  readonly from: string;
  /** What names it, at the beginning of a message. */
  readonly by?: string;
  /** Where the command itself does. */
  readonly at?: Span | undefined;
}

export function effectiveRoles(launch: Launch, surroundings: Surroundings): readonly EffectiveRole[] {
  const isHidden = hasOption(launch, 'ec2-attributes') && launch.arguments.values['ec2-attributes'] === undefined;
  return [
    roleOf(launch, surroundings, 'service_role', '--service-role', hasOption(launch, 'service-role'), namedValue(launch, 'service-role')),
    roleOf(launch, surroundings, 'instance_profile', '--ec2-attributes', isHidden, instanceProfileOf(launch)),
  ];
}

/** @param isGiven whether the command has the option, though its value need not be known. */
function roleOf(
  launch: Launch,
  surroundings: Surroundings,
  setting: EffectiveRole['setting'],
  option: string,
  isGiven: boolean,
  given: NamedValue | undefined,
): EffectiveRole {
  if (hasOption(launch, 'use-default-roles')) {
    const from = 'from `--use-default-roles`, whatever the profile says';
    const at = spanOf(wordsOf(launch, '--use-default-roles'));
    return { setting, name: defaultRole[setting], from, by: '--use-default-roles', at };
  }
  if (given !== undefined) {
    const by = setting === 'service_role' ? option : `${option} InstanceProfile`;
    return { setting, name: given.text, from: `from \`${option}\``, by, at: given.span };
  }
  if (isGiven) return { setting, name: undefined, from: `from \`${option}\`, whose value only running the command tells` };
  if (launch.arguments.isOpen) return { setting, name: undefined, from: 'only running the command tells' };
  const { profile } = launch.arguments;
  const block = profileBlock(launch, surroundings);
  const name = block?.settings.get(setting)?.text;
  if (block !== undefined && name !== undefined)
    return { setting, name, from: 'from the emr block of the profile', by: `${setting} of the profile "${block.profile}"` };
  if (profile === undefined || surroundings.aws === undefined)
    return { setting, name: undefined, from: 'from the emr block of the profile that the command is run with, if it has one' };
  return { setting, name: undefined, from: 'none: neither the command nor the profile names one, and EMR refuses the launch' };
}

/** What the commands of a script name, for an edge to ask about: each name once. */
export function namesIn({ launches }: LaunchDocument, surroundings: Surroundings): ReturnType<typeof namesOf> {
  const named = (setting: EffectiveRole['setting']): readonly string[] =>
    launches.flatMap((launch) =>
      effectiveRoles(launch, surroundings).flatMap((role) => (role.setting === setting ? (role.name ?? []) : [])),
    );
  const others = launches.flatMap((launch) => Object.values(optionFor).flatMap((name) => namedValue(launch, name)?.text ?? []));
  return {
    roles: [...new Set([...named('service_role'), ...others])],
    instanceProfiles: [...new Set(named('instance_profile'))],
  };
}

export interface CommandRole extends NamedRole {
  /** Where the command itself names it, if it does. */
  readonly at: Span | undefined;
}

/** Of the roles that no emr block names. */
export const optionFor = { autoscaling: 'auto-scaling-role', runtime: 'step-execution-role-arn' } as const;

/** Those of the account that the profile is of, as the facts know them. */
export function commandRoles(launch: Launch, all: AccountFacts, surroundings: Surroundings): readonly CommandRole[] {
  if (all.sources.length === 0) return [];
  const facts = factsFor(launch, all, surroundings);
  const known = (kind: NamedRole['kind'], name: string | undefined, by: string, at: Span | undefined): readonly CommandRole[] => {
    const found = name === undefined ? undefined : knownRole(kind, name, facts);
    return found === undefined ? [] : [{ kind, ...found, by, at }];
  };
  return [
    ...effectiveRoles(launch, surroundings).flatMap(({ setting, name, by = '', at }) =>
      known(setting === 'service_role' ? 'service' : 'ec2', name, by, at),
    ),
    ...(['autoscaling', 'runtime'] as const).flatMap((kind) => {
      const value = namedValue(launch, optionFor[kind]);
      return known(kind, value?.text, `--${optionFor[kind]}`, value?.span);
    }),
  ];
}
