// The language server as a web worker.

import { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } from 'vscode-languageserver/browser';
import { startServer } from '../lsp/server';
import { webRuntime } from './runtime';

const connection = createConnection(ProposedFeatures.all, new BrowserMessageReader(self), new BrowserMessageWriter(self));
// Nobody else ends a worker.
connection.onExit(() => self.close());
startServer(connection, webRuntime(connection, navigator.userAgent));
