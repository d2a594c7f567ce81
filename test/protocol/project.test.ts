// The project file, in the language server.

import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { DiagnosticRefreshRequest, DidChangeWatchedFilesNotification, type InitializeParams } from 'vscode-languageserver-protocol/node';
import { authorizationDetails } from '../harness/account';
import { type Client, type Files, folder, startClient, until } from '../harness/client';

const capabilities: InitializeParams['capabilities'] = {
  textDocument: { diagnostic: {} },
  workspace: {
    configuration: true,
    diagnostics: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
  },
};

let client: Client | undefined;
afterEach(() => client?.stop());

async function started(files: Files, settings: unknown = {}, initializationOptions?: unknown): Promise<Client> {
  client = await startClient(files, capabilities, settings, initializationOptions);
  return client;
}

async function codes(c: Client, uri: string): Promise<unknown[]> {
  return (await c.diagnostics(uri)).map(({ code }) => code);
}

const missing = 'policy/missing-version';
const policy = `${folder}/policies/a.json`;
const noVersion = '{ "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }] }\n';
const projectUri = `${folder}/.emr-iam.jsonc`;
const projectOf = (value: unknown, uri = projectUri): Files => new Map([[uri, JSON.stringify(value)]]);

describe('the project file', () => {
  test('beside or above a document in its workspace folder counts, but for what the settings say', async () => {
    const files = projectOf({ rules: { [missing]: 'off' } });
    const c = await started(files);
    await c.open(policy, noVersion);
    assert.deepEqual(await codes(c, policy), []);
    files.set(`${folder}/policies/.emr-iam.jsonc`, '{}');
    assert.deepEqual(await codes(c, policy), [missing]);
    files.delete(`${folder}/policies/.emr-iam.jsonc`);
    c.settings = { rules: { [missing]: 'error' } };
    assert.deepEqual(await codes(c, policy), [missing]);
    await c.open('file:///elsewhere/a.json', noVersion);
    c.settings = {};
    assert.deepEqual(await codes(c, 'file:///elsewhere/a.json'), [missing]);
  });

  test('is watched, and a change of it asks for new diagnostics', async () => {
    const files = projectOf({ ignore: [{ files: 'policies/*', rule: missing, reason: 'so' }] });
    const c = await started(files);
    let refreshed = 0;
    c.connection.onRequest(DiagnosticRefreshRequest.type, () => void refreshed++);
    await until('a watcher', () => c.registrations.has('workspace/didChangeWatchedFiles'));
    assert.deepEqual(c.registrations.get('workspace/didChangeWatchedFiles'), { watchers: [{ globPattern: '**/.emr-iam.jsonc' }] });
    await c.open(policy, noVersion);
    assert.deepEqual(await codes(c, policy), []);
    files.delete(projectUri);
    await c.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ uri: projectUri, type: 3 }] });
    await until('a refresh', () => refreshed > 0);
    assert.deepEqual(await codes(c, policy), [missing]);
  });

  test('and the settings, which count more, say the kind of bare policies', async () => {
    const files = projectOf({ policyKinds: { 'policies/**': 'scp' } });
    const c = await started(files);
    await c.open(policy, noVersion);
    const kind = async (): Promise<string | undefined> => /Kind: `([\w-]+)`/.exec(JSON.stringify(await c.hover(policy, 0, 5)))?.[1];
    assert.equal(await kind(), 'scp');
    c.settings = { policyKinds: { '**/a.json': 'boundary' } };
    assert.equal(await kind(), 'boundary');
    c.settings = {};
    files.clear();
    assert.equal(await kind(), 'identity');
  });

  test('with something wrong is one line in the log, and the rest of it is in force', async () => {
    const c = await started(projectOf({ rules: { [missing]: 'off' }, rule: {} }));
    await c.open(policy, noVersion);
    assert.deepEqual(await codes(c, policy), []);
    await codes(c, policy);
    assert.deepEqual(c.logged, ['.emr-iam.jsonc:1: "rule" is not a member of a project file. Did you mean "rules" or "roles"?']);
  });

  test('has its problems under the words that they are about, while it is written', async () => {
    const c = await started(new Map());
    await c.open(projectUri, `{\n  "rule": {},\n  "x": ${noVersion}}`, 'jsonc');
    const shown = async (): Promise<unknown[]> =>
      (await c.diagnostics(projectUri)).map(({ code, range: { start, end } }) => [code, start.line, start.character, end.character]);
    assert.deepEqual(await shown(), [
      ['project/invalid', 1, 2, 8],
      ['project/invalid', 2, 2, 5],
    ]);
    await c.change(projectUri, 2, [{ text: '{ "rules": {} }' }]);
    assert.deepEqual(await shown(), []);
    await c.change(projectUri, 3, [{ text: '{ "rules": {' }]);
    assert.equal((await shown()).length, 1);
    c.settings = { enable: false };
    assert.deepEqual(await shown(), []);
  });

  test('names facts relative to its folder, which are read only in a workspace that is trusted', async () => {
    const account = `${folder}/team/facts.json`;
    const files = projectOf({ factsFiles: ['facts.json'] }, `${folder}/team/.emr-iam.jsonc`);
    files.set(account, authorizationDetails({ roles: [{ name: 'Other' }], instanceProfiles: [] }));
    const config = `${folder}/team/.aws/config`;
    const c = await started(files, {}, { isTrusted: false });
    await c.open(config, '[default]\nemr =\n    service_role = Nobody\n    instance_profile = P\n', 'aws-config');
    assert.deepEqual(await codes(c, config), ['emr/use-default-roles']);
    await c.connection.sendNotification('emrIam/trusted');
    assert.ok((await codes(c, config)).includes('emr/unknown-role'));
  });
});

