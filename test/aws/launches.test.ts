// Random launches: the words that a real shell makes of the command, taken by the AWS CLI's own code, end in the request that we say;
// and what the CLI refuses, we refuse.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { createClusterWords } from '../../server/src/core/emr/createCluster';
import { parseArguments } from '../../server/src/core/emr/launchArguments';
import { render } from '../../server/src/core/emr/render/render';
import { runJobFlowRequest } from '../../server/src/core/emr/render/runJobFlow';
import { posixCommand } from '../../server/src/core/emr/shell';
import { type CliOracle, startCli } from '../harness/cliOracle';
import { launchConfig, launchOptions, launchProfiles, nearlyWords, planOf } from '../harness/launches';
import { type RefusedLaunch, readRefusedLaunches, refusalsOf, refusedLaunches } from '../harness/refusedLaunches';
import { inRepository } from '../harness/repository';

let cli: CliOracle;
before(() => {
  cli = startCli(launchConfig, launchProfiles);
});
after(() => cli.end());

const rounds = [
  { seed: 20_261_126, runs: 600 },
  { seed: Number(process.env['SEED'] ?? Date.now() % 1_000_000), runs: 2_400 },
];

/** What each of the commands hands to `aws`, by one run of the shell. */
function wordsIn(shell: string, commands: readonly string[]): readonly (readonly string[])[] {
  const script = `aws() { printf '%s\\0' "$@"; printf '\\1\\0'; }\n${commands.join('\n')}\n`;
  const out = execFileSync(shell, [], { input: script, encoding: 'utf8', maxBuffer: 1 << 28 });
  return out
    .split('\u0001\0')
    .slice(0, -1)
    .map((words) => words.split('\0').slice(0, -1));
}

describe('a launch', () => {
  for (const { seed, runs } of rounds) {
    test(`arrives as its request says, or is refused by both: ${runs} of them, seed ${seed}`, async () => {
      const cases = fc.sample(launchOptions, { numRuns: runs, seed });
      const plans = cases.map(({ profile, options }) => ({ options, plan: planOf(profile, options) }));
      const groups = plans.map(({ plan }) => createClusterWords(plan.spec));
      const commands = groups.map(posixCommand);
      const [bash = [], dash = []] = ['bash', 'dash'].map((shell) => wordsIn(shell, commands));
      let taken = 0;
      for (const [i, { plan, options }] of plans.entries()) {
        const words = groups[i]?.flat().slice(1) ?? [];
        assert.deepEqual(bash[i], words);
        assert.deepEqual(dash[i], words);
        // Of these the CLI would read a file.
        if (words.some((word) => /^(fileb?|https?):/.test(word))) continue;
        const theirs = await cli.command(words);
        const ours = plan.problems.filter(({ by }) => by === 'cli').map(({ message }) => message);
        const what = JSON.stringify({ options, words, ours, error: theirs.ok ? undefined : theirs.error.slice(-300) }, undefined, 1);
        assert.equal(ours.length === 0, theirs.ok, what);
        if (!theirs.ok) continue;
        taken++;
        const isKnown = !('refused' in render(plan.spec, 'json'));
        if (isKnown) assert.deepEqual(JSON.parse(JSON.stringify(runJobFlowRequest(plan.spec))), theirs.request, what);
      }
      console.log(`seed ${seed}: ${runs} launches, ${taken} of which the AWS CLI takes`);
      assert.ok(taken > runs / 2, String(taken));
    });
  }
});

describe('the words of a command', () => {
  for (const { seed, runs } of rounds) {
    test(`are taken or refused as the AWS CLI does: ${runs} commands, seed ${seed}`, async () => {
      let [taken, stricter] = [0, 0];
      for (const words of fc.sample(nearlyWords, { numRuns: runs, seed })) {
        if (words.some((word) => /^(fileb?|https?):|@/.test(word)) || words.includes('--')) continue;
        const theirs = await cli.command(['emr', 'create-cluster', '--profile', 'plain', ...words]);
        const ours = refusalsOf(words);
        const what = JSON.stringify({ words, ours, theirs }, undefined, 1);
        if (theirs.ok) taken++;
        if (theirs.ok && ours.every(isStricter) && ours.length > 0) stricter++;
        else assert.equal(ours.length === 0, theirs.ok, what);
        const { values, inFiles, globals } = parseArguments(words);
        if (!theirs.ok || ours.length > 0 || !values['release-label']) continue;
        const spec = { profile: 'plain', globals, values, inFiles, fromProfile: {} };
        assert.deepEqual(JSON.parse(JSON.stringify(runJobFlowRequest(spec))), theirs.request, what);
      }
      console.log(`seed ${seed}: ${runs} commands, ${taken} of which the AWS CLI takes, and we refuse ${stricter} of these`);
    });
  }
});

/** What the CLI lets pass that is never meant: truth for a number; and options that it then has no use for, whatever they say. */
function isStricter(message: string): boolean {
  return /must be a whole number, not (true|false)\./.test(message) || /^--(instance-count|instance-type|configurations) /.test(message);
}

// `UPDATE_FROZEN=1 npm run test:aws -- launches` writes what the CLI and we say of them anew.
test('the AWS CLI refuses every command that we have its message of', async () => {
  const now: RefusedLaunch[] = [];
  for (const { words } of readRefusedLaunches()) {
    const answer = await cli.command(['emr', 'create-cluster', '--profile', 'plain', ...words]);
    assert.ok(!answer.ok, JSON.stringify(words));
    // argparse repeats how the program is called.
    const said = answer.error.replace(/^[\s\S]*\ncli_oracle\.py: error: /, 'aws: error: ').trim();
    now.push({ words, cli: said, ours: refusalsOf(words) });
  }
  if (process.env['UPDATE_FROZEN'] === '1')
    writeFileSync(inRepository(refusedLaunches), `[\n${now.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`);
  else assert.deepEqual(now, readRefusedLaunches());
});
