// The project files of the files that are linted: the nearest one counts, from a file's folder upwards.

import { lstat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LaunchPreset } from '../core/emr/launchPreset';
import type { RoleKind } from '../core/emr/roleKind';
import type { Declarations } from '../core/facts/declarations';
import type { FactsSource } from '../core/facts/facts';
import { type PolicyFile, policyFilesOf, projectDeclarations } from '../core/facts/projectRoles';
import type { Finding } from '../core/finding';
import { entriesFor } from '../core/ignore';
import type { ProjectLint } from '../core/lint';
import type { RootPolicy } from '../core/policy/policy';
import {
  emptyProject,
  type IgnoreEntry,
  maxProjectSize,
  parseProject,
  projectFindings,
  roleKindsIn,
  rootPolicyAt,
  settingsIn,
} from '../core/project';
import { projectFileName } from '../core/projectFileName';
import { ruleIds } from '../core/rules/index';
import { defaultSettings, type Settings } from '../core/settings';
import { lineIndex } from '../core/text';
import { listed } from '../core/words';
import { leadingOut, readJsonText } from '../node/files';
import { readFacts } from './inputs';
import { type Output, UsageError } from './output';

/** What holds for the files of one project, or for those of none. */
export interface Project {
  /** Missing for those of none. */
  readonly path: string | undefined;
  readonly text: string;
  readonly settings: Settings;
  /** Of the files with facts. */
  readonly sources: readonly FactsSource[];
  /** What its file says of roles. */
  readonly declared: Declarations;
  /** By the names of roles in lower case. */
  readonly roleKinds: ReadonlyMap<string, RoleKind>;
  /** Absolute. */
  readonly factsFiles: readonly string[];
  /** Whether its file, and every file that it names, could be read and understood. */
  readonly isWhole: boolean;
  rootPolicy(file: string): RootPolicy | undefined;
  ignore(file: string): readonly IgnoreEntry[];
  /** @param result of a file; nothing for one that could not be checked. */
  note(file: string, result: ProjectLint | undefined): void;
  /** @param folders that were linted as a whole. */
  findings(folders: readonly string[]): readonly Finding[];
}

export interface Projects {
  of(file: string): Promise<Project>;
  /** Those that were found. */
  all(): Promise<readonly Project[]>;
}

/** @param factsFiles of the command line; they take the place of every project's. */
export function projectsFor(factsFiles: readonly string[], output: Output): Projects {
  const given = factsFiles.length > 0 ? readNamedFacts(factsFiles, output) : undefined;
  const none = openProject(undefined, given, output);
  const byFolder = new Map<string, Promise<Project>>();
  const inFolder = (folder: string): Promise<Project> => {
    const known = byFolder.get(folder) ?? find(folder);
    byFolder.set(folder, known);
    return known;
  };
  const find = async (folder: string): Promise<Project> => {
    const path = join(folder, projectFileName);
    if (await exists(path)) return openProject(path, given, output);
    const next = await above(folder);
    return next === undefined ? none : inFolder(next);
  };
  return {
    of: (file) => inFolder(dirname(resolve(file))),
    all: async () => [...new Set([await none, ...(await Promise.all(byFolder.values()))])],
  };
}

/** The launch of the project that the folder is in. */
export async function launchPreset(name: string, folder: string, output: Output): Promise<LaunchPreset> {
  for (let at: string | undefined = resolve(folder); at !== undefined; at = await above(at)) {
    const path = join(at, projectFileName);
    if (!(await exists(path))) continue;
    const { text, project, problems } = await readProject(path, output);
    const preset = project.launches.find((one) => one.name === name);
    if (preset !== undefined) return preset;
    for (const { span, message } of problems) output.err(`${path}:${lineIndex(text).position(span.start).line + 1}: ${message}`);
    const names = project.launches.map((one) => one.name);
    throw new UsageError(`${path}: there is no launch "${name}"${names.length === 0 ? '.' : `. It has ${listed(names, String, 20)}.`}`);
  }
  throw new UsageError(`There is no launch "${name}": no ${projectFileName} is in this folder, or above it.`);
}

