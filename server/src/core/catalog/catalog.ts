// Look-ups over the IAM service data: which services, actions, resource types and condition keys there are. The data come in from the
// edge (`scripts/pack.mjs` packs them); a service is taken apart when it is first asked for.

import { hasWildcard, matches } from '../policy/wildcard';

/** As scripts/pack.mjs writes it. */
export interface PackedCatalog {
  readonly version: string;
  /** The day of the data, as in 2026-09-26. */
  readonly updatedAt: string;
  readonly globalKeys: readonly (readonly [key: string, type: string])[];
  /** Prefixes of condition keys that are no services: token issuers, for example. */
  readonly foreignPrefixes: readonly string[];
  /** The managed policies that AWS writes for EMR: by name the JSON of an EmrPolicy. */
  readonly emrPolicies: Readonly<Record<string, string>>;
  /** The prefixes of the services that resource control policies cover. */
  readonly rcpServices: readonly string[];
  /** Prefix, name, and the JSON of a PackedService. */
  readonly services: readonly (readonly [prefix: string, name: string, data: string])[];
}

interface PackedService {
  /** Name, access level, resource types (n for a required one, -1 - n for an optional one), condition keys, dependent actions. */
  readonly actions: readonly (readonly [string, number, (readonly number[])?, (readonly number[])?, (readonly string[])?])[];
  readonly types: readonly (readonly [key: string, arn: string, conditionKeys: readonly number[]])[];
  readonly keys: readonly string[];
  readonly conditionKeys: readonly (readonly [key: string, type: string])[];
}

const accessLevels = ['Read', 'List', 'Write', 'Tagging', 'Permissions management'] as const;
export type AccessLevel = (typeof accessLevels)[number];

const keyTypes = ['String', 'ARN', 'Bool', 'Numeric', 'Date', 'IPAddress', 'ArrayOfString', 'ArrayOfARN', 'ArrayOfBool'] as const;
export type KeyType = (typeof keyTypes)[number];

export interface Action {
  /** `s3:GetObject` */
  readonly id: string;
  readonly service: Service;
  readonly name: string;
  readonly accessLevel: AccessLevel;
  readonly resourceTypes: readonly { readonly type: ResourceType; readonly isRequired: boolean }[];
  /** Those of the action and of its resource types, as written in the documentation (`aws:ResourceTag/${TagKey}`). */
  readonly conditionKeys: readonly string[];
  /** `iam:PassRole` */
  readonly dependentActions: readonly string[];
}

/** What a list of actions shows. */
export type ActionName = Pick<Action, 'id' | 'name' | 'accessLevel'>;

export interface ResourceType {
  readonly name: string;
  /** With `${Partition}`, `${Region}`, `${Account}` and names of the resource's own. */
  readonly arn: string;
  /** The same with `*` for what varies. */
  readonly pattern: string;
  readonly conditionKeys: readonly string[];
}

export interface KeyInfo {
  /** As written in the documentation; what varies is `${…}` or, in global keys, `tag-key`. */
  readonly key: string;
  readonly type: KeyType;
}

export interface Service {
  /** In lower case, as in actions. */
  readonly prefix: string;
  readonly name: string;
  readonly actions: readonly Action[];
  readonly resourceTypes: readonly ResourceType[];
  readonly conditionKeys: readonly KeyInfo[];
  /** Without regard to letter case. */
  action(name: string): Action | undefined;
}

/** A managed policy that AWS writes for EMR. */
export interface EmrPolicy {
  readonly name: string;
  /** In the partition `aws`. */
  readonly arn: string;
  /** Oldest first; the last is in force. */
  readonly versions: readonly EmrPolicyVersion[];
}

export interface EmrPolicyVersion {
  /** `v6` */
  readonly id: string;
  /** As in 2026-02-12. */
  readonly date: string;
  /** JSON. */
  readonly document: string;
}

export interface Catalog {
  readonly version: string;
  readonly updatedAt: string;
  readonly servicePrefixes: readonly string[];
  readonly serviceNames: readonly Pick<Service, 'prefix' | 'name'>[];
  /** Of all services, without taking these apart. */
  actionNames(): readonly ActionName[];
  readonly globalKeys: readonly KeyInfo[];
  service(prefix: string): Service | undefined;
  /** `s3:GetObject`, in any letter case; nothing for patterns. */
  action(id: string): Action | undefined;
  /** All that a pattern such as `s3:Get*` or `*` means. */
  actionsMatching(pattern: string): readonly Action[];
  /** A global key or one of a service, whatever stands in the place of its variable part. */
  conditionKey(key: string): KeyInfo | undefined;
  isForeignPrefix(prefix: string): boolean;
  readonly emrPolicyNames: readonly string[];
  emrPolicy(name: string): EmrPolicy | undefined;
  /** Whether resource control policies cover a service. */
  supportsRcp(prefix: string): boolean;
}

