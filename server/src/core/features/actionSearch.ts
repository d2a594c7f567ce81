// Finds actions by what somebody types: the beginning of the whole, the beginning of the name, a word of it, any part.

import type { Action, Catalog, Service } from '../catalog/catalog';
import { hasWildcard } from '../policy/wildcard';

/** More of them nobody reads. */
const limit = 200;

export interface FoundActions {
  readonly services: readonly Service[];
  readonly actions: readonly Action[];
  readonly patterns: readonly FoundPattern[];
  /** Whether there are more than these. */
  readonly isIncomplete: boolean;
}

/** A pattern such as `s3:Get*`. */
export interface FoundPattern {
  readonly pattern: string;
  /** How many actions it means. */
  readonly count: number;
}

/** EMR's services, and those that its roles deal with. */
const usual = ['elasticmapreduce', 'emr-serverless', 'emr-containers', 's3', 'iam', 'ec2', 'glue', 'logs'];

/** @param own prefixes of the services that the policy is about: these come first where nothing else decides. */
export function findActions(typed: string, catalog: Catalog, own: readonly string[]): FoundActions {
  const colon = typed.indexOf(':');
  return colon === -1
    ? anywhere(typed, catalog, [...new Set([...own, ...usual])])
    : ofService(typed.slice(0, colon), typed.slice(colon + 1), catalog);
}

function anywhere(typed: string, catalog: Catalog, preferred: readonly string[]): FoundActions {
  const wanted = typed.toLowerCase();
  const services = catalog.servicePrefixes.flatMap((prefix) => catalog.service(prefix) ?? []);
  const isPreferred = ({ prefix }: Service): boolean => preferred.includes(prefix);
  const ordered = [...preferred.flatMap((prefix) => catalog.service(prefix) ?? []), ...services.filter((service) => !isPreferred(service))];
  if (wanted === '' || hasWildcard(wanted)) {
    return { services: wanted === '' ? ordered : [], actions: [], patterns: [], isIncomplete: true };
  }
  const found = ordered.filter(({ prefix, name }) => prefix.startsWith(wanted) || ` ${name.toLowerCase()}`.includes(` ${wanted}`));
  const { actions } = ranked(indexOf(catalog, services), wanted, isPreferred);
  // After the colon there are patterns too.
  return { services: found, actions, patterns: [], isIncomplete: true };
}

function ofService(prefix: string, name: string, catalog: Catalog): FoundActions {
  const service = catalog.service(prefix);
  if (service === undefined) return { services: [], actions: [], patterns: [], isIncomplete: false };
  const wanted = name.replace(/[*?].*$/s, '').toLowerCase();
  const entries = service.actions.map(entryOf);
  return { services: [], patterns: patternsOf(service, wanted), ...ranked(entries, wanted, () => false) };
}

interface Entry {
  readonly action: Action;
  readonly id: string;
  readonly name: string;
}

function entryOf(action: Action): Entry {
  return { action, id: action.id.toLowerCase(), name: action.name.toLowerCase() };
}

const indexes = new WeakMap<Catalog, readonly Entry[]>();

/** Of all services, once. */
function indexOf(catalog: Catalog, services: readonly Service[]): readonly Entry[] {
  const index = indexes.get(catalog) ?? services.flatMap(({ actions }) => actions.map(entryOf));
  indexes.set(catalog, index);
  return index;
}

function ranked(
  entries: readonly Entry[],
  wanted: string,
  isPreferred: (service: Service) => boolean,
): Pick<FoundActions, 'actions' | 'isIncomplete'> {
  const groups: Action[][] = [[], [], [], [], [], []];
  for (const entry of entries) {
    if (!entry.id.includes(wanted)) continue;
    const rank = rankOf(entry, wanted);
    groups[rank === 0 ? 0 : rank * 2 - (isPreferred(entry.action.service) ? 1 : 0)]?.push(entry.action);
  }
  const found = groups.flat();
  return { actions: found.slice(0, limit), isIncomplete: found.length > limit };
}

/** 0: the action begins like this; 1: its name does; 2: a word of it does; 3: it is somewhere in it. */
function rankOf({ action, id, name }: Entry, wanted: string): 0 | 1 | 2 | 3 {
  if (id.startsWith(wanted)) return 0;
  if (name.startsWith(wanted)) return 1;
  for (let at = name.indexOf(wanted); at !== -1; at = name.indexOf(wanted, at + 1)) {
    if (/[A-Z\d]/.test(action.name.charAt(at))) return 2;
  }
  return 3;
}

/** All actions of the service, and those with the same verb; or with the same two words, where more than the verb is typed. */
function patternsOf({ prefix, actions }: Service, wanted: string): readonly FoundPattern[] {
  const counts = new Map<string, number>();
  for (const { name } of actions) {
    const verb = /^[A-Z][a-z\d]*/.exec(name)?.[0] ?? name;
    const begin = wanted.length > verb.length ? (/^([A-Z][a-z\d]*){2}/.exec(name)?.[0] ?? name) : verb;
    if (begin.toLowerCase().startsWith(wanted)) counts.set(begin, (counts.get(begin) ?? 0) + 1);
  }
  const found = [...counts].filter(([, count]) => count > 1).map(([begin, count]) => ({ pattern: `${prefix}:${begin}*`, count }));
  return wanted === '' ? [{ pattern: `${prefix}:*`, count: actions.length }, ...found] : found;
}
