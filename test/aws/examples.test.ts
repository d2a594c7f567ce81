// The create-cluster examples in the help of the AWS CLI: where it takes one nothing is found, and where it stops something is.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { noFacts } from '../../server/src/core/facts/facts';
import { lint } from '../../server/src/core/lint';
import { defaultSettings } from '../../server/src/core/settings';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'emr-iam-examples-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** The indented blocks below a double colon. */
function examples(): readonly string[] {
  const { stdout } = spawnSync('python3', ['-c', 'import awscli, os; print(os.path.dirname(awscli.__file__))'], { encoding: 'utf8' });
  const help = readFileSync(join(stdout.trim(), 'examples/emr/create-cluster-examples.rst'), 'utf8');
  return [...help.matchAll(/::\n\n((?:[ \t]+.*\n|\n)+)/g)]
    .map(([, block = '']) => block.replace(/^ {4}/gm, ''))
    .filter((block) => block.includes('create-cluster') && !/(file|https):\/\//.test(block));
}

/** Whether the CLI gets as far as sending: there is nobody at the endpoint. */
function isTaken(script: string): boolean {
  const { stderr } = spawnSync('bash', ['-c', `aws() { command aws --endpoint-url http://127.0.0.1:9 "$@"; }\n${script}`], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_MAX_ATTEMPTS: '1',
    },
  });
  return /Could not connect to the endpoint/.test(stderr) && !/error|command not found/i.test(stderr.replace(/Could not connect.*/g, ''));
}

test('examples of the help', () => {
  const all = examples();
  assert.ok(all.length > 30, `${all.length} examples`);
  for (const script of all) {
    const document = parseDocument(script, 'shellscript');
    assert.ok(document.kind === 'launch' && document.launches.length > 0, script);
    const found = lint(document, { settings: defaultSettings, facts: noFacts }).map(({ rule }) => rule);
    assert.equal(found.length === 0, isTaken(script), `${found.join()}: ${script}`);
  }
});