export function createCatalog(packed: PackedCatalog): Catalog {
  const entries = new Map(packed.services.map((entry) => [entry[0].toLowerCase(), entry]));
  const taken = new Map<string, Service>();
  const service = (prefix: string): Service | undefined => {
    const key = prefix.toLowerCase();
    const known = taken.get(key);
    const entry = entries.get(key);
    if (known !== undefined || entry === undefined) return known;
    const made = takeApart(entry[0], entry[1], JSON.parse(entry[2]));
    taken.set(key, made);
    return made;
  };
  const globalKeys = packed.globalKeys.map(([key, type]): KeyInfo => ({ key, type: keyType(type) }));
  const findGlobal = keyFinder(globalKeys);
  const findIn = new Map<Service, (key: string) => KeyInfo | undefined>();
  const expanded = new Map<string, readonly Action[]>();
  const emrPolicies = new Map<string, EmrPolicy>();
  const rcpServices = new Set(packed.rcpServices);
  let actionNames: readonly ActionName[] | undefined;
  const foreign = packed.foreignPrefixes.map((prefix) => prefix.toLowerCase().replace(/\$\{[^}]*\}/g, '*'));

  const expand = (pattern: string): readonly Action[] => {
    const [prefix = '', name] = split(pattern);
    const services = hasWildcard(prefix) || name === undefined ? [...entries.keys()].filter((key) => matches(prefix, key)) : [prefix];
    return services.flatMap((key) => service(key)?.actions.filter((action) => matches(name ?? '*', action.name.toLowerCase())) ?? []);
  };

  return {
    version: packed.version,
    updatedAt: packed.updatedAt,
    servicePrefixes: packed.services.map(([prefix]) => prefix),
    serviceNames: packed.services.map(([prefix, name]) => ({ prefix, name })),
    actionNames() {
      actionNames ??= packed.services.flatMap(([prefix, , data]) => namesIn(prefix, JSON.parse(data)));
      return actionNames;
    },
    globalKeys,
    service,
    action(id) {
      const [prefix = '', name] = split(id.toLowerCase());
      return name === undefined ? undefined : service(prefix)?.action(name);
    },
    actionsMatching(pattern) {
      const key = pattern.toLowerCase();
      const known = expanded.get(key) ?? expand(key);
      // Policies use few patterns, and each again and again.
      if (expanded.size > 500) expanded.clear();
      expanded.set(key, known);
      return known;
    },
    conditionKey(key) {
      const global = findGlobal(key);
      const owner = global === undefined ? service(split(key)[0] ?? '') : undefined;
      if (owner === undefined) return global;
      const find = findIn.get(owner) ?? keyFinder(owner.conditionKeys);
      findIn.set(owner, find);
      return find(key);
    },
    emrPolicyNames: Object.keys(packed.emrPolicies),
    emrPolicy(name) {
      const known = emrPolicies.get(name);
      if (known !== undefined || !Object.hasOwn(packed.emrPolicies, name)) return known;
      const policy: EmrPolicy = JSON.parse(packed.emrPolicies[name] ?? '');
      emrPolicies.set(name, policy);
      return policy;
    },
    isForeignPrefix: (prefix) => foreign.some((pattern) => matches(pattern, prefix.toLowerCase())),
    supportsRcp: (prefix) => rcpServices.has(prefix.toLowerCase()),
  };
}

/** What AWS says of actions and condition keys; by service the JSON of it, which is read when somebody asks. */
export type PackedDescriptions = Readonly<Record<string, string>>;

export interface Descriptions {
  action(prefix: string, name: string): string | undefined;
  conditionKey(prefix: string, key: string): string | undefined;
}

