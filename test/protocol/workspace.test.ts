// What the files of the workspace declare, in the language server.

import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import {
  DefinitionRequest,
  DiagnosticRefreshRequest,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  ReferencesRequest,
} from 'vscode-languageserver-protocol/node';
import { projectFiles } from '../../server/src/lsp/projectFiles';
import { type FactsParams, factsNotification } from '../../server/src/lsp/protocol';
import { workspaceFiles } from '../../server/src/lsp/workspaceFiles';
import { authorizationDetails } from '../harness/account';
import { awsConfig, type Client, type Files, folder, runtimeOver, startClient, until } from '../harness/client';
import { atCursor } from '../harness/cursor';

const capabilities: InitializeParams['capabilities'] = {
  textDocument: { diagnostic: {} },
  workspace: {
    configuration: true,
    diagnostics: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
  },
};

interface Asked extends Client {
  refreshed: number;
  readonly facts: FactsParams[];
}

let client: Client | undefined;
afterEach(async () => {
  await client?.stop();
  client = undefined;
});

async function started(files: Files, settings: unknown = {}, options?: unknown): Promise<Asked> {
  const c = await startClient(files, capabilities, settings, options);
  client = c;
  const asked: Asked = Object.assign(c, { refreshed: 0, facts: [] });
  c.connection.onRequest(DiagnosticRefreshRequest.type, () => void asked.refreshed++);
  c.connection.onNotification(factsNotification, (params: FactsParams) => void asked.facts.push(params));
  return asked;
}

async function codes(c: Client, uri: string): Promise<unknown[]> {
  return (await c.diagnostics(uri)).map(({ code }) => code).filter((code) => code !== 'emr/use-default-roles');
}

const changed = (c: Client, uri: string): Promise<void> =>
  c.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ uri, type: 2 }] });

const config = `${folder}/.aws/config`;
const launch = '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = Nodes\n';
const mismatch = 'emr/instance-profile-role-mismatch';
const added = `${folder}/iam/add-role.json`;
const holds = (role: string): string => JSON.stringify({ InstanceProfileName: 'Nodes', RoleName: role });
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

