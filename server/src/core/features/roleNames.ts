// The names of roles and instance profiles: in the emr blocks of config files, and where files of the workspace declare them.

import type { ConfigDocument } from '../document';
import type { EmrSetting } from '../emr/block';
import type { Declarations, DeclaredProfile, DeclaredRole } from '../facts/declarations';
import { type Place, sameName } from '../facts/facts';
import { parseReference } from '../facts/reference';
import { isWithin, type Span } from '../text';
import { contains } from './place';

export interface RoleName {
  readonly type: 'role' | 'instance-profile';
  readonly name: string;
}

/** What an emr block names at the offset. */
export function roleNameIn(document: ConfigDocument, offset: number): RoleName | undefined {
  return uses(document).find(({ span }) => contains(span, offset))?.of;
}

/** What is declared, or held by what is declared, at an offset of a file. */
export function declaredNameAt(declared: readonly Declarations[], isFile: (uri: string) => boolean, offset: number): RoleName | undefined {
  const isHere = (place: Place | undefined): boolean => place !== undefined && contains(place.span, offset) && isFile(place.uri);
  for (const { roles, instanceProfiles } of declared) {
    for (const { name, place } of roles) if (name !== undefined && isHere(place)) return { type: 'role', name };
    for (const { name, place, role, rolePlace } of instanceProfiles) {
      if (name !== undefined && isHere(place)) return { type: 'instance-profile', name };
      if (typeof role === 'string' && isHere(rolePlace)) return { type: 'role', name: role };
    }
  }
  return undefined;
}

/** Where it is declared; of an instance profile, also the role in it; of a role, also its policies, if they stand elsewhere. */
export function roleDefinition({ type, name }: RoleName, declared: readonly Declarations[]): readonly Place[] {
  const rolesNamed = (wanted: string): readonly DeclaredRole[] =>
    declared.flatMap(({ roles }) => roles.filter((role) => role.name !== undefined && sameName(role.name, wanted)));
  if (type === 'role') return distinct(rolesNamed(name).flatMap(placesOfRole));
  const profiles = profilesNamed(name, declared);
  const held = profiles.flatMap(({ role }) => (typeof role === 'string' ? rolesNamed(role) : (role ?? [])));
  return distinct([...profiles.map(({ place }) => place), ...held.flatMap(placesOfRole)]);
}

/** Where its name stands in what is declared. */
export function declaredPlaces({ type, name }: RoleName, declared: readonly Declarations[]): readonly Place[] {
  if (type === 'instance-profile') return profilesNamed(name, declared).map(({ place }) => place);
  return distinct(
    declared.flatMap(({ roles, instanceProfiles }) => [
      ...roles.flatMap((role) => (role.name !== undefined && sameName(role.name, name) ? [role.place] : [])),
      ...instanceProfiles.flatMap(({ role, rolePlace }) => (typeof role === 'string' && sameName(role, name) ? (rolePlace ?? []) : [])),
    ]),
  );
}

/** Where the emr blocks of a config file name it. */
export function roleUsesIn({ type, name }: RoleName, document: ConfigDocument): readonly Span[] {
  return uses(document).flatMap(({ of, span }) => (of.type === type && sameName(of.name, name) ? [span] : []));
}

function profilesNamed(wanted: string, declared: readonly Declarations[]): readonly DeclaredProfile[] {
  return declared.flatMap(({ instanceProfiles }) => instanceProfiles.filter(({ name }) => name !== undefined && sameName(name, wanted)));
}

function placesOfRole({ place, whole, trustPlace, inlinePolicies, attachedPolicies }: DeclaredRole): readonly Place[] {
  const others = [trustPlace, ...inlinePolicies.map((policy) => policy.place), ...attachedPolicies.map((policy) => policy.place)];
  const isElsewhere = (other: Place | undefined): other is Place =>
    other !== undefined && (other.uri !== place.uri || !isWithin(other.span, whole));
  return [place, ...others.filter(isElsewhere)];
}

const named = [
  ['service_role', 'role'],
  ['instance_profile', 'instance-profile'],
] as const;

/** A block of [DEFAULT] is that of many profiles, and stands there once. */
function uses({ emrBlocks }: ConfigDocument): readonly { readonly of: RoleName; readonly span: Span }[] {
  const seen = new Set<EmrSetting>();
  return emrBlocks.flatMap(({ settings }) =>
    named.flatMap(([setting, type]) => {
      const value = settings.get(setting);
      if (value === undefined || seen.has(value)) return [];
      seen.add(value);
      const reference = parseReference(value.text);
      return reference === undefined || (reference.type ?? type) !== type
        ? []
        : [{ of: { type, name: reference.name }, span: value.value }];
    }),
  );
}

function distinct(places: readonly Place[]): readonly Place[] {
  return [...new Map(places.map((place) => [`${place.span.start} ${place.span.end} ${place.uri}`, place])).values()];
}
