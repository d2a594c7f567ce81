// What the files of the workspace declare: read in the background, and again when they have changed.

import { type Declarations, noDeclarations } from '../core/facts/declarations';
import { type PolicyFile, policyFilesOf, projectDeclarations } from '../core/facts/projectRoles';
import { declarationsIn } from '../core/facts/workspace';
import { projectFileName } from '../core/projectFileName';
import type { ProjectFile, ProjectFiles } from './projectFiles';
import { baseName, type FileResult, mayDeclareRoles, type Runtime, textOf } from './runtime';
import { fileKey, isBelow, pathIn } from './uri';

/** In each folder, beside those that project files name. */
const maxFiles = 2000;
/** In bytes: CloudFormation takes no larger template. */
const maxSize = 1024 * 1024;
const atOnce = 8;

interface WorkspaceFiles {
  /**
   * As far as it is known by now. Each answer is the same object until its file changes.
   *
   * @param open what open documents declare, by `fileKey`: that counts more than the files.
   */
  declarations(open: ReadonlyMap<string, Declarations>): readonly Declarations[];
  /** Sentences about files that project files name. */
  problems(): readonly string[];
  /** Begins to read what has not been read of these. */
  read(folders: readonly string[], project: ProjectFile | undefined): void;
  changed(uris: readonly string[]): void;
  /** All has been read that was begun. */
  settled(): Promise<void>;
}

interface File {
  readonly stamp: string;
  readonly declared: Declarations;
}

interface OfProject {
  readonly folder: string;
  readonly project: ProjectFile['project'];
  readonly declared: Declarations;
  readonly problems: readonly string[];
  /** The keys of the files that it names. */
  readonly names: ReadonlySet<string>;
}

/** @param onNews is called when the files declare something else than before. */
export function workspaceFiles(runtime: Runtime, projects: ProjectFiles, onNews: () => void): WorkspaceFiles {
  const files = new Map<string, File>();
  const ofProjects = new Map<string, OfProject>();
  const folders = new Set<string>();
  let work: Promise<void> = Promise.resolve();
  let hasNews = false;

  const later = (next: () => Promise<unknown>): void => {
    work = work.then(next).then(
      () => {
        if (hasNews) onNews();
        hasNews = false;
      },
      () => undefined,
    );
  };

  const readFile = async (uri: string): Promise<void> => {
    if (isProjectFile(uri)) return readProject(uri.slice(0, uri.lastIndexOf('/')), false);
    const last = files.get(fileKey(uri));
    if (last === undefined && files.size >= maxFiles * folders.size) return;
    take(uri, await runtime.read(uri, maxSize, last?.stamp));
  };

  const take = (uri: string, result: FileResult): void => {
    if (result.state === 'unchanged') return;
    const key = fileKey(uri);
    const last = files.get(key);
    const text = textOf(result);
    const declared = changedFrom(last?.declared, text === undefined ? noDeclarations : declarationsIn(text, uri, baseName(uri)));
    if (result.state === 'text') files.set(key, { stamp: result.stamp, declared });
    else files.delete(key);
  };

  /** Whether a file may declare something, and so has been or will be read for that. */
  const isSought = (uri: string): boolean => {
    const folder = [...folders].find((candidate) => isBelow(uri, candidate));
    return folder !== undefined && mayDeclareRoles(pathIn(folder, uri));
  };

  const readPolicy = async (uri: string, within: string): Promise<FileResult> => {
    const result = await runtime.read(uri, maxSize, undefined, within);
    if (isSought(uri)) take(uri, result);
    return result;
  };

  /** @param isStale whether its policies are to be read even if the project file has not changed. */
  const readProject = async (folder: string, isStale: boolean): Promise<void> => {
    const uri = `${folder}/${projectFileName}`;
    const key = fileKey(uri);
    const file = await projects.nearest(uri, folder);
    const last = ofProjects.get(key);
    if (file !== undefined && file.project === last?.project && !isStale) return;
    const next = file && (await declaredBy(file, uri, runtime.resolve, readPolicy));
    const declared = changedFrom(last?.declared, next?.declared ?? noDeclarations);
    if (next === undefined) ofProjects.delete(key);
    else ofProjects.set(key, { ...next, declared });
  };

  /** The last, if they say the same. */
  const changedFrom = (last: Declarations = noDeclarations, next: Declarations): Declarations => {
    if (next === last || JSON.stringify(next) === JSON.stringify(last)) return last;
    hasNews = true;
    return next;
  };

  const leave = (folder: string): void => {
    folders.delete(folder);
    for (const known of [files, ofProjects]) {
      for (const key of known.keys()) if (isBelow(key, fileKey(folder))) known.delete(key);
    }
  };

  return {
    declarations(open) {
      const closed = [...files].flatMap(([key, { declared }]) => (open.has(key) ? [] : [declared]));
      const all = [...[...ofProjects.values()].map(({ declared }) => declared), ...open.values(), ...closed];
      return all.filter((declared) => declared !== noDeclarations);
    },
    problems: () => [...ofProjects.values()].flatMap(({ problems }) => problems),
    read(wanted, project) {
      for (const folder of folders) if (!wanted.includes(folder)) leave(folder);
      // Project files first: of the policies that they name it is then known what they declare.
      if (project !== undefined && ofProjects.get(fileKey(`${project.folder}/${projectFileName}`))?.project !== project.project)
        later(() => readProject(project.folder, false));
      for (const folder of wanted) {
        if (folders.has(folder)) continue;
        folders.add(folder);
        later(async () => {
          const found = await runtime.findFiles(folder, maxFiles);
          for (const uri of found.filter(isProjectFile)) await readFile(uri);
          const others = found.filter((uri) => !isProjectFile(uri));
          for (let i = 0; i < others.length; i += atOnce) await Promise.all(others.slice(i, i + atOnce).map(readFile));
        });
      }
    },
    changed(uris) {
      if (folders.size + ofProjects.size === 0) return;
      later(async () => {
        const keys = new Set(uris.map(fileKey));
        for (const uri of uris) if (isSought(uri)) await readFile(uri);
        for (const { folder, names } of [...ofProjects.values()]) {
          if ([...names].some((name) => keys.has(name))) await readProject(folder, true);
        }
      });
    },
    settled: () => work,
  };
}

function isProjectFile(uri: string): boolean {
  return baseName(uri) === projectFileName;
}

async function declaredBy(
  { folder, project }: ProjectFile,
  uri: string,
  resolve: Runtime['resolve'],
  read: (uri: string, within: string) => Promise<FileResult>,
): Promise<OfProject> {
  const problems: string[] = [];
  const found = new Map<string, PolicyFile>();
  for (const path of policyFilesOf(project)) {
    const at = resolve(path, folder);
    if (at === undefined) continue;
    const result = await read(at, folder);
    const text = textOf(result);
    if (text === undefined) {
      const reason = result.state === 'failed' ? result.reason : 'it is not UTF-8 text';
      problems.push(`${path}: not used as a policy of a role: ${reason}.`);
    }
    found.set(path, { uri: at, text });
  }
  const isEmpty = project.roles.length + project.instanceProfiles.length === 0;
  const declared = isEmpty ? noDeclarations : projectDeclarations(project, uri, (path) => found.get(path));
  return { folder, project, declared, problems, names: new Set([...found.values()].map((file) => fileKey(file.uri))) };
}
