// The inputs that several commands share: the user's config file and the facts.

import { basename, resolve } from 'node:path';
import { type ConfigDocument, type Document, parseDocument, type Syntax, sizeLimit, syntaxOf } from '../core/document';
import { keyPaths } from '../core/emr/block';
import type { FactsSource } from '../core/facts/facts';
import { freshReader, maxSnapshotSize } from '../core/facts/snapshot';
import type { RootPolicy } from '../core/policy/policy';
import type { KeyPairFile, Surroundings } from '../core/surroundings';
import type { LiveNames } from '../lsp/runtime';
import { awsFiles, homeOf, otherAwsFile } from '../node/awsFiles';
import { asJsonText, type Failure, type FileText, keyPairFile, leadingOut, readParts, readText } from '../node/files';
import { live } from '../node/live';
import { type Output, UsageError } from './output';

/**
 * Says on standard error what could not be read, and goes on with the rest.
 *
 * @param within a folder that no link on the way to the files may lead out of.
 */
export async function readFacts(
  paths: readonly string[],
  output: Output,
  within?: string,
): Promise<{ sources: readonly FactsSource[]; failed: boolean }> {
  const sources: FactsSource[] = [];
  for (const path of paths) {
    const refused = within === undefined ? undefined : await leadingOut(within, path);
    const reader = freshReader(basename(path));
    const file = refused ?? (await readParts(path, maxSnapshotSize, reader.begin));
    const result = file.ok ? reader.end(file.modified) : file;
    if (result.ok) sources.push(result.source);
    else output.err(`${path}: not used as facts: ${result.reason}.`);
  }
  return { sources, failed: sources.length < paths.length };
}

/**
 * What IAM says about a few names. Says on standard error why it does not, and then the command goes on without.
 *
 * @param profile without one, nobody is asked.
 */
export async function askFor(
  profile: string | undefined,
  names: LiveNames,
  output: Output,
): Promise<{ sources: readonly FactsSource[]; failed: boolean }> {
  if (profile === undefined || names.roles.length + names.instanceProfiles.length === 0) return { sources: [], failed: false };
  const answer = await live.ask({ profile, names }, {});
  if (answer.ok) return { sources: [answer.source], failed: false };
  output.err(`emr-iam: no facts from IAM: ${answer.reason}`);
  return { sources: [], failed: true };
}

interface ConfigFile {
  readonly path: string;
  readonly document: ConfigDocument;
  readonly surroundings: Surroundings;
}

/** The file that is named, or else the one that the AWS CLI would read, and what stands beside it. */
export async function readConfig(named: string | undefined, credentials?: string): Promise<ConfigFile> {
  const path = named ?? awsFiles(process.env).config;
  const file = await readText(path, sizeLimit('aws-config'));
  if (!file.ok) throw new UsageError(`${path}: ${file.reason}. Name a config file with --config FILE.`);
  const document = parseDocument(file.text, 'aws-config');
  if (document.kind !== 'config')
    throw new UsageError(`${path}: not read, because ${document.kind === 'refused' ? document.reason : 'it is JSON'}.`);
  return { path, document, surroundings: await surroundingsOf(path, document, file, credentials) };
}

/** Around a script: the files of the user who would run it, if there are any. */
export async function ownFiles(): Promise<Surroundings | undefined> {
  const { config, credentials } = awsFiles(process.env);
  const [file, other] = await Promise.all([readText(config, sizeLimit('aws-config')), readText(credentials, sizeLimit('aws-credentials'))]);
  const document = file.ok ? parseDocument(file.text, 'aws-config') : undefined;
  const parsed = other.ok ? parseDocument(other.text, 'aws-credentials') : undefined;
  if (document?.kind !== 'config') return undefined;
  return { aws: { config: document, credentials: parsed?.kind === 'config' ? parsed : undefined }, keyPairFiles: new Map() };
}

/** @param named the other of the two files; else the one that the AWS CLI would read beside this one. */
export async function surroundingsOf(
  path: string,
  document: ConfigDocument,
  { encoding }: FileText,
  named?: string,
): Promise<Surroundings> {
  const other = named ?? otherAwsFile(resolve(path), process.env);
  const states = await Promise.all(keyPaths(document).map(async (key) => [key, await keyPairFile(key, homeOf(process.env))] as const));
  const keyPairFiles = new Map(states.filter((entry): entry is readonly [string, KeyPairFile] => entry[1] !== undefined));
  if (other === undefined) return { encoding, keyPairFiles };
  const file = await readText(other, sizeLimit('aws-credentials'));
  if (file.ok) {
    const parsed = parseDocument(file.text, document.file === 'config' ? 'aws-credentials' : 'aws-config');
    return { encoding, keyPairFiles, other: parsed.kind === 'config' ? parsed : undefined };
  }
  if (named !== undefined) throw new UsageError(`${named}: ${file.reason}. Name a credentials file with --credentials FILE.`);
  return { encoding, keyPairFiles };
}

/** A file that the user names is read even if its name says nothing; then its text decides. */
export function parseNamed(
  path: string,
  file: FileText,
  root: RootPolicy | undefined,
): { readonly ok: true; readonly file: FileText; readonly document: Document } | Failure {
  const syntax: Syntax = syntaxOf(resolve(path)) ?? (looksLikeConfig(file.text) ? 'aws-config' : 'json');
  const read = syntax === 'json' || syntax === 'jsonc' ? asJsonText(file) : file;
  return read.ok ? { ok: true, file: read, document: parseDocument(read.text, syntax, root) } : read;
}

/** A heading on some line, and no beginning of JSON. */
function looksLikeConfig(text: string): boolean {
  return !/^\ufeff?\s*[{[]\s*(?:["{[\]}]|-?\d|true\b|false\b|null\b|$)/.test(text) && /^[^\S\n]*\ufeff?\[[^\n]+\]/m.test(text);
}
