// Runs the editor tests in a desktop VS Code, which @vscode/test-electron downloads.
import { join } from 'node:path';
import process from 'node:process';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { root, setUp } from '../setup.mjs';
import { giveUp } from './parts.mjs';
import { linkOutside, makeSandbox, sandboxEnvironment } from './sandbox.mjs';

setUp('test');
const vscodeExecutablePath = await downloadAndUnzipVSCode().catch((error) =>
  giveUp(
    `VS Code could not be downloaded (${error instanceof Error ? error.message : error}); these tests need a network that reaches its update server.`,
  ),
);
const sandbox = makeSandbox(join(root, 'examples'));
linkOutside(sandbox);
try {
  const code = await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: root,
    extensionTestsPath: join(root, 'out', 'editor', 'index.js'),
    extensionTestsEnv: sandboxEnvironment(sandbox),
    launchArgs: [sandbox.workspace, '--disable-extensions', '--disable-workspace-trust', `--user-data-dir=${join(sandbox.folder, 'user')}`],
  });
  process.exit(code);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
