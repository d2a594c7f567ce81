// Launch commands and the steps before them, in the language server.

import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { CodeActionRequest, type InitializeParams } from 'vscode-languageserver-protocol/node';
import { newestRelease } from '../../server/src/core/emr/releases';
import type {
  LaunchCommandParams,
  LaunchCommandResult,
  LaunchFile,
  LaunchPresetItem,
  LaunchStepsParams,
  LaunchStepsResult,
  SavePresetParams,
  SavePresetResult,
} from '../../server/src/lsp/protocol';
import { authorizationDetails } from '../harness/account';
import { awsConfig, type Client, type Files, folder, startClient } from '../harness/client';

const capabilities: InitializeParams['capabilities'] = { textDocument: { diagnostic: {} }, workspace: { configuration: true } };
const config = '[default]\nemr =\n    service_role = Nobody\n    instance_profile = Nodes\n\n[profile bare]\nregion = eu-west-1\n';
const project = `${folder}/.emr-iam.jsonc`;
const launches = { nightly: { profile: 'default', shell: 'cmd', options: ['--name', 'n'] } };

let client: Client | undefined;
afterEach(() => client?.stop());

async function started(files: Files = new Map(), options: object = { hasCommands: true }): Promise<Client> {
  const account = authorizationDetails({
    roles: [{ name: 'Emr' }, { name: 'Nodes' }],
    instanceProfiles: [{ name: 'Nodes', role: 'Nodes' }],
  });
  files.set(`${folder}/account.json`, account);
  client = await startClient(files, capabilities, { factsFiles: ['account.json'] }, options);
  await client.open(awsConfig, config, 'aws-config');
  return client;
}

const launch = { uri: awsConfig, profile: 'default' };

function stepsOf(c: Client, params: LaunchStepsParams = launch): Promise<LaunchStepsResult> {
  return c.connection.sendRequest('emrIam/launchSteps', params);
}

function commandOf(c: Client, params: LaunchCommandParams = launch): Promise<LaunchCommandResult> {
  return c.connection.sendRequest('emrIam/launchCommand', params);
}

function presetsOf(c: Client): Promise<LaunchPresetItem[]> {
  return c.connection.sendRequest('emrIam/launchPresets');
}

function save(c: Client, name = 'mine', options = ['--name', 'n']): Promise<SavePresetResult> {
  const params: SavePresetParams = { folder, preset: { name, profile: 'default', shell: 'posix', options } };
  return c.connection.sendRequest('emrIam/savePreset', params);
}

