// What stands beside a config file on the machine that it is read on. Only an edge can tell; of what it does not tell, nothing is said.

import type { ConfigDocument } from './document';

/** How the bytes of a file are written; the AWS CLI reads `utf-8` and nothing else. */
export type Encoding = 'utf-8' | 'utf-8-with-mark' | 'utf-16' | 'not-utf-8';

/** Of a private key: ssh refuses one that others may read. */
export type KeyPairFile = 'fine' | 'missing' | 'open-to-others';

export interface Surroundings {
  /** Of the file on disk. */
  readonly encoding?: Encoding | undefined;
  /** The credentials file beside a config file, or the config file beside a credentials file. */
  readonly other?: ConfigDocument | undefined;
  /** Around a script: what the AWS CLI of this machine reads. */
  readonly aws?: { readonly config: ConfigDocument; readonly credentials: ConfigDocument | undefined } | undefined;
  /** By the text of `key_pair_file`. */
  readonly keyPairFiles: ReadonlyMap<string, KeyPairFile>;
}

export const noSurroundings: Surroundings = { keyPairFiles: new Map() };
