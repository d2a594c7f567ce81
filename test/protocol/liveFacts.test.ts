// Facts from IAM in an editor: only what the user asks for, and only where he trusts the workspace.

import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import {
  CancellationTokenSource,
  DiagnosticRefreshRequest,
  type InitializeParams,
  type ProtocolConnection,
  WorkDoneProgress,
  WorkDoneProgressCancelNotification,
  WorkDoneProgressCreateRequest,
} from 'vscode-languageserver-protocol/node';
import type { FactsSource } from '../../server/src/core/facts/facts';
import { type AskIamParams, askIamRequest, type FactsParams, factsNotification } from '../../server/src/lsp/protocol';
import type { Live, LiveAnswer, LiveOptions, LiveQuestion } from '../../server/src/lsp/runtime';
import { snapshot } from '../harness/account';
import { awsConfig, type Client, startClient, until } from '../harness/client';

const capabilities: InitializeParams['capabilities'] = {
  textDocument: { diagnostic: { dynamicRegistration: false } },
  workspace: { configuration: true, workspaceFolders: true, diagnostics: { refreshSupport: true } },
  window: { workDoneProgress: true },
};
const block = '[default]\nemr =\n    service_role = Service\n    instance_profile = Nodes\n';
const storage = 'file:///storage';

/** An IAM in which no name exists that is asked for. */
function liveOver(): Live & {
  questions: LiveQuestion[];
  kept: (string | undefined)[];
  recalled: FactsSource | undefined;
  forgotten: number;
  answer: (question: LiveQuestion, options: LiveOptions) => Promise<LiveAnswer>;
} {
  const live = {
    questions: [] as LiveQuestion[],
    kept: [] as (string | undefined)[],
    recalled: undefined as FactsSource | undefined,
    forgotten: 0,
    answer: async ({ names }: LiveQuestion, _: LiveOptions): Promise<LiveAnswer> => ({
      ok: true,
      source: {
        ...snapshot('{"RoleDetailList":[]}', 'live IAM, profile dev'),
        kind: 'live',
        asOf: Date.UTC(2026, 10, 2),
        accounts: ['111122223333'],
        absentRoles: names?.roles,
        absentInstanceProfiles: names?.instanceProfiles,
        gaps: ['The profile "dev" may not call iam:GetPolicy.'],
      },
    }),
    ask(question: LiveQuestion, options: LiveOptions, keepIn?: string) {
      live.questions.push(question);
      live.kept.push(keepIn);
      return live.answer(question, options);
    },
    recall: async () => live.recalled,
    async forget() {
      live.forgotten++;
    },
  };
  return live;
}

let client: Client | undefined;
afterEach(() => client?.stop());

async function started(
  live: Live | undefined,
  settings: unknown = { live: { profile: 'dev' } },
  options: unknown = { storage },
): Promise<{ c: Client; statuses: FactsParams[] }> {
  const c = await startClient(new Map(), capabilities, settings, options, live);
  client = c;
  const statuses: FactsParams[] = [];
  c.connection.onNotification(factsNotification, (status: FactsParams) => void statuses.push(status));
  c.connection.onRequest(WorkDoneProgressCreateRequest.type, () => undefined);
  await c.open(awsConfig, block, 'aws-config');
  return { c, statuses };
}

const ask = (connection: ProtocolConnection, what: AskIamParams['what'] = 'file'): Promise<string> =>
  connection.sendRequest(askIamRequest, { what, uri: awsConfig } satisfies AskIamParams);

/** What is said of every block with roles of its own is no matter here. */
async function codes(c: Client): Promise<unknown[]> {
  return (await c.diagnostics(awsConfig)).map(({ code }) => code).filter((code) => code !== 'emr/use-default-roles');
}

const absent = ['emr/unknown-role', 'emr/unknown-instance-profile'];

