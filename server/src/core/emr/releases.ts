// The releases of EMR on EC2 and what they have, as of a date: what is newer, or missing here, is unknown.
// EMR's own answer (ListReleaseLabels and DescribeReleaseLabel) differs from Region to Region, and no package has it.

import { didYouMean, nearest } from '../nearest';
import { listed } from '../words';

/** When the newest release of the table came out. */
export const releasesKnownOn = '2026-09-08';

// Release guide, "Application versions in Amazon EMR 4.x (5.x, 6.x, 7.x) releases" and the page of each release.
const newest = '7.14.0';

/** The last patch of each release: the ones before it exist as well. */
const lastPatches = `
  ${newest} 7.13.0 7.12.0 7.11.0 7.10.0 7.9.0 7.8.0 7.7.0 7.6.0 7.5.0 7.4.0 7.3.0 7.2.0 7.1.0 7.0.0
  6.15.0 6.14.0 6.13.0 6.12.0 6.11.1 6.10.1 6.9.1 6.8.1 6.7.0 6.6.0 6.5.0 6.4.0 6.3.1 6.2.1 6.1.1 6.0.1
  5.36.2 5.35.0 5.34.0 5.33.1 5.32.1 5.31.1 5.30.2 5.29.0 5.28.1 5.27.1 5.26.0 5.25.0 5.24.1 5.23.1 5.22.0 5.21.2 5.20.1 5.19.1 5.18.1
  5.17.2 5.16.1 5.15.1 5.14.2 5.13.1 5.12.3 5.11.4 5.10.1 5.9.1 5.8.3 5.7.1 5.6.1 5.5.4 5.4.1 5.3.2 5.2.3 5.1.1 5.0.3
  4.9.6 4.8.5 4.7.4 4.6.1 4.5.0 4.4.0 4.3.0 4.2.0 4.1.0 4.0.0`;

const neverReleased = '4.9.0';

/**
 * The releases `emr-…` that have an application, the most used ones first: `5.1.0-5.x 6.1.0-` is from 5.1.0 to the end of 5.x, and 6.1.0 and
 * later. From the same pages, and the "release history" of Delta, Ganglia, MXNet, Sqoop and TensorFlow. Of 7.14.0 a part of the table was
 * read, down to Hadoop: the rest is as in 7.13.0.
 */
const applications: Readonly<Record<string, string>> = {
  Spark: '4.0.0-',
  Hadoop: '4.0.0-',
  Hive: '4.0.0-',
  Trino: '6.4.0-',
  Presto: '5.0.0-',
  Flink: '5.1.0-5.x 6.1.0-',
  HBase: '4.6.0-',
  Iceberg: '6.5.0-',
  Hudi: '5.28.0-',
  Delta: '6.9.0-',
  JupyterHub: '5.14.0-',
  JupyterEnterpriseGateway: '5.32.0-5.x 6.2.0-',
  Livy: '5.9.0-',
  Zeppelin: '5.0.0-',
  Hue: '4.1.0-',
  Tez: '4.7.0-',
  HCatalog: '4.4.0-',
  Phoenix: '4.7.0-',
  Oozie: '5.0.0-',
  Pig: '4.0.0-5.x 6.1.0-',
  ZooKeeper: '5.0.0-',
  TensorFlow: '5.17.0-',
  AmazonCloudWatchAgent: '7.0.0-',
  Ganglia: '4.2.0-6.15.0',
  Sqoop: '5.0.0-5.x 6.1.0-7.4.0',
  MXNet: '5.10.0-7.2.0',
  Mahout: '4.0.0-5.x',
  PrestoSQL: '6.1.0-6.3.1',
  'Oozie-Sandbox': '4.1.0-4.x',
  'Presto-Sandbox': '4.1.0-4.x',
  'Sqoop-Sandbox': '4.4.0-4.x',
  'Zeppelin-Sandbox': '4.1.0-4.x',
  'ZooKeeper-Sandbox': '4.6.0-4.x',
};

