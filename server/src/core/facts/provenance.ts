// Where facts come from, how old they are, and what they leave open, in words.

import type { FactsSource } from './facts';

/** As in: account.json (3 days old). @param now in milliseconds since 1970. */
export function described({ label, asOf }: Pick<FactsSource, 'label' | 'asOf'>, now: number): string {
  return asOf === undefined ? label : `${label} (${age(now - asOf)})`;
}

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

function age(milliseconds: number): string {
  if (milliseconds < minute) return 'new';
  const [unit, length] = milliseconds < hour ? ['minute', minute] : milliseconds < 2 * day ? ['hour', hour] : ['day', day];
  const count = Math.floor(milliseconds / Number(length));
  return `${count} ${unit}${count === 1 ? '' : 's'} old`;
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
