// The whole commands that completion offers: the words that a shell makes of them are such as the AWS CLI takes.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { noFacts } from '../../server/src/core/facts/facts';
import { launchCompletions } from '../../server/src/core/features/launchCompletion';
import { noSurroundings } from '../../server/src/core/surroundings';
import { oracleOf, withEachCli } from '../harness/awsCli';

withEachCli('a whole command of completion', 'code', (cli) => {
  const oracle = oracleOf(cli, '[profile plain]\nregion = eu-west-1\n', ['plain']);

  test('is taken', async () => {
    const found = launchCompletions('emr', 'shellscript', 3, { facts: noFacts, surroundings: noSurroundings });
    assert.equal(found.length, 5);
    for (const { label, edit } of found) {
      for (const shell of ['bash', 'dash']) {
        const script = `aws() { printf '%s\\0' "$@"; }\n${edit.newText}`;
        const words = execFileSync(shell, [], { input: script, encoding: 'utf8' }).split('\0').slice(0, -1);
        const answer = await oracle.command([...words, '--profile', 'plain']);
        assert.ok(answer.ok, `${label}: ${JSON.stringify(answer)}`);
      }
    }
  });
});
