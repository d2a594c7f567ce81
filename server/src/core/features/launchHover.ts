// On a create-cluster command: the roles that it would use, and where they come from.

import type { LaunchDocument } from '../document';
import { effectiveRoles, optionFor } from '../launch/effectiveRoles';
import { factsFor, hasOption, namedValue } from '../launch/launch';
import { noSurroundings } from '../surroundings';
import type { Hover, HoverContext } from './hover';
import { code } from './markdown';
import { describeInstanceProfile, describeRole } from './roleDescription';

/** On `aws emr create-cluster` itself; on its options stand what is found there. */
export function launchHover({ launches }: LaunchDocument, offset: number, context: HoverContext): Hover | undefined {
  const { surroundings = noSurroundings } = context;
  const launch = launches.find(({ span, name }) => span.start <= offset && offset <= name.end);
  if (launch === undefined) return undefined;
  const { profile } = launch.arguments;
  const known = { ...context, facts: factsFor(launch, context.facts, surroundings) };
  const lines = effectiveRoles(launch, surroundings).map(({ setting, name, from }) => {
    const label = setting === 'service_role' ? 'Service role' : 'Instance profile';
    if (name === undefined) return `**${label}**: ${from}.`;
    const about = setting === 'service_role' ? describeRole(name, 'service', known) : describeInstanceProfile(name, known);
    return `**${label}**: ${code(name)}, ${from}.\n\n${about}`;
  });
  const others = (['autoscaling', 'runtime'] as const).flatMap((kind) => {
    const option = optionFor[kind];
    if (!hasOption(launch, option)) return [];
    const label = `**${kind === 'runtime' ? 'Runtime' : 'Auto Scaling'} role**`;
    const name = namedValue(launch, option)?.text;
    if (name === undefined) return [`${label}: from \`--${option}\`, whose value only running the command tells.`];
    return [`${label}: ${code(name)}, from \`--${option}\`.\n\n${describeRole(name, kind, known)}`];
  });
  const head =
    profile === undefined ? 'This command launches a cluster.' : `This command launches a cluster with the profile ${code(profile)}.`;
  return { span: { start: launch.span.start, end: launch.name.end }, markdown: [head, ...lines, ...others].join('\n\n') };
}
