// From the names of roles and instance profiles to where the workspace declares them, and back.

import type { Location } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ConfigDocument } from '../core/document';
import type { Declarations } from '../core/facts/declarations';
import type { Place } from '../core/facts/facts';
import { declaredNameAt, declaredPlaces, type RoleName, roleDefinition, roleUsesIn } from '../core/features/roleNames';
import { toRange } from './convert';
import { fileKey } from './uri';

interface RoleHost {
  /** What the workspace declares, once all of it is read. */
  declarations(): Promise<readonly Declarations[]>;
  /** The text of a file, as the user sees it. */
  text(uri: string): Promise<TextDocument | undefined>;
  /** Those that are open, and the user's own. */
  configs(): Promise<readonly { readonly uri: string; readonly parsed: ConfigDocument }[]>;
}

export interface RoleFeatures {
  definition(name: RoleName): Promise<Location[]>;
  references(name: RoleName, withDeclarations: boolean): Promise<Location[]>;
  /** What is declared at a place of an open file. */
  nameAt(document: TextDocument, offset: number): Promise<RoleName | undefined>;
}

export function roleFeatures(host: RoleHost): RoleFeatures {
  const locations = async (places: readonly Place[]): Promise<Location[]> => {
    const texts = new Map<string, TextDocument | undefined>();
    for (const uri of new Set(places.map((place) => place.uri))) texts.set(uri, await host.text(uri));
    return places.flatMap(({ uri, span }) => {
      const document = texts.get(uri);
      return document === undefined ? [] : [{ uri: document.uri, range: toRange(document, span) }];
    });
  };
  return {
    definition: async (name) => locations(roleDefinition(name, await host.declarations())),
    async references(name, withDeclarations) {
      const configs = await host.configs();
      const uses = configs.flatMap(({ uri, parsed }) => roleUsesIn(name, parsed).map((span) => ({ uri, span })));
      const declared = withDeclarations ? declaredPlaces(name, await host.declarations()) : [];
      return locations([...uses, ...declared]);
    },
    async nameAt({ uri }, offset) {
      const key = fileKey(uri);
      return declaredNameAt(await host.declarations(), (other) => fileKey(other) === key, offset);
    },
  };
}
