// Random launches: the words that a real shell makes of the command, taken by the AWS CLI's own code, end in the request that we say;
// and what the CLI refuses, we refuse.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { createClusterWords } from '../../server/src/core/emr/createCluster';
import { render } from '../../server/src/core/emr/render/render';
import { runJobFlowRequest } from '../../server/src/core/emr/render/runJobFlow';
import { posixCommand } from '../../server/src/core/emr/shell';
import { type CliOracle, startCli } from '../harness/cliOracle';
import { launchConfig, launchOptions, launchProfiles, planOf } from '../harness/launches';

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
