// The facts files, read when they are first asked for and again when they have changed.

import { type AccountFacts, accountFacts, type FactsSource } from '../core/facts/facts';
import { freshReader, maxSnapshotSize, type SnapshotResult } from '../core/facts/snapshot';
import { baseName, type Runtime } from './runtime';

export interface LoadedFacts {
  readonly facts: AccountFacts;
  readonly problems: readonly string[];
  /** The file of a source. */
  uriOf(source: FactsSource): string | undefined;
}

export interface FactsFile {
  readonly uri: string;
  /** The folder that it must lie in, links or not. */
  readonly within: string | undefined;
}

interface FactsCache {
  /** @param others that are known already. */
  load(files: readonly FactsFile[], others: readonly FactsSource[]): Promise<LoadedFacts>;
}

interface Entry {
  readonly stamp: string;
  readonly result: SnapshotResult;
}

export function factsCache(runtime: Runtime): FactsCache {
  const entries = new Map<string, Entry>();
  let last: { readonly sources: readonly FactsSource[]; readonly facts: AccountFacts } = { sources: [], facts: accountFacts([]) };

  const read = async ({ uri, within }: FactsFile): Promise<Entry['result']> => {
    const known = entries.get(uri);
    const reader = freshReader(baseName(uri));
    const file = await runtime.readParts(uri, maxSnapshotSize, reader.begin, known?.stamp, within);
    if (file.state === 'unchanged' && known !== undefined) return known.result;
    if (file.state !== 'read') {
      entries.delete(uri);
      return { ok: false, reason: file.state === 'failed' ? file.reason : 'it cannot be read' };
    }
    const result = reader.end(file.modified);
    entries.set(uri, { stamp: file.stamp, result });
    return result;
  };

  return {
    async load(files, others) {
      const results = await Promise.all(files.map(read));
      const sources = [...others, ...results.flatMap((result) => (result.ok ? [result.source] : []))];
      const problems = results.flatMap((result, i) =>
        result.ok ? [] : [`${baseName(files[i]?.uri ?? '')}: not used as facts: ${result.reason}.`],
      );
      // The look-up tables are built once for each change of the sources.
      const same = sources.length === last.sources.length && sources.every((source, i) => source === last.sources[i]);
      if (!same) last = { sources, facts: accountFacts(sources) };
      const uris = new Map(results.flatMap((result, i) => (result.ok ? [[result.source, files[i]?.uri] as const] : [])));
      return { facts: last.facts, problems, uriOf: (source) => uris.get(source) };
    },
  };
}
