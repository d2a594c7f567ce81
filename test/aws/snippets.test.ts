// The whole commands that completion offers: the words that a shell makes of them are such as the AWS CLI takes.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { noFacts } from '../../server/src/core/facts/facts';
import { launchCompletions } from '../../server/src/core/features/launchCompletion';
import { noSurroundings } from '../../server/src/core/surroundings';
import { startCli } from '../harness/cliOracle';

test('the AWS CLI takes the whole commands that completion offers', async () => {
  const cli = startCli('[profile plain]\nregion = eu-west-1\n', ['plain']);
  try {
    const found = launchCompletions('emr', 'shellscript', 3, { facts: noFacts, surroundings: noSurroundings });
    assert.equal(found.length, 5);
    for (const { label, edit } of found) {
      const script = `aws() { printf '%s\\0' "$@"; }\n${edit.newText}`;
      for (const shell of ['bash', 'dash']) {
        const words = execFileSync(shell, [], { input: script, encoding: 'utf8' }).split('\0').slice(0, -1);
        const answer = await cli.command([...words, '--profile', 'plain']);
        assert.ok(answer.ok, `${label}: ${JSON.stringify(answer)}`);
      }
    }
  } finally {
    cli.end();
  }
});
