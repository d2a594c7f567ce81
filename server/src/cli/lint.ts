// emr-iam lint

import type { Stats } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { basename, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withoutSecrets } from '../core/awsconfig/secrets';
import { type Document, parseDocument, sizeLimit, syntaxOf } from '../core/document';
import { type EmrBlock, usedBlocks } from '../core/emr/block';
import { namesOf, roleUses } from '../core/emr/roles';
import type { Declarations } from '../core/facts/declarations';
import { type AccountFacts, accountFacts, type FactsSource } from '../core/facts/facts';
import { declarationsIn, workspaceFacts } from '../core/facts/workspace';
import { compareText, type Severity, severities } from '../core/finding';
import { safeEdits } from '../core/fix';
import { namesIn } from '../core/launch/effectiveRoles';
import { withoutPasswords } from '../core/launch/launch';
import { shellSyntaxes } from '../core/launch/shellRegions';
import { type LintContext, lint, lintInProject, needsCatalog, type ProjectLint } from '../core/lint';
import type { RootPolicy } from '../core/policy/policy';
import { noSurroundings } from '../core/surroundings';
import { applyEdits } from '../core/text';
import type { LiveNames } from '../lsp/runtime';
import { awsFiles } from '../node/awsFiles';
import { loadCatalog } from '../node/catalog';
import { filesBelow, readJsonText, readText } from '../node/files';
import { askFor, ownFiles, parseNamed, surroundingsOf } from './inputs';
import { type ExitCode, type Output, UsageError } from './output';
import { type Project, type Projects, projectsFor } from './project';
import { type FileFindings, jsonReport, summarise, textReport } from './report';

export interface LintOptions {
  readonly paths: readonly string[];
  readonly format: string;
  readonly facts: readonly string[];
  readonly failOn: string;
  readonly fix: boolean;
  /** The profile that IAM is asked with. */
  readonly awsProfile: string | undefined;
}

const reports = {
  json: (files: readonly FileFindings[], facts: readonly AccountFacts[]) => jsonReport(files, summarise(files, facts)),
  text: (files: readonly FileFindings[], facts: readonly AccountFacts[], output: Output) =>
    textReport(files, summarise(files, facts), output.colours, Date.now()),
};

export async function runLint(options: LintOptions, output: Output): Promise<ExitCode> {
  const report = options.format === 'json' || options.format === 'text' ? reports[options.format] : undefined;
  if (report === undefined) throw new UsageError(`--format must be text or json, not "${options.format}".`);
  const threshold = options.failOn === 'never' ? -1 : severities.indexOf(severityNamed(options.failOn));

  const { found, folders } = await inputs(options.paths);
  const blocks = await blocksIn(found.map(({ path }) => path));
  // Read once, however many scripts there are.
  let own: ReturnType<typeof ownFiles> | undefined;
  const aroundScripts = (): ReturnType<typeof ownFiles> => (own ??= ownFiles());
  const asked = await askFor(options.awsProfile, await namesToAsk(options, found, blocks, aroundScripts), output);
  const projects = projectsFor(options.facts, output);
  let unreadable = asked.failed;
  const files: FileFindings[] = [];
  const known = await knowledgeOf(found, projects, asked.sources, blocks);
  for (const { path, named } of found) {
    const project = await projects.of(path);
    // It is reported with the others that were found, below.
    if (resolve(path) === project.path) continue;
    const result = await lintFile(path, project, known(project), options.fix, aroundScripts);
    project.note(path, result.ok ? result.value : undefined);
    if (result.ok) files.push({ file: shownPath(path), ...result.value });
    // A listing of an account may be larger than anything that is linted; it was read as facts.
    const problem = result.ok || named || !project.factsFiles.includes(resolve(path)) ? result.problem : undefined;
    if (problem === undefined) continue;
    output.err(`${path}: ${problem}.`);
    unreadable = true;
  }
  const all = await projects.all();
  for (const { path, text, findings } of all) {
    if (path !== undefined) files.push({ file: shownPath(path), text, findings: findings(folders) });
  }
  files.sort((a, b) => compareText(a.file, b.file));
  const facts = all.map((project) => known(project).facts);
  output.out(report(files, facts, output));
  if (unreadable || all.some(({ isWhole }) => !isWhole)) return 2;
  const worst = files.flatMap(({ findings }) => findings).some(({ severity }) => severities.indexOf(severity) <= threshold);
  return worst ? 1 : 0;
}

