import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { CodeActionRequest, CompletionRequest, type InitializeParams } from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { awsConfig, type Client, type Files, folder, startClient, until } from '../harness/client';
import { atCursor } from '../harness/cursor';

let client: Client | undefined;
afterEach(() => client?.stop());

const uri = `${folder}/launch.sh`;
const account = `${folder}/account.json`;
const withSnippets: InitializeParams['capabilities'] = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };

async function completed(marked: string, capabilities = withSnippets, languageId = 'shellscript', files: Files = new Map()) {
  client = await startClient(files, capabilities, { factsFiles: files.has(account) ? ['account.json'] : [] });
  const { text, offset } = atCursor(marked);
  await client.open(uri, text, languageId);
  const document = TextDocument.create(uri, languageId, 1, text);
  const params = { textDocument: { uri }, position: document.positionAt(offset) };
  const found = await client.connection.sendRequest(CompletionRequest.type, params);
  assert.ok(Array.isArray(found));
  const applied = (label: string): string => {
    const edit = found.find((item) => item.label === label)?.textEdit;
    assert.ok(edit !== undefined && 'range' in edit, `no ${label} among ${found.map((item) => item.label).join(' ')}`);
    return TextDocument.applyEdits(document, [edit]);
  };
  return { client, document, params, found, applied };
}

describe('completion in a script', () => {
  test('replaces what is being written, in a command that is not finished', async () => {
    const { applied, found } = await completed("#!/bin/sh\r\n# 🚀\r\nID=$(aws emr create-cluster --name '🚀' \\\r\n  --rel$0\r\n");
    assert.equal(applied('--release-label'), "#!/bin/sh\r\n# 🚀\r\nID=$(aws emr create-cluster --name '🚀' \\\r\n  --release-label \r\n");
    assert.equal(found.find(({ label }) => label === '--release-label')?.command?.command, 'editor.action.triggerSuggest');
  });

  test('has the profiles of the user, and is quick to say nothing elsewhere', async () => {
    const files = new Map([[awsConfig, '[profile dev]\n[default]\n']]);
    const { found, client: c } = await completed('aws emr create-cluster --profile $0', withSnippets, 'shellscript', files);
    assert.deepEqual(found.map(({ label }) => label).sort(), ['default', 'dev']);
    const asked = c.settingsAsked;
    await c.open(`${folder}/other.sh`, 'ls --all ');
    const params = { textDocument: { uri: `${folder}/other.sh` }, position: { line: 0, character: 9 } };
    assert.deepEqual(await c.connection.sendRequest(CompletionRequest.type, params), []);
    assert.equal(c.settingsAsked, asked);
  });

  test('has roles below a path by their names, and by the ARNs that are written', async () => {
    const arn = 'arn:aws:iam::111122223333:role/emr/Service';
    const trust = { Effect: 'Allow', Principal: { Service: 'elasticmapreduce.amazonaws.com' }, Action: 'sts:AssumeRole' };
    const role = { Path: '/emr/', RoleName: 'Service', Arn: arn, AssumeRolePolicyDocument: { Statement: [trust] } };
    const facts = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [role], Policies: [] };
    const files = new Map([[account, JSON.stringify(facts)]]);
    const asked = { ...withSnippets, workspace: { configuration: true } };
    const { found, applied } = await completed('aws emr create-cluster --service-role $0', asked, 'shellscript', files);
    assert.equal(applied('Service').trim(), `aws emr create-cluster --service-role ${arn}`);
    assert.equal(found.find(({ label }) => label === 'Service')?.filterText, `Service ${arn}`);
  });

  test('has whole commands with tab stops for editors that know them, and plain text for others', async () => {
    const label = 'create-cluster: type and count';
    const { applied } = await completed('```sh\naws emr $0\n```\n', withSnippets, 'markdown');
    assert.match(applied(label), /^```sh\naws emr create-cluster \\\\\n {2}--name \$\{1:my-cluster\} \\\\\n/);
    await client?.stop();
    const plain = await completed('```sh\naws emr $0\n```\n', {}, 'markdown');
    assert.match(plain.applied(label), /^```sh\naws emr create-cluster \\\n {2}--name my-cluster \\\n/);
    assert.ok(plain.found.every(({ insertTextFormat, command }) => insertTextFormat === undefined && command === undefined));
  });

  test('is registered for the languages of scripts where editors edit', async () => {
    const dynamicRegistration = true;
    client = await startClient(new Map(), {
      textDocument: {
        formatting: { dynamicRegistration },
        semanticTokens: { dynamicRegistration, requests: {}, tokenTypes: [], tokenModifiers: [], formats: [] },
      },
    });
    const c = client;
    const all = (): unknown[] =>
      c.allRegistrations.flatMap((one) => (one.method === CompletionRequest.method ? [one.registerOptions] : []));
    await until('the registrations', () => all().length === 3);
    const languages = ['shellscript', 'markdown', 'makefile', 'yaml', 'github-actions-workflow'];
    assert.deepEqual(all()[2], {
      documentSelector: ['file', 'untitled'].flatMap((scheme) => languages.map((language) => ({ scheme, language }))),
      triggerCharacters: ['-', ' ', '=', ',', '{', '['],
    });
  });

  test('is not answered for a text that has changed', async () => {
    const { client: c, params } = await completed('aws emr create-cluster --$0', { workspace: { configuration: true } });
    let release = (): void => undefined;
    c.holdSettings = new Promise((resolve) => {
      release = resolve;
    });
    const asked = c.settingsAsked;
    const old = assert.rejects(c.connection.sendRequest(CompletionRequest.type, params), /changed/);
    await until('the settings are asked for', () => c.settingsAsked > asked);
    await c.change(uri, 2, [{ text: 'aws emr create-cluster ' }]);
    release();
    await old;
  });
});

