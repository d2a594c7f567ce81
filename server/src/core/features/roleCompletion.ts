// The roles and instance profiles that a launch can be given: as in EMR's console, none that EMR or EC2 is known not to get in by.

import { trustOf } from '../emr/roles';
import { judgeTrust } from '../emr/trust';
import { trustVerdict } from '../emr/trustWords';
import type { AccountFacts, Role } from '../facts/facts';
import { sourceInWords } from '../facts/provenance';
import type { Verdict } from '../policy/evaluate';
import { rememberEach } from '../remember';

export interface NameSuggestion {
  readonly label: string;
  readonly detail: string;
  /** What is written, if not the label. */
  readonly text?: string;
}

/** Those that EMR may assume first, then those of which that is not known. */
export function serviceRoles(facts: AccountFacts, now: number | undefined): readonly NameSuggestion[] {
  return rolesFor('EMR service role', facts, emrGetsIn, now);
}

/** Those that both EMR and Application Auto Scaling may assume first. */
export function autoScalingRoles(facts: AccountFacts, now: number | undefined): readonly NameSuggestion[] {
  return rolesFor('Auto Scaling role', facts, autoScalingGetsIn, now);
}

/** Those that the EC2 role may assume, or some role if it is not known which; by their ARNs. */
export function runtimeRoles(facts: AccountFacts, now: number | undefined, ec2Role: string | undefined): readonly NameSuggestion[] {
  const getsIn = (role: Role): Verdict | undefined => {
    const policy = trustOf(role);
    const verdicts = policy && judgeTrust(policy, { kind: 'runtime', ec2Role }).map(({ verdict }) => verdict);
    return verdicts && (['no', 'may', 'yes'] as const).find((verdict) => verdicts.includes(verdict));
  };
  const arns = new Map(facts.roles.map(({ value }) => [value.name, value.arn]));
  return rolesFor('runtime role', facts, getsIn, now).flatMap((role) => {
    const text = arns.get(role.label);
    return text ? [{ ...role, text }] : [];
  });
}

function rolesFor(
  what: string,
  facts: AccountFacts,
  getsIn: (role: Role) => Verdict | undefined,
  now: number | undefined,
): readonly NameSuggestion[] {
  return ranked(facts.roles, ({ value }) => getsIn(value)).map(([{ value, source }, trust]) => ({
    label: value.name,
    detail: detailOf([trust === 'yes' ? what : doubt(trust), pathOf(value.path), sourceInWords(source, now, String)]),
    // RunJobFlow: a role below a path must be named with it.
    ...(value.path !== '/' && value.arn !== '' ? { text: value.arn } : {}),
  }));
}

/** Those whose role EC2 may assume first, then those of which that is not known; none that is empty. */
export function instanceProfiles(facts: AccountFacts, now: number | undefined): readonly NameSuggestion[] {
  const filled = facts.instanceProfileNames.flatMap((name) => {
    const known = facts.instanceProfile(name);
    if (known.state !== 'known' || known.value.role === undefined) return [];
    const role = facts.role(known.value.role);
    return role.state === 'absent' ? [] : [{ ...known, held: known.value.role, role }];
  });
  return ranked(filled, ({ role }) => (role.state === 'known' ? ec2GetsIn(role.value) : undefined)).map(
    ([{ value, source, held }, trust]) => ({
      label: value.name,
      detail: detailOf([
        `holds the ${trust === 'yes' ? 'EC2 role' : 'role'} ${held}`,
        ...(trust === 'yes' ? [] : [doubt(trust)]),
        pathOf(/:instance-profile(\/(?:.*\/)?)/.exec(value.arn)?.[1] ?? '/'),
        sourceInWords(source, now, String),
      ]),
    }),
  );
}

/** Of thousands of roles, at every key that is pressed. */
const emrGetsIn = rememberEach((role: Role) => trustVerdict(role, 'service'));
const autoScalingGetsIn = rememberEach((role: Role) => trustVerdict(role, 'autoscaling'));
const ec2GetsIn = rememberEach((role: Role) => trustVerdict(role, 'ec2'));

function doubt(trust: Verdict | undefined): string {
  return trust === 'may' ? 'trust depends on conditions' : 'trust not known';
}

function ranked<T>(
  things: readonly T[],
  trustOf: (thing: T) => Verdict | undefined,
): readonly (readonly [thing: T, trust: Verdict | undefined])[] {
  const judged = things.map((thing) => [thing, trustOf(thing)] as const);
  return [...judged.filter(([, trust]) => trust === 'yes'), ...judged.filter(([, trust]) => trust === 'may' || trust === undefined)];
}

function pathOf(path: string): string {
  return path === '/' ? '' : `path ${path}`;
}

function detailOf(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
