// EMR IAM: Show role map. A panel beside the editor, which follows the config file and the facts.

import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  changedNotification,
  type RoleMapLink,
  type RoleMapParams,
  type RoleMapResult,
  roleMapRequest,
} from '../../server/src/lsp/protocol';
import { pickProfile } from './pickProfile';
import { roleMapPage } from './roleMapPage';
import { configLanguages } from './work';

/** While somebody types. */
const pause = 300;

const formats = {
  svg: { filter: 'SVG', extension: 'svg', of: (map: RoleMapResult) => map.svg },
  mermaid: { filter: 'Mermaid', extension: 'mmd', of: (map: RoleMapResult) => map.mermaid },
} as const;

interface RoleMaps extends vscode.Disposable {
  /** The argument may name the file and the profile, and then nothing is asked. */
  show(argument: unknown): Promise<void>;
}

/** One panel; another profile takes the place of the one that it shows. */
export function roleMaps(client: BaseLanguageClient): RoleMaps {
  let panel: vscode.WebviewPanel | undefined;
  let wanted: RoleMapParams | undefined;
  let map: RoleMapResult | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const update = async (): Promise<void> => {
    const asked = wanted;
    if (asked === undefined) return;
    try {
      const answer = await client.sendRequest<RoleMapResult>(roleMapRequest, asked);
      if (asked !== wanted) return;
      map = answer;
      await panel?.webview.postMessage({ title: map.title, picture: map.picture, list: map.list });
    } catch (error) {
      if (asked === wanted) await panel?.webview.postMessage({ problem: messageOf(error) });
    }
  };
  const updateSoon = (): void => {
    if (panel === undefined) return;
    clearTimeout(timer);
    timer = setTimeout(() => void update(), pause);
  };

  const receive = async (message: unknown): Promise<void> => {
    if (typeof message !== 'object' || message === null) return;
    if ('ready' in message) await update();
    if ('open' in message && typeof message.open === 'number') await follow(map?.links[message.open] ?? undefined);
    if ('save' in message && (message.save === 'svg' || message.save === 'mermaid')) await save(message.save);
  };
  const save = async (kind: keyof typeof formats): Promise<void> => {
    if (map === undefined || wanted === undefined) return;
    const { filter, extension, of } = formats[kind];
    const name = `role-map-${wanted.profile.replace(/[^\w-]+/g, '-').slice(0, 60)}.${extension}`;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const target = await vscode.window.showSaveDialog({
      filters: { [filter]: [extension] },
      ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
    });
    if (target !== undefined) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(of(map)));
  };

  const open = (): vscode.WebviewPanel => {
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false };
    const opened = vscode.window.createWebviewPanel('emrIam.roleMap', 'Role map', column, {
      enableScripts: true,
      localResourceRoots: [],
      enableFindWidget: true,
    });
    opened.webview.onDidReceiveMessage((message: unknown) => void receive(message).catch(showError));
    opened.onDidDispose(() => {
      panel = undefined;
      wanted = undefined;
      map = undefined;
    });
    // After the listener: the page asks for its map as soon as it runs, and again whenever it has been hidden.
    opened.webview.html = roleMapPage(crypto.randomUUID());
    return opened;
  };

  const listeners = [
    client.onNotification(changedNotification, updateSoon),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (
        configLanguages.some((language) => language === document.languageId) ||
        map?.links.some((link) => link?.uri === document.uri.toString())
      )
        updateSoon();
    }),
  ];
  return {
    async show(argument) {
      const chosen = await pickProfile(client, 'Show role map', 'The profile whose roles are drawn', argument);
      if (chosen === undefined) return;
      wanted = chosen;
      const isNew = panel === undefined;
      panel ??= open();
      panel.title = `Role map: ${chosen.profile.slice(0, 40)}`;
      if (isNew) return;
      panel.reveal();
      await update();
    },
    dispose() {
      clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
      panel?.dispose();
    },
  };
}

/** In the first column, beside the map. */
async function follow(link: RoleMapLink | undefined): Promise<void> {
  if (link === undefined) return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(link.uri, true));
  const { start, end } = link.range ?? rangeOf(document, link.member);
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, selection });
}

const top = new vscode.Range(0, 0, 0, 0);

function rangeOf(document: vscode.TextDocument, member: RoleMapLink['member']): vscode.Range {
  if (member === undefined) return top;
  const [name, value] = [member.name, member.value].map((text) => JSON.stringify(text).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const found = new RegExp(`${name}\\s*:\\s*${value}`).exec(document.getText());
  return found === null ? top : new vscode.Range(document.positionAt(found.index), document.positionAt(found.index + found[0].length));
}

function showError(error: unknown): void {
  void vscode.window.showErrorMessage(messageOf(error));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
