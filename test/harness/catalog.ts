// The service data that ship.

import { readFileSync } from 'node:fs';
import { type Catalog, createCatalog, type PackedCatalog, type PackedDescriptions } from '../../server/src/core/catalog/catalog';
import { inRepository } from './repository';

export function packedCatalog(): PackedCatalog {
  return JSON.parse(readFileSync(inRepository('dist/catalog.json'), 'utf8'));
}

export function packedDescriptions(): PackedDescriptions {
  return JSON.parse(readFileSync(inRepository('dist/descriptions.json'), 'utf8'));
}

let made: Catalog | undefined;

export function catalog(): Catalog {
  made ??= createCatalog(packedCatalog());
  return made;
}
