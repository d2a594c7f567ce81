// The steps before a launch command, one after the other. What they ask and offer, and what is wrong with an answer, the server says.

import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type LaunchCommandParams,
  type LaunchStep,
  type LaunchStepsParams,
  type LaunchStepsResult,
  launchStepsRequest,
} from '../../server/src/lsp/protocol';

export interface AskedLaunch {
  readonly launch: LaunchCommandParams;
  /** Of its words, those that may be kept for the next time. */
  readonly asked: readonly string[];
}

/** Nothing where the user gave up. */
export async function askForLaunch(client: BaseLanguageClient, start: LaunchCommandParams): Promise<AskedLaunch | 'back' | undefined> {
  const { uri, profile } = start;
  let questions = await client.sendRequest<LaunchStepsResult>(launchStepsRequest, start satisfies LaunchStepsParams);
  let at = 0;
  for (let step = questions.steps[at]; step !== undefined; step = questions.steps[at]) {
    const { words, shell } = questions;
    const { id } = step;
    const outcome = await ask(step, {
      title: `Launch with ${profile}: ${step.title}`,
      step: at + 1,
      totalSteps: questions.steps.length,
      answer: (given) =>
        client.sendRequest<LaunchStepsResult>(launchStepsRequest, {
          uri,
          profile,
          words,
          shell,
          answer: { step: id, given },
        } satisfies LaunchStepsParams),
    });
    if (outcome === undefined || (outcome === 'back' && at === 0)) return outcome;
    if (outcome === 'end') break;
    if (outcome === 'back') at--;
    else {
      questions = outcome.questions;
      if (outcome.isEnd) break;
      at++;
    }
  }
  const { words, shell, asked } = questions;
  return { launch: { uri, profile, words, shell }, asked };
}

interface Place {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  answer(given: readonly string[]): Promise<LaunchStepsResult>;
}

/** An answer that the server has taken; `end` for going on to the command without one. */
type Outcome = { readonly questions: LaunchStepsResult; readonly isEnd: boolean } | 'back' | 'end' | undefined;

const endLabel = 'Generate the command now';
const endButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('check-all'), tooltip: endLabel };

async function ask(step: LaunchStep, place: Place): Promise<Outcome> {
  if (step.choices === undefined) return askText(step, place);
  for (;;) {
    const chosen = await askChoice(step, place);
    if (chosen !== 'text') return chosen;
    const written = await askText(step, place);
    if (written !== 'back') return written;
  }
}

interface Item extends vscode.QuickPickItem {
  readonly value?: string;
  readonly leadsTo?: 'text' | 'end';
}

function askChoice({ prompt, choices = [], isMany, text }: LaunchStep, place: Place): Promise<Outcome | 'text'> {
  const box = vscode.window.createQuickPick<Item>();
  const items = choices.map(({ label, description, detail, value, isPicked }) => ({
    label,
    ...(description === undefined ? {} : { description }),
    ...(detail === undefined ? {} : { detail }),
    value,
    isPicked,
  }));
  const others: readonly Item[] = [
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    ...(text === undefined ? [] : [{ label: '$(edit) Another one …', leadsTo: 'text' as const }]),
    { label: `$(check-all) ${endLabel}`, leadsTo: 'end' },
  ];
  const picked = items.filter(({ isPicked }) => isPicked);
  box.placeholder = prompt;
  box.canSelectMany = isMany;
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  box.items = isMany ? items : [...items, ...others];
  if (isMany) box.selectedItems = picked;
  else box.activeItems = picked;
  return shown<Outcome | 'text'>(box, place, async (isEnd) => {
    const [first] = box.selectedItems;
    if (!isMany && (isEnd || first?.leadsTo !== undefined)) return isEnd ? 'end' : first?.leadsTo;
    // What is written counts where it is like no choice.
    const given = isMany ? box.selectedItems.flatMap(({ value }) => value ?? []) : [first?.value ?? box.value];
    return { questions: await place.answer(given), isEnd };
  });
}

function askText({ prompt, text = '' }: LaunchStep, place: Place): Promise<Outcome> {
  const box = vscode.window.createInputBox();
  box.prompt = prompt;
  box.value = text;
  const check = async (): Promise<LaunchStepsResult> => {
    const { value } = box;
    const questions = await place.answer([value]);
    // By now it may be another text, with an answer of its own under way.
    if (box.value === value) box.validationMessage = questions.refused;
    return questions;
  };
  box.onDidChangeValue(() => check().catch(() => undefined));
  return shown<Outcome>(box, place, async (isEnd) => ({ questions: await check(), isEnd }));
}

/** @param take what the user accepts, or ends with; the box stays open for what is refused. */
function shown<O extends Outcome | 'text'>(
  box: vscode.QuickPick<Item> | vscode.InputBox,
  { title, step, totalSteps }: Place,
  take: (isEnd: boolean) => Promise<O>,
): Promise<O | 'back' | undefined> {
  box.title = title;
  box.step = step;
  box.totalSteps = totalSteps;
  box.ignoreFocusOut = true;
  box.buttons = [vscode.QuickInputButtons.Back, endButton];
  return new Promise((resolve, reject) => {
    const finish = (outcome: O | 'back' | undefined): void => {
      resolve(outcome);
      box.dispose();
    };
    const accept = async (isEnd: boolean): Promise<void> => {
      box.busy = true;
      const outcome = await take(isEnd);
      box.busy = false;
      const refused = typeof outcome === 'object' ? outcome.questions.refused : undefined;
      if (refused === undefined) finish(outcome);
      else if (!('validationMessage' in box)) void vscode.window.showWarningMessage(refused);
    };
    const failed = (error: unknown): void => {
      reject(error);
      box.dispose();
    };
    box.onDidAccept(() => accept(false).catch(failed));
    box.onDidTriggerButton((button) => (button === vscode.QuickInputButtons.Back ? finish('back') : accept(true).catch(failed)));
    box.onDidHide(() => finish(undefined));
    box.show();
  });
}