describe('what files of the workspace declare', () => {
  test('is read in the background, and refreshes what was found without it', async () => {
    const c = await started(new Map([[added, holds('Other')]]));
    await c.open(config, launch, 'aws-config');
    assert.deepEqual(await codes(c, config), []);
    await until('a refresh', () => c.refreshed === 1);
    assert.deepEqual(await codes(c, config), [mismatch]);
    assert.match(
      JSON.stringify((await c.diagnostics(config)).map(({ message }) => message)),
      /holds the role \\"Other\\" \(the workspace\)/,
    );
    await until('the status', () => c.facts.some(({ sources }) => sources.some(({ label }) => label === 'the workspace')));
    assert.equal(c.refreshed, 1);
  });

  test('is read once, whoever names it', async () => {
    const project = `${folder}/.emr-iam.jsonc`;
    const trusted = `${folder}/iam/trust.json`;
    const named = JSON.stringify({ roles: { Nodes: { trustPolicy: 'iam/trust.json' } } });
    const files: Files = new Map([
      [added, holds('Other')],
      [trusted, JSON.stringify(trust)],
      [project, named],
    ]);
    const machine = runtimeOver(files);
    const read: string[] = [];
    const runtime: typeof machine = {
      ...machine,
      async read(uri, ...more) {
        const result = await machine.read(uri, ...more);
        if (result.state === 'text') read.push(uri);
        return result;
      },
    };
    const projects = projectFiles(runtime);
    const workspace = workspaceFiles(runtime, projects, () => undefined);
    for (let i = 0; i < 2; i++) workspace.read([folder], await projects.nearest(config, folder));
    await workspace.settled();
    assert.deepEqual(read.sort(), [project, added, trusted]);
    files.set(trusted, JSON.stringify(trust).replace('ec2.', 'elasticmapreduce.'));
    workspace.changed([trusted]);
    await workspace.settled();
    assert.ok(read.slice(3).includes(trusted));
    assert.match(JSON.stringify(workspace.declarations(new Map())), /elasticmapreduce\.amazonaws\.com/);
  });

  test('is watched, and only news refresh', async () => {
    const files: Files = new Map([[added, holds('Other')]]);
    const c = await started(files);
    await c.open(config, launch, 'aws-config');
    await codes(c, config);
    await until('a refresh', () => c.refreshed === 1);
    const watchers = c.allRegistrations.flatMap(({ registerOptions }) => JSON.stringify(registerOptions ?? {}));
    assert.ok(watchers.includes('{"watchers":[{"globPattern":"**/*.{json,jsonc,template}"}]}'));
    files.set(added, `${holds('Other')}\n`);
    await changed(c, added);
    files.set(`${folder}/notes.json`, '{}');
    await changed(c, `${folder}/notes.json`);
    files.set(added, holds('Nodes'));
    await changed(c, added);
    await until('a refresh', () => c.refreshed === 2);
    assert.deepEqual(await codes(c, config), []);
    files.delete(added);
    await changed(c, added);
    await until('a refresh', () => c.refreshed === 3);
    files.set(`${folder}/node_modules/x/a.json`, holds('Other'));
    await changed(c, `${folder}/node_modules/x/a.json`);
    await c.open(`${folder}/other/.aws/config`, launch, 'aws-config');
    assert.deepEqual(await codes(c, `${folder}/other/.aws/config`), []);
  });

  test('in an open document counts more than its file, and stays while the document is broken', async () => {
    const c = await started(new Map([[added, holds('Nodes')]]));
    await c.open(config, launch, 'aws-config');
    await codes(c, config);
    await until('a refresh', () => c.refreshed === 1);
    await c.open(added, holds('Other'));
    assert.deepEqual(await codes(c, config), [mismatch]);
    await c.open(`${folder}/stack.json`, JSON.stringify({ Resources: { R: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'R' } } } }));
    await c.change(added, 2, [{ text: holds('Nodes') }]);
    assert.deepEqual(await codes(c, config), []);
    await c.change(added, 3, [{ text: holds('Other') }]);
    await c.close(added);
    assert.deepEqual(await codes(c, config), []);
  });

  test('is not read in a workspace that is not trusted', async () => {
    const c = await started(new Map([[added, holds('Other')]]), {}, { isTrusted: false });
    await c.open(config, launch, 'aws-config');
    assert.deepEqual(await codes(c, config), []);
    // This answer waits until nothing is being read.
    const position = { line: 3, character: 26 };
    const definition = (): Promise<unknown> =>
      c.connection.sendRequest(DefinitionRequest.type, { textDocument: { uri: config }, position });
    assert.deepEqual(await definition(), []);
    assert.deepEqual(await codes(c, config), []);
    await c.connection.sendNotification('emrIam/trusted');
    assert.equal(JSON.stringify(await definition()).includes('add-role.json'), true);
    assert.deepEqual(await codes(c, config), [mismatch]);
  });

  test('does not make a suppression of what only an account can tell stale', async () => {
    const c = await started(new Map([[added, holds('Nodes')]]));
    await c.open(
      config,
      launch.replace('    service_role', '    # emr-iam-disable-next-line emr/unknown-role\n    service_role'),
      'aws-config',
    );
    await codes(c, config);
    await until('a refresh', () => c.refreshed === 1);
    assert.deepEqual(await codes(c, config), []);
  });

  test('and an account says otherwise is said once, in the log and in the status', async () => {
    const account = authorizationDetails({ roles: [{ name: 'Nodes' }], instanceProfiles: [{ name: 'Nodes', role: 'Nodes' }] });
    const c = await started(
      new Map([
        [added, holds('Other')],
        [`${folder}/account.json`, account],
      ]),
      { factsFiles: ['account.json'] },
    );
    await c.open(config, launch, 'aws-config');
    await codes(c, config);
    await until('a refresh', () => c.refreshed === 1);
    for (let i = 0; i < 2; i++) assert.ok(!(await codes(c, config)).includes(mismatch));
    const sentence = 'account.json and the workspace differ in the role of the instance profile "Nodes"; what account.json says counts.';
    await until('the status', () => c.facts.at(-1)?.conflicts.length === 1);
    assert.deepEqual(c.facts.at(-1)?.conflicts, [sentence]);
    assert.deepEqual(c.logged, [sentence]);
  });
});