describe('the code actions of a script', () => {
  const disabledSupport = { textDocument: { codeAction: { disabledSupport: true } } };

  async function actions(text: string, languageId: string, capabilities: InitializeParams['capabilities'], hasCommands: boolean) {
    client = await startClient(new Map(), capabilities, {}, { hasCommands });
    await client.open(uri, text, languageId);
    const at = TextDocument.create(uri, languageId, 1, text).positionAt(text.indexOf('create-cluster'));
    const params = { textDocument: { uri }, range: { start: at, end: at }, context: { diagnostics: [], only: ['refactor'] } };
    return (await client.connection.sendRequest(CodeActionRequest.type, params)) ?? [];
  }
  const titles = (found: Awaited<ReturnType<typeof actions>>): string[] => found.map(({ title }) => title);

  test('rewrite its command in place for bash, and in a new editor for other shells', async () => {
    const text = '# 🚀\naws emr create-cluster --name 🚀 --use-default-roles\n';
    const found = await actions(text, 'shellscript', disabledSupport, true);
    assert.deepEqual(titles(found), ['Rewrite for bash', 'Rewrite for PowerShell in a new editor', 'Rewrite for cmd in a new editor']);
    const [bash, powershell] = found;
    assert.ok(bash !== undefined && 'kind' in bash && bash.kind === 'refactor.rewrite');
    const [change] = bash.edit?.documentChanges ?? [];
    assert.ok(change !== undefined && 'edits' in change && change.textDocument.version === 1);
    const edits = change.edits.filter((edit) => 'newText' in edit);
    assert.equal(
      TextDocument.applyEdits(TextDocument.create(uri, '', 1, text), edits),
      "# 🚀\naws emr create-cluster \\\n  --name '🚀' \\\n  --use-default-roles\n",
    );
    assert.deepEqual(powershell?.command, {
      title: 'Rewrite for PowerShell in a new editor',
      command: 'emrIam.showShellText',
      arguments: [{ text: "aws emr create-cluster `\n  --name '🚀' `\n  --use-default-roles\n", shell: 'powershell' }],
    });
  });

  test('have nothing for a new editor where the client has no command for it', async () => {
    assert.deepEqual(titles(await actions('aws emr create-cluster --name a', 'shellscript', {}, false)), ['Rewrite for bash']);
  });

  test('say why they cannot be taken to clients that show it, and are missing elsewhere', async () => {
    const text = 'aws emr create-cluster --name "$NAME"';
    const found = await actions(text, 'shellscript', disabledSupport, true);
    assert.deepEqual(
      found.map((action) => 'disabled' in action && action.disabled?.reason),
      Array.from({ length: 3 }, () => 'The value of --name is one that only running the command tells.'),
    );
    await client?.stop();
    assert.deepEqual(await actions(text, 'shellscript', {}, true), []);
  });
});
