// VS Code's own server. Not the code-server command around it: only the server itself takes the test driver.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { lineMark, userMark } from './lineMark.mjs';
import { sandboxEnvironment } from './sandbox.mjs';

const started = /Extension host agent listening on (\d+)/;
const wanted = /^(remoteexthost|remoteagent)\.log$/;

/** @returns {Promise<{ origin: string, authority: string, logTail: () => string }>} once it listens, on a port that the system chose. */
export function startServer(parts, sandbox, { trusted }) {
  const args = [
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
    ...['--enable-smoke-test-driver', '--disable-telemetry', '--force-disable-user-env'],
    ...(trusted ? ['--disable-workspace-trust'] : []),
    ...folders(sandbox),
  ];
  const server = spawn(parts.node, [parts.serverMain, ...args], {
    ...options(parts, sandbox),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  process.on('exit', () => killGroup(server.pid));
  let output = '';
  const logTail = () =>
    [tail('server', output), ...logFiles(sandbox.serverData).map((file) => tail(basename(file), readFileSync(file, 'utf8')))].join('\n');
  return new Promise((resolve, reject) => {
    const take = (chunk) => {
      output += chunk;
      const authority = started.exec(output) && `127.0.0.1:${started.exec(output)[1]}`;
      if (authority) resolve({ authority, origin: `http://${authority}`, logTail });
    };
    server.stdout.setEncoding('utf8').on('data', take);
    server.stderr.setEncoding('utf8').on('data', take);
    server.on('error', reject);
    server.on('exit', (code) => reject(new Error(`VS Code's server ended with ${code} before it listened.\n${tail('server', output)}`)));
  });
}

/** Installs a VSIX where the server will look for it. */
export function installVsix(parts, sandbox, vsix) {
  if (!existsSync(vsix)) throw new Error(`There is no ${vsix}.`);
  const args = ['--install-extension', vsix, '--accept-server-license-terms', ...folders(sandbox)];
  execFileSync(parts.node, [parts.serverMain, ...args], { ...options(parts, sandbox), stdio: ['ignore', 'ignore', 'inherit'] });
  if (!readdirSync(sandbox.extensions).some((name) => name.startsWith('emr-iam.emr-iam-'))) {
    throw new Error(`${basename(vsix)} did not install as emr-iam.emr-iam.`);
  }
}

function folders({ serverData, extensions }) {
  return ['--server-data-dir', serverData, '--extensions-dir', extensions];
}

function options(parts, sandbox) {
  const env = sandboxEnvironment(sandbox);
  return {
    env: {
      ...env,
      PATH: [dirname(parts.node), env.PATH].join(delimiter),
      EXTENSIONS_GALLERY: '{}',
      EMR_IAM_TEST_LINE: lineMark,
      EMR_IAM_TEST_USER: userMark,
    },
  };
}

/** The server, its extension hosts and what these started. */
function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

function logFiles(serverData) {
  const logs = join(serverData, 'data', 'logs');
  if (!existsSync(logs)) return [];
  return readdirSync(logs, { recursive: true })
    .filter((file) => wanted.test(basename(file)))
    .map((file) => join(logs, file));
}

function tail(name, text) {
  return [`── ${name} ──`, ...text.trimEnd().split('\n').slice(-30)].join('\n');
}
