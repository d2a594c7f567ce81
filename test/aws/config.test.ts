// The config reader against the botocore of both AWS CLIs: values, ok or not ok, the kind of the error and its line.
//
// `UPDATE_FROZEN=1 npm run test:aws -- config` writes the cases of test/fixtures/awsconfig/frozen.json anew: those that are there,
// what botocore says of them now, and new ones up to a number for each kind of outcome.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { chosenProfile } from '../../server/src/core/awsconfig/profiles';
import { base64, oracleOf, withEachCli } from '../harness/awsCli';
import { configBytes } from '../harness/configGrammar';
import { difference, type FrozenCase, frozenCases, type Reading, readingOf } from '../harness/configReading';
import { inRepository } from '../harness/repository';

/** How botocore ends: `ok`, or the kind of the error, and whether its line is known. */
function outcomeOf(is: Reading): string {
  return is.ok ? 'ok' : `${is.kind}${is.line === null ? ' somewhere' : ''}`;
}

/** The same files in every run, so that a failure is not gone with the next one; and others in each, so that there is more to find. */
const rounds = [
  { seed: 20_261_124, runs: 3_000 },
  { seed: Number(process.env['SEED'] ?? Date.now() % 1_000_000), runs: 6_000 },
];

withEachCli('the config reader', 'code', (cli, major) => {
  const botocore = oracleOf(cli);

  for (const { seed, runs } of rounds) {
    test(`reads what botocore reads of ${runs} files, seed ${seed}`, async () => {
      const outcomes = new Map<string, number>();
      let asked = 0;
      await fc.assert(
        fc.asyncProperty(configBytes, fc.option(configBytes, { nil: undefined, freq: 4 }), async (config, credentials) => {
          // That the short way is what a session does is checked now and then: it is slow.
          const theirs = await botocore.config(config, credentials, asked++ % 500 === 0);
          outcomes.set(outcomeOf(theirs), (outcomes.get(outcomeOf(theirs)) ?? 0) + 1);
          const found = difference(readingOf(config, credentials), theirs);
          assert.equal(
            found,
            undefined,
            `${JSON.stringify(Buffer.from(config).toString())}\n${found}\n${JSON.stringify({ config: base64(config), credentials: credentials && base64(credentials), is: theirs })}`,
          );
        }),
        { numRuns: runs, seed },
      );
      console.log(`seed ${seed}: ${asked} files; ${[...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ')}`);
      const share = (outcomes.get('ok') ?? 0) / asked;
      assert.ok(share > 0.4 && share < 0.7, `${Math.round(share * 100)} % of the files can be read`);
    });
  }

  test('has frozen cases that botocore still agrees with', async () => {
    const path = inRepository(frozenCases);
    const frozen: readonly FrozenCase[] = JSON.parse(readFileSync(path, 'utf8'));
    const now: FrozenCase[] = [];
    for (const { config, credentials } of frozen) {
      const is = await botocore.config(
        Buffer.from(config, 'base64'),
        credentials === undefined ? undefined : Buffer.from(credentials, 'base64'),
      );
      now.push({ config, ...(credentials === undefined ? {} : { credentials }), is });
    }
    if (process.env['UPDATE_FROZEN'] !== '1' || major !== '1') {
      assert.deepEqual(now, frozen);
      return;
    }
    const counts = new Map<string, number>();
    const kindOf = (is: Reading): string => (is.ok ? 'ok' : `${is.file} ${is.kind}`);
    for (const { is } of now) counts.set(kindOf(is), (counts.get(kindOf(is)) ?? 0) + 1);
    for (const [config, credentials] of fc.sample(fc.tuple(configBytes, fc.option(configBytes, { nil: undefined, freq: 3 })), 4000)) {
      const is = await botocore.config(config, credentials);
      const count = counts.get(kindOf(is)) ?? 0;
      if (count >= (is.ok ? 120 : 20) || config.length < 20 || config.length + (credentials?.length ?? 0) > 240) continue;
      counts.set(kindOf(is), count + 1);
      now.push({ config: base64(config), ...(credentials === undefined ? {} : { credentials: base64(credentials) }), is });
    }
    writeFileSync(path, `[\n${now.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`);
  });

  test('and the profile is chosen as it chooses it', async () => {
    const settings = [undefined, '', 'a'];
    for (const AWS_PROFILE of settings) {
      for (const AWS_DEFAULT_PROFILE of settings.map((name) => name && 'b')) {
        const variables = { AWS_PROFILE, AWS_DEFAULT_PROFILE };
        const ours = chosenProfile(undefined, variables)[`v${major}`];
        assert.equal(ours, (await botocore.profile(variables)) ?? 'default', JSON.stringify(variables));
      }
    }
  });
});
