// The language server of the browser: the bundle that ships, in a worker that has nothing of Node.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, describe, test } from 'node:test';
import type { Worker } from 'node:worker_threads';
import {
  createProtocolConnection,
  ExitNotification,
  PortMessageReader,
  PortMessageWriter,
  ShutdownRequest,
} from 'vscode-languageserver-protocol/node';
import { type ReadFileParams, type ReadFileResult, readFileRequest, serviceDataRequest } from '../../server/src/lsp/protocol';
import { authorizationDetails } from '../harness/account';
import { type Client, connect, folder } from '../harness/client';
import { inRepository } from '../harness/repository';
import { startWorker } from '../harness/worker';

interface Browser extends Client {
  readonly worker: Worker;
  /** By URI. */
  readonly files: Map<string, ReadFileResult>;
  /** The names of the service data that the worker asked for. */
  readonly asked: string[];
}

let browser: Browser | undefined;
afterEach(async () => {
  browser?.connection.dispose();
  await browser?.worker.terminate();
});

async function start(settings: unknown = {}): Promise<Browser> {
  const worker = startWorker(inRepository('dist/server.web.js'));
  const connection = createProtocolConnection(new PortMessageReader(worker), new PortMessageWriter(worker));
  const files = new Map<string, ReadFileResult>();
  const asked: string[] = [];
  connection.onRequest<ReadFileResult, void>(readFileRequest, ({ uri, stamp }: ReadFileParams): ReadFileResult => {
    const found = files.get(uri) ?? { state: 'error', code: 'FileNotFound' };
    return found.state === 'bytes' && found.stamp === stamp ? { state: 'unchanged' } : found;
  });
  connection.onRequest(serviceDataRequest, (name: string) => {
    asked.push(name);
    return new Uint8Array(readFileSync(inRepository(`dist/${name}.json`)));
  });
  const client = await connect(connection, { textDocument: { diagnostic: {} }, workspace: { configuration: true } }, settings);
  browser = Object.assign(client, { worker, files, asked });
  return browser;
}

const bytes = (text: string, stamp = '1'): ReadFileResult => ({ state: 'bytes', bytes: new TextEncoder().encode(text), stamp });
const policyUri = `${folder}/policy.json`;
const policyOf = (action: string): string =>
  `{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "${action}", "Resource": "*" }] }`;

async function codes(b: Browser, uri: string): Promise<unknown[]> {
  return (await b.diagnostics(uri)).map(({ code }) => code);
}

describe('in a web worker', () => {
  test('an unknown action is found and an action is described, by service data that are asked for once', async () => {
    const b = await start();
    await b.open(policyUri, policyOf('s3:GetObjekt'));
    assert.deepEqual(await codes(b, policyUri), ['policy/invalid-action']);
    assert.deepEqual(b.asked, ['catalog']);
    const other = `${folder}/other.json`;
    const text = policyOf('s3:GetObject');
    await b.open(other, text);
    for (let i = 0; i < 2; i++) {
      const hover = await b.hover(other, 0, text.indexOf('GetObject'));
      assert.match(JSON.stringify(hover?.contents), /Grants permission to retrieve objects/);
    }
    assert.deepEqual(b.asked, ['catalog', 'descriptions']);
  });

  test('files are what the client reads', async () => {
    const b = await start({ factsFiles: ['facts/my account.json'] });
    b.files.set(`${folder}/.emr-iam.jsonc`, bytes('{ "rules": { "policy/invalid-action": "off" } }'));
    b.files.set(`${folder}/facts/my%20account.json`, bytes(authorizationDetails({ roles: [{ name: 'Known' }], instanceProfiles: [] })));
    await b.open(policyUri, policyOf('s3:GetObjekt'));
    assert.deepEqual(await codes(b, policyUri), []);
    const config = `${folder}/.aws/config`;
    await b.open(config, '[default]\nemr =\n    service_role = Unknown\n', 'aws-config');
    assert.ok((await codes(b, config)).includes('emr/unknown-role'));
    b.files.set(`${folder}/.emr-iam.jsonc`, bytes('{}', '2'));
    assert.deepEqual(await codes(b, policyUri), ['policy/invalid-action']);
  });

  test('why a file is not used is said', async () => {
    const b = await start({ factsFiles: ['a.json', 'b.json', 'c.json', 'd.json'] });
    b.files.set(`${folder}/a.json`, { state: 'too-large' });
    b.files.set(`${folder}/b.json`, { state: 'link' });
    b.files.set(`${folder}/c.json`, { state: 'bytes', bytes: new Uint8Array([0xff, 0xfe, 0x5b, 0]), stamp: '' });
    await b.open(policyUri, policyOf('s3:GetObject'));
    await b.diagnostics(policyUri);
    assert.deepEqual(b.logged, [
      'a.json: not used as facts: it is larger than 200 MB.',
      'b.json: not used as facts: there is a link in its path, and where it leads cannot be told here.',
      'c.json: not used as facts: it is not UTF-8 text.',
      'd.json: not used as facts: it does not exist.',
    ]);
  });

  test('exit ends the worker', async () => {
    const b = await start();
    const ended = once(b.worker, 'exit');
    await b.connection.sendRequest(ShutdownRequest.type);
    await b.connection.sendNotification(ExitNotification.type);
    await ended;
  });
});
