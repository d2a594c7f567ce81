// Where facts come from and how old they are, in words.

import type { AccountFacts, FactsSource } from './facts';

/** As in "account.json, 3 days old". @param now in milliseconds since 1970. @param write what makes a name stand out. */
export function sourceInWords({ label, asOf }: FactsSource, now: number | undefined, write: (name: string) => string): string {
  return asOf === undefined || now === undefined ? write(label) : `${write(label)}, ${age(now - asOf)}`;
}

const units: readonly (readonly [milliseconds: number, name: string])[] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
];

/** @param elapsed in milliseconds; less than nothing where two clocks differ. */
export function age(elapsed: number): string {
  for (const [length, name] of units) {
    const count = Math.floor(elapsed / length);
    if (count > 0) return `${count} ${name}${count === 1 ? '' : 's'} old`;
  }
  return 'just now';
}

/** What sources say differently of a role or an instance profile. */
export function conflictsAbout(
  { conflicts }: AccountFacts,
  type: 'role' | 'instance profile',
  name: string,
  write: (name: string) => string,
): readonly string[] {
  const own = conflicts.filter(({ of }) => of.type === type && of.name.toLowerCase() === name.toLowerCase());
  return own.map(
    ({ of, sources: [first, second] }) => `${write(first.label)} and ${write(second.label)} differ in its ${of.member}; the first counts`,
  );
}
