// The only mapping between the core and the language server protocol.

import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  type DocumentSymbol,
  type Range,
  SymbolKind,
  type TextEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Refactoring } from '../core/features/statementPlace';
import type { OutlineSymbol } from '../core/features/symbols';
import type { Finding, Severity } from '../core/finding';
import { ruleById } from '../core/rules/index';
import type { Edit, Span } from '../core/text';
import type { DiagnosticData } from './protocol';

const diagnosticSource = 'EMR IAM';
export const fixAllKind = `${CodeActionKind.SourceFixAll}.emrIam`;

const severityOf: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export const refactoringKind: Readonly<Record<Refactoring['kind'], CodeActionKind>> = {
  inline: CodeActionKind.RefactorInline,
  extract: CodeActionKind.RefactorExtract,
  rewrite: CodeActionKind.RefactorRewrite,
};

export function toSpan(document: TextDocument, { start, end }: Range): Span {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

export function toRange(document: TextDocument, { start, end }: Span): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

export function toTextEdit(document: TextDocument, { span, newText }: Edit): TextEdit {
  return { range: toRange(document, span), newText };
}

const symbolKinds: Readonly<Record<OutlineSymbol['kind'], SymbolKind>> = {
  profile: SymbolKind.Module,
  section: SymbolKind.Namespace,
  block: SymbolKind.Object,
  setting: SymbolKind.Property,
  policy: SymbolKind.Module,
  statement: SymbolKind.Object,
};

export function toSymbol(document: TextDocument, { name, detail, kind, span, selection, children }: OutlineSymbol): DocumentSymbol {
  return {
    name,
    ...(detail === '' ? {} : { detail }),
    kind: symbolKinds[kind],
    range: toRange(document, span),
    selectionRange: toRange(document, selection),
    children: children.map((child) => toSymbol(document, child)),
  };
}

export function toDiagnostic(document: TextDocument, finding: Finding, withRelated: boolean): Diagnostic {
  const { rule, severity, span, message, fixes, related } = finding;
  const data: DiagnosticData = {
    version: document.version,
    fixes: fixes.map(({ title, kind, edits }) => ({ title, kind, edits: edits.map((edit) => toTextEdit(document, edit)) })),
  };
  const link = ruleById.get(rule)?.docs.references[0];
  return {
    range: toRange(document, span),
    severity: severityOf[severity],
    source: diagnosticSource,
    code: rule,
    ...(link === undefined ? {} : { codeDescription: { href: link } }),
    message,
    ...(withRelated && related.length > 0
      ? {
          relatedInformation: related.map((place) => ({
            location: { uri: document.uri, range: toRange(document, place.span) },
            message: place.message,
          })),
        }
      : {}),
    data,
  };
}

export function toCodeActions(document: TextDocument, diagnostic: Diagnostic, { fixes }: DiagnosticData): CodeAction[] {
  return fixes.map(({ title, kind, edits }, i) => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    isPreferred: i === 0 && kind === 'safe',
    edit: toWorkspaceEdit(document, edits),
  }));
}

/** With the version, so that a client refuses edits of an old text. */
export function toWorkspaceEdit(document: TextDocument, edits: DiagnosticData['fixes'][number]['edits']): NonNullable<CodeAction['edit']> {
  return { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits: [...edits] }] };
}

/** What came back from the client as `Diagnostic.data`; anything else is not ours. */
export function isDiagnosticData(data: unknown): data is DiagnosticData {
  if (typeof data !== 'object' || data === null || !('version' in data) || !('fixes' in data)) return false;
  return typeof data.version === 'number' && Array.isArray(data.fixes);
}

/** For an editor that filters by what is typed: a role that is written as its ARN is found by its name and by its ARN. */
export function filterOf(label: string, newText: string): { readonly filterText?: string } {
  return newText.includes('arn:') && !label.includes('arn:') ? { filterText: `${label} ${newText}` } : {};
}
