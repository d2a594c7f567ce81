// The language server as a process; `--stdio` or `--node-ipc` among the arguments says how it is spoken to.

import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from '../lsp/server';
import { nodeRuntime } from './runtime';

const connection = createConnection(ProposedFeatures.all);
// Standard output may be the wire: whatever a dependency prints must not get into it.
console.log = console.warn = (...data: unknown[]) => connection.console.log(data.join(' '));
startServer(connection, nodeRuntime(process.env));
