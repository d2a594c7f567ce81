// Files as the command line and the language server read them: any path may name anything, and every way to fail has a sentence.

import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { sizeLimit, syntaxOf } from '../core/document';
import type { Encoding, KeyPairFile } from '../core/surroundings';
import { decode } from '../lsp/decode';
import { untilde } from './awsFiles';

/** `reason` goes on after a file's name: "it is a folder". */
export interface Failure {
  readonly ok: false;
  readonly reason: string;
  readonly missing: boolean;
}
export interface FileText {
  readonly ok: true;
  /** With its byte-order mark, and with U+FFFD for what is no text. */
  readonly text: string;
  readonly encoding: Encoding;
}

const fail = (reason: string, missing = false): Failure => ({ ok: false, reason, missing });

/** @param limit in bytes. */
export function readText(path: string, limit: number): Promise<FileText | Failure> {
  return reading(path, (file) => readWhole(file, limit));
}

async function reading<T>(path: string, read: (file: FileHandle) => Promise<T | Failure>): Promise<T | Failure> {
  try {
    const info = await stat(path);
    if (info.isDirectory()) return fail('it is a folder');
    // A pipe or a device may never end; opened without waiting, in case it has just taken the place of a file.
    if (!info.isFile()) return fail(notRegular);
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      return await read(file);
    } finally {
      await file.close();
    }
  } catch (error) {
    return fail(whyUnreadable(error), errorCode(error) === 'ENOENT');
  }
}

const notRegular = 'it is not a regular file';

function whyNotRead(info: Stats, limit: number): Failure | undefined {
  if (!info.isFile()) return fail(notRegular);
  return info.size > limit ? fail(`it is larger than ${Math.round(limit / 1024 / 1024)} MB`) : undefined;
}

/** Never more than the limit, and only what nobody was writing meanwhile. */
async function readWhole(file: FileHandle, limit: number): Promise<FileText | Failure> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const before = await file.stat();
    const refused = whyNotRead(before, limit);
    if (refused !== undefined) return refused;
    const bytes = Buffer.allocUnsafe(before.size + 1);
    let length = 0;
    for (let got = -1; got !== 0 && length < bytes.length; length += got) {
      got = (await file.read(bytes, length, bytes.length - length, length)).bytesRead;
    }
    const after = await file.stat();
    if (length === before.size && after.mtimeMs === before.mtimeMs) return { ok: true, ...decode(bytes.subarray(0, length)) };
  }
  return fail('it changes while it is read');
}

/**
 * UTF-8 text, part by part, without its byte-order mark.
 *
 * @param begin is called for each attempt: a file that changes while it is read is read again.
 */
export async function readParts(
  path: string,
  limit: number,
  begin: () => (part: string) => void,
): Promise<{ readonly ok: true; readonly modified: number } | Failure> {
  return reading(path, async (file) => {
    const bytes = Buffer.allocUnsafe(1024 * 1024);
    for (let attempt = 0; attempt < 3; attempt++) {
      const before = await file.stat();
      const refused = whyNotRead(before, limit);
      if (refused !== undefined) return refused;
      const push = begin();
      const decoder = new TextDecoder('utf-8', { fatal: true });
      let length = 0;
      try {
        for (let got = -1; got !== 0 && length <= before.size; length += got) {
          got = (await file.read(bytes, 0, bytes.length, length)).bytesRead;
          const part = decoder.decode(bytes.subarray(0, got), { stream: got !== 0 });
          if (part.includes('\0')) return fail('it is not text (it has NUL bytes)');
          push(part);
        }
      } catch (error) {
        if (error instanceof TypeError) return fail('it is not UTF-8 text');
        throw error;
      }
      const after = await file.stat();
      if (length === before.size && after.mtimeMs === before.mtimeMs) return { ok: true, modified: before.mtimeMs };
    }
    return fail('it changes while it is read');
  });
}

const maxLinks = 40;

/**
 * A failure if a link on the way from a folder to a path below it leads out of the folder. No link is followed before it is known to
 * stay inside: on Windows, asking for a file of another machine sends it the user's credentials.
 */
export async function leadingOut(folder: string, path: string): Promise<Failure | undefined> {
  const out = fail('a link in its path leads out of the folder of the project file');
  // The folder itself may be reached by links: who opened it chose that.
  const top = await realpath(folder).catch(() => folder);
  const left = relative(folder, path).split(sep);
  let current = top;
  let links = 0;
  for (let name = left.shift(); name !== undefined; name = left.shift()) {
    const next = join(current, name);
    if (!isBelow(top, next)) return out;
    const target = await readlink(next).catch(() => undefined);
    if (target === undefined) current = next;
    else if (++links > maxLinks) return fail('its links go round in a circle');
    else if (!isAbsolute(target)) left.unshift(...target.split(sep));
    else if (!isBelow(top, resolve(target))) return out;
    else {
      left.unshift(...relative(top, resolve(target)).split(sep));
      current = top;
    }
  }
  return undefined;
}

/** Or the folder itself. */
function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Of a file that must be JSON: without its byte-order mark, as editors show it. */
export async function readJsonText(path: string, limit = sizeLimit('json')): Promise<FileText | Failure> {
  const file = await readText(path, limit);
  return file.ok ? asJsonText(file) : file;
}

export function asJsonText(file: FileText): FileText | Failure {
  if (file.encoding === 'utf-16' || file.encoding === 'not-utf-8') return fail('it is not UTF-8 text');
  if (file.text.includes('\0')) return fail('it is not text (it has NUL bytes)');
  return { ...file, text: file.text.replace(/^\ufeff/, '') };
}

/**
 * The state of a private key that a config file names; nothing where it cannot be told: a relative path depends on where the AWS CLI
 * runs, and a path of another machine must not be asked for.
 */
export async function keyPairFile(path: string, home: string): Promise<KeyPairFile | undefined> {
  const absolute = untilde(path, home);
  if (!isAbsolute(absolute) || /^[\\/]{2}/.test(absolute) || path.includes('\0')) return undefined;
  try {
    const info = await stat(absolute);
    if (!info.isFile()) return undefined;
    // Windows has no such permissions. On a POSIX system, ssh refuses a key that its group or anybody may use (OpenSSH, authfile.c).
    return process.platform !== 'win32' && (info.mode & 0o077) !== 0 ? 'open-to-others' : 'fine';
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? 'missing' : undefined;
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

export function errorCode(error: unknown): string {
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

/** A workspace may be a whole home folder. */
const mostFolders = 5000;

/**
 * The regular files below a folder that are wanted, breadth first, so that of too many the nearest are found; links are not followed.
 *
 * @param isWanted of a name.
 */
export async function nearestFiles(
  top: string,
  limit: number,
  isWanted: (name: string) => boolean,
  isLeftOut: (folder: string) => boolean,
): Promise<string[]> {
  const folders = [top];
  const found: string[] = [];
  for (let i = 0; i < folders.length && i < mostFolders && found.length < limit; i++) {
    const folder = folders[i] ?? top;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.isDirectory() && !isLeftOut(entry.name)) folders.push(join(folder, entry.name));
      if (entry.isFile() && isWanted(entry.name) && found.length < limit) found.push(join(folder, entry.name));
    }
  }
  return found;
}

/** Hidden folders and installed packages, but not the `.aws` folder and that of workflows. */
function isSkipped(name: string): boolean {
  return name === 'node_modules' || (name.startsWith('.') && name !== '.aws' && name !== '.github');
}