export function createDescriptions(packed: PackedDescriptions): Descriptions {
  const taken = new Map<string, ReadonlyMap<string, string>>();
  const of = (prefix: string, part: 'actions' | 'conditionKeys', name: string): string | undefined => {
    const key = `${part} ${prefix}`;
    const known = taken.get(key);
    const text = known === undefined && Object.hasOwn(packed, prefix) ? packed[prefix] : undefined;
    const made = known ?? new Map<string, string>(text === undefined ? [] : Object.entries(JSON.parse(text)[part]));
    taken.set(key, made);
    return made.get(name.toLowerCase());
  };
  return {
    action: (prefix, name) => of(prefix.toLowerCase(), 'actions', name),
    conditionKey: (prefix, key) => of(prefix.toLowerCase(), 'conditionKeys', key),
  };
}

/** Whether a key of a policy is one of the documentation: `aws:RequestTag/team` is `aws:RequestTag/${TagKey}`. */
export function isKey(documented: string, key: string): boolean {
  return matches(keyPattern(documented), key.toLowerCase());
}

const supporting = new WeakMap<Service, Map<string, ReadonlySet<Action>>>();

/** The actions of a service that a key is documented for. */
export function actionsWithKey(service: Service, key: string): ReadonlySet<Action> {
  const taken = supporting.get(service) ?? new Map<string, ReadonlySet<Action>>();
  supporting.set(service, taken);
  const known = taken.get(key);
  if (known !== undefined) return known;
  const names = service.conditionKeys.map((info) => info.key).filter((name) => isKey(name, key));
  const found = new Set(service.actions.filter(({ conditionKeys }) => names.some((name) => conditionKeys.includes(name))));
  // Policies use few keys, and each again and again.
  if (taken.size > 500) taken.clear();
  taken.set(key, found);
  return found;
}

function keyPattern(documented: string): string {
  return documented.toLowerCase().replace(/\$\{[^}]*\}|<[^>]*>|(?<=\/)tag-key$/g, '*');
}

/** Keys without a variable part, which are nearly all, are found in one step. */
function keyFinder(keys: readonly KeyInfo[]): (key: string) => KeyInfo | undefined {
  const plain = new Map(keys.map((info) => [info.key.toLowerCase(), info]));
  const patterns = keys.map((info) => [keyPattern(info.key), info] as const).filter(([pattern]) => pattern.includes('*'));
  return (key) => {
    const wanted = key.toLowerCase();
    return plain.get(wanted) ?? patterns.find(([pattern]) => matches(pattern, wanted))?.[1];
  };
}

/** At the first colon. */
function split(id: string): readonly [string, string?] {
  const colon = id.indexOf(':');
  return colon === -1 ? [id] : [id.slice(0, colon), id.slice(colon + 1)];
}

function namesIn(prefix: string, { actions }: PackedService): readonly ActionName[] {
  return actions.map(([name, level]) => ({ id: `${prefix}:${name}`, name, accessLevel: accessLevels[level] ?? 'Write' }));
}

function takeApart(prefix: string, name: string, packed: PackedService): Service {
  const keysAt = (numbers: readonly number[]): string[] => numbers.flatMap((number) => packed.keys[number] ?? []);
  const types = packed.types.map(
    ([key, arn, keys]): ResourceType => ({
      name: key,
      arn,
      pattern: arn.replace(/\$\{[^}]*\}/g, '*'),
      conditionKeys: keysAt(keys),
    }),
  );
  const byName = new Map<string, Action>();
  const actions: Action[] = [];
  const service: Service = {
    prefix,
    name,
    actions,
    resourceTypes: types,
    conditionKeys: packed.conditionKeys.map(([key, type]) => ({ key, type: keyType(type) })),
    action: (wanted) => byName.get(wanted.toLowerCase()),
  };
  for (const [actionName, level, on = [], keys = [], dependentActions = []] of packed.actions) {
    const resourceTypes = on.flatMap((number) => {
      const type = types[number < 0 ? -1 - number : number];
      return type === undefined ? [] : [{ type, isRequired: number >= 0 }];
    });
    const action: Action = {
      id: `${prefix}:${actionName}`,
      service,
      name: actionName,
      accessLevel: accessLevels[level] ?? 'Write',
      resourceTypes,
      conditionKeys: [...new Set([...keysAt(keys), ...resourceTypes.flatMap(({ type }) => type.conditionKeys)])],
      dependentActions,
    };
    actions.push(action);
    byName.set(actionName.toLowerCase(), action);
  }
  return service;
}

function keyType(text: string): KeyType {
  return keyTypes.find((type) => type === text) ?? 'String';
}
