// The AWS CLIs of this machine, version 1 and version 2, and their own code as an oracle (test/aws/oracle.py).

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe } from 'node:test';
import type { CliVersion } from '../../server/src/core/emr/createClusterOptions';
import type { Value } from '../../server/src/core/emr/schema';
import type { Reading } from './configReading';
import { inRepository } from './repository';

export interface AwsCli {
  /** As `aws --version` says it: 2.9.19. */
  readonly version: string;
  /** The version that the sources know, which it is expected to be like. */
  readonly known: CliVersion;
  /** Of the `aws` command. */
  readonly path: string;
  /** The Python that has this version's code; AWS's own installer of version 2 brings none. */
  readonly python: string | undefined;
}

const majors = { '1': '1.45', '2': '2.9' } as const satisfies Record<string, CliVersion>;
export type Major = keyof typeof majors;

/** The tests once for each version; where one is missing, a sentence in their place. */
export function withEachCli(what: string, needs: 'command' | 'code', tests: (cli: AwsCli, major: Major) => void): void {
  for (const [major, cli] of found) {
    const title = `${what}, by version ${cli?.version ?? major} of the AWS CLI`;
    const missing =
      cli === undefined
        ? `No aws on the path is version ${major}.`
        : needs === 'code' && cli.python === undefined
          ? 'No python3 on the path has its code.'
          : undefined;
    if (cli !== undefined && missing === undefined) describe(title, () => tests(cli, major));
    else describe(title, { skip: missing }, () => {});
  }
}

const found: readonly (readonly [Major, AwsCli | undefined])[] = foundOnPath();

/** Those that are there. */
export const clis: readonly AwsCli[] = found.flatMap(([, cli]) => cli ?? []);

function foundOnPath(): [Major, AwsCli | undefined][] {
  const all = onPath('aws').map((path) => ({ path, version: /^aws-cli\/(\S+)/.exec(said(path, '--version'))?.[1] ?? '' }));
  const of = (major: Major): AwsCli | undefined => {
    const first = all.find(({ version }) => version.startsWith(`${major}.`));
    if (first === undefined) return undefined;
    const asked = ['-c', 'import awscli; print(awscli.__version__)'];
    return { ...first, known: majors[major], python: onPath('python3').find((path) => said(path, ...asked).trim() === first.version) };
  };
  return [
    ['1', of('1')],
    ['2', of('2')],
  ];
}

function onPath(program: string): readonly string[] {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .filter((path) => existsSync(path));
}

/** Old versions say theirs on standard error. */
function said(program: string, ...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return `${stdout}${stderr}`;
}

export type ShorthandAnswer =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string; readonly at: number };

export type CommandAnswer =
  | { readonly ok: true; readonly request: { readonly [key: string]: Value } }
  | { readonly ok: false; readonly error: string; readonly code: number };

/** The members of an option, of those of a list its items'; null where it has none. */
export type Members = { readonly [name: string]: Members } | null;

export interface Oracle {
  config(config: Uint8Array, credentials: Uint8Array | undefined, check?: boolean): Promise<Reading>;
  profile(variables: { readonly [name: string]: string | undefined }): Promise<string | null>;
  shorthand(text: string): Promise<ShorthandAnswer>;
  /** @param words those behind `aws`; they must name a profile. */
  command(words: readonly string[]): Promise<CommandAnswer>;
  options(): Promise<{ readonly [option: string]: Members }>;
}

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/**
 * For the tests around the call.
 * @param config the text of the config file.
 * @param profiles those that have credentials.
 */
export function oracleOf({ python }: AwsCli, config = '', profiles: readonly string[] = []): Oracle {
  let ask: (question: unknown) => Promise<string> = () => assert.fail('not started');
  let stop = (): void => {};
  before(() => {
    const folder = mkdtempSync(join(tmpdir(), 'emr-iam-cli-'));
    writeFileSync(join(folder, 'config'), config);
    writeFileSync(join(folder, 'credentials'), credentialsOf(profiles));
    const oracle = spawn(python ?? assert.fail(), [inRepository('test/aws/oracle.py')], { env: awsEnvironment(folder) });
    oracle.stderr.pipe(process.stderr);
    const answers = createInterface({ input: oracle.stdout })[Symbol.asyncIterator]();
    ask = async (question) => {
      oracle.stdin.write(`${JSON.stringify(question)}\n`);
      const { value, done } = await answers.next();
      assert.ok(done !== true, 'the AWS CLI gave up: see above');
      return value;
    };
    stop = () => {
      // At the end of its input it takes its own files away.
      oracle.stdin.end();
      oracle.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    };
  });
  after(() => stop());
  return {
    config: async (text, credentials, check = false) =>
      JSON.parse(await ask({ config: base64(text), credentials: credentials === undefined ? null : base64(credentials), check })),
    profile: async (variables) => JSON.parse(await ask({ variables })),
    shorthand: async (text) => JSON.parse(await ask({ shorthand: text })),
    command: async (words) => JSON.parse(await ask({ words })),
    options: async () => JSON.parse(await ask({ options: 'create-cluster' })),
  };
}

export function credentialsOf(profiles: readonly string[]): string {
  return profiles.map((profile) => `[${profile}]\naws_access_key_id = testing\naws_secret_access_key = testing\n`).join('');
}

/** For any `aws`, in a folder with the files "config" and "credentials". */
export function awsEnvironment(folder: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: folder,
    PYTHONUTF8: '1',
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  };
}
