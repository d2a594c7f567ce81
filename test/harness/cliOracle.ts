// The AWS CLI's own code as an oracle (test/aws/cli_oracle.py): its shorthand parser, and create-cluster up to the request.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Value } from '../../server/src/core/emr/schema';
import { inRepository } from './repository';

export type ShorthandAnswer =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string; readonly at: number };

export type CommandAnswer =
  | { readonly ok: true; readonly request: { readonly [key: string]: Value } }
  | { readonly ok: false; readonly error: string };

export interface CliOracle {
  shorthand(text: string): Promise<ShorthandAnswer>;
  /** @param words those behind `aws`; they must name a profile. */
  command(words: readonly string[]): Promise<CommandAnswer>;
  end(): void;
}

/** @param config the text of the config file. */
export function startCli(config: string, profiles: readonly string[]): CliOracle {
  const folder = mkdtempSync(join(tmpdir(), 'emr-iam-cli-'));
  const keys = 'aws_access_key_id = testing\naws_secret_access_key = testing\n';
  writeFileSync(join(folder, 'config'), config);
  writeFileSync(join(folder, 'credentials'), profiles.map((profile) => `[${profile}]\n${keys}`).join(''));
  const oracle = spawn('python3', [inRepository('test/aws/cli_oracle.py')], {
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      PYTHONUTF8: '1',
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  });
  oracle.stderr.pipe(process.stderr);
  const answers = createInterface({ input: oracle.stdout })[Symbol.asyncIterator]();
  const ask = async (request: unknown): Promise<string> => {
    oracle.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await answers.next();
    assert.ok(done !== true, 'the AWS CLI gave up: see above');
    return value;
  };
  return {
    shorthand: async (text) => JSON.parse(await ask({ shorthand: text })),
    command: async (words) => JSON.parse(await ask({ words })),
    end() {
      oracle.stdin.end();
      oracle.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    },
  };
}
