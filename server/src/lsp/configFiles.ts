// Config files on disk, read again only when they have changed.

import { type ConfigDocument, parseDocument, type Syntax, sizeLimit } from '../core/document';
import type { Encoding } from '../core/surroundings';
import type { Runtime } from './runtime';

interface ConfigFile {
  readonly document: ConfigDocument;
  readonly encoding: Encoding;
}

interface ConfigFiles {
  /** Nothing for what cannot be read. */
  read(uri: string, syntax: Syntax): Promise<ConfigFile | undefined>;
}

export function configFiles(runtime: Runtime): ConfigFiles {
  const known = new Map<string, { readonly stamp: string; readonly file: ConfigFile }>();
  return {
    async read(uri, syntax) {
      const last = known.get(uri);
      const result = await runtime.read(uri, sizeLimit(syntax), last?.stamp);
      if (result.state === 'unchanged') return last?.file;
      const document = result.state === 'text' ? parseDocument(result.text, syntax) : undefined;
      if (result.state !== 'text' || document?.kind !== 'config') {
        known.delete(uri);
        return undefined;
      }
      const file = { document, encoding: result.encoding };
      known.set(uri, { stamp: result.stamp, file });
      return file;
    },
  };
}
