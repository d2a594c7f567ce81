// Project files on disk: of those beside and above a file, within its workspace folder, the nearest; read again only when it has changed.

import { emptyProject, maxProjectSize, type Project, parseProject } from '../core/project';
import { projectFileName } from '../core/projectFileName';
import { ruleIds } from '../core/rules/index';
import { lineIndex } from '../core/text';
import { type Runtime, textOf } from './runtime';

export interface ProjectFile {
  /** Of the folder that it lies in. */
  readonly folder: string;
  readonly project: Project;
  /** A sentence each. */
  readonly problems: readonly string[];
}

export interface ProjectFiles {
  /** @param folder the URI of the workspace folder that holds the file. */
  nearest(uri: string, folder: string): Promise<ProjectFile | undefined>;
}

export function projectFiles(runtime: Runtime): ProjectFiles {
  const known = new Map<string, { readonly stamp: string; readonly file: ProjectFile }>();

  const read = async (folder: string): Promise<ProjectFile | undefined> => {
    const uri = `${folder}/${projectFileName}`;
    const last = known.get(uri);
    const result = await runtime.read(uri, maxProjectSize, last?.stamp, folder);
    if (result.state === 'unchanged') return last?.file;
    if (result.state !== 'text') {
      known.delete(uri);
      return result.isMissing ? undefined : unusable(folder, result.reason);
    }
    const text = textOf(result);
    const file = text === undefined ? unusable(folder, 'it is not UTF-8 text') : parsed(folder, text);
    known.set(uri, { stamp: result.stamp, file });
    return file;
  };

  return {
    async nearest(uri, folder) {
      const found = await Promise.all(foldersOf(uri, folder.replace(/\/$/, '')).map(read));
      return found.find((file) => file !== undefined);
    },
  };
}

function parsed(folder: string, text: string): ProjectFile {
  const { project, problems } = parseProject(text, ruleIds);
  const index = lineIndex(text);
  const sentences = problems.map(({ span, message }) => `${projectFileName}:${index.position(span.start).line + 1}: ${message}`);
  return { folder, project, problems: sentences };
}

function unusable(folder: string, reason: string): ProjectFile {
  return { folder, project: emptyProject, problems: [`${projectFileName}: not used: ${reason}.`] };
}

/** From the one that the file lies in up to the workspace folder. */
function foldersOf(uri: string, top: string): readonly string[] {
  const folders: string[] = [];
  for (let cut = uri.lastIndexOf('/'); cut >= top.length; cut = uri.lastIndexOf('/', cut - 1)) folders.push(uri.slice(0, cut));
  return folders;
}
