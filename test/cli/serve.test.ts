// The language server as a process, over standard input and output and over Node's channel.

import assert from 'node:assert/strict';
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  IPCMessageReader,
  IPCMessageWriter,
  type ProtocolConnection,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { inRepository } from '../harness/repository';

async function speak(child: ChildProcess, connection: ProtocolConnection): Promise<void> {
  connection.listen();
  const { capabilities } = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {} } },
  });
  assert.ok(capabilities.diagnosticProvider);
  await connection.sendNotification(InitializedNotification.type, {});
  const uri = 'file:///w/.aws/config';
  const text = '[default]\nemr =\n  enable_debugging = maybe\n';
  await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: 'ini', version: 1, text } });
  const report = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
  assert.deepEqual(report.kind === 'full' && report.items.map(({ code }) => code), ['config/invalid-boolean']);
  await connection.sendRequest(ShutdownRequest.type);
  const exited = once(child, 'exit');
  await connection.sendNotification(ExitNotification.type);
  assert.deepEqual(await exited, [0, null]);
}

test('emr-iam serve --stdio', async () => {
  const child = spawn(process.execPath, [inRepository('dist/emr-iam.js'), 'serve', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  await speak(child, createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin)));
});

test('the server of the extension, over IPC', async () => {
  const child = fork(inRepository('dist/server.js'), ['--node-ipc'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  await speak(child, createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child)));
});
