// Facts from IAM itself, for the editor: asked for when the user says so, kept until he asks again or names another profile.

import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { FactsSource } from '../core/facts/facts';
import type { LiveSettings } from '../core/settings';
import type { AskIamParams } from './protocol';
import type { Live, LiveAnswer, LiveNames, LiveOptions, Stoppable } from './runtime';

interface LiveFacts {
  /** What is known already, without asking anybody. */
  known(settings: LiveSettings): Promise<{ readonly sources: readonly FactsSource[]; readonly problems: readonly string[] }>;
  /** @returns a sentence for the user, whether it is good or bad news. */
  ask(what: AskIamParams['what'], names: LiveNames, settings: LiveSettings, token: CancellationToken): Promise<Told>;
}

interface Told {
  readonly ok: boolean;
  readonly sentence: string;
}

const nothing: LiveNames = { roles: [], instanceProfiles: [] };

/** @param live missing where nobody can be asked. @param folder the URI of the client's own folder for what is kept. */
export function liveFacts(connection: Connection, live: Live | undefined, folder: () => string | undefined): LiveFacts {
  let profile: string | undefined;
  let source: FactsSource | undefined;
  let problem: string | undefined;
  /** Everything, or the names of all files that were asked for. */
  let asked: LiveNames | 'everything' = nothing;
  let recalling: Promise<void> | undefined;
  let isForgotten = false;

  /** Another profile is another account: nothing of the old one holds. */
  const change = (next: string | undefined): void => {
    if (next === profile) return;
    [profile, source, problem, asked, recalling] = [next, undefined, undefined, nothing, undefined];
  };
  const settle = async ({ profile: next, keepOnDisk }: LiveSettings): Promise<void> => {
    change(next);
    const kept = folder();
    if (live === undefined || kept === undefined) return;
    if (!keepOnDisk) {
      if (!isForgotten) await live.forget(kept).catch(() => undefined);
      isForgotten = true;
      return;
    }
    isForgotten = false;
    if (next === undefined) return;
    recalling ??= live.recall(kept, next).then((found) => {
      if (profile !== next || found === undefined || source !== undefined) return;
      [source, asked] = [found, namesIn(found)];
    });
    await recalling;
  };

  const question = async (
    names: LiveNames | 'everything',
    by: string,
    keepIn: string | undefined,
    token: CancellationToken,
  ): Promise<LiveAnswer> => {
    const progress = await connection.window.createWorkDoneProgress();
    progress.begin('Asking IAM', undefined, `with the profile ${by}`, true);
    const options: LiveOptions = { signal: stoppable([token, progress.token]), onProgress: (text) => progress.report(text) };
    try {
      if (live === undefined) return { ok: false, reason: noWay };
      return await live.ask(names === 'everything' ? { profile: by } : { profile: by, names }, options, keepIn);
    } finally {
      progress.done();
    }
  };

  return {
    async known(settings) {
      await settle(settings);
      return { sources: source === undefined ? [] : [source], problems: problem === undefined ? [] : [problem] };
    },
    async ask(what, names, settings, token) {
      if (live === undefined) return { ok: false, sentence: noWay };
      await settle(settings);
      const by = profile;
      if (by === undefined) return { ok: false, sentence: noProfile };
      const wanted = what === 'account' ? 'everything' : what === 'again' || asked === 'everything' ? asked : joined(asked, names);
      if (wanted !== 'everything' && wanted.roles.length + wanted.instanceProfiles.length === 0)
        return what === 'file' ? { ok: false, sentence: noNames } : { ok: true, sentence: nothingAsked };
      const answer = await question(wanted, by, settings.keepOnDisk ? folder() : undefined, token);
      if (profile !== by) return { ok: false, sentence: `The profile to ask with is not "${by}" any more.` };
      problem = answer.ok ? undefined : answer.reason;
      if (!answer.ok) return { ok: false, sentence: answer.reason };
      [asked, source] = [wanted, answer.source];
      return { ok: true, sentence: summary(wanted, answer.source) };
    },
  };
}

const noWay = 'IAM cannot be asked from an editor in a browser: name a file that "emr-iam facts" has written in emrIam.factsFiles.';
const noProfile = 'IAM is not asked before your setting emrIam.live.profile names the AWS profile to ask with.';
const noNames = 'This file names no role and no instance profile in an emr block.';
const nothingAsked = 'The facts files were read again. IAM has not been asked yet.';

/** What an answer of an earlier day was about. */
function namesIn({ listsEveryRole, roles, instanceProfiles, absentRoles, absentInstanceProfiles }: FactsSource): LiveNames | 'everything' {
  if (listsEveryRole) return 'everything';
  const names = (things: readonly { readonly name: string }[], absent: readonly string[] = []): string[] => [
    ...new Set([...things.map(({ name }) => name), ...absent]),
  ];
  return { roles: names(roles, absentRoles), instanceProfiles: names(instanceProfiles, absentInstanceProfiles) };
}

function joined(a: LiveNames, b: LiveNames): LiveNames {
  const both = (list: 'roles' | 'instanceProfiles'): string[] => [...new Set([...a[list], ...b[list]])];
  return { roles: both('roles'), instanceProfiles: both('instanceProfiles') };
}

function summary(
  wanted: LiveNames | 'everything',
  { roles, instanceProfiles, absentRoles, absentInstanceProfiles, gaps }: FactsSource,
): string {
  const absent = [...(absentRoles ?? []), ...(absentInstanceProfiles ?? [])];
  const found =
    wanted === 'everything'
      ? `IAM has ${new Set(roles.map(({ name }) => name)).size} roles and ${new Set(instanceProfiles.map(({ name }) => name)).size} instance profiles.`
      : `IAM was asked about ${wanted.roles.length + wanted.instanceProfiles.length} names${absent.length === 0 ? '' : `, and has no ${absent.slice(0, 5).join(', ')}${absent.length > 5 ? ` and ${absent.length - 5} more` : ''}`}.`;
  return [found, ...(gaps ?? [])].join(' ');
}

function stoppable(tokens: readonly CancellationToken[]): Stoppable {
  const listeners = new Set<() => void>();
  const stop = (): void => {
    for (const listener of listeners) listener();
  };
  for (const token of tokens) token.onCancellationRequested(stop);
  return {
    get aborted() {
      return tokens.some(({ isCancellationRequested }) => isCancellationRequested);
    },
    addEventListener: (_, listener) => void listeners.add(listener),
    removeEventListener: (_, listener) => void listeners.delete(listener),
  };
}
