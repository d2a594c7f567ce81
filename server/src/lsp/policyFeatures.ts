// What editors ask about policies in JSON beside diagnostics, hovers and code actions. Other servers answer for JSON too: these answers
// are about policies, and about roles that the file declares, alone, and every other JSON file gets none.

import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  CompletionRequest,
  CompletionResolveRequest,
  type Connection,
  DefinitionRequest,
  type DocumentSymbol,
  DocumentSymbolRequest,
  InsertTextFormat,
  InsertTextMode,
  type Location,
  LSPErrorCodes,
  MarkupKind,
  type Position,
  ReferencesRequest,
  ResponseError,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Catalog, Descriptions } from '../core/catalog/catalog';
import type { JsonDocument } from '../core/document';
import { describeCompletion, mayBeginPolicy, type PolicyCompletion, policyCompletions } from '../core/features/policyCompletion';
import { policySymbols } from '../core/features/policySymbols';
import type { RoleName } from '../core/features/roleNames';
import type { PolicyKind } from '../core/policy/policy';
import { toSymbol, toTextEdit } from './convert';
import type { RoleFeatures } from './roleFeatures';

/** An open JSON document. */
interface OpenJson {
  readonly document: TextDocument;
  readonly parsed: JsonDocument;
}

export interface PolicyHost {
  /** Nothing for a text that is not JSON. */
  open(uri: string): OpenJson | undefined;
  /** Of a bare policy, by settings and project. */
  kindOf(uri: string): Promise<PolicyKind | undefined>;
  pathOf(uri: string): string;
  catalog(): Promise<Catalog | undefined>;
  descriptions(): Promise<Descriptions | undefined>;
  /** Whether the editor knows tab stops. */
  hasSnippets(): boolean;
}

export interface PolicyFeatures {
  symbols(uri: string): DocumentSymbol[];
  complete(uri: string, position: Position, token: CancellationToken): Promise<CompletionList | []>;
  /** Of the role or instance profile that the file declares there. */
  definition(uri: string, position: Position): Promise<Location[]>;
  references(uri: string, position: Position, withDeclarations: boolean): Promise<Location[]>;
}

/** A quote begins a string, a colon ends the prefix of a service. */
export const policyCompletionOptions = { triggerCharacters: ['"', ':'], resolveProvider: true };

/** Where users edit: not in old sides of comparisons, nor in the settings of the editor. */
/** @param schemes of the URIs of files. */
export async function registerPolicyFeatures(connection: Connection, schemes: readonly string[]): Promise<void> {
  const documentSelector = [...schemes, 'untitled'].flatMap((scheme) => ['json', 'jsonc'].map((language) => ({ scheme, language })));
  await Promise.all([
    connection.client.register(CompletionRequest.type, { documentSelector, ...policyCompletionOptions }),
    // JSON has an outline of its own; editors that show both tell them apart by the label.
    connection.client.register(DocumentSymbolRequest.type, { documentSelector, label: 'IAM policies' }),
    connection.client.register(DefinitionRequest.type, { documentSelector }),
    connection.client.register(ReferencesRequest.type, { documentSelector }),
  ]);
}

export function policyFeatures(connection: Connection, host: PolicyHost, roles: RoleFeatures): PolicyFeatures {
  const roleAt = async (uri: string, position: Position): Promise<RoleName | undefined> => {
    const json = host.open(uri);
    return json && roles.nameAt(json.document, json.document.offsetAt(position));
  };

  connection.onRequest(CompletionResolveRequest.type, async (item) => {
    const data: unknown = item.data;
    if (!isCompletionData(data)) return item;
    const [catalog, descriptions] = await Promise.all([host.catalog(), host.descriptions()]);
    const value = catalog && descriptions && describeCompletion(data.kind, item.label, catalog, descriptions);
    return value === undefined ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value } };
  });

  return {
    symbols(uri) {
      const json = host.open(uri);
      return json === undefined ? [] : policySymbols(json.parsed).map((symbol) => toSymbol(json.document, symbol));
    },

    async definition(uri, position) {
      const role = await roleAt(uri, position);
      return role === undefined ? [] : roles.definition(role);
    },

    async references(uri, position, withDeclarations) {
      const role = await roleAt(uri, position);
      return role === undefined ? [] : roles.references(role, withDeclarations);
    },

    async complete(uri, position, token) {
      const json = host.open(uri);
      if (json === undefined) return [];
      const { document } = json;
      const { version } = document;
      const file = { text: document.getText(), path: host.pathOf(uri) };
      if (!mayBeginPolicy(file.text)) return [];
      const [rootKind, catalog] = await Promise.all([host.kindOf(uri), host.catalog()]);
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      // The position is one of the text as it was.
      if (host.open(uri)?.document.version !== version) throw new ResponseError(LSPErrorCodes.ContentModified, 'The text has changed.');
      const { items, isIncomplete } = policyCompletions({ ...file, rootKind }, document.offsetAt(position), catalog);
      return { isIncomplete, items: items.map((completion, index) => toItem(document, completion, index, host.hasSnippets())) };
    },
  };
}

const itemKinds: Readonly<Record<PolicyCompletion['kind'], CompletionItemKind>> = {
  element: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  service: CompletionItemKind.Module,
  action: CompletionItemKind.Function,
  pattern: CompletionItemKind.Operator,
  resource: CompletionItemKind.Reference,
  operator: CompletionItemKind.Operator,
  key: CompletionItemKind.Field,
  principal: CompletionItemKind.Constant,
  skeleton: CompletionItemKind.Snippet,
};

interface CompletionData {
  readonly kind: PolicyCompletion['kind'];
}

function isCompletionData(data: unknown): data is CompletionData {
  return typeof data === 'object' && data !== null && Object.hasOwn(itemKinds, String(Reflect.get(data, 'kind')));
}

function toItem(document: TextDocument, completion: PolicyCompletion, index: number, hasSnippets: boolean): CompletionItem {
  const { label, detail, kind, edit, snippet, also, goesOn } = completion;
  const data: CompletionData = { kind };
  const isSnippet = snippet !== undefined && hasSnippets;
  return {
    label,
    kind: itemKinds[kind],
    ...(detail === undefined ? {} : { detail }),
    // Those that are most likely meant stand first.
    sortText: String(index).padStart(4, '0'),
    textEdit: toTextEdit(document, isSnippet ? { ...edit, newText: snippet } : edit),
    ...(isSnippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    // The lines are indented already.
    insertTextMode: InsertTextMode.asIs,
    ...(also.length === 0 ? {} : { additionalTextEdits: also.map((change) => toTextEdit(document, change)) }),
    ...(goesOn && hasSnippets ? { command: { title: 'Suggest', command: 'editor.action.triggerSuggest' } } : {}),
    ...(kind === 'action' || kind === 'key' ? { data } : {}),
  };
}
