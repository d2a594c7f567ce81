// The language server's machine: files of this computer.

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Shell } from '../core/emr/shell';
import { type FileResult, isSkippedFolder, mayDeclareRoles, type Runtime } from '../lsp/runtime';
import { awsFiles, homeOf, otherAwsFile, untilde } from './awsFiles';
import { readCatalog, readDescriptions } from './catalog';
import { type Failure, keyPairFile, leadingOut, nearestFiles, readParts, readText } from './files';
import { live } from './live';

export const shellHere: Shell = process.platform === 'win32' ? 'powershell' : 'posix';

export function nodeRuntime(env: NodeJS.ProcessEnv): Runtime {
  const home = homeOf(env);
  return {
    awsConfig: pathToFileURL(awsFiles(env).config).href,
    shell: shellHere,
    catalog: readCatalog,
    descriptions: readDescriptions,
    otherAwsFile(uri) {
      const path = pathIn(uri);
      const other = path === undefined ? undefined : otherAwsFile(path, env);
      return other === undefined ? undefined : pathToFileURL(other).href;
    },
    keyPairFile: (path) => keyPairFile(path, home),
    resolve(path, folder) {
      const base = folder === undefined ? undefined : pathIn(folder);
      const expanded = untilde(path, home);
      if (base === undefined && resolve(expanded) !== expanded) return undefined;
      return pathToFileURL(resolve(base ?? '/', expanded)).href;
    },
    live,
    async read(uri, limit, stamp, within) {
      const found = await find(uri, stamp, within);
      if (!('path' in found)) return found;
      const file = await readText(found.path, limit);
      return file.ok ? { state: 'text', text: file.text, encoding: file.encoding, stamp: found.stamp } : failed(file);
    },
    async readParts(uri, limit, begin, stamp, within) {
      const found = await find(uri, stamp, within);
      if (!('path' in found)) return found;
      const file = await readParts(found.path, limit, begin);
      return file.ok ? { state: 'read', modified: file.modified, stamp: found.stamp } : failed(file);
    },
    async findFiles(folder, limit) {
      const path = pathIn(folder);
      const found = path === undefined ? [] : await nearestFiles(path, limit, mayDeclareRoles, isSkippedFolder);
      return found.map((file) => pathToFileURL(file).href);
    },
  };
}

type NotRead = Exclude<FileResult, { readonly state: 'text' }>;

function failed({ reason, missing }: Failure): NotRead {
  return { state: 'failed', reason, isMissing: missing };
}

/** Where a file is that may be read, and has changed. */
async function find(
  uri: string,
  stamp: string | undefined,
  within: string | undefined,
): Promise<{ readonly path: string; readonly stamp: string } | NotRead> {
  const path = pathIn(uri);
  const folder = within === undefined ? '' : pathIn(within);
  if (path === undefined || folder === undefined) return { state: 'failed', reason: 'it is not a file of this machine', isMissing: true };
  const refused = folder === '' ? undefined : await leadingOut(folder, path);
  if (refused !== undefined) return { state: 'failed', reason: refused.reason, isMissing: false };
  const now = await stampOf(path);
  return now !== undefined && now === stamp ? { state: 'unchanged' } : { path, stamp: now ?? '' };
}

function pathIn(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

async function stampOf(path: string): Promise<string | undefined> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs}.${size}.${ino}`;
  } catch {
    return undefined;
  }
}