/** "Amazon runtime for Apache Spark (emr-spark-8.0.0)" of the same guide: applications with their versions. */
const sparkReleases: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map([
  [
    'emr-spark-8.0.0',
    {
      Spark: '4.0.2-amzn-0',
      Iceberg: '1.10.1-amzn-0',
      Hudi: '1.1.0-amzn-0',
      Delta: '4.0.0-amzn-1-spark',
      JupyterEnterpriseGateway: '2.6.0',
      Livy: '0.8.0-incubating',
      AmazonCloudWatchAgent: '1.300032.2-amzn-0',
    },
  ],
]);

/** What came in the place of an application, or is its name in other releases. */
const kin: readonly (readonly [string, string])[] = [
  ['Ganglia', 'AmazonCloudWatchAgent'],
  ['PrestoSQL', 'Trino'],
  ...Object.keys(applications).flatMap((name) => (name.endsWith('-Sandbox') ? [[name, name.slice(0, -'-Sandbox'.length)] as const] : [])),
];

/** Days, until which a release has them. */
interface Lifecycle {
  readonly standardSupport: string;
  readonly endOfLife: string;
}

/** "Supported lifecycle" on the pages of the releases that could be read. */
const lifecycles: ReadonlyMap<string, Lifecycle> = new Map([
  ['emr-7.14.0', { standardSupport: '2028-09-08', endOfLife: '2029-09-08' }],
  ['emr-spark-8.0.0', { standardSupport: '2027-05-20', endOfLife: '2027-05-20' }],
  ['emr-7.13.0', { standardSupport: '2028-04-21', endOfLife: '2029-04-21' }],
  ['emr-7.10.0', { standardSupport: '2027-08-15', endOfLife: '2028-08-15' }],
  ['emr-7.9.0', { standardSupport: '2027-05-19', endOfLife: '2028-05-19' }],
  ['emr-7.5.0', { standardSupport: '2026-11-20', endOfLife: '2027-11-21' }],
  ['emr-7.4.0', { standardSupport: '2026-11-12', endOfLife: '2027-11-13' }],
  ['emr-7.3.0', { standardSupport: '2026-10-15', endOfLife: '2027-10-16' }],
]);

type Version = readonly number[];

/** Newest first. */
export const releaseLabels: readonly string[] = [
  ...sparkReleases.keys(),
  ...(lastPatches.match(/\S+/g) ?? []).flatMap((last) => {
    const [, release = '', patch = ''] = /^(.*)\.(\d+)$/.exec(last) ?? [];
    const versions = Array.from({ length: Number(patch) + 1 }, (_, i) => `${release}.${Number(patch) - i}`);
    return versions.filter((version) => version !== neverReleased).map((version) => `emr-${version}`);
  }),
];

const known = new Set(releaseLabels);

/** Of those with all applications. */
export const newestRelease = `emr-${newest}`;

export interface Application {
  readonly name: string;
  readonly version?: string;
}

/** What a release is known to have; nothing for a release that is not known. */
export function applicationsOf(label: string): readonly Application[] {
  const spark = sparkReleases.get(label);
  if (spark !== undefined) return Object.entries(spark).map(([name, version]) => ({ name, version }));
  return Object.keys(applications)
    .filter((name) => hasApplication(label, name))
    .map((name) => ({ name }));
}

export function lifecycleOf(label: string): Lifecycle | undefined {
  return lifecycles.get(label);
}

/** As EMR spells it, who takes it in any case; nothing where it is not known. */
function applicationName(name: string): string | undefined {
  return spellings.get(name.toLowerCase());
}

const spellings: ReadonlyMap<string, string> = new Map(Object.keys(applications).map((name) => [name.toLowerCase(), name]));

/** Of those that the release has, if that is known. */
export function nearApplications(label: string, name: string): readonly string[] {
  return nearest(name, known.has(label) ? applicationsOf(label).map((one) => one.name) : Object.keys(applications));
}

/** Nothing where the release or the application is not known. */
function hasApplication(label: string, name: string): boolean | undefined {
  const canonical = applicationName(name);
  if (canonical === undefined || !known.has(label)) return undefined;
  const spark = sparkReleases.get(label);
  return spark === undefined ? isWithinReleases(label, applications[canonical] ?? '') : Object.hasOwn(spark, canonical);
}

