// What editors ask about create-cluster commands in scripts beside diagnostics, hovers and code actions.

import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  CompletionItemKind,
  CompletionRequest,
  type Connection,
  InsertTextFormat,
  InsertTextMode,
  LSPErrorCodes,
  MarkupKind,
  type Position,
  type Range,
  ResponseError,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type LaunchDocument, scriptLanguages } from '../core/document';
import { type LaunchCompletion, type LaunchCompletionContext, launchCompletions, mayComplete } from '../core/features/launchCompletion';
import { type LaunchRewrite, launchRewrites } from '../core/features/launchRefactor';
import { filterOf, toSpan, toTextEdit, toWorkspaceEdit } from './convert';
import { type ShowShellTextParams, showShellTextCommand } from './protocol';

/** An open script. */
export interface OpenScript {
  readonly document: TextDocument;
  readonly parsed: LaunchDocument;
}

export interface ScriptHost {
  /** Nothing for a text that is no script. */
  open(uri: string): OpenScript | undefined;
  /** What is known around a script, whether there is a whole command in it or not. */
  around(uri: string): Promise<LaunchCompletionContext>;
  readonly abilities: () => {
    /** Whether the editor knows tab stops. */
    readonly snippets: boolean;
    /** Whether it shows actions that cannot be taken, with the reason. */
    readonly disabledActions: boolean;
    /** Whether it has this extension's commands. */
    readonly commands: boolean;
  };
}

export interface ScriptFeatures {
  isOpen(uri: string): boolean;
  complete(uri: string, position: Position, token: CancellationToken): Promise<CompletionItem[]>;
  /** Of the command that the range is in. */
  rewrites(uri: string, range: Range): CodeAction[];
}

/** A dash begins an option, a blank its value; the others are of the shorthand syntax. */
export const scriptCompletionOptions = { triggerCharacters: ['-', ' ', '=', ',', '{', '['] };

/** @param schemes of the URIs of files. */
export async function registerScriptFeatures(connection: Connection, schemes: readonly string[]): Promise<void> {
  const documentSelector = [...schemes, 'untitled'].flatMap((scheme) => scriptLanguages.map((language) => ({ scheme, language })));
  await connection.client.register(CompletionRequest.type, { documentSelector, ...scriptCompletionOptions });
}

export function scriptFeatures(host: ScriptHost): ScriptFeatures {
  return {
    isOpen: (uri) => host.open(uri) !== undefined,

    async complete(uri, position, token) {
      const script = host.open(uri);
      if (script === undefined) return [];
      const { document, parsed } = script;
      const { version } = document;
      const offset = document.offsetAt(position);
      // Most scripts have nothing to do with EMR: nothing is asked or read for them.
      if (!mayComplete(parsed.text, offset)) return [];
      const context = await host.around(uri);
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      // The position is one of the text as it was.
      if (host.open(uri)?.document.version !== version) throw new ResponseError(LSPErrorCodes.ContentModified, 'The text has changed.');
      const items = launchCompletions(parsed.text, parsed.syntax, offset, { ...context, now: Date.now() });
      return items.map((completion, index) => toItem(document, completion, index, host.abilities().snippets));
    },

    rewrites(uri, range) {
      const script = host.open(uri);
      if (script === undefined) return [];
      const { document, parsed } = script;
      const { disabledActions, commands } = host.abilities();
      return launchRewrites(parsed, toSpan(document, range)).flatMap((rewrite) => toAction(document, rewrite, disabledActions, commands));
    },
  };
}

function toAction(document: TextDocument, rewrite: LaunchRewrite, disabledActions: boolean, commands: boolean): CodeAction[] {
  const { title } = rewrite;
  const action = { title, kind: CodeActionKind.RefactorRewrite };
  switch (rewrite.kind) {
    case 'edit': {
      const edits = rewrite.edits.map((edit) => toTextEdit(document, edit));
      return [{ ...action, edit: toWorkspaceEdit(document, edits) }];
    }
    case 'text': {
      const params: ShowShellTextParams = { text: rewrite.text, shell: rewrite.shell };
      return commands ? [{ ...action, command: { title, command: showShellTextCommand, arguments: [params] } }] : [];
    }
    case 'refused':
      return disabledActions ? [{ ...action, disabled: { reason: rewrite.reason } }] : [];
  }
}

const itemKinds: Readonly<Record<LaunchCompletion['kind'], CompletionItemKind>> = {
  option: CompletionItemKind.Property,
  key: CompletionItemKind.Field,
  value: CompletionItemKind.Value,
  role: CompletionItemKind.Constant,
  profile: CompletionItemKind.Reference,
  command: CompletionItemKind.Snippet,
};

function toItem(document: TextDocument, completion: LaunchCompletion, index: number, hasSnippets: boolean): CompletionItem {
  const { label, detail, documentation, kind, edit, snippet, goesOn } = completion;
  const isSnippet = snippet !== undefined && hasSnippets;
  return {
    label,
    kind: itemKinds[kind],
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    ...filterOf(label, edit.newText),
    // In the order of the tables, where what is written most stands first.
    sortText: String(index).padStart(4, '0'),
    textEdit: toTextEdit(document, isSnippet ? { ...edit, newText: snippet } : edit),
    ...(isSnippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    // The lines are indented already.
    insertTextMode: InsertTextMode.asIs,
    ...(goesOn && hasSnippets ? { command: { title: 'Suggest', command: 'editor.action.triggerSuggest' } } : {}),
  };
}
