// moto's server: an AWS account on this machine, empty but for AWS's managed policies.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

export interface Moto {
  readonly port: number;
  stop(): void;
}

export async function startMoto(environment: NodeJS.ProcessEnv = {}): Promise<Moto> {
  const port = await freePort();
  const server: ChildProcess = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    env: { ...process.env, ...environment },
  });
  const deadline = Date.now() + 30_000;
  while (!(await answers(`http://127.0.0.1:${port}/moto-api/`))) assert.ok(Date.now() < deadline, 'moto_server did not start');
  return { port, stop: () => void server.kill() };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  server.close();
  assert.ok(typeof address === 'object' && address !== null);
  return address.port;
}

async function answers(url: string): Promise<boolean> {
  return await fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