describe('the roles of a project file', () => {
  const projectUri = `${folder}/.emr-iam.jsonc`;
  const project = { roles: { Other: { kind: 'ec2', trustPolicy: 'roles/a.json' } }, instanceProfiles: { Nodes: { role: 'Other' } } };
  const noPrincipal = '{ "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }] }';

  test('are facts, with the files that they name', async () => {
    const files: Files = new Map([[projectUri, JSON.stringify(project)]]);
    const c = await started(files);
    await c.open(config, launch, 'aws-config');
    await codes(c, config);
    await until('a refresh', () => c.refreshed === 1);
    assert.deepEqual(await codes(c, config), [mismatch]);
    assert.deepEqual(c.logged, ['roles/a.json: not used as a policy of a role: it does not exist.']);
    files.set(`${folder}/roles/a.json`, JSON.stringify(trust));
    await changed(c, `${folder}/roles/a.json`);
    await until('a refresh', () => c.refreshed === 2);
    files.set(projectUri, '{}');
    await changed(c, projectUri);
    await until('a refresh', () => c.refreshed > 3);
    assert.deepEqual(await codes(c, config), []);
  });

  test('say the kind of the policies in their files, unless the settings do', async () => {
    const policyKinds = { '**/a.json': 'scp' };
    const c = await started(new Map([[projectUri, JSON.stringify({ ...project, policyKinds })]]));
    const uri = `${folder}/roles/a.json`;
    await c.open(uri, noPrincipal);
    const kind = async (): Promise<string | undefined> => /Kind: `([\w-]+)`/.exec(JSON.stringify(await c.hover(uri, 0, 5)))?.[1];
    assert.equal(await kind(), 'trust');
    c.settings = { policyKinds: { '**/a.json': 'resource' } };
    assert.equal(await kind(), 'resource');
  });

  test('say whose the policies in their files are, and what for', async () => {
    const files: Files = new Map([[projectUri, JSON.stringify(project)]]);
    const c = await started(files);
    const uri = `${folder}/roles/a.json`;
    await c.open(uri, JSON.stringify(trust).replace('ec2.', 'elasticmapreduce.'));
    assert.deepEqual(await codes(c, uri), ['emr/ec2-role-trust']);
    files.set(projectUri, JSON.stringify(project).replace('"ec2"', '"service"'));
    await changed(c, projectUri);
    assert.deepEqual(await codes(c, uri), ['emr/confused-deputy']);
  });
});

describe('the name of a role', () => {
  const create = `${folder}/iam/create-role.json`;
  const createText = `{\n  "RoleName": "Other",\n  "AssumeRolePolicyDocument": ${JSON.stringify(trust)}\n}\n`;
  const files = (): Files =>
    new Map([
      [added, holds('Other')],
      [create, createText],
      [awsConfig, '[profile mine]\nemr =\n  service_role = other\n  instance_profile = nodes\n'],
    ]);
  const position = (marked: string): { text: string; position: { line: number; character: number } } => {
    const { text, offset } = atCursor(marked);
    const lines = text.slice(0, offset).split('\n');
    return { text, position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 } };
  };
  const shown = (answer: unknown): readonly string[] => {
    assert.ok(Array.isArray(answer));
    return answer.map(({ uri, range: { start } }) => `${uri.replace(`${folder}/`, '')}:${start.line}:${start.character}`);
  };

  test('leads from a config file to what declares it, at once and after changes', async () => {
    const c = await started(files());
    const there = position(launch.replace('Nodes', 'No$0des'));
    await c.open(config, there.text, 'aws-config');
    const definition = async (): Promise<readonly string[]> =>
      shown(await c.connection.sendRequest(DefinitionRequest.type, { textDocument: { uri: config }, position: there.position }));
    assert.deepEqual(await definition(), ['iam/add-role.json:0:23', 'iam/create-role.json:1:14']);
    await c.open(create, `\n\n${createText}`);
    assert.deepEqual(await definition(), ['iam/add-role.json:0:23', 'iam/create-role.json:3:14']);
  });

  test('leads from where it is declared to the config files that use it', async () => {
    const c = await started(files());
    await c.open(config, launch.replace('EMR_DefaultRole', 'Other'), 'aws-config');
    const there = position(createText.replace('Other', 'Ot$0her'));
    await c.open(create, there.text);
    const references = async (includeDeclaration: boolean): Promise<readonly string[]> => {
      const context = { includeDeclaration };
      const params = { textDocument: { uri: create }, position: there.position, context };
      return shown(await c.connection.sendRequest(ReferencesRequest.type, params));
    };
    const uses = ['.aws/config:2:19', `${awsConfig}:2:17`];
    assert.deepEqual(await references(false), uses);
    assert.deepEqual([...(await references(true))].sort(), [...uses, 'iam/add-role.json:0:42', 'iam/create-role.json:1:14'].sort());
    const nowhere = { textDocument: { uri: create }, position: { line: 2, character: 5 }, context: { includeDeclaration: true } };
    assert.deepEqual(await c.connection.sendRequest(ReferencesRequest.type, nowhere), []);
  });
});
