// A temporary folder with a copy of the workspace and a home folder of its own, so that no test meets the user's files.
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';

/** The home folder's own profile, which no other file has. */
const homeConfig =
  '[profile home-only]\nemr =\n    service_role = HomeRole\n    instance_profile = HomeProfile\n    enable_debugging = yes\n';

/** Both extensions that there may be under test, by their ids. */
const ids = ['emr-iam.emr-iam', 'emr-iam-test.empty'];

/**
 * It is removed when the process ends.
 * @param workspace the folder to copy.
 * @param kind of the extension host for the extension: `workspace` or, for the one in the browser, `web`.
 */
export function makeSandbox(workspace, kind = 'workspace') {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'emr-iam-editor-')));
  removeAtExit(folder);
  const sandbox = {
    folder,
    home: join(folder, 'home'),
    temporary: join(folder, 'tmp'),
    workspace: join(folder, basename(workspace)),
    serverData: join(folder, 'server'),
    extensions: join(folder, 'extensions'),
  };
  for (const path of [sandbox.home, sandbox.temporary, sandbox.serverData, sandbox.extensions]) mkdirSync(path);
  writeUserSettings(sandbox, kind);
  cpSync(workspace, sandbox.workspace, { recursive: true });
  mkdirSync(join(sandbox.home, '.aws'));
  writeFileSync(join(sandbox.home, '.aws', 'config'), homeConfig);
  return sandbox;
}

/** For the tests: a project file that is a link to one outside the workspace, which must not be read. */
export function linkOutside({ folder, workspace }) {
  const outside = join(folder, 'outside.jsonc');
  writeFileSync(outside, '{ "rules": { "policy/missing-version": "off" } }\n');
  mkdirSync(join(workspace, 'linked'));
  symlinkSync(outside, join(workspace, 'linked', '.emr-iam.jsonc'));
}

/** Less of what has nothing to do with this extension and asks the network. */
function writeUserSettings({ serverData }, kind) {
  const folder = join(serverData, 'data', 'User');
  mkdirSync(folder, { recursive: true });
  const settings = {
    'chat.disableAIFeatures': true,
    'extensions.ignoreRecommendations': true,
    // VS Code for the browser does not heed "extensionDevelopmentKind" of the address.
    'remote.extensionKind': Object.fromEntries(ids.map((id) => [id, [kind]])),
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
  };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
}

/**
 * An extension that does nothing: VS Code runs a test suite only beside an extension under development, and in the extension host of
 * the one that the suite lies in.
 */
export function emptyExtension({ folder }) {
  const extension = join(folder, 'empty-extension');
  mkdirSync(extension);
  const manifest = { name: 'empty', publisher: 'emr-iam-test', version: '0.0.1', engines: { vscode: '*' } };
  writeFileSync(join(extension, 'package.json'), JSON.stringify(manifest));
  return extension;
}

/** The environment of the user, less what would lead the tests to the user's own AWS account. */
export function sandboxEnvironment({ home, temporary }) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|VSCODE_|XDG_|ELECTRON_)/.test(name));
  return { ...Object.fromEntries(kept), HOME: home, TMPDIR: temporary };
}

function removeAtExit(folder) {
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
}
