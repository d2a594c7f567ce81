// The shorthand reader against the AWS CLI's own: values, or the message and the place of the error.
//
// `UPDATE_FROZEN=1 npm run test:aws -- shorthand` writes test/fixtures/shorthand.json anew.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { oracleOf, type ShorthandAnswer, withEachCli } from '../harness/awsCli';
import { inRepository } from '../harness/repository';
import { frozenShorthand, shorthandReading, shorthandText } from '../harness/shorthand';

withEachCli('the shorthand reader', 'code', (cli, major) => {
  const oracle = oracleOf(cli);

  for (const { seed, runs } of [
    { seed: 20_261_125, runs: 5_000 },
    { seed: Number(process.env['SEED'] ?? Date.now() % 1_000_000), runs: 10_000 },
  ]) {
    test(`reads what the AWS CLI reads of ${runs} texts, seed ${seed}`, async () => {
      let right = 0;
      await fc.assert(
        fc.asyncProperty(shorthandText, async (text) => {
          // It does not know that a value can be in a file.
          if (cli.known === '2.9' && text.includes('@')) return;
          const theirs = await oracle.shorthand(text);
          if (theirs.ok) right++;
          assert.deepEqual(shorthandReading(text, cli.known), theirs, JSON.stringify(text));
        }),
        { numRuns: runs, seed },
      );
      console.log(`seed ${seed}: ${runs} texts, ${right} of which are right`);
      assert.ok(right > runs / 5 && right < (runs * 4) / 5);
    });
  }

  test('has frozen texts', { skip: process.env['UPDATE_FROZEN'] !== '1' || major !== '1' }, async () => {
    const frozen: { readonly text: string; readonly is: ShorthandAnswer }[] = [];
    const counts = new Map<string, number>();
    for (const text of fc.sample(shorthandText, { numRuns: 5_000, seed: 7 })) {
      const is = await oracle.shorthand(text);
      const outcome = is.ok ? 'ok' : is.message.replace(/received.*/, '');
      const count = counts.get(outcome) ?? 0;
      if (count >= (is.ok ? 120 : 30) || text.length > 60) continue;
      counts.set(outcome, count + 1);
      frozen.push({ text, is });
    }
    writeFileSync(inRepository(frozenShorthand), `[\n${frozen.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`);
  });
});
