// What the server asks of the machine that it runs on.

import type { PackedCatalog, PackedDescriptions } from '../core/catalog/catalog';
import type { Encoding, KeyPairFile } from '../core/surroundings';

export type FileResult =
  /** `text` with its byte-order mark, and with U+FFFD for what is no text. */
  | { readonly state: 'text'; readonly text: string; readonly encoding: Encoding; readonly stamp: string }
  | { readonly state: 'unchanged' }
  /** `reason` goes on after the file's name: "it does not exist". */
  | { readonly state: 'failed'; readonly reason: string; readonly isMissing: boolean };

export interface Runtime {
  /** The URI of the config file that the AWS CLI of this machine would read, whether it exists or not. */
  readonly awsConfig: string;
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