async function namesToAsk(
  { awsProfile }: LintOptions,
  found: readonly Input[],
  blocks: readonly EmrBlock[],
  aroundScripts: typeof ownFiles,
): Promise<LiveNames> {
  const names = [namesOf(blocks)];
  for (const { path } of awsProfile === undefined ? [] : found) {
    const syntax = syntaxOf(resolve(path));
    if (!shellSyntaxes.some((shell) => shell === syntax) || syntax === undefined) continue;
    const file = await readText(path, sizeLimit(syntax));
    const document = file.ok ? parseDocument(file.text, syntax) : undefined;
    if (document?.kind === 'launch' && document.launches.length > 0)
      names.push(namesIn(document, (await aroundScripts()) ?? noSurroundings));
  }
  const all = (of: keyof LiveNames): readonly string[] => [...new Set(names.flatMap((each) => each[of]))];
  return { roles: all('roles'), instanceProfiles: all('instanceProfiles') };
}

/** Of the config files among them. What cannot be read is reported when it is linted. */
async function blocksIn(paths: readonly string[]): Promise<readonly EmrBlock[]> {
  const blocks: EmrBlock[] = [];
  for (const path of paths) {
    const syntax = syntaxOf(resolve(path));
    if (syntax !== undefined && syntax !== 'aws-config' && syntax !== 'aws-credentials') continue;
    const bytes = await readText(path, sizeLimit('aws-config'));
    const read = bytes.ok ? parseNamed(path, bytes, undefined) : bytes;
    if (!read.ok || read.document.kind !== 'config') continue;
    blocks.push(...usedBlocks(read.document, await surroundingsOf(path, read.document, read.file)));
  }
  return blocks;
}

function shownPath(path: string): string {
  return relative(process.cwd(), path) || path;
}

function severityNamed(name: string): Severity {
  const severity = severities.find((candidate) => candidate === name);
  if (severity === undefined) throw new UsageError(`--fail-on must be one of ${severities.join(', ')}, never, not "${name}".`);
  return severity;
}

interface Input {
  readonly path: string;
  /** By the user, not found in a folder. */
  readonly named: boolean;
}

interface Inputs {
  readonly found: readonly Input[];
  /** Absolute. */
  readonly folders: readonly string[];
}

/** Without a path: the current folder and the user's AWS config. */
async function inputs(paths: readonly string[]): Promise<Inputs> {
  const own = awsFiles(process.env).config;
  const wanted = paths.length > 0 ? paths : ['.', ...((await infoOf(own))?.isFile() ? [own] : [])];
  const found = new Map<string, Input>();
  const folders: string[] = [];
  for (const path of wanted) {
    const isFolder = (await infoOf(path))?.isDirectory() === true;
    if (isFolder) folders.push(resolve(path));
    for (const file of isFolder ? await filesBelow(path).catch(() => [path]) : [path])
      found.set(resolve(file), { path: file, named: !isFolder });
  }
  return { found: [...found.values()], folders };
}

function infoOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}

/** `problem` goes on after the file's name. */
type Result =
  | { readonly ok: true; readonly value: ProjectLint & { readonly text: string }; readonly problem: string | undefined }
  | { readonly ok: false; readonly problem: string };

type Knowledge = Required<Pick<LintContext, 'facts' | 'uses'>>;

/**
 * Of each project: the facts of its files and of the workspace, which is all that is linted, and what the roles are used for.
 *
 * @param live what IAM itself has said.
 * @param blocks of what is linted.
 */
