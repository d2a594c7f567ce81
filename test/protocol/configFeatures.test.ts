import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import {
  CompletionRequest,
  DefinitionRequest,
  DocumentFormattingRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  type InitializeParams,
  type Position,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  SemanticTokensRequest,
  type TextEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { awsConfig, type Client, type Files, folder, startClient, until } from '../harness/client';

const credentials = 'file:///home/u/.aws/credentials';
const text =
  '[profile base]\r\nregion = x\r\n# 🚀 a\r\n# b\r\n[profile dev]\r\nsource_profile = base\r\nemr =\r\n  service_role=R\r\n  log_uri = s3://b-c/\r\n';

let client: Client | undefined;
afterEach(() => client?.stop());

async function opened(files: Files = new Map(), capabilities: InitializeParams['capabilities'] = {}): Promise<Client> {
  client = await startClient(files, capabilities);
  await client.open(awsConfig, text, 'aws-config');
  return client;
}

const at = (line: number, character: number): { textDocument: { uri: string }; position: Position } => ({
  textDocument: { uri: awsConfig },
  position: { line, character },
});

function apply(source: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create('x', '', 0, source), [...edits]);
}

describe('a config file', () => {
  test('has an outline, folds, and tokens', async () => {
    const { connection } = await opened();
    const outline = await connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri: awsConfig } });
    assert.deepEqual(
      outline?.map((symbol) => [
        symbol.name,
        'range' in symbol && symbol.range.start.line,
        'children' in symbol && symbol.children?.length,
      ]),
      [
        ['base', 0, 1],
        ['dev', 4, 2],
      ],
    );
    const folds = await connection.sendRequest(FoldingRangeRequest.type, { textDocument: { uri: awsConfig } });
    assert.deepEqual(
      folds?.map(({ startLine, endLine, kind }) => [startLine, endLine, kind]),
      [
        [0, 1, 'region'],
        [2, 3, 'comment'],
        [4, 8, 'region'],
        [6, 8, 'region'],
      ],
    );
    const tokens = await connection.sendRequest(SemanticTokensRequest.type, { textDocument: { uri: awsConfig } });
    assert.deepEqual(tokens?.data.slice(0, 15), [0, 1, 12, 0, 0, 1, 0, 6, 2, 0, 0, 9, 1, 3, 0]);
  });

  test('is completed with the edit that replaces the word', async () => {
    const { connection } = await opened();
    const found = await connection.sendRequest(CompletionRequest.type, at(5, 19));
    const items = Array.isArray(found) ? found : (found?.items ?? []);
    assert.deepEqual(
      items.map(({ label }) => label),
      ['base'],
    );
    const edit = items[0]?.textEdit;
    assert.deepEqual(edit && 'range' in edit && edit.range, { start: { line: 5, character: 17 }, end: { line: 5, character: 21 } });
  });

  test('leads to the profile, in the credentials file too', async () => {
    const { connection } = await opened(new Map([[credentials, '[x]\n[base]\nregion = y\n']]));
    const found = await connection.sendRequest(DefinitionRequest.type, at(5, 18));
    assert.deepEqual(Array.isArray(found) && found.map((place) => ('uri' in place ? [place.uri, place.range.start.line] : place)), [
      [awsConfig, 0],
      [credentials, 1],
    ]);
    const uses = await connection.sendRequest(ReferencesRequest.type, { ...at(0, 10), context: { includeDeclaration: false } });
    assert.deepEqual(
      uses?.map(({ range }) => range.start),
      [{ line: 5, character: 17 }],
    );
  });

  test('has its profiles renamed in both files, or says why not', async () => {
    const { connection } = await opened(new Map([[credentials, '[base]\nregion = y\n']]));
    assert.deepEqual(await connection.sendRequest(PrepareRenameRequest.type, at(0, 10)), {
      range: { start: { line: 0, character: 9 }, end: { line: 0, character: 13 } },
      placeholder: 'base',
    });
    assert.equal(await connection.sendRequest(PrepareRenameRequest.type, at(1, 2)), null);
    const edit = await connection.sendRequest(RenameRequest.type, { ...at(0, 10), newName: 'my base' });
    const changes = (edit?.documentChanges ?? []).flatMap((change) => ('edits' in change ? [change] : []));
    assert.deepEqual(
      changes.map(({ textDocument: { uri, version }, edits }) => [uri, version, edits.length]),
      [
        [awsConfig, 1, 2],
        [credentials, null, 1],
      ],
    );
    assert.match(apply(text, changes[0]?.edits as TextEdit[]), /^\[profile 'my base'\]\r\n[\s\S]*source_profile = my base\r\n/);
    await assert.rejects(connection.sendRequest(RenameRequest.type, { ...at(0, 10), newName: 'dev' }), /There is a profile "dev" already/);
  });

  test('is formatted with the indentation of the editor', async () => {
    const { connection } = await opened();
    const params = { textDocument: { uri: awsConfig }, options: { tabSize: 4, insertSpaces: true } };
    const edits = await connection.sendRequest(DocumentFormattingRequest.type, params);
    assert.match(apply(text, edits ?? []), /emr =\r\n {4}service_role = R\r\n {4}log_uri = s3:\/\/b-c\/\r\n$/);
  });
});

describe('JSON', () => {
  const policy = `${folder}/policy.json`;

  test('is left to other servers, policies apart', async () => {
    const { connection } = await opened();
    await client?.open(policy, '{"name": []}', 'json');
    const textDocument = { uri: policy };
    assert.deepEqual(await connection.sendRequest(DocumentSymbolRequest.type, { textDocument }), []);
    assert.deepEqual(await connection.sendRequest(FoldingRangeRequest.type, { textDocument }), []);
    const options = { tabSize: 2, insertSpaces: true };
    assert.deepEqual(await connection.sendRequest(DocumentFormattingRequest.type, { textDocument, options }), []);
    assert.deepEqual(await connection.sendRequest(CompletionRequest.type, { textDocument, position: { line: 0, character: 1 } }), []);
  });

  test('is not even offered where the client can be told so', async () => {
    const dynamicRegistration = true;
    const textDocument = {
      formatting: { dynamicRegistration },
      semanticTokens: { dynamicRegistration, requests: {}, tokenTypes: [], tokenModifiers: [], formats: [] },
    };
    const c = await opened(new Map(), { textDocument });
    assert.equal(c.initialized.capabilities.documentFormattingProvider, undefined);
    await until('the registrations', () => c.registrations.has(DocumentFormattingRequest.method));
    assert.deepEqual(Reflect.get(Object(c.registrations.get(DocumentFormattingRequest.method)), 'documentSelector'), [
      { language: 'aws-config' },
      { language: 'aws-credentials' },
      { scheme: 'file', pattern: '**/.aws/{config,credentials}' },
    ]);
  });
});
