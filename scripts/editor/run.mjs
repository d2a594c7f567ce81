// Runs the editor tests in a real VS Code, in the browser. `--help` tells the options.
import { copyFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { root, setUp } from '../setup.mjs';
import { openPage, runSuite } from './browser.mjs';
import { lineMark, userMark } from './lineMark.mjs';
import { editorParts } from './parts.mjs';
import { emptyExtension, linkOutside, makeSandbox } from './sandbox.mjs';
import { takeScreenshot } from './screenshot.mjs';
import { installVsix, startServer } from './server.mjs';
import { userOf } from './user.mjs';

const help = `node scripts/editor/run.mjs [options]
  --vsix FILE         run the extension from this VSIX, not from the checkout
  --web               run the extension and the tests in the extension host of the browser
  --untrusted         open the workspace without trusting it
  --screenshot FILE   run no tests; save a picture of the Problems panel and the opened file
  --pictures FOLDER   save a picture of what the user of the tests sees before each thing that he does
  --open FILE         the file that the picture shows, in the workspace (default .aws/config)
  --extension FOLDER  the extension under test (default: the checkout)
  --workspace FOLDER  the folder whose copy is opened (default: examples)
  --suite FILE        the compiled suite (default: out/editor/index.js, with --web index.web.js)
`;

const { values: options } = parseArgs({
  options: {
    vsix: { type: 'string' },
    web: { type: 'boolean', default: false },
    untrusted: { type: 'boolean', default: false },
    screenshot: { type: 'string' },
    pictures: { type: 'string' },
    open: { type: 'string', default: '.aws/config' },
    extension: { type: 'string', default: root },
    workspace: { type: 'string', default: resolve(root, 'examples') },
    suite: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

/** What `test/editor/index.ts` prints when it is done. */
const countLine = /^editor: \d+ passed, \d+ failed/;

const deadline = 180_000;
/** What VS Code itself logs in the browser. */
const editorLog = [];
let serverLog = () => '';

if (options.help) process.stdout.write(help);
else main().catch((error) => fail(error instanceof Error ? error.message : String(error)));

async function main() {
  setUp('test');
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
  const parts = editorParts();
  setTimeout(() => fail(`The editor was not done after ${deadline / 1000} seconds.`), deadline).unref();

  const sandbox = makeSandbox(resolve(options.workspace), options.web ? 'web' : 'workspace');
  if (options.vsix) installVsix(parts, sandbox, resolve(options.vsix));
  const server = await startServer(parts, sandbox, { trusted: !options.untrusted });
  serverLog = server.logTail;
  const page = await openPage(parts, sandbox, server);
  const extension = options.vsix ? emptyExtension(sandbox) : resolve(options.extension);
  const shown = { workspace: sandbox.workspace, extension };
  if (options.screenshot) {
    await takeScreenshot(page, server, { ...shown, open: options.open, file: resolve(options.screenshot) });
    await page.context().browser()?.close();
    process.exit(0);
  }
  linkOutside(sandbox);
  await test(page, server, { ...shown, suite: suiteIn(extension) });
}

/** The suite for the browser is one file, and the extension under test does not hold it when it comes from a package. */
function suiteIn(extension) {
  const suite = resolve(options.suite ?? join(root, 'out', 'editor', options.web ? 'index.web.js' : 'index.js'));
  if (!(options.web && options.vsix)) return suite;
  const copy = join(extension, basename(suite));
  copyFileSync(suite, copy);
  return copy;
}

async function test(page, server, what) {
  let counts;
  const user = userOf(page, options.pictures && resolve(options.pictures));
  const print = (line) => {
    if (line.startsWith(userMark)) user.take(JSON.parse(line.slice(userMark.length)));
    else if (!line.startsWith(lineMark)) editorLog.push(line);
    else if (countLine.test(line.slice(lineMark.length))) counts = line.slice(lineMark.length);
    else process.stdout.write(`${line.slice(lineMark.length)}\n`);
  };
  const code = await runSuite(page, server, { ...what, print });
  await page.context().browser()?.close();
  if (counts === undefined) throw new Error('The suite ended without saying how many tests passed.');
  process.stdout.write(`${counts}\n`);
  process.exit(code === 0 && !user.failed() ? 0 : 1);
}

function fail(message) {
  const log = editorLog.length > 0 ? ['── editor ──', ...editorLog.slice(-30)] : [];
  process.stderr.write(`${[message, serverLog(), ...log].filter(Boolean).join('\n')}\n`);
  process.exit(1);
}
