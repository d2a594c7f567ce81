import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import {
  CancellationTokenSource,
  type CompletionItem,
  CompletionRequest,
  CompletionResolveRequest,
  DocumentSymbolRequest,
  type InitializeParams,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Client, folder, startClient, until } from '../harness/client';
import { atCursor } from '../harness/cursor';

let client: Client | undefined;
afterEach(() => client?.stop());

const uri = `${folder}/policies/x.json`;
const withSnippets: InitializeParams['capabilities'] = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };

async function opened(marked: string, capabilities = withSnippets, languageId = 'json') {
  client = await startClient(new Map(), capabilities);
  const { text, offset } = atCursor(marked);
  await client.open(uri, text, languageId);
  const document = TextDocument.create(uri, languageId, 1, text);
  return { client, document, params: { textDocument: { uri }, position: document.positionAt(offset) } };
}

async function completed(marked: string, capabilities = withSnippets, languageId = 'json') {
  const { client: c, document, params } = await opened(marked, capabilities, languageId);
  const found = await c.connection.sendRequest(CompletionRequest.type, params);
  assert.ok(found !== null);
  const list = Array.isArray(found) ? { items: found, isIncomplete: false } : found;
  return { client: c, document, ...list };
}

function applied(document: TextDocument, { textEdit, additionalTextEdits = [] }: CompletionItem): string {
  assert.ok(textEdit !== undefined && 'range' in textEdit);
  return TextDocument.applyEdits(document, [textEdit, ...additionalTextEdits]);
}

const policy = (members: string): string =>
  `{\r\n  // 🚀\r\n  "Version": "2012-10-17",\r\n  "Statement": [{ "Effect": "Allow", ${members} }]\r\n}`;

describe('completion over the protocol', () => {
  test('has edits, commas and details, and says that there is more', async () => {
    const { document, items, isIncomplete } = await completed(policy('"Action": ["s3:getobj$0" "s3:PutObject"]'), withSnippets, 'jsonc');
    const item = items.find(({ label }) => label === 's3:GetObject');
    assert.ok(item !== undefined && isIncomplete === false);
    assert.equal(item.detail, 'Read');
    assert.equal(item.documentation, undefined);
    assert.equal(applied(document, item), policy('"Action": ["s3:GetObject", "s3:PutObject"]'));
  });

  test('of a word anywhere is incomplete, and reads no descriptions until one is asked for', async () => {
    const { client: c, items, isIncomplete } = await completed(policy('"Action": "runjob$0"'));
    assert.equal(isIncomplete, true);
    const item = items.find(({ label }) => label === 'elasticmapreduce:RunJobFlow');
    assert.ok(item !== undefined && item.documentation === undefined);
    const resolved = await c.connection.sendRequest(CompletionResolveRequest.type, item);
    assert.match(JSON.stringify(resolved.documentation), /cluster|job flow/i);
  });

  test('has tab stops for editors that know them, and plain text for others', async () => {
    const members = '"Action": "s3:GetObject", "Resource": "$0"';
    const object = 'arn:aws:s3:::<BucketName>/<ObjectName>';
    const { items } = await completed(policy(members));
    const edit = items.find(({ label }) => label === object)?.textEdit;
    assert.equal(edit?.newText, 'arn:aws:s3:::${1:<BucketName>}/${2:<ObjectName>}');
    await client?.stop();
    const plain = await completed(policy(members), {});
    const item = plain.items.find(({ label }) => label === object);
    assert.ok(item !== undefined && item.insertTextFormat === undefined && item.command === undefined);
    assert.equal(applied(plain.document, item), policy(`"Action": "s3:GetObject", "Resource": "${object}"`));
  });

  test('is about policies alone', async () => {
    const { items } = await completed('{ "name": "$0" }');
    assert.deepEqual(items, []);
  });

  test('begins a policy in an empty file', async () => {
    const { items, document } = await completed('$0');
    assert.ok(items[0] !== undefined && /^\{\n {2}"Version": "2012-10-17"/.test(applied(document, items[0])));
  });

  test('follows the kind that the settings give to the file', async () => {
    const { client: c, params } = await opened(policy('$0'), { workspace: { configuration: true } });
    c.settings = { policyKinds: { '**/policies/*': 'resource' } };
    const found = await c.connection.sendRequest(CompletionRequest.type, params);
    assert.ok(found !== null && !Array.isArray(found) && found.items.some(({ label }) => label === 'Principal'));
  });

  test('is not answered for a text that has changed, or when nobody waits', async () => {
    const { client: c, params } = await opened(policy('"Action": "$0"'), { workspace: { configuration: true } });
    let release = (): void => undefined;
    c.holdSettings = new Promise((resolve) => {
      release = resolve;
    });
    const asked = c.settingsAsked;
    const old = assert.rejects(c.connection.sendRequest(CompletionRequest.type, params), /changed/);
    await until('the settings are asked for', () => c.settingsAsked > asked);
    await c.change(uri, 2, [{ text: policy('"Action": "s3:"') }]);
    const source = new CancellationTokenSource();
    const cancelled = assert.rejects(c.connection.sendRequest(CompletionRequest.type, params, source.token), /Cancelled/);
    await until('the settings are asked for again', () => c.settingsAsked > asked + 1);
    source.cancel();
    // The cancellation arrives before the answer, since messages keep their order.
    await c.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
    release();
    await Promise.all([old, cancelled]);
  });
});

describe('the outline over the protocol', () => {
  test('has the statements', async () => {
    const { client: c } = await opened(policy('"Sid": "Read", "Action": "s3:GetObject", "Resource": "*"$0'));
    const found = await c.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
    assert.deepEqual(
      found?.map((symbol) => [symbol.name, 'detail' in symbol && symbol.detail, 'range' in symbol && symbol.range.start.line]),
      [['Read', 'Allow s3:GetObject on *', 3]],
    );
  });

  test('is registered for JSON where editors edit, with a label of its own', async () => {
    const dynamicRegistration = true;
    client = await startClient(new Map(), {
      textDocument: {
        formatting: { dynamicRegistration },
        semanticTokens: { dynamicRegistration, requests: {}, tokenTypes: [], tokenModifiers: [], formats: [] },
      },
    });
    const c = client;
    const all = (method: string): unknown[] => c.allRegistrations.flatMap((one) => (one.method === method ? [one.registerOptions] : []));
    await until('the registrations', () => all(DocumentSymbolRequest.method).length === 2 && all(CompletionRequest.method).length === 3);
    const documentSelector = ['file', 'untitled'].flatMap((scheme) => ['json', 'jsonc'].map((language) => ({ scheme, language })));
    assert.deepEqual(all(DocumentSymbolRequest.method)[1], { documentSelector, label: 'IAM policies' });
    assert.deepEqual(all(CompletionRequest.method)[1], { documentSelector, triggerCharacters: ['"', ':'], resolveProvider: true });
  });
});