/** What the release has in the place of an application that it lacks. */
export function insteadOf(label: string, name: string): string | undefined {
  const canonical = applicationName(name);
  return kin
    .filter((names) => names.some((one) => one === canonical))
    .flat()
    .find((other) => other !== canonical && hasApplication(label, other));
}

/** Where an application is, for a sentence: `emr-4.2.0 to emr-6.15.0`. */
function releasesWith(name: string): string {
  return releaseWords(applications[applicationName(name) ?? ''] ?? '');
}

/** By its form, whether there is such a release or not. */
function isReleaseLabel(label: string): boolean {
  return versionOf(label) !== undefined;
}

/** @param ranges as in the table of applications. Nothing for what is not a release label. */
export function isWithinReleases(label: string, ranges: string): boolean | undefined {
  const version = versionOf(label);
  return version && rangesIn(ranges).some(([from, to]) => compare(from, version) <= 0 && compare(version, to) <= 0);
}

/** `emr-5.36.0 to 5.x, emr-6.6.0 and later`. */
export function releaseWords(ranges: string): string {
  return ranges
    .split(' ')
    .map((range) => {
      const [from, to = ''] = range.split('-');
      return `emr-${from} ${to === '' ? 'and later' : `to ${to.endsWith('x') ? to : `emr-${to}`}`}`;
    })
    .join(', ');
}

/** Sentences; nothing for a release that is known. */
export function unknownRelease(label: string): readonly string[] {
  if (known.has(label)) return [];
  const what = isReleaseLabel(label)
    ? `is not among the releases known here, as of ${releasesKnownOn}: what it has is not checked.`
    : `is not a release label, which has the form of ${newestRelease}.`;
  return [`"${label}" ${what}${didYouMean(nearReleases(label))}`];
}

/** Nothing for an application that is known. */
export function unknownApplication(label: string, name: string): readonly string[] {
  if (applicationName(name) !== undefined) return [];
  return [`"${name}" is not among the applications known here, as of ${releasesKnownOn}.${didYouMean(nearApplications(label, name))}`];
}

/** What is wrong with an application that the release is known not to have, and what to do. */
export function lackedApplication(label: string, name: string): string | undefined {
  if (hasApplication(label, name) !== false) return undefined;
  const instead = insteadOf(label, name);
  const names = applicationsOf(label).map((one) => one.name);
  const where = sparkReleases.has(label) ? `that has ${listed(names, String, 9)}` : `it is in ${releasesWith(name)}`;
  return `--applications has ${name}, which ${label} lacks: ${where}. ${instead === undefined ? 'Leave' : `Take ${instead} instead, or leave`} it out.`;
}

/** The releases with the numbers that are there; nothing for a well-formed label that may be of a newer one. */
export function nearReleases(label: string): readonly string[] {
  const [, ...numbers] = /^\s*(?:emr[-_ ]?)?(?:spark[-_ ]?)?v?(\d+)(?:[.,](\d+))?(?:[.,](\d+))?(?![\w.,])/i.exec(label) ?? [];
  const given = numbers.filter((number) => number !== undefined).map(Number);
  for (const parts of given.length === 0 ? [] : [given, given.slice(0, 2)]) {
    const found = releaseLabels.filter((other) => parts.every((part, i) => versionOf(other)?.[i] === part));
    if (found.length > 0) return found.slice(0, 3);
  }
  return isReleaseLabel(label) ? [] : nearest(label, releaseLabels);
}

/** An emr-spark release counts by its number: what later releases have, it has. */
function versionOf(label: string): Version | undefined {
  return /^emr-(?:spark-)?(\d+)\.(\d+)\.(\d+)$/.exec(label)?.slice(1).map(Number);
}

function rangesIn(text: string): readonly (readonly [Version, Version])[] {
  const version = (part: string): Version =>
    part === '' ? [] : part.split('.').flatMap((number) => (number === 'x' ? [] : [Number(number)]));
  return text.split(' ').map((range) => {
    const [from = '', to = ''] = range.split('-');
    return [version(from), version(to)] as const;
  });
}

/** Only as far as both go: 5 and 5.36.2 are equal. */
function compare(a: Version, b: Version): number {
  for (const [i, number] of a.entries()) {
    const difference = number - (b[i] ?? number);
    if (difference !== 0) return difference;
  }
  return 0;
}
