// The language server's machine: files of this computer.

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Runtime } from '../lsp/runtime';
import { readCatalog, readDescriptions } from './catalog';
import { awsFiles, homeOf, keyPairFile, leadingOut, otherAwsFile, readText, untilde } from './files';

export function nodeRuntime(env: NodeJS.ProcessEnv): Runtime {
  const home = homeOf(env);
  return {
    awsConfig: pathToFileURL(awsFiles(env).config).href,
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
    async read(uri, limit, stamp, within) {
      const path = pathIn(uri);
      const folder = within === undefined ? '' : pathIn(within);
      if (path === undefined || folder === undefined)
        return { state: 'failed', reason: 'it is not a file of this machine', isMissing: true };
      const refused = folder === '' ? undefined : await leadingOut(folder, path);
      if (refused !== undefined) return { state: 'failed', reason: refused.reason, isMissing: false };
      const now = await stampOf(path);
      if (now !== undefined && now === stamp) return { state: 'unchanged' };
      const file = await readText(path, limit);
      return file.ok
        ? { state: 'text', text: file.text, encoding: file.encoding, stamp: now ?? '' }
        : { state: 'failed', reason: file.reason, isMissing: file.missing };
    },
  };
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
