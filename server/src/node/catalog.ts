// The packed service data, which lie beside the bundles.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackedCatalog } from '../core/catalog/catalog';

/** Nothing for a damaged installation: the rules that need the data are then silent. */
export async function readCatalog(): Promise<PackedCatalog | undefined> {
  try {
    return JSON.parse(await readFile(join(__dirname, 'catalog.json'), 'utf8'));
  } catch {
    return undefined;
  }
}
