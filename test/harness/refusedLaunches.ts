// Commands that the AWS CLI refuses, with its message and ours.

import { readFileSync } from 'node:fs';
import type { CliVersion } from '../../server/src/core/emr/createClusterOptions';
import { parseArguments } from '../../server/src/core/emr/launchArguments';
import { checkLaunch } from '../../server/src/core/emr/launchChecks';
import { inRepository } from './repository';

export const refusedLaunches = 'test/fixtures/launch/refused.json';

export interface RefusedLaunch {
  /** Those behind `create-cluster`. */
  readonly words: readonly string[];
  /** How each version of the CLI ends, and what it says. */
  readonly cli: { readonly [Version in CliVersion]: { readonly code: number; readonly message: string } };
  readonly ours: readonly string[];
}

export function readRefusedLaunches(): readonly RefusedLaunch[] {
  return JSON.parse(readFileSync(inRepository(refusedLaunches), 'utf8'));
}

/** What we say of the words alone, before anything is filled in. */
export function refusalsOf(words: readonly string[]): readonly string[] {
  const { problems, values, inFiles } = parseArguments(words);
  const read = problems.filter(({ by }) => by === 'cli');
  const found = read.length > 0 ? read : checkLaunch({ values, inFiles }).filter(({ by }) => by === 'cli');
  return found.map(({ message }) => message);
}