describe('IAM', () => {
  test('is asked for the names in the file when the user says so, and then the findings are new', async () => {
    const live = liveOver();
    const { c, statuses } = await started(live);
    let refreshed = 0;
    c.connection.onRequest(DiagnosticRefreshRequest.type, () => void refreshed++);
    assert.deepEqual(await codes(c), []);
    assert.deepEqual(live.questions, [], 'a setting alone asks nobody');
    assert.match(await ask(c.connection), /asked about 2 names, and has no Service, Nodes\. The profile "dev" may not/);
    assert.deepEqual(live.questions, [{ profile: 'dev', names: { roles: ['Service'], instanceProfiles: ['Nodes'] } }]);
    assert.deepEqual(live.kept, [undefined]);
    await until('a refresh', () => refreshed > 0);
    assert.deepEqual(await codes(c), absent);
    assert.deepEqual(statuses.at(-1), {
      sources: [{ label: 'live IAM, profile dev', kind: 'live', asOf: Date.UTC(2026, 10, 2) }],
      problems: [],
      gaps: ['The profile "dev" may not call iam:GetPolicy.'],
      conflicts: [],
    });
  });

  test('is asked again for the same names, or for everything', async () => {
    const live = liveOver();
    const { c } = await started(live);
    assert.match(await ask(c.connection, 'again'), /not been asked yet/);
    assert.deepEqual(live.questions, []);
    await ask(c.connection);
    await ask(c.connection, 'again');
    assert.deepEqual(live.questions[1], live.questions[0]);
    await ask(c.connection, 'account');
    await ask(c.connection, 'again');
    assert.deepEqual(live.questions.slice(2), [{ profile: 'dev' }, { profile: 'dev' }]);
  });

  test('is never asked in a workspace that is not trusted, without a profile, or where it cannot be', async () => {
    for (const [live, settings, options, sentence] of [
      [liveOver(), { live: { profile: 'dev' } }, { isTrusted: false, storage }, /not trusted/],
      [liveOver(), {}, { storage }, /emrIam\.live\.profile/],
      [undefined, { live: { profile: 'dev' } }, {}, /browser/],
    ] as const) {
      const { c } = await started(live, settings, options);
      await assert.rejects(ask(c.connection), sentence);
      assert.deepEqual(live?.questions ?? [], []);
      assert.deepEqual(await codes(c), []);
      await c.stop();
    }
    client = undefined;
  });

  test('that does not answer is one sentence in the status, no finding, and the next try works', async () => {
    const live = liveOver();
    const usual = live.answer;
    const { c, statuses } = await started(live);
    live.answer = async () => ({ ok: false, reason: 'The credentials have expired.' });
    await assert.rejects(ask(c.connection), /The credentials have expired\./);
    assert.deepEqual(await codes(c), []);
    assert.deepEqual(statuses.at(-1)?.problems, ['The credentials have expired.']);
    live.answer = usual;
    await ask(c.connection);
    assert.deepEqual(await codes(c), absent);
    assert.deepEqual(statuses.at(-1)?.problems, []);
  });

  test('is asked with progress, and stops when the user cancels that or the request', async () => {
    const live = liveOver();
    const { c } = await started(live);
    const reported: string[] = [];
    let token: string | number | undefined;
    c.connection.onRequest(WorkDoneProgressCreateRequest.type, (params) => {
      token = params.token;
      c.connection.onProgress(
        WorkDoneProgress.type,
        params.token,
        (value) => void reported.push(`${value.kind} ${'message' in value ? value.message : ''}`),
      );
    });
    live.answer = (_, { signal, onProgress }) => {
      onProgress?.('1 of 2');
      return new Promise((resolve) => signal?.addEventListener('abort', () => resolve({ ok: false, reason: 'Cancelled.' })));
    };
    const asking = ask(c.connection);
    await until('progress', () => reported.some((text) => text === 'report 1 of 2'));
    if (token !== undefined) await c.connection.sendNotification(WorkDoneProgressCancelNotification.type, { token });
    await assert.rejects(asking, /Cancelled/);
    await until('its end', () => reported.some((text) => text.startsWith('end')));
    const stop = new CancellationTokenSource();
    const again = c.connection.sendRequest(askIamRequest, { what: 'file', uri: awsConfig }, stop.token);
    await until('a question', () => live.questions.length === 2);
    stop.cancel();
    await assert.rejects(again, /Cancelled/);
  });

  test('is forgotten when the user names another profile', async () => {
    const live = liveOver();
    const { c } = await started(live);
    await ask(c.connection);
    assert.deepEqual(await codes(c), absent);
    c.settings = { live: { profile: 'other' } };
    assert.deepEqual(await codes(c), []);
  });
});

describe('on disk', () => {
  test('nothing is kept, and what was is deleted, unless the user says so', async () => {
    const live = liveOver();
    live.recalled = snapshot('{"RoleDetailList":[]}', 'x');
    const { c } = await started(live);
    assert.deepEqual(await codes(c), []);
    assert.equal(live.forgotten, 1);
    await ask(c.connection);
    assert.deepEqual(live.kept, [undefined]);
  });

  test('the answer is kept in the folder of the client, and known again in the next session', async () => {
    const live = liveOver();
    const { c } = await started(live, { live: { profile: 'dev', keepOnDisk: true } });
    await ask(c.connection);
    assert.deepEqual([live.kept, live.forgotten], [[storage], 0]);
    await c.stop();
    const answer = await live.answer({ profile: 'dev', names: { roles: ['Service'], instanceProfiles: [] } }, {});
    live.recalled = answer.ok ? answer.source : undefined;
    const { c: next } = await started(live, { live: { profile: 'dev', keepOnDisk: true } });
    assert.deepEqual(await codes(next), ['emr/unknown-role']);
    await ask(next.connection, 'again');
    assert.deepEqual(live.questions.at(-1), { profile: 'dev', names: { roles: ['Service'], instanceProfiles: [] } });
  });
});
