// What the server asks of the machine that it runs on.

import type { PackedCatalog, PackedDescriptions } from '../core/catalog/catalog';
import type { Shell } from '../core/emr/shell';
import type { FactsSource } from '../core/facts/facts';
import type { Encoding, KeyPairFile } from '../core/surroundings';
import { declaringFiles, skippedFolders } from './protocol';

export type FileResult =
  /** `text` with its byte-order mark, and with U+FFFD for what is no text. */
  | {
      readonly state: 'text';
      readonly text: string;
      readonly encoding: Encoding;
      readonly stamp: string;
      readonly modified?: number | undefined;
    }
  | { readonly state: 'unchanged' }
  /** `reason` goes on after the file's name: "it does not exist". */
  | { readonly state: 'failed'; readonly reason: string; readonly isMissing: boolean };

/** What is UTF-8 text, without its byte-order mark. */
export function textOf(result: FileResult): string | undefined {
  if (result.state !== 'text' || (result.encoding !== 'utf-8' && result.encoding !== 'utf-8-with-mark')) return undefined;
  return result.text.replace(/^\ufeff/, '');
}

/** `modified` says when the file was written, in milliseconds since 1970. */
type PartsResult =
  | { readonly state: 'read'; readonly stamp: string; readonly modified: number | undefined }
  | Exclude<FileResult, { readonly state: 'text' }>;

/** By name, by path and name, or by ARN. */
export interface LiveNames {
  readonly roles: readonly string[];
  readonly instanceProfiles: readonly string[];
}

export interface LiveQuestion {
  /** Of the user's AWS config files; its credentials ask. */
  readonly profile: string;
  /** Without them, everything is asked for. */
  readonly names?: LiveNames | undefined;
}

export interface LiveOptions {
  readonly signal?: Stoppable | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
  /** In milliseconds, for everything together. */
  readonly deadline?: number | undefined;
}

/** An AbortSignal, which the compiler does not know here. */
export interface Stoppable {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** `reason` is a sentence. */
export type LiveAnswer = { readonly ok: true; readonly source: FactsSource } | { readonly ok: false; readonly reason: string };

/** Facts from IAM itself. */
export interface Live {
  /** @param keepIn the URI of a folder: the answer is kept there for `recall`. */
  ask(question: LiveQuestion, options: LiveOptions, keepIn?: string): Promise<LiveAnswer>;
  /** The last answer that was kept for the profile. */
  recall(folder: string, profile: string): Promise<FactsSource | undefined>;
  /** Deletes what was kept. */
  forget(folder: string): Promise<void>;
}

export interface Runtime {
  /** Missing where nothing can be asked: in a browser. */
  readonly live?: Live | undefined;

  /** The URI of the config file that the AWS CLI of this machine would read, whether it exists or not. */
  readonly awsConfig: string;
  /** That its terminals have, as far as that can be told. */
  readonly shell: Shell;
  /** The packed service data; nothing where they cannot be had. */
  catalog(): Promise<PackedCatalog | undefined>;
  descriptions(): Promise<PackedDescriptions | undefined>;
  /** The URI of the credentials file beside a config file, and the reverse, whether it exists or not. */
  otherAwsFile(uri: string): string | undefined;
  /** What `key_pair_file` names; nothing where that cannot be told. */
  keyPairFile(path: string): Promise<KeyPairFile | undefined>;
  /** The URI of a path; a relative one needs the URI of a folder. */
  resolve(path: string, folder: string | undefined): string | undefined;
  /**
   * @param limit in bytes. @param stamp of an earlier result, to be told "unchanged".
   * @param within the URI of a folder that no link on the way to the file may lead out of.
   */
  read(uri: string, limit: number, stamp?: string, within?: string): Promise<FileResult>;
  /**
   * The same for a large file of UTF-8 text, in parts.
   *
   * @param begin is called for each attempt: a file that changes while it is read is read again.
   */
  readParts(uri: string, limit: number, begin: () => (part: string) => void, stamp?: string, within?: string): Promise<PartsResult>;
  /** The URIs of the files below a folder that may declare roles, links left out; those nearest to the folder, if there are too many. */
  findFiles(folder: string, limit: number): Promise<readonly string[]>;
}

/** For a machine that reads files as a whole. */
export function inOnePart(read: Runtime['read']): Runtime['readParts'] {
  return async (uri, limit, begin, stamp, within) => {
    const file = await read(uri, limit, stamp, within);
    if (file.state !== 'text') return file;
    const text = textOf(file);
    if (text === undefined) return { state: 'failed', reason: 'it is not UTF-8 text', isMissing: false };
    begin()(text);
    return { state: 'read', stamp: file.stamp, modified: file.modified };
  };
}

/** Whether the file below the folder is one of those. */
export function mayDeclareRoles(path: string): boolean {
  const folders = path.split('/');
  const name = folders.pop() ?? '';
  return declaringFiles.some((end) => name.endsWith(`.${end}`)) && !folders.some(isSkippedFolder);
}

/** Hidden ones among them. */
export function isSkippedFolder(name: string): boolean {
  return name.startsWith('.') || skippedFolders.some((skipped) => skipped === name);
}

/** The last part of a URI's path, for messages. */
export function baseName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