describe('a project file of somebody else', () => {
  const config = `${folder}/.aws/config`;
  const launch = '[default]\nemr =\n    service_role = Nobody\n    instance_profile = P\n';
  const account = authorizationDetails({ roles: [{ name: 'Other' }], instanceProfiles: [] });

  test('does not reach facts outside its folder, by its path or by a link, and says so', async () => {
    const files = projectOf({ factsFiles: ['../facts.json', '/facts.json', 'linked.json', 'inner.json'] });
    for (const uri of ['file:///facts.json', `${folder}/facts.json`]) files.set(uri, account);
    files.set(`${folder}/linked.json`, 'link:file:///facts.json');
    const c = await started(files);
    await c.open(config, launch, 'aws-config');
    assert.ok(!(await codes(c, config)).includes('emr/unknown-role'));
    assert.match(c.logged.join('\n'), /linked\.json: not used as facts: a link leads out of the folder\./);
    assert.equal(c.logged.filter((line) => line.startsWith('.emr-iam.jsonc:1: This path')).length, 2);
    files.set(`${folder}/inner.json`, `link:${folder}/facts.json`);
    assert.ok((await codes(c, config)).includes('emr/unknown-role'));
  });

  test('is not read through a link that leads out of its folder', async () => {
    const files: Files = new Map([[projectUri, 'link:file:///elsewhere.jsonc']]);
    files.set('file:///elsewhere.jsonc', JSON.stringify({ rules: { [missing]: 'off' } }));
    const c = await started(files);
    await c.open(policy, noVersion);
    assert.deepEqual(await codes(c, policy), [missing]);
    assert.deepEqual(c.logged, ['.emr-iam.jsonc: not used: a link leads out of the folder.']);
  });
});

describe('a comment in a policy with comments', () => {
  const uri = `${folder}/a.jsonc`;

  test('is written by a code action, and switches the rule off', async () => {
    const c = await started(new Map());
    await c.open(uri, noVersion, 'jsonc');
    const actions = await c.actions(uri, await c.diagnostics(uri));
    const action = actions.find(({ title }) => title === `Disable ${missing} for this line`);
    const [change] = action?.edit?.documentChanges ?? [];
    const [edit] = change !== undefined && 'edits' in change ? change.edits : [];
    assert.equal(edit && 'newText' in edit && edit.newText, `// emr-iam-disable-next-line ${missing}\n`);
    await c.change(uri, 2, [{ text: `// emr-iam-disable-next-line ${missing}\n${noVersion}` }]);
    assert.deepEqual(await codes(c, uri), []);
  });

  test('is not offered in JSON without comments', async () => {
    const c = await started(new Map());
    await c.open(policy, noVersion);
    const actions = await c.actions(policy, await c.diagnostics(policy));
    assert.ok(actions.every(({ title }) => !title.startsWith('Disable')));
  });
});
