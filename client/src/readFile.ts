// Files for a server that has none: of the workspace's file system, whichever that is.

import * as vscode from 'vscode';
import {
  declaringFiles,
  type FindFilesParams,
  type ReadFileParams,
  type ReadFileResult,
  skippedFolders,
} from '../../server/src/lsp/protocol';

export async function readFile({ uri, limit, stamp, within }: ReadFileParams): Promise<ReadFileResult> {
  try {
    const file = vscode.Uri.parse(uri, true);
    const stats = await Promise.all(wayTo(file, within).map((step) => vscode.workspace.fs.stat(step)));
    // Where it leads is not to be had here.
    if (within !== undefined && stats.some(({ type }) => (type & vscode.FileType.SymbolicLink) !== 0)) return { state: 'link' };
    const { mtime = 0, size = 0 } = stats.at(-1) ?? {};
    if (size > limit) return { state: 'too-large' };
    const now = mtime === 0 ? '' : `${mtime}.${size}`;
    if (now !== '' && now === stamp) return { state: 'unchanged' };
    const bytes = await vscode.workspace.fs.readFile(file);
    return bytes.length > limit
      ? { state: 'too-large' }
      : { state: 'bytes', bytes, stamp: now, ...(mtime === 0 ? {} : { modified: mtime }) };
  } catch (error) {
    return { state: 'error', code: error instanceof vscode.FileSystemError ? error.code : 'Unknown' };
  }
}

/** `isSkippedFolder` of the server as a pattern. A hidden file in a folder that is not counts. */
const leftOut = `{**/.*/**/*,${skippedFolders.map((folder) => `**/${folder}/**`).join()}}`;

export async function findFiles({ folder, limit }: FindFilesParams): Promise<readonly string[]> {
  const wanted = new vscode.RelativePattern(vscode.Uri.parse(folder, true), `**/*.{${declaringFiles.join()}}`);
  const found = await vscode.workspace.findFiles(wanted, leftOut, limit);
  return found.map((file) => file.toString());
}

/** The folders between a folder and a file below it, outermost first, and the file. */
function wayTo(file: vscode.Uri, within: string | undefined): readonly vscode.Uri[] {
  if (within === undefined) return [file];
  const top = vscode.Uri.parse(within, true).path.replace(/\/$/, '');
  const names = file.path.slice(top.length + 1).split('/');
  return names.map((_, i) => file.with({ path: [top, ...names.slice(0, i + 1)].join('/') }));
}
