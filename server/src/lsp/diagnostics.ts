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

export interface Answer {
  readonly diagnostics: readonly Diagnostic[];
  /** The same for the same text, settings and facts. */
  readonly resultId: string;
}

/** Nothing if the text that was looked at is no longer the current one, or the request was cancelled. */
export type Diagnose = (uri: string, token?: CancellationToken) => Promise<Answer | undefined>;

export function pullDiagnostics(connection: Connection, diagnose: Diagnose, canRefresh: boolean): DiagnosticsService {
  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
    const answer = await diagnose(textDocument.uri, token);
    if (answer === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    const { diagnostics, resultId } = answer;
    if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...diagnostics] };
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
    const answer = await diagnose(uri);
    // What was edited or closed meanwhile has its own push, or needs none.
    if (answer === undefined || version === undefined || documents.get(uri)?.version !== version) return;
    await connection.sendDiagnostics({ uri, version, diagnostics: [...answer.diagnostics] });
  };
  documents.onDidChangeContent(({ document }) => background(push(document.uri)));
  documents.onDidClose(({ document }) => background(connection.sendDiagnostics({ uri: document.uri, diagnostics: [] })));
  return {
    refresh() {
      for (const { uri } of documents.all()) background(push(uri));
    },
  };
}

/** What a client refuses, or a connection that has gone away no longer takes, must not end the server. */
export function background(work: PromiseLike<unknown> | undefined): void {
  void work?.then(undefined, () => undefined);
}
