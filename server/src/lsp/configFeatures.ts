// What editors ask about config files beside diagnostics. Each answer is made from the current text.

import {
  type CancellationToken,
  CodeLensRequest,
  type CompletionItem,
  CompletionItemKind,
  CompletionRequest,
  type Connection,
  DefinitionRequest,
  DocumentFormattingRequest,
  type DocumentSelector,
  DocumentSymbolRequest,
  type FoldingRange,
  FoldingRangeKind,
  FoldingRangeRequest,
  type Location,
  LSPErrorCodes,
  MarkupKind,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  ResponseError,
  SemanticTokensBuilder,
  SemanticTokensRegistrationType,
  SemanticTokensRequest,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ConfigDocument } from '../core/document';
import { type Completion, completions } from '../core/features/completion';
import { foldingRanges } from '../core/features/folding';
import { format } from '../core/features/format';
import { definition, type NamePlace, nameAt, references, rename } from '../core/features/profileNames';
import { roleNameIn } from '../core/features/roleNames';
import { symbols } from '../core/features/symbols';
import { semanticTokens, tokenModifiers, tokenTypes } from '../core/features/tokens';
import type { LintContext } from '../core/lint';
import { noSurroundings } from '../core/surroundings';
import { filterOf, toRange, toSymbol, toTextEdit } from './convert';
import { type PolicyFeatures, policyCompletionOptions } from './policyFeatures';
import type { RoleFeatures } from './roleFeatures';
import { type ScriptFeatures, scriptCompletionOptions } from './scriptFeatures';

/** An open config file. */
export interface OpenConfig {
  readonly document: TextDocument;
  readonly parsed: ConfigDocument;
}

export interface ConfigHost {
  /** Nothing for a text that is no config file. */
  open(uri: string): OpenConfig | undefined;
  /** With what it is judged by. */
  look(uri: string, token: CancellationToken): Promise<(OpenConfig & { readonly context: LintContext }) | undefined>;
  /** The URI of the file beside it. */
  otherUri(uri: string): string | undefined;
}

const completionKinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  section: CompletionItemKind.Module,
  setting: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  role: CompletionItemKind.Constant,
  profile: CompletionItemKind.Reference,
};

const completionTriggers = ['[', '=', ' '];
const completionOptions = { triggerCharacters: completionTriggers };
const semanticTokensOptions = { legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] }, full: true };
const renameOptions = { prepareProvider: true };

/** For a client that cannot be told later which documents they are for. */
export const staticCapabilities: ServerCapabilities = {
  completionProvider: {
    ...policyCompletionOptions,
    triggerCharacters: [
      ...new Set([...completionTriggers, ...policyCompletionOptions.triggerCharacters, ...scriptCompletionOptions.triggerCharacters]),
    ],
  },
  definitionProvider: true,
  referencesProvider: true,
  renameProvider: renameOptions,
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  documentFormattingProvider: true,
  semanticTokensProvider: semanticTokensOptions,
};

/** For config files alone: JSON has formatters and outlines of its own. */
export async function registerConfigFeatures(
  connection: Connection,
  documentSelector: DocumentSelector,
  hasCommands: boolean,
): Promise<void> {
  const options = { documentSelector };
  await Promise.all([
    connection.client.register(CompletionRequest.type, { ...options, ...completionOptions }),
    connection.client.register(DefinitionRequest.type, options),
    connection.client.register(ReferencesRequest.type, options),
    connection.client.register(RenameRequest.type, { ...options, ...renameOptions }),
    connection.client.register(DocumentSymbolRequest.type, options),
    connection.client.register(FoldingRangeRequest.type, options),
    connection.client.register(DocumentFormattingRequest.type, options),
    connection.client.register(SemanticTokensRegistrationType.type, { ...options, ...semanticTokensOptions }),
    // A lens is a command of the client's.
    ...(hasCommands ? [connection.client.register(CodeLensRequest.type, options)] : []),
  ]);
}

