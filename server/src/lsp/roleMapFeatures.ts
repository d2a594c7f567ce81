// The role map of a profile: made in the core, its links led to places in files.

import { type CodeLens, CodeLensRequest, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type ConfigDocument, sizeLimit } from '../core/document';
import { type MapLink, nodesOf, type RoleMapContext, roleMap } from '../core/emr/roleMap';
import { roleMapMermaid } from '../core/emr/roleMapMermaid';
import { roleMapList, roleMapPicture, roleMapSvg } from '../core/emr/roleMapSvg';
import type { FactsSource } from '../core/facts/facts';
import type { OpenConfig } from './configFeatures';
import { toRange } from './convert';
import {
  launchCommandCommand,
  type RoleMapLink,
  type RoleMapParams,
  type RoleMapResult,
  roleMapRequest,
  showRoleMapCommand,
} from './protocol';
import { baseName } from './runtime';

interface RoleMapHost {
  /** An open config file. */
  open(uri: string): OpenConfig | undefined;
  /** A config file as the user sees it, with what it is judged by. */
  config(uri: string): Promise<ReadConfig | undefined>;
  /** The text of any file as the user sees it. */
  text(uri: string, limit: number): Promise<string | undefined>;
}

export interface ReadConfig {
  readonly document: ConfigDocument;
  readonly context: RoleMapContext;
  /** The URI of the file beside it. */
  readonly otherUri: string | undefined;
  uriOf(source: FactsSource): string | undefined;
}

export function answerRoleMap(connection: Connection, host: RoleMapHost): void {
  connection.onRequest(roleMapRequest, async ({ uri, profile }: RoleMapParams): Promise<RoleMapResult> => {
    const config = await host.config(uri);
    const map = config && roleMap(config.document, profile, config.context);
    if (config === undefined || map === undefined)
      throw new ResponseError(LSPErrorCodes.RequestFailed, `${baseName(uri)} has no profile "${profile}" any more.`);
    const texts = new Map<string, Promise<string | undefined>>();
    const links = nodesOf(map).map(({ link }) => (link === undefined ? null : wireLink(link, uri, config, host, texts)));
    return {
      title: map.title,
      picture: roleMapPicture(map),
      list: roleMapList(map),
      svg: roleMapSvg(map),
      mermaid: roleMapMermaid(map),
      links: await Promise.all(links),
    };
  });

  connection.onRequest(CodeLensRequest.type, ({ textDocument: { uri } }): CodeLens[] => {
    const config = host.open(uri);
    if (config === undefined) return [];
    // A block of [DEFAULT] is that of every profile.
    const seen = new Set<unknown>();
    const blocks = config.parsed.emrBlocks.filter(({ setting }) => !seen.has(setting) && seen.add(setting));
    return blocks.flatMap(({ setting, profile }) =>
      [
        { title: 'Generate launch command', command: launchCommandCommand },
        { title: 'Show role map', command: showRoleMapCommand },
      ].map((command) => ({
        range: toRange(config.document, setting.key.span),
        command: { ...command, arguments: [{ uri, profile } satisfies RoleMapParams] },
      })),
    );
  });
}

async function wireLink(
  link: MapLink,
  uri: string,
  { document, context, otherUri, uriOf }: ReadConfig,
  host: RoleMapHost,
  texts: Map<string, Promise<string | undefined>>,
): Promise<RoleMapLink | null> {
  switch (link.kind) {
    case 'config': {
      const isHere = link.file === document.file;
      const text = isHere ? document.text : context.surroundings?.other?.text;
      const file = isHere ? uri : otherUri;
      return text === undefined || file === undefined ? null : { uri: file, range: toRange(textDocument(text), link.span) };
    }
    case 'place': {
      const { place } = link;
      const reading = texts.get(place.uri) ?? host.text(place.uri, sizeLimit('json'));
      texts.set(place.uri, reading);
      const text = await reading;
      return text === undefined ? { uri: place.uri } : { uri: place.uri, range: toRange(textDocument(text), place.span) };
    }
    case 'facts': {
      const file = uriOf(link.source);
      return file === undefined ? null : { uri: file, member: { name: link.member, value: link.value } };
    }
  }
}

function textDocument(text: string): TextDocument {
  return TextDocument.create('', '', 0, text);
}
