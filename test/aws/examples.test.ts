// The create-cluster examples in the help of the AWS CLI: where it takes one nothing is found, and where it stops something is.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { noFacts } from '../../server/src/core/facts/facts';
import { lint } from '../../server/src/core/lint';
import { defaultSettings } from '../../server/src/core/settings';
import { type AwsCli, oracleOf, withEachCli } from '../harness/awsCli';
import { handedOver } from '../harness/shellWords';

/** The indented blocks below a double colon. */
function examples({ python }: AwsCli): readonly string[] {
  const asked = ['-c', 'import awscli, os; print(os.path.dirname(awscli.__file__))'];
  const { stdout } = spawnSync(python ?? assert.fail(), asked, { encoding: 'utf8' });
  const help = readFileSync(join(stdout.trim(), 'examples/emr/create-cluster-examples.rst'), 'utf8');
  return [...help.matchAll(/::\n\n((?:[ \t]+.*\n|\n)+)/g)]
    .map(([, block = '']) => block.replace(/^ {4}/gm, ''))
    .filter((block) => block.includes('create-cluster') && !/(file|https):\/\//.test(block));
}

withEachCli('examples of the help', 'code', (cli) => {
  const oracle = oracleOf(cli, '', ['p']);

  test('are judged as the AWS CLI judges them', async () => {
    const all = examples(cli);
    assert.ok(all.length > 30, `${all.length} examples`);
    for (const script of all) {
      const document = parseDocument(script, 'shellscript');
      assert.ok(document.kind === 'launch' && document.launches.length > 0, script);
      const found = lint(document, { settings: defaultSettings, facts: noFacts }).map(({ rule }) => rule);
      const { words, complaint } = handedOver('bash', script);
      assert.ok(words.length > 0, script);
      const answers = await Promise.all(words.map((each) => oracle.command([...each, '--profile', 'p'])));
      const isTaken = complaint === '' && answers.every(({ ok }) => ok);
      assert.equal(found.length === 0, isTaken, `${found.join()}: ${script}`);
    }
  });
});
