// The packed service data, which lie beside the bundles.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Catalog, createCatalog, type PackedCatalog, type PackedDescriptions } from '../core/catalog/catalog';

/** Nothing for a damaged installation: the rules that need the data are then silent. */
export function readCatalog(): Promise<PackedCatalog | undefined> {
  return readBeside('catalog.json');
}

let loading: Promise<Catalog | undefined> | undefined;

/** The same, taken apart, and once. */
export function loadCatalog(): Promise<Catalog | undefined> {
  loading ??= readCatalog().then((packed) => packed && createCatalog(packed));
  return loading;
}

export function readDescriptions(): Promise<PackedDescriptions | undefined> {
  return readBeside('descriptions.json');
}

async function readBeside<T>(name: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(join(__dirname, name), 'utf8'));
  } catch {
    return undefined;
  }
}
