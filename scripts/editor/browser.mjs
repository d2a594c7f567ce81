// The page that shows VS Code, in a headless Chromium.
import { format } from 'node:util';
import { chromium } from 'playwright-core';
import { sandboxEnvironment } from './sandbox.mjs';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const windowSize = { width: 1280, height: 800 };

/** A page that may use the clipboard. Playwright ends the browser together with this process, if nobody closes it before. */
export async function openPage(parts, sandbox, server) {
  const browser = await chromium.launch({
    executablePath: parts.chromium,
    args: flags,
    env: sandboxEnvironment(sandbox),
    handleSIGINT: false,
    handleSIGTERM: false,
  });
  const context = await browser.newContext({ viewport: windowSize });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
  return context.newPage();
}

/** The address that opens a folder. The payload's entries are those of VS Code's own web test driver. */
export function workbenchUrl(server, folder, payload) {
  const query = new URLSearchParams({ folder, payload: JSON.stringify([...payload, ['skipWelcome', 'true']]) });
  return `${server.origin}/?${query}`;
}

/** A path of the machine, as VS Code names it in the browser. */
export function remoteUri(server, path) {
  return `vscode-remote://${server.authority}${encodeURI(path)}`;
}

/** Runs a compiled suite in the extension host. `print` gets each line of its console as it comes; resolves to the exit code. */
export async function runSuite(page, server, { workspace, extension, suite, print }) {
  const ended = new Promise((resolve, reject) => {
    page.on('crash', () => reject(new Error('The browser page crashed.')));
    page.exposeFunction('codeAutomationExit', resolve).catch(reject);
  });
  await page.exposeFunction('codeAutomationLog', (_type, args) => print(format(...args)));
  await page.goto(
    workbenchUrl(server, workspace, [
      ['extensionDevelopmentPath', remoteUri(server, extension)],
      ['extensionTestsPath', remoteUri(server, suite)],
    ]),
  );
  return ended;
}
