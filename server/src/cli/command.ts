// emr-iam command: the launch command of a profile, or the launch in another form.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chosenProfile } from '../core/awsconfig/profiles';
import type { JsonFile } from '../core/emr/createCluster';
import { parseArguments } from '../core/emr/launchArguments';
import { launchCommand, launchNames, launchProfiles } from '../core/emr/launchCommand';
import { overPreset } from '../core/emr/launchPreset';
import { forms, isForm } from '../core/emr/render/render';
import { isShell, shells } from '../core/emr/shell';
import { accountFacts } from '../core/facts/facts';
import { defaultSettings } from '../core/settings';
import { loadCatalog } from '../node/catalog';
import { errorCode } from '../node/files';
import { shellHere } from '../node/runtime';
import { unknownProfile, versionsDiffer } from './config';
import { askFor, readConfig, readFacts } from './inputs';
import { type ExitCode, type Output, UsageError } from './output';
import { launchPreset } from './project';

/** Its own options; all others are those of create-cluster and of `aws` itself. Whole names only: `--config` is the beginning of one. */
const ownOptions = ['config', 'facts', 'aws-profile', 'preset', 'shell', 'as', 'roles', 'json-files'] as const;
type OwnOption = (typeof ownOptions)[number];

/** The command goes to standard output, and nothing else does; notes and problems go to standard error. */
export async function runCommand(args: readonly string[], output: Output): Promise<ExitCode> {
  const { own, words } = ownOptionsIn(args);
  const last = (name: OwnOption): string | undefined => own.get(name)?.at(-1);
  const name = last('preset');
  const preset = name === undefined ? undefined : await launchPreset(name, '.', output);
  const [shell = preset?.shell ?? shellHere, form, roles = 'named'] = [last('shell'), last('as'), last('roles')];
  if (!isShell(shell)) throw new UsageError(`--shell must be one of ${shells.join(', ')}, not "${shell}".`);
  if (form !== undefined && !isForm(form)) throw new UsageError(`--as must be one of ${forms.join(', ')}, not "${form}".`);
  if (roles !== 'named' && roles !== 'profile') throw new UsageError(`--roles must be named or profile, not "${roles}".`);
  const jsonFolder = last('json-files');
  if (form !== undefined && jsonFolder !== undefined) throw new UsageError('--json-files is for a command: leave it out, or --as.');
  const said = parseArguments(words);
  const refused = said.problems.filter(({ by }) => by === 'cli').map(({ message }) => message);
  if (refused.length > 0) throw new UsageError(refused.join('\n'));
  const given = preset === undefined ? said : overPreset(parseArguments(preset.options), said);
  const { path, document, surroundings } = await readConfig(last('config'));
  const profile = chosen(said.profile ?? preset?.profile, process.env);
  const asked = await askFor(last('aws-profile'), launchNames(document, profile, surroundings, given), output);
  const { sources, failed } = await readFacts(own.get('facts') ?? [], output);
  const facts = accountFacts([...sources, ...asked.sources]);
  const catalog = facts.sources.length > 0 ? await loadCatalog() : undefined;
  const context = { settings: { ...defaultSettings, shell }, facts, catalog, surroundings };
  const result = launchCommand(document, profile, context, { ...given, roles, jsonFolder }, form);
  if (result === undefined)
    throw new UsageError(
      unknownProfile(
        path,
        profile,
        launchProfiles(document, surroundings).map((known) => known.name),
      ),
    );
  if ('refused' in result) throw new UsageError(`${path}: profile "${profile}": ${result.refused}`);
  if (jsonFolder !== undefined) await writeFiles(jsonFolder, result.files, output);
  for (const note of [...result.defaults, ...result.notes]) output.err(`note: ${note}`);
  for (const { message } of result.problems) output.err(`problem: ${message}`);
  output.out(`${result.command}\n`);
  if (failed || asked.failed) return 2;
  return result.problems.length > 0 ? 1 : 0;
}

/** Never over a file with something else in it. */
async function writeFiles(folder: string, files: readonly JsonFile[], output: Output): Promise<void> {
  // Not the folders above it: below some, as /proc, Node tries that for ever.
  if (files.length > 0)
    await mkdir(folder).catch((error: unknown) => (errorCode(error) === 'EEXIST' ? undefined : cannotWrite(folder, error)));
  for (const { name, text } of files) {
    const path = join(folder, name);
    const before = await readFile(path, 'utf8').catch(() => undefined);
    if (before === text) continue;
    if (before !== undefined)
      throw new UsageError(`${path}: there is a file with something else in it. Name another folder with --json-files.`);
    await writeFile(path, text, { flag: 'wx' }).catch((error: unknown) => cannotWrite(path, error));
    output.err(`note: ${path} was written, which the command reads.`);
  }
}

function cannotWrite(path: string, error: unknown): never {
  throw new UsageError(`${path}: cannot be written (${errorCode(error)}). Name another folder with --json-files.`);
}

function ownOptionsIn(args: readonly string[]): {
  readonly own: ReadonlyMap<OwnOption, readonly string[]>;
  readonly words: readonly string[];
} {
  const own = new Map<OwnOption, readonly string[]>();
  const words: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    const name = ownOptions.find((option) => word === `--${option}` || word.startsWith(`--${option}=`));
    if (name === undefined) {
      words.push(word);
      continue;
    }
    const value = word === `--${name}` ? args[++i] : word.slice(name.length + 3);
    if (value === undefined || (word === `--${name}` && value.startsWith('--'))) throw new UsageError(`--${name} lacks its value.`);
    own.set(name, [...(own.get(name) ?? []), value]);
  }
  return { own, words };
}

/** As the AWS CLI chooses; where its versions differ, the user must. */
function chosen(option: string | undefined, { AWS_PROFILE, AWS_DEFAULT_PROFILE }: NodeJS.ProcessEnv): string {
  const versions = chosenProfile(option, { AWS_PROFILE, AWS_DEFAULT_PROFILE });
  if (versions.v1 !== versions.v2) throw new UsageError(`${versionsDiffer(versions)} Name the profile with --profile NAME.`);
  return versions.v1;
}