/** Where the search goes on: not beyond the folder that holds `.git`. */
async function above(folder: string): Promise<string | undefined> {
  const next = dirname(folder);
  return next === folder || (await exists(join(folder, '.git'))) ? undefined : next;
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

type NamedFacts = Awaited<ReturnType<typeof readFacts>> & Pick<Project, 'factsFiles'>;

async function readNamedFacts(paths: readonly string[], output: Output, within?: string): Promise<NamedFacts> {
  return { ...(await readFacts(paths, output, within)), factsFiles: paths.map((path) => resolve(path)) };
}

async function openProject(path: string | undefined, given: Promise<NamedFacts> | undefined, output: Output): Promise<Project> {
  const folder = path === undefined ? '' : dirname(path);
  const { text, project, problems, isRead } = path === undefined ? noProject : await readProject(path, output);
  const named = project.factsFiles.map((file) => resolve(folder, file));
  const { sources, failed, factsFiles } = await (given ?? readNamedFacts(named, output, folder));
  const policies = await readPolicies(policyFilesOf(project), folder, output);
  const used = new Set<IgnoreEntry>();
  const unused = new Set<IgnoreEntry>();
  const undecided = new Set<IgnoreEntry>();
  const ignore = (file: string): readonly IgnoreEntry[] => entriesFor(project.ignore, inside(folder, file));
  return {
    path,
    text,
    settings: settingsIn(project, defaultSettings),
    sources,
    declared: projectDeclarations(project, pathToFileURL(path ?? '').href, (file) => policies.get(file)),
    roleKinds: roleKindsIn(project),
    factsFiles,
    isWhole: isRead && !failed && problems.length === 0 && [...policies.values()].every((file) => file.text !== undefined),
    rootPolicy: (file) => rootPolicyAt(project, inside(folder, file)),
    ignore,
    note(file, result) {
      for (const entry of result?.used ?? []) used.add(entry);
      for (const entry of result?.unused ?? []) unused.add(entry);
      for (const entry of result?.undecided ?? ignore(file)) undecided.add(entry);
    },
    findings(folders) {
      // Of a part of the project, the silence says nothing.
      const isLinted = folders.some((candidate) =>
        `${folder}${sep}`.startsWith(candidate.endsWith(sep) ? candidate : `${candidate}${sep}`),
      );
      const stale = isLinted ? project.ignore.filter((entry) => unused.has(entry) && !used.has(entry) && !undecided.has(entry)) : [];
      return projectFindings(problems, stale);
    },
  };
}

/** By their paths from the folder. */
async function readPolicies(files: readonly string[], folder: string, output: Output): Promise<ReadonlyMap<string, PolicyFile>> {
  const found = new Map<string, PolicyFile>();
  for (const file of files) {
    const path = resolve(folder, file);
    const read = (await leadingOut(folder, path)) ?? (await readJsonText(path));
    if (!read.ok) output.err(`${path}: not used as a policy of a role: ${read.reason}.`);
    found.set(file, { uri: pathToFileURL(path).href, text: read.ok ? read.text : undefined });
  }
  return found;
}

const noProject = { text: '', project: emptyProject, problems: [], isRead: true };

async function readProject(path: string, output: Output): Promise<ReturnType<typeof parseProject> & { text: string; isRead: boolean }> {
  const file = (await leadingOut(dirname(path), path)) ?? (await readJsonText(path, maxProjectSize));
  if (file.ok) return { ...parseProject(file.text, ruleIds), text: file.text, isRead: true };
  output.err(`${path}: not used: ${file.reason}.`);
  return { ...noProject, isRead: false };
}

/** A file's path as globs see it. */
function inside(folder: string, file: string): string {
  return relative(folder, resolve(file)).split(sep).join('/');
}
