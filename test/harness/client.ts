// A real client connection to the real server over streams in memory, as an editor would make it. Only the machine's files are made up.

import { PassThrough } from 'node:stream';
import { createConnection } from 'vscode-languageserver/node';
import {
  type CodeAction,
  CodeActionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  type Hover,
  HoverRequest,
  InitializedNotification,
  type InitializeParams,
  InitializeRequest,
  type InitializeResult,
  LogMessageNotification,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Range,
  type Registration,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver-protocol/node';
import { type FileResult, inOnePart, type Live, mayDeclareRoles, type Runtime } from '../../server/src/lsp/runtime';
import { startServer } from '../../server/src/lsp/server';
import { packedCatalog, packedDescriptions } from './catalog';

/** Files by URI; change them at will. A text that begins with `link:` is a link to a URI. */
export type Files = Map<string, string>;

export interface Client {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** Pushed by the server, in order. */
  readonly published: PublishDiagnosticsParams[];
  readonly logged: string[];
  readonly registered: string[];
  /** The options of the registrations, by method. */
  readonly registrations: Map<string, unknown>;
  /** In order; a method may be registered for several kinds of documents. */
  readonly allRegistrations: Registration[];
  /** What `workspace/configuration` answers; change it and say so with `settingsChanged`. */
  settings: unknown;
  /** How often the server asked for the settings. */
  settingsAsked: number;
  /** While set, the server waits for its settings. */
  holdSettings: Promise<void> | undefined;
  open(uri: string, text: string, languageId?: string): Promise<void>;
  change(uri: string, version: number, changes: TextDocumentContentChangeEvent[]): Promise<void>;
  close(uri: string): Promise<void>;
  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  diagnostics(uri: string): Promise<Diagnostic[]>;
  /** At the first diagnostic, if no range is given. */
  actions(uri: string, diagnostics: Diagnostic[], only?: string[], range?: Range): Promise<CodeAction[]>;
  hover(uri: string, line: number, character: number): Promise<Hover | null>;
  stop(): Promise<void>;
}

export const folder = 'file:///project';

export async function startClient(
  files: Files,
  capabilities: InitializeParams['capabilities'],
  settings: unknown = {},
  initializationOptions?: unknown,
  live?: Live,
): Promise<Client> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  startServer(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)), runtimeOver(files, live));
  const connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  return connect(connection, capabilities, settings, initializationOptions);
}

/** To a server at the other end of the connection, whatever that is. */
export async function connect(
  connection: ProtocolConnection,
  capabilities: InitializeParams['capabilities'],
  settings: unknown = {},
  initializationOptions?: unknown,
): Promise<Client> {
  const published: PublishDiagnosticsParams[] = [];
  const logged: string[] = [];
  const registered: string[] = [];
  const registrations = new Map<string, unknown>();
  const allRegistrations: Registration[] = [];
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => void published.push(params));
  connection.onNotification(LogMessageNotification.type, ({ message }) => void logged.push(message));
  connection.onRequest(RegistrationRequest.type, (params) => {
    allRegistrations.push(...params.registrations);
    for (const { method, registerOptions } of params.registrations) {
      registered.push(method);
      registrations.set(method, registerOptions);
    }
  });
  connection.onRequest(ConfigurationRequest.type, async ({ items }) => {
    client.settingsAsked++;
    await client.holdSettings;
    return items.map(() => client.settings);
  });
  connection.listen();
  const workspaceFolders = [{ uri: folder, name: 'work' }];
  const params: InitializeParams = { processId: null, rootUri: folder, workspaceFolders, capabilities, initializationOptions };
  const initialized = await connection.sendRequest(InitializeRequest.type, params);
  await connection.sendNotification(InitializedNotification.type, {});
  const client: Client = {
    connection,
    initialized,
    published,
    logged,
    registered,
    registrations,
    allRegistrations,
    settings,
    settingsAsked: 0,
    holdSettings: undefined,
    open: (uri, text, languageId = 'json') =>
      connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId, version: 1, text } }),
    change: (uri, version, contentChanges) =>
      connection.sendNotification(DidChangeTextDocumentNotification.type, { textDocument: { uri, version }, contentChanges }),
    close: (uri) => connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
    pull: (uri, previousResultId) =>
      connection.sendRequest(DocumentDiagnosticRequest.type, {
        textDocument: { uri },
        ...(previousResultId === undefined ? {} : { previousResultId }),
      }),
    async diagnostics(uri) {
      const report = await client.pull(uri);
      return report.kind === 'full' ? report.items : [];
    },
    async actions(uri, diagnostics, only, given) {
      const range = given ?? diagnostics[0]?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
      const context = { diagnostics, ...(only === undefined ? {} : { only }) };
      const answer = await connection.sendRequest(CodeActionRequest.type, { textDocument: { uri }, range, context });
      return (answer ?? []).filter((action): action is CodeAction => 'edit' in action);
    },
    hover: (uri, line, character) => connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position: { line, character } }),
    async stop() {
      await connection.sendRequest(ShutdownRequest.type);
      // No exit notification: the server would end this very process.
      connection.dispose();
    },
  };
  return client;
}

export const awsConfig = 'file:///home/u/.aws/config';

/** A machine with these files alone. */
export function runtimeOver(files: Files, live?: Live): Runtime {
  const read = async (uri: string, _limit: number, stamp?: string, within?: string): Promise<FileResult> => {
    const target = /^link:(.*)$/.exec(files.get(uri) ?? '')?.[1];
    if (target !== undefined && within !== undefined && !target.startsWith(`${within}/`))
      return { state: 'failed', reason: 'a link leads out of the folder', isMissing: false };
    const text = files.get(target ?? uri);
    if (text === undefined) return { state: 'failed', reason: 'it does not exist', isMissing: true };
    return text === stamp
      ? { state: 'unchanged' }
      : { state: 'text', text, encoding: text.startsWith('\ufeff') ? 'utf-8-with-mark' : 'utf-8', stamp: text };
  };
  return {
    live,
    awsConfig,
    shell: 'posix',
    catalog: async () => packedCatalog(),
    descriptions: async () => packedDescriptions(),
    otherAwsFile: (uri) => (/\.aws\/config$/.test(uri) ? uri.replace(/config$/, 'credentials') : uri.replace(/credentials$/, 'config')),
    keyPairFile: async (path) => (path.startsWith('~') ? 'missing' : undefined),
    resolve: (path, base) => (path.startsWith('/') ? `file://${path}` : base === undefined ? undefined : `${base}/${path}`),
    read,
    readParts: inOnePart(read),
    findFiles: async (top, limit) =>
      [...files.keys()].filter((uri) => uri.startsWith(`${top}/`) && mayDeclareRoles(uri.slice(top.length + 1))).slice(0, limit),
  };
}

/** Waits for something that another process or a later turn brings about; the test's own deadline ends it. */
export async function until(what: string, probe: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!probe()) {
    if (Date.now() > deadline) throw new Error(`still waiting for ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
