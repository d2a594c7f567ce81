// What the facts say of a role or an instance profile, in Markdown.

import { type RoleKind, roleKindNames } from '../emr/roleKind';
import { versionOf } from '../emr/roles';
import { trustInWords } from '../emr/trustWords';
import type { AccountFacts, FactsSource } from '../facts/facts';
import { conflictsAbout, sourceInWords } from '../facts/provenance';
import { listed } from '../words';
import type { HoverContext } from './hover';
import { code } from './markdown';

export function describeRole(text: string, kind: RoleKind, { facts, catalog, now }: HoverContext): string {
  const role = facts.role(text);
  if (role.state === 'unknown') return `Role ${code(text)}: nothing is known about it.${hint(facts)}`;
  if (role.state === 'absent') return `Role ${code(text)}: not in the account (${sourceInWords(role.source, now, code)}).`;
  const { name, arn, inlinePolicies, attachedPolicies } = role.value;
  const holders = facts.instanceProfilesHolding(name).map((profile) => profile.name);
  const managed = attachedPolicies?.map((policy) => {
    const version = versionOf(policy, facts, catalog);
    return `${code(policy.name)}${version === undefined ? '' : ` (${version})`}`;
  });
  return [
    `Role ${code(name)}, as the ${roleKindNames[kind]}`,
    ...(arn === '' ? [] : [`- ARN: ${code(arn)}`]),
    `- trust: ${trustInWords(role.value, kind, code)}`,
    `- managed policies: ${policies(managed)}`,
    `- inline policies: ${policies(inlinePolicies?.map((policy) => code(policy.name)))}`,
    `- held by the instance profiles: ${holders.length === 0 ? 'none known' : listed(holders, code)}`,
    ...sourceLines(role.source, conflictsAbout(facts, 'role', name, code), now),
  ].join('\n');
}

export function describeInstanceProfile(text: string, context: HoverContext): string {
  const { facts, now } = context;
  const profile = facts.instanceProfile(text);
  if (profile.state === 'unknown') return `Instance profile ${code(text)}: nothing is known about it.${hint(facts)}`;
  if (profile.state === 'absent') {
    return `Instance profile ${code(text)}: ${profile.orEmpty ? 'absent, or without a role' : 'not in the account'} (${sourceInWords(profile.source, now, code)}).`;
  }
  const { name, role } = profile.value;
  return [
    `Instance profile ${code(name)}`,
    // What the workspace does not say, may be said elsewhere.
    ...(role === undefined && profile.source.kind === 'workspace'
      ? []
      : [`- holds ${role === undefined ? 'no role' : `the role ${code(role)}`}`]),
    ...sourceLines(profile.source, conflictsAbout(facts, 'instance profile', name, code), now),
    ...(role === undefined ? [] : ['', describeRole(role, 'ec2', context)]),
  ].join('\n');
}

function sourceLines(source: FactsSource, conflicts: readonly string[], now: number | undefined): readonly string[] {
  return [`- from ${sourceInWords(source, now, code)}`, ...conflicts.map((conflict) => `- ${conflict}`)];
}

/** @param names as they are shown. */
function policies(names: readonly string[] | undefined): string {
  if (names === undefined) return 'unknown';
  return names.length === 0 ? 'none' : listed(names, (name) => name);
}

function hint(facts: AccountFacts): string {
  return facts.sources.length > 0 ? '' : ' Name files with facts in the setting `emrIam.factsFiles`.';
}
