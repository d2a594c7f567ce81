// The service data that ship.

import { readFileSync } from 'node:fs';
import { type Catalog, createCatalog, type PackedCatalog } from '../../server/src/core/catalog/catalog';
import { inRepository } from './repository';

export function packedCatalog(): PackedCatalog {
  return JSON.parse(readFileSync(inRepository('dist/catalog.json'), 'utf8'));
}

let made: Catalog | undefined;

export function catalog(): Catalog {
  made ??= createCatalog(packedCatalog());
  return made;
}
