// Diagnostics reach the client in one of two ways: it pulls them where it can, else they are pushed. Never both.

import {
  type CancellationToken,
  type Connection,
  type Diagnostic,
  DocumentDiagnosticReportKind,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

export interface DiagnosticsService {
  /** Something other than a text has changed: settings or facts. */
  refresh(): void;
}

/** Nothing if there is no such text any more. */
export type Diagnose = (uri: string, token?: CancellationToken) => Promise<readonly Diagnostic[] | undefined>;

export function pullDiagnostics(connection: Connection, diagnose: Diagnose, canRefresh: boolean): DiagnosticsService {
  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
    const items = [...((await diagnose(textDocument.uri, token)) ?? [])];
    const resultId = digest(JSON.stringify(items));
    if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  });
  return {
    refresh() {
      if (canRefresh) background(connection.languages.diagnostics.refresh());
    },
  };
}

export function pushDiagnostics(connection: Connection, documents: TextDocuments<TextDocument>, diagnose: Diagnose): DiagnosticsService {
  const push = async (uri: string): Promise<void> => {
    const version = documents.get(uri)?.version;
    const found = await diagnose(uri);
    // What was edited or closed meanwhile has its own push, or needs none.
    if (found === undefined || version === undefined || documents.get(uri)?.version !== version) return;
    await connection.sendDiagnostics({ uri, version, diagnostics: [...found] });
  };
  documents.onDidChangeContent(({ document }) => background(push(document.uri)));
  documents.onDidClose(({ document }) => background(connection.sendDiagnostics({ uri: document.uri, diagnostics: [] })));
  return {
    refresh() {
      for (const { uri } of documents.all()) background(push(uri));
    },
  };
}

/** The id of a result is made from the result alone, so that it is right whatever has changed: text, settings or facts (FNV-1a). */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `${text.length}.${(hash >>> 0).toString(36)}`;
}

/** What a client refuses, or a connection that has gone away no longer takes, must not end the server. */
export function background(work: PromiseLike<unknown> | undefined): void {
  void work?.then(undefined, () => undefined);
}
