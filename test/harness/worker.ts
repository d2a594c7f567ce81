// A web worker as a browser has it: a script in a realm with what browsers give workers, and nothing of Node.

import { Worker } from 'node:worker_threads';

/** What the script may use, beside the language itself. */
const given = [
  'console',
  'queueMicrotask',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'TextDecoder',
  'TextEncoder',
  'URL',
];

const realm = `
const { readFileSync } = require('node:fs');
const { createContext, runInContext } = require('node:vm');
const { parentPort, workerData: { script, given } } = require('node:worker_threads');
const self = Object.fromEntries(given.map((name) => [name, globalThis[name]]));
Object.assign(self, {
  self,
  // Of the realm that reads them, as in a browser.
  Uint8Array,
  navigator: { userAgent: 'Mozilla/5.0 (X11; Linux x86_64)' },
  postMessage: (message) => parentPort.postMessage(message),
  addEventListener() {},
  close: () => process.exit(0),
});
createContext(self);
parentPort.on('message', (data) => self.onmessage?.({ data }));
runInContext(readFileSync(script, 'utf8'), self, { filename: script });
`;

/** @param script the path of a classic script. */
export function startWorker(script: string): Worker {
  return new Worker(realm, { eval: true, workerData: { script, given } });
}
