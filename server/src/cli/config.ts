// emr-iam config: the file as the AWS CLI reads it, credentials masked.

import type { AwsConfig, NestedSetting, Setting } from '../core/awsconfig/node';
import { parseAwsConfig } from '../core/awsconfig/parse';
import { profilesOf } from '../core/awsconfig/profiles';
import { lineIndex } from '../core/text';
import { awsFiles, readText } from '../node/files';
import { readConfig } from './inputs';
import { type ExitCode, type Output, printable, UsageError } from './output';

export interface ConfigOptions {
  readonly config: string | undefined;
  readonly credentials: string | undefined;
  readonly profile: string | undefined;
  readonly format: string;
}

type Value = string | { readonly [key: string]: string };
type Profiles = ReadonlyMap<string, ReadonlyMap<string, Value>>;

export async function runConfig(options: ConfigOptions, output: Output): Promise<ExitCode> {
  if (options.format !== 'text' && options.format !== 'json')
    throw new UsageError(`--format must be text or json, not "${options.format}".`);
  const asJson = options.format === 'json';
  const { path, document } = await readConfig(options.config);
  const credentials = await readCredentials(options);
  const broken =
    failureOf(path, document.text, document.config) ?? (credentials && failureOf(credentials.path, credentials.text, credentials.config));
  if (broken !== undefined) {
    const { file, ...error } = broken;
    if (asJson) output.out(`${JSON.stringify({ ok: false, error }, null, 2)}\n`);
    output.err(`${file}:${error.line}: the AWS CLI cannot read the file, and every aws command fails: ${error.message}`);
    return 2;
  }
  const all = merged(document.config, credentials?.config);
  const { profile } = options;
  if (profile !== undefined && !all.has(profile)) throw new UsageError(unknownProfile(path, profile, [...all.keys()]));
  const shown = profile === undefined ? all : new Map([...all].filter(([name]) => name === profile));
  output.out(asJson ? `${JSON.stringify({ ok: true, profiles: asObject(shown) }, null, 2)}\n` : asText(shown));
  return 0;
}

export function unknownProfile(path: string, profile: string, names: readonly string[]): string {
  const known =
    names.length === 0
      ? 'It has none.'
      : `It has ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}.`;
  return `${path}: there is no profile "${profile}". ${known}`;
}

interface ReadFile {
  readonly path: string;
  readonly text: string;
  readonly config: AwsConfig;
}

/** The AWS CLI's own credentials file is read beside its own config file; another config file stands alone unless one is named. */
async function readCredentials({ config, credentials }: ConfigOptions): Promise<ReadFile | undefined> {
  const path = credentials ?? (config === undefined ? awsFiles(process.env).credentials : undefined);
  if (path === undefined) return undefined;
  const file = await readText(path);
  if (file.ok) return { path, text: file.text, config: parseAwsConfig(file.text) };
  if (file.missing && credentials === undefined) return undefined;
  throw new UsageError(`${path}: ${file.reason}. Name a credentials file with --credentials FILE.`);
}

function failureOf(
  file: string,
  text: string,
  { error }: AwsConfig,
): { file: string; kind: string; line: number; message: string } | undefined {
  if (error === undefined) return undefined;
  return { file, kind: error.kind, line: lineIndex(text).position(error.span.start).line + 1, message: error.message };
}

/** The credentials file replaces single keys of a profile, whole blocks at a time (botocore, session.py, full_config). */
function merged(config: AwsConfig, credentials: AwsConfig | undefined): Profiles {
  const profiles = new Map<string, Map<string, Value>>();
  const files = [profilesOf(config, 'config'), ...(credentials === undefined ? [] : [profilesOf(credentials, 'credentials')])];
  for (const file of files) {
    for (const [name, { settings }] of file) {
      const values = profiles.get(name) ?? new Map<string, Value>();
      for (const [key, setting] of settings) values.set(key, shownValue(setting));
      profiles.set(name, values);
    }
  }
  return profiles;
}

const masked = '***';

function shownValue({ value }: Setting | NestedSetting): Value {
  if (value.kind === 'secret') return masked;
  if (value.kind === 'text') return value.text;
  return Object.fromEntries(value.settings.map(({ key, value: nested }) => [key.text, nested.kind === 'secret' ? masked : nested.text]));
}

/** fromEntries defines properties, so that a profile called __proto__ is one like any other. */
function asObject(profiles: Profiles): Record<string, Record<string, Value>> {
  return Object.fromEntries([...profiles].map(([name, values]) => [name, Object.fromEntries(values)]));
}

function asText(profiles: Profiles): string {
  const lines = [...profiles].flatMap(([name, values]) => [
    printable(name),
    ...[...values].flatMap(([key, value]) =>
      typeof value === 'string'
        ? [`  ${printable(`${key} = ${value.replaceAll('\n', '\n      ')}`)}`]
        : [`  ${printable(key)}`, ...Object.entries(value).map(([nested, text]) => `    ${printable(`${nested} = ${text}`)}`)],
    ),
  ]);
  return lines.map((line) => `${line}\n`).join('');
}
