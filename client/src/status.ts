// The language status item: whether the server runs, and where the facts come from.

import * as vscode from 'vscode';
import { State } from 'vscode-languageclient';
import { described, type FactsParams } from '../../server/src/lsp/protocol';
import { awsFolderPattern, configLanguages, jsonLanguages } from './work';

interface StatusItem extends vscode.Disposable {
  serverIs(state: State): void;
  factsAre(facts: FactsParams): void;
}

const kinds: Readonly<Record<FactsParams['sources'][number]['kind'], string>> = {
  live: '',
  snapshot: 'the file ',
  workspace: '',
};

export function statusItem(): StatusItem {
  const languages = [...configLanguages, ...jsonLanguages].map((language) => ({ language }));
  const item = vscode.languages.createLanguageStatusItem('emrIam.status', [...languages, { pattern: awsFolderPattern }]);
  item.name = 'EMR IAM';
  item.command = { command: 'emrIam.showOutput', title: 'Show output' };
  let state: State = State.Starting;
  let facts: FactsParams = { sources: [], problems: [], gaps: [], conflicts: [] };

  const show = (): void => {
    const { sources, problems, gaps, conflicts } = facts;
    const said = sources.map((source) => `${kinds[source.kind]}${described(source, Date.now())}`);
    const running = state === State.Running;
    item.busy = state === State.Starting;
    item.text = running
      ? sources.length > 0
        ? 'EMR IAM: facts loaded'
        : 'EMR IAM: no facts'
      : state === State.Starting
        ? 'EMR IAM: starting'
        : 'EMR IAM: stopped';
    item.detail = [
      ...problems,
      ...conflicts,
      said.length > 0
        ? `Facts from ${said.join(', ')}.`
        : 'Role names are not checked: emrIam.factsFiles names no file, and IAM was not asked.',
      ...gaps,
    ].join(' ');
    item.severity =
      !running && state !== State.Starting
        ? vscode.LanguageStatusSeverity.Error
        : problems.length > 0
          ? vscode.LanguageStatusSeverity.Warning
          : vscode.LanguageStatusSeverity.Information;
  };
  show();
  const aging = setInterval(show, 60_000);
  return {
    serverIs(next) {
      state = next;
      show();
    },
    factsAre(next) {
      facts = next;
      show();
    },
    dispose() {
      clearInterval(aging);
      item.dispose();
    },
  };
}
