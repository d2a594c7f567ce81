// Finds actions by what somebody types: the beginning of the whole, the beginning of the name, a word of it, any part.

import type { ActionName, Catalog, Service } from '../catalog/catalog';
import { hasWildcard } from '../policy/wildcard';

/** More of them nobody reads. */
const limit = 200;

interface FoundActions {
  readonly services: readonly ServiceName[];
  readonly actions: readonly ActionName[];
  readonly patterns: readonly FoundPattern[];
  /** Whether there are more than these, or others once more is typed. */
  readonly isIncomplete: boolean;
}

/** A pattern such as `s3:Get*`. */
interface FoundPattern {
  readonly pattern: string;
  /** How many actions it means. */
  readonly count: number;
}

type ServiceName = Pick<Service, 'prefix' | 'name'>;

/** EMR's services, and those that its roles deal with. */
const usual = ['elasticmapreduce', 'emr-serverless', 'emr-containers', 's3', 'iam', 'ec2', 'glue', 'logs'];

/** @param own prefixes of the services that the policy is about: these come first where nothing else decides. */
export function findActions(typed: string, catalog: Catalog, own: readonly string[]): FoundActions {
  const colon = typed.indexOf(':');
  if (colon !== -1) return ofService(typed.slice(0, colon), typed.slice(colon + 1), catalog);
  return anywhere(typed.toLowerCase(), catalog, new Set([...own, ...usual]));
}

function anywhere(wanted: string, catalog: Catalog, preferred: ReadonlySet<string>): FoundActions {
  const nothing: FoundActions = { services: [], actions: [], patterns: [], isIncomplete: true };
  if (hasWildcard(wanted)) return nothing;
  const { serviceNames } = catalog;
  const first = [...preferred].flatMap((prefix) => serviceNames.find((service) => service.prefix === prefix) ?? []);
  const services = [...first, ...serviceNames.filter(({ prefix }) => !preferred.has(prefix))];
  if (wanted === '') return { ...nothing, services };
  const found = services.filter(({ prefix, name }) => prefix.startsWith(wanted) || ` ${name.toLowerCase()}`.includes(` ${wanted}`));
  return { ...nothing, services: found, actions: ranked(indexOf(catalog), wanted, preferred).slice(0, limit) };
}

function ofService(prefix: string, name: string, catalog: Catalog): FoundActions {
  const service = catalog.service(prefix);
  if (service === undefined) return { services: [], actions: [], patterns: [], isIncomplete: false };
  const wanted = name.replace(/[*?].*$/s, '').toLowerCase();
  const actions = ranked(service.actions.map(entryOf), wanted, new Set());
  return { services: [], actions: actions.slice(0, limit), patterns: patternsOf(service, wanted), isIncomplete: actions.length > limit };
}

/** An action, and what it is found by, in lower case. */
interface Entry {
  readonly action: ActionName;
  readonly prefix: string;
  readonly id: string;
  readonly name: string;
}

function entryOf(action: ActionName): Entry {
  const id = action.id.toLowerCase();
  const colon = id.indexOf(':');
  return { action, prefix: id.slice(0, colon), id, name: id.slice(colon + 1) };
}

const indexes = new WeakMap<Catalog, readonly Entry[]>();

/** Of all services, once. */
function indexOf(catalog: Catalog): readonly Entry[] {
  const index = indexes.get(catalog) ?? catalog.actionNames().map(entryOf);
  indexes.set(catalog, index);
  return index;
}

function ranked(entries: readonly Entry[], wanted: string, preferred: ReadonlySet<string>): readonly ActionName[] {
  const ranks = [0, 1, 2, 3].map((): Record<'first' | 'rest', ActionName[]> => ({ first: [], rest: [] }));
  for (const entry of entries) {
    const rank = entry.id.includes(wanted) ? ranks[rankOf(entry, wanted)] : undefined;
    rank?.[preferred.has(entry.prefix) ? 'first' : 'rest'].push(entry.action);
  }
  return ranks.flatMap(({ first, rest }) => [...first, ...rest]);
}

/** 0: the action begins like this; 1: its name does; 2: a word of it does; 3: it is somewhere in it. */
function rankOf({ action, id, name }: Entry, wanted: string): 0 | 1 | 2 | 3 {
  if (id.startsWith(wanted)) return 0;
  if (name.startsWith(wanted)) return 1;
  for (let at = name.indexOf(wanted); at !== -1; at = name.indexOf(wanted, at + 1)) {
    // A capital, or a digit: both are below the small letters.
    if (action.name.charCodeAt(at) < 0x5b) return 2;
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
