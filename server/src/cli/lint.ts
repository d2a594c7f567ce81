// emr-iam lint

import type { Stats } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { withoutSecrets } from '../core/awsconfig/secrets';
import { type Catalog, createCatalog } from '../core/catalog/catalog';
import { type Document, parseDocument, sizeLimit, syntaxOf } from '../core/document';
import type { AccountFacts } from '../core/facts/facts';
import { compareText, type Severity, severities } from '../core/finding';
import { safeEdits } from '../core/fix';
import { type LintContext, lint } from '../core/lint';
import { defaultSettings } from '../core/settings';
import { applyEdits } from '../core/text';
import { readCatalog } from '../node/catalog';
import { awsFiles, filesBelow, readText } from '../node/files';
import { parseNamed, readFacts, surroundingsOf } from './inputs';
import { type ExitCode, type Output, UsageError } from './output';
import { type FileFindings, jsonReport, summarise, textReport } from './report';

export interface LintOptions {
  readonly paths: readonly string[];
  readonly format: string;
  readonly facts: readonly string[];
  readonly failOn: string;
  readonly fix: boolean;
}

const reports = {
  json: (files: readonly FileFindings[], facts: AccountFacts) => jsonReport(files, summarise(files, labels(facts))),
  text: (files: readonly FileFindings[], facts: AccountFacts, output: Output) =>
    textReport(files, summarise(files, labels(facts)), output.colours),
};

export async function runLint(options: LintOptions, output: Output): Promise<ExitCode> {
  const report = options.format === 'json' || options.format === 'text' ? reports[options.format] : undefined;
  if (report === undefined) throw new UsageError(`--format must be text or json, not "${options.format}".`);
  const threshold = options.failOn === 'never' ? -1 : severities.indexOf(severityNamed(options.failOn));

  const { facts, failed } = await readFacts(options.facts, output);
  const context: LintContext = { settings: defaultSettings, facts };
  let unreadable = failed;
  const files: FileFindings[] = [];
  const given = new Set(options.facts.map((path) => resolve(path)));
  for (const { path, named } of await inputs(options.paths)) {
    const result = await lintFile(path, context, options.fix);
    if (result.ok) files.push({ file: relative(process.cwd(), path) || path, ...result.value });
    // A listing of an account may be larger than anything that is linted; it was read as facts.
    const problem = result.ok || named || !given.has(resolve(path)) ? result.problem : undefined;
    if (problem === undefined) continue;
    output.err(`${path}: ${problem}.`);
    unreadable = true;
  }
  files.sort((a, b) => compareText(a.file, b.file));
  output.out(report(files, facts, output));
  if (unreadable) return 2;
  const worst = files.flatMap(({ findings }) => findings).some(({ severity }) => severities.indexOf(severity) <= threshold);
  return worst ? 1 : 0;
}

function severityNamed(name: string): Severity {
  const severity = severities.find((candidate) => candidate === name);
  if (severity === undefined) throw new UsageError(`--fail-on must be one of ${severities.join(', ')}, never, not "${name}".`);
  return severity;
}

function labels(facts: AccountFacts): string[] {
  return facts.sources.map(({ label }) => label);
}

interface Input {
  readonly path: string;
  /** By the user, not found in a folder. */
  readonly named: boolean;
}

/** Without a path: the current folder and the user's AWS config. */
async function inputs(paths: readonly string[]): Promise<Input[]> {
  const own = awsFiles(process.env).config;
  const wanted = paths.length > 0 ? paths : ['.', ...((await infoOf(own))?.isFile() ? [own] : [])];
  const found = new Map<string, Input>();
  for (const path of wanted) {
    const isFolder = (await infoOf(path))?.isDirectory() === true;
    for (const file of isFolder ? await filesBelow(path).catch(() => [path]) : [path])
      found.set(resolve(file), { path: file, named: !isFolder });
  }
  return [...found.values()];
}

function infoOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}

/** `problem` goes on after the file's name. */
type Result =
  | { readonly ok: true; readonly value: Omit<FileFindings, 'file'>; readonly problem: string | undefined }
  | { readonly ok: false; readonly problem: string };

async function lintFile(path: string, context: LintContext, fix: boolean): Promise<Result> {
  const bytes = await readText(path, sizeLimit(syntaxOf(resolve(path)) ?? 'aws-config'));
  const read = bytes.ok ? parseNamed(path, bytes) : bytes;
  if (!read.ok) return { ok: false, problem: `not checked: ${read.reason}` };
  let { document } = read;
  if (document.kind === 'refused') return { ok: false, problem: `not checked: ${document.reason}` };
  const surroundings = document.kind === 'config' ? await surroundingsOf(path, document, read.file) : undefined;
  const catalog = document.kind === 'json' && document.policies.length > 0 ? await loadCatalog() : undefined;
  let around: LintContext = { ...context, catalog, surroundings };
  // Text that is not UTF-8 cannot be written back as it was.
  const { encoding } = read.file;
  if (fix && (encoding === 'utf-8' || encoding === 'utf-8-with-mark')) {
    document = fixed(document, around);
    if (surroundings !== undefined && !document.text.startsWith('\ufeff'))
      around = { ...around, surroundings: { ...surroundings, encoding: 'utf-8' } };
    const mark = document.kind === 'json' && encoding === 'utf-8-with-mark' ? '\ufeff' : '';
    if (document.text !== read.file.text) await writeFile(path, `${mark}${document.text}`);
  }
  const problem = document.kind === 'json' && document.isBroken ? 'checked in part: it is not valid JSON' : undefined;
  // The lines of findings are shown: none may show a credential.
  const text = document.kind === 'config' ? withoutSecrets(document.text, document.config) : document.text;
  return { ok: true, value: { text, findings: lint(document, around) }, problem };
}

let loading: Promise<Catalog | undefined> | undefined;

/** Once, and only for policies. */
function loadCatalog(): Promise<Catalog | undefined> {
  loading ??= readCatalog().then((packed) => packed && createCatalog(packed));
  return loading;
}

/** Each round may make room for fixes that touched each other; ten are more than ever needed. */
function fixed(document: Document, context: LintContext): Document {
  let current = document;
  for (let round = 0; round < 10 && current.kind !== 'refused'; round++) {
    const edits = safeEdits(lint(current, context));
    if (edits.length === 0) break;
    current = parseDocument(applyEdits(current.text, edits), current.syntax);
  }
  return current;
}
