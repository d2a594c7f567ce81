// The language server's machine where it is a web worker: no files of its own, so the client reads for it.

import type { Connection } from 'vscode-languageserver';
import { decode } from '../lsp/decode';
import {
  type FindFilesParams,
  findFilesRequest,
  type ReadFileParams,
  type ReadFileResult,
  readFileRequest,
  type ServiceData,
  serviceDataRequest,
} from '../lsp/protocol';
import { type FileResult, inOnePart, type Runtime } from '../lsp/runtime';

/** A `Connection`, or what stands for it. */
type Client = Pick<Connection, 'sendRequest'>;

/** @param userAgent of the browser: it tells the system that commands are pasted on. */
export function webRuntime(client: Client, userAgent: string): Runtime {
  const readWhole: Runtime['read'] = (uri, limit, stamp, within) => read(client, { uri, limit, stamp, within });
  return {
    // No AWS CLI runs there, and no file has this URI.
    awsConfig: 'none:',
    shell: userAgent.includes('Windows') ? 'powershell' : 'posix',
    catalog: () => serviceData(client, 'catalog'),
    descriptions: () => serviceData(client, 'descriptions'),
    otherAwsFile(uri) {
      const [, folder, name] = /^(.*\/\.aws\/)(config|credentials)$/.exec(uri) ?? [];
      return folder === undefined ? undefined : `${folder}${name === 'config' ? 'credentials' : 'config'}`;
    },
    keyPairFile: async () => undefined,
    resolve,
    read: readWhole,
    readParts: inOnePart(readWhole),
    findFiles: (folder, limit) =>
      client.sendRequest<readonly string[]>(findFilesRequest, { folder, limit } satisfies FindFilesParams).catch(() => []),
  };
}

/** Nothing for a damaged installation: the rules that need the data are then silent. */
async function serviceData<T>(client: Client, name: ServiceData): Promise<T | undefined> {
  try {
    return JSON.parse(decode(await client.sendRequest<Uint8Array>(serviceDataRequest, name)).text);
  } catch {
    return undefined;
  }
}

/** An absolute path is one of the file system that the folder is in. */
function resolve(path: string, folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined;
  try {
    // Dot segments are resolved; everything else in a name is text.
    return new URL(path.split('/').map(encodeURIComponent).join('/'), `${folder.replace(/\/$/, '')}/`).href;
  } catch {
    return undefined;
  }
}

const sentences: Readonly<Record<string, string>> = {
  FileNotFound: 'it does not exist',
  FileIsADirectory: 'it is a folder',
  NoPermissions: 'reading it is not permitted',
  Unavailable: 'its file system does not answer',
};

async function read(client: Client, params: ReadFileParams): Promise<FileResult> {
  const fail = (reason: string, isMissing = false): FileResult => ({ state: 'failed', reason, isMissing });
  const { uri, limit, within } = params;
  if (within !== undefined && !uri.startsWith(`${within.replace(/\/$/, '')}/`)) return fail('it is outside the folder of the project file');
  const result = await client.sendRequest<ReadFileResult>(readFileRequest, params).catch(() => undefined);
  switch (result?.state) {
    case undefined:
      return fail('the editor does not read files');
    case 'bytes':
      return { state: 'text', ...decode(result.bytes), stamp: result.stamp, modified: result.modified };
    case 'too-large':
      return fail(`it is larger than ${Math.round(limit / 1024 / 1024)} MB`);
    case 'link':
      return fail('there is a link in its path, and where it leads cannot be told here');
    case 'error':
      return fail(sentences[result.code] ?? `it cannot be read (${result.code})`, result.code === 'FileNotFound');
    case 'unchanged':
      return result;
  }
}
