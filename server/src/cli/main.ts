// The command `emr-iam`.

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { readCatalog } from '../node/catalog';
import { runCommand } from './command';
import { runConfig } from './config';
import { runExplain } from './explain';
import { runFacts } from './facts';
import { runLint } from './lint';
import { type ExitCode, type Output, standardOutput, UsageError } from './output';

const usage = `emr-iam checks the roles of EMR launches: the emr blocks of the AWS config file and IAM policy JSON.

  emr-iam lint [PATH…] [--format text|json] [--facts FILE]… [--aws-profile NAME]
      [--fail-on error|warning|information|hint|never] [--fix]
      Without a path: the current folder and your AWS config file. --fix makes the fixes that keep the meaning.
      What .emr-iam.jsonc says holds for the files beside and below it; --facts takes the place of the facts files that it names.
      --aws-profile asks IAM, with the credentials of that profile, for the roles and instance profiles that the config files name.
  emr-iam command [--config FILE] [--profile NAME] [--preset NAME] [--facts FILE]… [--aws-profile NAME]
      [--shell posix|powershell|cmd | --as json|boto3|sdk-js|cloudformation|terraform]
      [--roles named|profile] [--json-files FOLDER] [options of create-cluster]
      The "aws emr create-cluster" command of a profile, or the launch in another form. It is printed, never run. The options are those of
      the AWS CLI, with values in its own syntax: --applications Name=Hive Name=Pig. --roles profile leaves the roles to the profile.
      --json-files writes long JSON to files in a folder, and the command reads them from there.
      --preset takes the launch of that name in .emr-iam.jsonc; options beside it take the place of its own.
  emr-iam config [--config FILE] [--credentials FILE] [--profile NAME] [--format text|json]
      The profiles as the AWS CLI reads them, credentials masked.
  emr-iam facts --aws-profile NAME [--out FILE]
      The roles, policies and instance profiles of the account, as IAM tells them now, in one file for --facts and for other tools.
  emr-iam explain [RULE]
  emr-iam serve --stdio
      The language server, for editors.

Exit codes: 0 nothing found at or above the level of --fail-on (warning), 1 something found, 2 bad usage or unreadable input.
`;

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;

type Options = NonNullable<ParseArgsConfig['options']>;

/** Parses strictly; what node:util says of a wrong word becomes a usage error. */
function parse<T extends Options>(args: readonly string[], options: T, allowPositionals: boolean) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const commands: Readonly<Record<string, (args: readonly string[], output: Output) => Promise<ExitCode> | ExitCode>> = {
  lint(args, output) {
    const { values, positionals } = parse(args, { format: text, facts: texts, 'aws-profile': text, 'fail-on': text, fix: flag }, true);
    return runLint(
      {
        paths: positionals,
        format: values.format ?? 'text',
        facts: values.facts ?? [],
        failOn: values['fail-on'] ?? 'warning',
        fix: values.fix ?? false,
        awsProfile: values['aws-profile'],
      },
      output,
    );
  },
  command: runCommand,
  config(args, output) {
    const { values } = parse(args, { config: text, credentials: text, profile: text, format: text }, false);
    return runConfig(
      { config: values.config, credentials: values.credentials, profile: values.profile, format: values.format ?? 'text' },
      output,
    );
  },
  facts(args, output) {
    const { values } = parse(args, { 'aws-profile': text, out: text }, false);
    return runFacts({ awsProfile: values['aws-profile'], out: values.out }, output);
  },
  explain(args, output) {
    const { positionals } = parse(args, {}, true);
    if (positionals.length > 1) throw new UsageError('explain takes one rule.');
    return runExplain(positionals[0], output);
  },
  serve(args) {
    const { values } = parse(args, { stdio: flag }, false);
    if (values.stdio !== true) throw new UsageError('serve needs --stdio: the language server speaks over standard input and output.');
    // A bundle of its own beside this one, so that the other commands start without it; it ends the process itself.
    require('./server');
    return new Promise<never>(() => {});
  },
};

async function main(args: readonly string[], output: Output): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || args.includes('--help') || args.includes('-h')) {
    output.out(usage);
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    const catalog = await readCatalog();
    output.out(`${process.env['EMR_IAM_VERSION']}${catalog === undefined ? '' : ` (IAM service data of ${catalog.updatedAt})`}\n`);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined)
    throw new UsageError(`There is no command "${name}": it is one of ${Object.keys(commands).join(', ')}. See emr-iam --help.`);
  return await command(rest, output);
}

// A reader that goes away early (`emr-iam lint | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

const output = standardOutput();
main(process.argv.slice(2), output).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    output.err(
      error instanceof UsageError
        ? `emr-iam: ${error.message.replaceAll('\n', '\nemr-iam: ')}`
        : `emr-iam: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    process.exitCode = 2;
  },
);