/** @param policies what is asked of JSON documents too, and answered there, as scripts are by theirs. */
export function answerConfigFeatures(
  connection: Connection,
  host: ConfigHost,
  policies: PolicyFeatures,
  scripts: ScriptFeatures,
  roles: RoleFeatures,
): void {
  connection.onRequest(DocumentSymbolRequest.type, ({ textDocument }) => {
    const config = host.open(textDocument.uri);
    return config === undefined
      ? policies.symbols(textDocument.uri)
      : symbols(config.parsed).map((symbol) => toSymbol(config.document, symbol));
  });

  connection.onRequest(FoldingRangeRequest.type, ({ textDocument }) => {
    const config = host.open(textDocument.uri);
    return config === undefined ? [] : toFoldingRanges(config);
  });

  connection.onRequest(SemanticTokensRequest.type, ({ textDocument }) => {
    const config = host.open(textDocument.uri);
    return config === undefined ? { data: [] } : encodedTokens(config);
  });

  connection.onRequest(DocumentFormattingRequest.type, ({ textDocument, options: { insertSpaces, tabSize } }) => {
    const config = host.open(textDocument.uri);
    const indentation = insertSpaces ? ' '.repeat(Math.min(Math.max(tabSize, 1), 16)) : '\t';
    return config === undefined ? [] : format(config.parsed, { indentation }).map((edit) => toTextEdit(config.document, edit));
  });

  connection.onRequest(CompletionRequest.type, async ({ textDocument, position }, token) => {
    if (scripts.isOpen(textDocument.uri)) return scripts.complete(textDocument.uri, position, token);
    if (host.open(textDocument.uri) === undefined) return policies.complete(textDocument.uri, position, token);
    const config = await host.look(textDocument.uri, token);
    if (config === undefined) return [];
    const { document, parsed, context } = config;
    const found = completions(parsed, document.offsetAt(position), context.facts, context.surroundings ?? noSurroundings, Date.now());
    return found.map((completion, index) => toCompletion(document, completion, index));
  });

  connection.onRequest(DefinitionRequest.type, async ({ textDocument, position }, token) => {
    if (host.open(textDocument.uri) === undefined) return policies.definition(textDocument.uri, position);
    const config = await host.look(textDocument.uri, token);
    if (config === undefined) return [];
    const { document, parsed, context } = config;
    const role = roleNameIn(parsed, document.offsetAt(position));
    if (role !== undefined) return roles.definition(role);
    return toLocations(host, config, definition(parsed, document.offsetAt(position), context.surroundings ?? noSurroundings));
  });

  connection.onRequest(ReferencesRequest.type, async ({ textDocument, position, context: { includeDeclaration } }, token) => {
    if (host.open(textDocument.uri) === undefined) return policies.references(textDocument.uri, position, includeDeclaration);
    const config = await host.look(textDocument.uri, token);
    if (config === undefined) return [];
    const { document, parsed, context } = config;
    const role = roleNameIn(parsed, document.offsetAt(position));
    if (role !== undefined) return roles.references(role, includeDeclaration);
    const around = context.surroundings ?? noSurroundings;
    return toLocations(host, config, references(parsed, document.offsetAt(position), around, includeDeclaration));
  });

  connection.onRequest(PrepareRenameRequest.type, ({ textDocument, position }) => {
    const config = host.open(textDocument.uri);
    const name = config && nameAt(config.parsed, config.document.offsetAt(position));
    return config === undefined || name === undefined ? null : { range: toRange(config.document, name.span), placeholder: name.text };
  });

  connection.onRequest(RenameRequest.type, async ({ textDocument, position, newName }, token) => {
    const config = await host.look(textDocument.uri, token);
    if (config === undefined) return null;
    const { document, parsed, context } = config;
    const result = rename(parsed, document.offsetAt(position), newName, context.surroundings ?? noSurroundings);
    if (!result.ok) return new ResponseError(LSPErrorCodes.RequestFailed, result.reason);
    const other = otherDocument(host, config);
    const files = [
      [document, result.here, document.version] as const,
      ...(other === undefined ? [] : [[other, result.other, null] as const]),
    ];
    return {
      documentChanges: files
        .filter(([, edits]) => edits.length > 0)
        .map(([file, edits, version]) => ({
          textDocument: { uri: file.uri, version },
          edits: edits.map((edit) => toTextEdit(file, edit)),
        })),
    };
  });
}

function otherDocument(host: ConfigHost, { document, context }: OpenConfig & { readonly context: LintContext }): TextDocument | undefined {
  const uri = host.otherUri(document.uri);
  const text = context.surroundings?.other?.text;
  return uri === undefined || text === undefined ? undefined : TextDocument.create(uri, '', 0, text);
}

function toLocations(host: ConfigHost, config: OpenConfig & { readonly context: LintContext }, places: readonly NamePlace[]): Location[] {
  const other = otherDocument(host, config);
  return places.flatMap(({ file, span }) => {
    const document = file === 'here' ? config.document : other;
    return document === undefined ? [] : [{ uri: document.uri, range: toRange(document, span) }];
  });
}

function toFoldingRanges({ document, parsed }: OpenConfig): FoldingRange[] {
  return foldingRanges(parsed).flatMap(({ span, kind }) => {
    const { start, end } = toRange(document, span);
    if (start.line === end.line) return [];
    return [{ startLine: start.line, endLine: end.line, kind: kind === 'comment' ? FoldingRangeKind.Comment : FoldingRangeKind.Region }];
  });
}

function encodedTokens({ document, parsed }: OpenConfig): { data: number[] } {
  const builder = new SemanticTokensBuilder();
  for (const { span, type, modifier } of semanticTokens(parsed)) {
    const { line, character } = document.positionAt(span.start);
    const modifiers = modifier === undefined ? 0 : 1 << tokenModifiers.indexOf(modifier);
    builder.push(line, character, span.end - span.start, tokenTypes.indexOf(type), modifiers);
  }
  return { data: builder.build().data };
}

function toCompletion(document: TextDocument, { label, detail, documentation, kind, edit }: Completion, index: number): CompletionItem {
  return {
    label,
    kind: completionKinds[kind],
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    ...filterOf(label, edit.newText),
    // In the order of the tables, where what is written most stands first.
    sortText: String(index).padStart(4, '0'),
    textEdit: toTextEdit(document, edit),
  };
}
