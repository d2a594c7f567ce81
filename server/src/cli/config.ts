// emr-iam config: the file as the AWS CLI reads it, credentials masked.

import { resolve } from 'node:path';
import type { NestedSetting, Setting } from '../core/awsconfig/node';
import { encodingError } from '../core/awsconfig/parse';
import { chosenProfile, type ResolvedProfile } from '../core/awsconfig/profiles';
import type { ConfigDocument } from '../core/document';
import { resolvedProfiles } from '../core/emr/block';
import type { Encoding } from '../core/surroundings';
import { lineIndex } from '../core/text';
import { otherAwsFile } from '../node/awsFiles';
import { readConfig } from './inputs';
import { type ExitCode, type Output, printable, UsageError } from './output';

interface ConfigOptions {
  readonly config: string | undefined;
  readonly credentials: string | undefined;
  readonly profile: string | undefined;
  readonly format: string;
}

type Value = string | { readonly [key: string]: string };

export async function runConfig(options: ConfigOptions, output: Output): Promise<ExitCode> {
  if (options.format !== 'text' && options.format !== 'json')
    throw new UsageError(`--format must be text or json, not "${options.format}".`);
  const asJson = options.format === 'json';
  const { path, document, surroundings } = await readConfig(options.config, options.credentials);
  const { other } = surroundings;
  const broken =
    failureOf(path, document, surroundings.encoding) ??
    (other && failureOf(options.credentials ?? otherAwsFile(resolve(path), process.env) ?? '', other, undefined));
  if (broken !== undefined) {
    const { file, ...error } = broken;
    if (asJson) output.out(`${JSON.stringify({ ok: false, error }, null, 2)}\n`);
    output.err(`${file}:${error.line}: the AWS CLI cannot read the file, and every aws command fails: ${error.message}`);
    return 2;
  }
  const all = resolvedProfiles(document, surroundings);
  const { profile } = options;
  if (profile !== undefined && !all.has(profile)) throw new UsageError(unknownProfile(path, profile, [...all.keys()]));
  const shown = [...all.values()].filter(({ name }) => profile === undefined || name === profile);
  const { AWS_PROFILE, AWS_DEFAULT_PROFILE } = process.env;
  const chosen = chosenProfile(profile, { AWS_PROFILE, AWS_DEFAULT_PROFILE });
  for (const part of asJson ? jsonParts(shown, chosen) : textParts(shown)) output.out(part);
  if (chosen.v1 !== chosen.v2) output.err(versionsDiffer(chosen));
  return 0;
}

export function versionsDiffer({ v1, v2 }: ReturnType<typeof chosenProfile>): string {
  return `AWS_PROFILE and AWS_DEFAULT_PROFILE differ: version 1 of the AWS CLI takes "${v1}", version 2 takes "${v2}".`;
}

export function unknownProfile(path: string, profile: string, names: readonly string[]): string {
  const known =
    names.length === 0
      ? 'It has none.'
      : `It has ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}.`;
  return `${path}: there is no profile "${profile}". ${known}`;
}

/** What the AWS CLI stops at; a wrong encoding comes before anything that the text says. */
function failureOf(
  file: string,
  { text, config }: ConfigDocument,
  encoding: Encoding | undefined,
): { file: string; kind: string; line: number; message: string } | undefined {
  const error = encodingError(text, encoding) ?? config.errors[0];
  if (error === undefined) return undefined;
  return { file, kind: error.kind, line: lineIndex(text).position(error.span.start).line + 1, message: error.message };
}

function valuesOf(profile: ResolvedProfile): ReadonlyMap<string, Value> {
  return new Map([...profile.settings()].map(([key, { setting }]) => [key, shownValue(setting)]));
}

const masked = '***';

function shownValue({ value }: Setting | NestedSetting): Value {
  if (value.kind === 'secret') return masked;
  if (value.kind === 'text') return value.text;
  return Object.fromEntries(value.settings.map(({ key, value: nested }) => [key.text, nested.kind === 'secret' ? masked : nested.text]));
}

/** Profile by profile: what [DEFAULT] adds to all of them may be more than fits into memory. */
function* jsonParts(profiles: readonly ResolvedProfile[], chosen: ReturnType<typeof chosenProfile>): Generator<string> {
  yield `{\n  "ok": true,\n  "chosen": ${JSON.stringify(chosen, null, 2).replaceAll('\n', '\n  ')},\n  "profiles": {`;
  for (const [index, profile] of profiles.entries()) {
    // fromEntries defines properties, so that a setting called __proto__ is one like any other.
    const values = JSON.stringify(Object.fromEntries(valuesOf(profile)), null, 2).replaceAll('\n', '\n    ');
    yield `${index === 0 ? '' : ','}\n    ${JSON.stringify(profile.name)}: ${values}`;
  }
  yield `${profiles.length === 0 ? '' : '\n  '}}\n}\n`;
}

function* textParts(profiles: readonly ResolvedProfile[]): Generator<string> {
  for (const profile of profiles) yield asText(profile);
}

function asText(profile: ResolvedProfile): string {
  const lines = [
    printable(profile.name),
    ...[...valuesOf(profile)].flatMap(([key, value]) =>
      typeof value === 'string'
        ? [`  ${printable(`${key} = ${value.replaceAll('\n', '\n      ')}`)}`]
        : [`  ${printable(key)}`, ...Object.entries(value).map(([nested, text]) => `    ${printable(`${nested} = ${text}`)}`)],
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
