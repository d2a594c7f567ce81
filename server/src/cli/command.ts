// emr-iam command: the launch command of a profile.

import { chosenProfile } from '../core/awsconfig/profiles';
import { launchCommand, launchNames, launchProfiles } from '../core/emr/launchCommand';
import { accountFacts } from '../core/facts/facts';
import { needsCatalog } from '../core/lint';
import { defaultSettings } from '../core/settings';
import { loadCatalog } from '../node/catalog';
import { unknownProfile, versionsDiffer } from './config';
import { askFor, readConfig, readFacts } from './inputs';
import { type ExitCode, type Output, UsageError } from './output';

export interface CommandOptions {
  readonly config: string | undefined;
  readonly profile: string | undefined;
  readonly shell: string;
  readonly facts: readonly string[];
  /** The profile of the AWS config that IAM is asked with. */
  readonly awsProfile: string | undefined;
  readonly name: string | undefined;
  readonly releaseLabel: string | undefined;
  readonly applications: readonly string[] | undefined;
  readonly instanceType: string | undefined;
  readonly instanceCount: string | undefined;
  readonly logUri: string | undefined;
}

/** The command goes to standard output, and nothing else does; notes and problems go to standard error. */
export async function runCommand(options: CommandOptions, output: Output): Promise<ExitCode> {
  if (options.shell !== 'posix') throw new UsageError(`--shell must be posix, not "${options.shell}": other shells are not supported yet.`);
  const instanceCount = options.instanceCount === undefined ? undefined : Number(options.instanceCount);
  if (instanceCount !== undefined && !(Number.isInteger(instanceCount) && instanceCount > 0)) {
    throw new UsageError(`--instance-count must be a whole number above 0, not "${options.instanceCount}".`);
  }
  const { path, document, surroundings } = await readConfig(options.config);
  const profile = chosen(options.profile, process.env);
  const names = launchNames(document, profile, surroundings);
  const asked = await askFor(options.awsProfile, names, output);
  const { sources, failed } = await readFacts(options.facts, output);
  const facts = accountFacts([...sources, ...asked.sources]);
  const { name, releaseLabel, instanceType, logUri } = options;
  const applications = options.applications?.map((application) => application.replace(/^Name=/, ''));
  const given = Object.entries({ name, releaseLabel, applications, instanceType, instanceCount, logUri }).filter(
    ([, value]) => value !== undefined,
  );
  const catalog = needsCatalog(document, facts) ? await loadCatalog() : undefined;
  const result = launchCommand(document, profile, { settings: defaultSettings, facts, catalog, surroundings }, Object.fromEntries(given));
  if (result === undefined)
    throw new UsageError(
      unknownProfile(
        path,
        profile,
        launchProfiles(document, surroundings).map((known) => known.name),
      ),
    );
  if ('refused' in result) throw new UsageError(`${path}: profile "${profile}": ${result.refused}`);
  for (const note of result.notes) output.err(`note: ${note}`);
  for (const problem of result.problems) output.err(`problem: ${problem}`);
  output.out(`${result.command}\n`);
  if (failed || asked.failed) return 2;
  return result.problems.length > 0 ? 1 : 0;
}

/** As the AWS CLI chooses; where its versions differ, the user must. */
function chosen(option: string | undefined, { AWS_PROFILE, AWS_DEFAULT_PROFILE }: NodeJS.ProcessEnv): string {
  const versions = chosenProfile(option, { AWS_PROFILE, AWS_DEFAULT_PROFILE });
  if (versions.v1 !== versions.v2) throw new UsageError(`${versionsDiffer(versions)} Name the profile with --profile NAME.`);
  return versions.v1;
}
