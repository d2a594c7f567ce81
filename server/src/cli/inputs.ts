// The inputs that several commands share: the user's config file and the facts.

import { basename, resolve } from 'node:path';
import { type ConfigDocument, type Document, parseDocument, type Syntax, syntaxOf } from '../core/document';
import { type AccountFacts, accountFacts, type FactsSource } from '../core/facts/facts';
import { parseSnapshot } from '../core/facts/snapshot';
import { awsFiles, readText } from '../node/files';
import { type Output, UsageError } from './output';

/** A listing of an account may be large. */
const maxFactsSize = 100 * 1024 * 1024;

/** Says on standard error what could not be read, and goes on with the rest. */
export async function readFacts(paths: readonly string[], output: Output): Promise<{ facts: AccountFacts; failed: boolean }> {
  const sources: FactsSource[] = [];
  for (const path of paths) {
    const file = await readText(path, maxFactsSize);
    const result = file.ok ? parseSnapshot(file.text, basename(path)) : file;
    if (result.ok) sources.push(result.source);
    else output.err(`${path}: not used as facts: ${result.reason}.`);
  }
  return { facts: accountFacts(sources), failed: sources.length < paths.length };
}

/** The file that is named, or else the one that the AWS CLI would read. */
export async function readConfig(named: string | undefined): Promise<{ path: string; document: ConfigDocument }> {
  const path = named ?? awsFiles(process.env).config;
  const file = await readText(path);
  if (!file.ok) throw new UsageError(`${path}: ${file.reason}. Name a config file with --config FILE.`);
  const document = parseDocument(file.text, 'aws-config');
  if (document.kind !== 'config')
    throw new UsageError(`${path}: not read, because ${document.kind === 'refused' ? document.reason : 'it is JSON'}.`);
  return { path, document };
}

/** A file that the user names is read even if its name says nothing; then its text decides. */
export function parseNamed(path: string, text: string): Document {
  const syntax: Syntax = syntaxOf(resolve(path)) ?? (/^\s*(\[[^[\]{}"\n]+\]|[#;])/.test(text) ? 'aws-config' : 'json');
  return parseDocument(text, syntax);
}
