// The role map, its lens, and the AWS commands of findings, as an editor gets them.

import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import {
  type CodeAction,
  CodeActionRequest,
  CodeLensRequest,
  DidChangeConfigurationNotification,
  type InitializeParams,
} from 'vscode-languageserver-protocol/node';
import {
  changedNotification,
  type RoleMapResult,
  roleMapRequest,
  type SetupCommandsParams,
  type SetupCommandsResult,
  setupCommandsRequest,
} from '../../server/src/lsp/protocol';
import { authorizationDetails, listInstanceProfiles } from '../harness/account';
import { awsConfig, type Client, type Files, folder, startClient, until } from '../harness/client';
import { elementsIn, parseXml } from '../harness/xml';

const editor: InitializeParams['capabilities'] = {
  textDocument: {
    diagnostic: {},
    formatting: { dynamicRegistration: true },
    semanticTokens: { dynamicRegistration: true, requests: {}, tokenTypes: [], tokenModifiers: [], formats: [] },
  },
  workspace: { configuration: true },
};

const account = {
  roles: [{ name: 'Service', attachedPolicies: ['AmazonEMRServicePolicy_v2'] }, { name: 'Nodes' }],
  instanceProfiles: [{ name: 'Nodes', role: 'Nodes' }],
};
const files: Files = new Map([
  [`${folder}/account.json`, authorizationDetails(account)],
  [`${folder}/profiles.json`, listInstanceProfiles(account)],
]);
const settings = { factsFiles: ['account.json', 'profiles.json'] };
const text = '[default]\nemr =\n    service_role = Nobody\n    instance_profile = Nodes\n[profile other]\nregion = x\n';

let client: Client | undefined;
afterEach(() => client?.stop());

async function started(options: unknown = { hasCommands: true }): Promise<Client> {
  client = await startClient(files, editor, settings, options);
  await client.open(awsConfig, text, 'aws-config');
  return client;
}

function mapOf(c: Client, profile = 'default'): Promise<RoleMapResult> {
  return c.connection.sendRequest(roleMapRequest, { uri: awsConfig, profile });
}

async function actions(c: Client): Promise<readonly CodeAction[]> {
  const [diagnostic] = (await c.diagnostics(awsConfig)).filter(({ code }) => code === 'emr/unknown-role');
  assert.ok(diagnostic);
  const context = { diagnostics: [diagnostic] };
  const answer = await c.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: awsConfig },
    range: diagnostic.range,
    context,
  });
  return (answer ?? []).filter((action): action is CodeAction => 'kind' in action);
}

describe('the role map', () => {
  test('comes as a picture, a list, files to save, and a link for each node', async () => {
    const c = await started();
    const map = await mapOf(c);
    assert.equal(map.title, 'Role map of the profile "default"');
    const ids = elementsIn(parseXml(map.picture)).flatMap(({ attributes }) => attributes['data-node'] ?? []);
    assert.deepEqual(ids.map(Number).sort(), [...map.links.keys()].sort());
    assert.match(map.list, /<b>error<\/b> emr\/unknown-role/);
    assert.match(map.svg, /^<\?xml/);
    assert.match(map.mermaid, /^flowchart LR\n/);
    const [profile, instanceProfile, role, , , service] = map.links;
    assert.deepEqual(profile, { uri: awsConfig, range: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } } });
    assert.deepEqual(instanceProfile, { uri: `${folder}/account.json`, member: { name: 'InstanceProfileName', value: 'Nodes' } });
    assert.deepEqual(role, { uri: `${folder}/account.json`, member: { name: 'RoleName', value: 'Nodes' } });
    assert.deepEqual(service, { uri: awsConfig, range: { start: { line: 2, character: 19 }, end: { line: 2, character: 25 } } });
  });

  test('is of the text in the editor, and follows it', async () => {
    const c = await started();
    await c.change(awsConfig, 2, [{ text: text.replace('Nobody', 'Service') }]);
    const map = await mapOf(c);
    assert.doesNotMatch(map.list, /unknown-role/);
    assert.match(map.list, /AWS&#39;s managed policy, v\d/);
  });

  test('is refused in a sentence for a profile that is gone', async () => {
    const c = await started();
    await assert.rejects(mapOf(c, 'gone'), /config has no profile "gone" any more\./);
    assert.match((await mapOf(c, 'other')).list, /has no emr block/);
  });

  test('has a lens on each emr block, and a client with commands is told of changes', async () => {
    const c = await started();
    await until('the lens is registered', () => c.registered.includes(CodeLensRequest.method));
    const [launch, lens, ...more] = (await c.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: awsConfig } })) ?? [];
    assert.deepEqual(more, []);
    const params = [{ uri: awsConfig, profile: 'default' }];
    assert.deepEqual(launch?.command, { title: 'Generate launch command', command: 'emrIam.generateLaunchCommand', arguments: params });
    assert.equal(lens?.range.start.line, 1);
    assert.deepEqual(lens?.command, {
      title: 'Show role map',
      command: 'emrIam.showRoleMap',
      arguments: params,
    });
    let changes = 0;
    c.connection.onNotification(changedNotification, () => void changes++);
    await c.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: {} });
    await until('the change is told', () => changes > 0);
  });

  test('leaves a client without the commands alone', async () => {
    const c = await started({});
    await until('the features are registered', () => c.registered.includes('textDocument/formatting'));
    assert.ok(!c.registered.includes(CodeLensRequest.method));
    let changes = 0;
    c.connection.onNotification(changedNotification, () => void changes++);
    await c.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: {} });
    await mapOf(c);
    assert.equal(changes, 0);
    assert.ok((await actions(c)).every(({ command }) => command === undefined));
  });
});

describe('what takes AWS commands', () => {
  test('is a code action that shows them', async () => {
    const c = await started();
    const action = (await actions(c)).find(({ command }) => command !== undefined);
    assert.equal(action?.title, 'Show the AWS commands that create it');
    assert.equal(action?.command?.command, 'emrIam.showSetupCommands');
    const [params] = action?.command?.arguments ?? [];
    const { script } = await c.connection.sendRequest<SetupCommandsResult>(setupCommandsRequest, params);
    assert.match(script, /aws iam create-role \\\n {2}--profile default \\\n {2}--role-name Nobody/);
  });

  test('is refused in a sentence', async () => {
    const c = await started();
    const params: SetupCommandsParams = { uri: awsConfig, rule: 'emr/unknown-role', position: { line: 2, character: 19 } };
    await c.change(awsConfig, 2, [{ text: text.replace('Nobody', 'r'.repeat(70)) }]);
    await assert.rejects(c.connection.sendRequest(setupCommandsRequest, params), /it has 70 characters, and IAM takes 64 at most/);
    await assert.rejects(
      c.connection.sendRequest(setupCommandsRequest, { ...params, position: { line: 5, character: 0 } }),
      /nothing to set up here any more/,
    );
  });
});