async function knowledgeOf(
  found: readonly Input[],
  projects: Projects,
  live: readonly FactsSource[],
  blocks: readonly EmrBlock[],
): Promise<(project: Project) => Knowledge> {
  const declared: Declarations[] = [];
  const own = awsFiles(process.env).config;
  const ownBlocks = found.some(({ path }) => resolve(path) === own) ? [] : await blocksIn([own]);
  for (const { path } of found) {
    const absolute = resolve(path);
    // Its project is found too.
    const { path: projectPath, factsFiles } = await projects.of(path);
    const syntax = syntaxOf(absolute);
    const isJson = syntax === 'json' || syntax === 'jsonc';
    if (!isJson || absolute === projectPath || factsFiles.includes(absolute)) continue;
    const file = await readJsonText(path);
    if (file.ok) declared.push(declarationsIn(file.text, pathToFileURL(absolute).href, basename(path)));
  }
  const all = await projects.all();
  const workspace = workspaceFacts([...all.map((project) => project.declared), ...declared]);
  const known = new Map<Project, Knowledge>();
  return (project) => {
    const last = known.get(project);
    if (last !== undefined) return last;
    const facts = accountFacts([...project.sources, ...live, ...(workspace === undefined ? [] : [workspace])]);
    const knowledge = { facts, uses: roleUses([...blocks, ...ownBlocks], facts, project.roleKinds) };
    known.set(project, knowledge);
    return knowledge;
  };
}

async function lintFile(path: string, project: Project, known: Knowledge, fix: boolean, aroundScripts: typeof ownFiles): Promise<Result> {
  const root = project.rootPolicy(path);
  const bytes = await readText(path, sizeLimit(syntaxOf(resolve(path)) ?? 'aws-config'));
  const read = bytes.ok ? parseNamed(path, bytes, root) : bytes;
  if (!read.ok) return { ok: false, problem: `not checked: ${read.reason}` };
  let { document } = read;
  if (document.kind === 'refused') return { ok: false, problem: `not checked: ${document.reason}` };
  const surroundings =
    document.kind === 'config'
      ? await surroundingsOf(path, document, read.file)
      : document.kind === 'launch' && document.launches.length > 0
        ? await aroundScripts()
        : undefined;
  const catalog = needsCatalog(document, known.facts) ? await loadCatalog() : undefined;
  let around: LintContext = { settings: project.settings, ...known, catalog, surroundings, ignore: project.ignore(path) };
  // Text that is not UTF-8 cannot be written back as it was.
  const { encoding } = read.file;
  if (fix && (encoding === 'utf-8' || encoding === 'utf-8-with-mark')) {
    document = fixed(document, around, root);
    if (surroundings !== undefined && !document.text.startsWith('\ufeff'))
      around = { ...around, surroundings: { ...surroundings, encoding: 'utf-8' } };
    const mark = document.kind === 'json' && encoding === 'utf-8-with-mark' ? '\ufeff' : '';
    if (document.text !== read.file.text) await writeFile(path, `${mark}${document.text}`);
  }
  const problem = document.kind === 'json' && document.isBroken ? 'checked in part: it is not valid JSON' : undefined;
  // The lines of findings are shown: none may show a credential.
  const text =
    document.kind === 'config'
      ? withoutSecrets(document.text, document.config)
      : document.kind === 'launch'
        ? withoutPasswords(document.text)
        : document.text;
  return { ok: true, value: { text, ...lintInProject(document, around) }, problem };
}

/** Each round may make room for fixes that touched each other; ten are more than ever needed. */
function fixed(document: Document, context: LintContext, root: RootPolicy | undefined): Document {
  let current = document;
  for (let round = 0; round < 10 && current.kind !== 'refused'; round++) {
    const edits = safeEdits(lint(current, context));
    if (edits.length === 0) break;
    current = parseDocument(applyEdits(current.text, edits), current.syntax, root);
  }
  return current;
}