describe('the steps before a launch command', () => {
  test('know the facts, take an answer, and lead to the command', async () => {
    const c = await started();
    const before = await stepsOf(c);
    assert.equal(before.shell, 'posix');
    const role = before.steps.find(({ id }) => id === 'service-role');
    assert.deepEqual(
      role?.choices?.map(({ label, detail }) => [label, detail]),
      [
        ['Nobody', 'The account has no such role'],
        ['Emr', undefined],
        ['The default roles', '--use-default-roles'],
      ],
    );
    const after = await stepsOf(c, { ...launch, words: before.words, answer: { step: 'service-role', given: ['Emr'] } });
    assert.deepEqual(after.words, ['--service-role', 'Emr']);
    const { command, shell } = await commandOf(c, { ...launch, words: after.words, shell: 'powershell' });
    assert.match(command, /--service-role Emr `\n/);
    assert.equal(shell, 'powershell');
  });

  test('say what is wrong with an answer', async () => {
    const c = await started();
    const { refused, words } = await stepsOf(c, { ...launch, words: ['--name', 'n'], answer: { step: 'instance-count', given: ['0'] } });
    assert.equal(refused, '--instance-count is 0; EMR takes 1 or more.');
    assert.deepEqual(words, ['--name', 'n']);
  });

  test('are refused in a sentence for a profile that is gone', async () => {
    const c = await started();
    await assert.rejects(stepsOf(c, { ...launch, profile: 'gone' }), /config has no profile "gone" any more\./);
    await assert.rejects(stepsOf(c, { ...launch, uri: 'file:///nowhere/.aws/config' }), /has no profile "default" any more\./);
  });
});

describe('the launch command', () => {
  test('says at its top what it will fail with, then where each value comes from', async () => {
    const c = await started();
    const { annotated, errors, line } = await commandOf(c, { ...launch, words: ['--tags', 'a=b'] });
    assert.equal(errors, 1);
    const [top, problem, ...rest] = annotated.split('\n').filter((each) => each.startsWith('#'));
    assert.equal(top, '# 1 problem found: EMR or the AWS CLI refuses a launch with it, or its cluster fails.');
    assert.match(problem ?? '', /^# PROBLEM: .*"Nobody" is not among the roles/);
    assert.deepEqual(rest.slice(0, 4), [
      '# As chosen: --tags.',
      '# From the emr block of the profile "default": --service-role, InstanceProfile.',
      '# By default: --name, --release-label, --applications, --instance-type, --instance-count.',
      '# emr-7.14.0 is the newest release known here, as of 2026-09-08.',
    ]);
    assert.match(line ?? '', /^aws emr create-cluster --profile default --name 'My cluster' [^\n]* --tags a=b$/);
  });

  test('comes with the words that make it again: what was chosen and the defaults, and not what the profile says', async () => {
    const c = await started();
    const { words } = await commandOf(c, {
      ...launch,
      words: ['--region', 'r', '--output', 'json', '--tags', 'a=b', '--applications', '[]'],
    });
    const defaults = ['--name', 'My cluster', '--release-label', newestRelease, '--instance-type', 'm5.xlarge', '--instance-count', '3'];
    assert.deepEqual(words, ['--region', 'r', ...defaults, '--tags', 'a=b']);
    const again = await commandOf(c, { ...launch, words });
    assert.deepEqual(again.words, words);
  });

  test('has no line for a terminal where one of its words has a line break', async () => {
    const c = await started();
    assert.equal((await commandOf(c, { ...launch, words: ['--name', 'a\nb'] })).line, undefined);
  });

  test('is refused where the words are none of create-cluster, or the AWS CLI refuses them', async () => {
    const c = await started();
    await assert.rejects(commandOf(c, { ...launch, words: ['--nmae', 'x'] }), /--nmae is no option of create-cluster/);
    await assert.rejects(commandOf(c, { ...launch, words: ['--use-default-roles', '--service-role', 'R'] }), /exclude each other/);
  });

  test('is an action on an emr block, and nowhere else, for a client with the command', async () => {
    const titles = async (c: Client, line: number): Promise<readonly string[]> => {
      const position = { line, character: 2 };
      const params = { textDocument: { uri: awsConfig }, range: { start: position, end: position }, context: { diagnostics: [] } };
      const actions = (await c.connection.sendRequest(CodeActionRequest.type, params)) ?? [];
      return actions.map(({ title, command }) => `${title}: ${JSON.stringify(Object(command).arguments)}`);
    };
    const c = await started();
    assert.deepEqual(await titles(c, 2), [`Generate launch command: ${JSON.stringify([launch])}`]);
    assert.deepEqual(await titles(c, 6), []);
    await c.stop();
    assert.deepEqual(await titles(await started(new Map(), {}), 2), []);
  });
});

test('the profiles come with the problems of their blocks', async () => {
  const c = await started();
  const [file] = await c.connection.sendRequest<LaunchFile[]>('emrIam/launchProfiles', {});
  assert.deepEqual(
    file?.profiles.map(({ name, problems = [] }) => [name, problems.length]),
    [
      ['default', 1],
      ['bare', 0],
    ],
  );
});

describe('presets', () => {
  test('are those of the project files, in a workspace that is trusted', async () => {
    const files: Files = new Map([[project, JSON.stringify({ launches })]]);
    const c = await started(files, { isTrusted: false });
    assert.deepEqual(await presetsOf(c), []);
    await c.connection.sendNotification('emrIam/trusted');
    assert.deepEqual(await presetsOf(c), [{ name: 'nightly', ...launches.nightly, folder }]);
    files.delete(project);
    assert.deepEqual(await presetsOf(c), []);
  });

  test('are saved into the text of the editor, or else of the disk', async () => {
    const files: Files = new Map();
    const c = await started(files);
    const made = await save(c);
    assert.deepEqual([made.uri, made.isNew], [project, true]);
    assert.match(made.edits[0]?.newText ?? '', /^\{\n {2}"launches": \{\n {4}"mine": \{\n {6}"profile": "default",/);
    files.set(project, '{\n  "rules": {}\n}\n');
    const added = await save(c);
    assert.deepEqual([added.isNew, added.edits[0]?.range.start], [false, { line: 1, character: 13 }]);
    await c.open(project, '// mine\n{}\n', 'jsonc');
    assert.deepEqual((await save(c)).edits[0]?.range.start, { line: 1, character: 1 });
  });

  test('are not saved with a password', async () => {
    const c = await started(new Map());
    for (const password of ['secret', '\\,secret', '"my secret"']) {
      const kerberos = ['--kerberos-attributes', `Realm=R,KdcAdminPassword=${password}`];
      await assert.rejects(save(c, 'mine', kerberos), /is for everybody in the project: a preset may have no password\./);
    }
  });

  test('are not saved under a name that none can have, into a broken file, or through a link', async () => {
    const files: Files = new Map([[project, '{']]);
    const c = await started(files);
    await assert.rejects(save(c, ' '), /" " cannot be the name of a launch\. Write 1 to 100 characters\./);
    await assert.rejects(save(c), /\.emr-iam\.jsonc is not a valid JSON object: mend it first\./);
    files.set(project, 'link:file:///elsewhere.jsonc');
    await assert.rejects(save(c), /\.emr-iam\.jsonc was not read: a link leads out of the folder\./);
  });
});
