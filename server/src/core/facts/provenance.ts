// Where facts come from, how old they are, what they leave open and where they differ, in words.

import type { AccountFacts, Conflict, FactsSource } from './facts';

type Write = (name: string) => string;

/** As in: account.json (3 days old). @param now in milliseconds since 1970. */
export function described({ label, asOf }: Pick<FactsSource, 'label' | 'asOf'>, now: number): string {
  return asOf === undefined ? label : `${label} (${age(now - asOf)})`;
}

/** As in "account.json, 3 days old". @param now in milliseconds since 1970. @param write what makes a name stand out. */
export function sourceInWords({ label, asOf }: FactsSource, now: number | undefined, write: Write): string {
  return asOf === undefined || now === undefined ? write(label) : `${write(label)}, ${age(now - asOf)}`;
}

const units: readonly (readonly [milliseconds: number, name: string])[] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
];

/** @param elapsed in milliseconds; less than nothing where two clocks differ. */
function age(elapsed: number): string {
  for (const [length, name] of units) {
    const count = Math.floor(elapsed / length);
    if (count > 0) return `${count} ${name}${count === 1 ? '' : 's'} old`;
  }
  return 'just now';
}

/** A sentence. */
export function conflictInWords(conflict: Conflict): string {
  return `${difference(conflict, conflict.about, String)}.`;
}

/** What sources say differently of a role or an instance profile. */
export function conflictsAbout(
  { conflicts }: AccountFacts,
  type: 'role' | 'instance profile',
  name: string,
  write: Write,
): readonly string[] {
  const own = conflicts.filter(({ of }) => of.type === type && of.name.toLowerCase() === name.toLowerCase());
  return own.map((conflict) => difference(conflict, `its ${conflict.of.member}`, write));
}

function difference({ sources: [first, second] }: Conflict, what: string, write: Write): string {
  return `${write(first.label)} and ${write(second.label)} differ in ${what}; what ${write(first.label)} says counts`;
}

/** Sentences about what the sources together do not tell, so that nobody takes the silence of a rule for its consent. */
export function gapsOf(sources: readonly FactsSource[]): readonly string[] {
  const own = sources.flatMap(({ gaps }) => gaps ?? []);
  const snapshots = sources.filter(({ kind }) => kind === 'snapshot');
  if (snapshots.length === 0) return [...new Set(own)];
  const lists = (is: (source: FactsSource) => boolean): boolean => sources.some(is);
  const open: string[] = [];
  if (!lists(({ listsEveryRole }) => listsEveryRole)) open.push('Not every role is listed, so a role that is not may exist.');
  if (!lists(({ listsEveryProfile }) => listsEveryProfile !== 'no'))
    open.push('Not every instance profile is listed, so one that is not may exist.');
  else if (!lists(({ listsEveryProfile }) => listsEveryProfile === 'yes'))
    open.push('Instance profiles without a role are not listed; "aws iam list-instance-profiles" lists them.');
  return [...new Set([...own, ...open])];
}
