// Files as the command line and the language server read them: any path may name anything, and every way to fail has a sentence.

import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { maxSize, syntaxOf } from '../core/document';

export type FileText =
  | { readonly ok: true; readonly text: string; readonly hasMark: boolean }
  /** `reason` goes on after a file's name: "it is a folder". */
  | { readonly ok: false; readonly reason: string; readonly missing: boolean };

/** @param limit in bytes. The text comes without its byte-order mark, as editors show it. */
export async function readText(path: string, limit = maxSize): Promise<FileText> {
  const fail = (reason: string, missing = false): FileText => ({ ok: false, reason, missing });
  let bytes: Buffer;
  try {
    const info = await stat(path);
    if (info.isDirectory()) return fail('it is a folder');
    // A pipe or a device may never end.
    if (!info.isFile()) return fail('it is not a regular file');
    if (info.size > limit) return fail(`it is larger than ${Math.round(limit / 1024 / 1024)} MB`);
    bytes = await readFile(path);
  } catch (error) {
    return fail(whyUnreadable(error), errorCode(error) === 'ENOENT');
  }
  if (bytes.includes(0)) return fail('it is not text (it has NUL bytes)');
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), hasMark };
  } catch {
    return fail('it is not UTF-8 text');
  }
}

const sentences: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'reading it is not permitted',
  EPERM: 'reading it is not permitted',
  ELOOP: 'its links go round in a circle',
  ENOTDIR: 'a part of its path is not a folder',
  ENAMETOOLONG: 'its path is too long',
};

function whyUnreadable(error: unknown): string {
  const code = errorCode(error);
  return sentences[code] ?? `it cannot be read (${code})`;
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

/** The regular files below a folder whose names say that they may hold something for us, sorted; links are not followed. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !isSkipped(entry.name)) found.push(...(await filesBelow(path).catch(() => [])));
    if (entry.isFile() && syntaxOf(resolve(path)) !== undefined) found.push(path);
  }
  return found;
}

/** Hidden folders and installed packages, but not the `.aws` folder. */
function isSkipped(name: string): boolean {
  return name === 'node_modules' || (name.startsWith('.') && name !== '.aws');
}

/** The config and credentials files of the AWS CLI (botocore, session.py: AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE). */
export function awsFiles(env: NodeJS.ProcessEnv): { readonly config: string; readonly credentials: string } {
  const home = env['HOME'] ?? env['USERPROFILE'] ?? homedir();
  const at = (variable: string | undefined, name: string): string => resolve(untilde(variable || join('~', '.aws', name), home));
  return { config: at(env['AWS_CONFIG_FILE'], 'config'), credentials: at(env['AWS_SHARED_CREDENTIALS_FILE'], 'credentials') };
}

/** `~` at the start stands for the home folder. */
export function untilde(path: string, home: string): string {
  return /^~(?=$|[\\/])/.test(path) && !isAbsolute(path) ? join(home, path.slice(1)) : path;
}
