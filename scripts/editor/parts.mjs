// The parts of a browser-hosted VS Code: Debian's Chromium, Node 24, and the VS Code that the npm package code-server carries.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const cache = process.env.EMR_IAM_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'emr-iam');

/** What npm builds code-server's native modules with. */
const buildPackages = ['g++', 'make', 'python3', 'pkg-config', 'libkrb5-dev', 'libx11-dev', 'libxkbfile-dev', 'libsecret-1-dev'];

const packages = {
  node24: { name: 'node', version: '^24', allowScripts: { node: true }, made: 'node_modules/.bin/node' },
  codeServer: {
    name: 'code-server',
    version: '4.139.1',
    allowScripts: { 'code-server': true, argon2: true },
    made: 'node_modules/code-server/lib/vscode/out/server-main.js',
  },
};

/** Installs what is missing; where it cannot, says so and exits with 3. */
export function editorParts() {
  const chromium = process.env.CHROMIUM || '/usr/bin/chromium';
  const codeServer = join(cache, 'code-server');
  const wanted = [
    ...(process.env.CHROMIUM || existsSync(chromium) ? [] : ['chromium']),
    ...(isInstalled(packages.codeServer, codeServer) ? [] : buildPackages.filter((name) => !isDebianPackage(name))),
  ];
  if (wanted.length > 0) installDebian(wanted);
  if (!existsSync(chromium)) giveUp(`There is no Chromium at ${chromium}: name another one in CHROMIUM.`);
  const node = installNpm(packages.node24, join(cache, 'node24'));
  const serverMain = installNpm(packages.codeServer, codeServer, join(cache, 'node24', 'node_modules', '.bin'));
  return { chromium, node, serverMain };
}

/** Ends the process the way that says "not possible on this machine". */
export function giveUp(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(3);
}

function isDebianPackage(name) {
  return spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' }).stdout === 'installed';
}

function installDebian(names) {
  const list = names.join(' ');
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) {
    giveUp(`The editor tests need these Debian packages, which only root can install with apt-get: ${list}.`);
  }
  process.stderr.write(`Installing ${list} …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  attempt(`apt-get could not install ${list}`, () => {
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  });
}

/** npm writes its hidden lock file last, after every install script has succeeded. */
function isInstalled({ made }, folder) {
  return existsSync(join(folder, made)) && existsSync(join(folder, 'node_modules', '.package-lock.json'));
}

const ofThisNpm = /^(npm_(config_(user_agent|local_prefix)|package_.*|lifecycle_.*|node_execpath|execpath|command)|NODE|INIT_CWD)$/;

/** @returns the path of what the package makes. */
function installNpm(part, folder, firstOnPath) {
  const made = join(folder, part.made);
  if (isInstalled(part, folder)) return made;
  process.stderr.write(`Installing ${part.name} ${part.version} (once, some minutes) …\n`);
  // A half-failed install can leave files without their run bit.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const manifest = { private: true, allowScripts: part.allowScripts, dependencies: { [part.name]: part.version } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const PATH = [firstOnPath, process.env.PATH].filter(Boolean).join(':');
  // What the npm that runs this script says of itself is not true of the npm below: code-server reads its Node version there.
  const own = Object.entries(process.env).filter(([name]) => !ofThisNpm.test(name));
  attempt(`npm could not install ${part.name} ${part.version}`, () => {
    const npm = ['install', '--no-audit', '--no-fund', '--loglevel=error'];
    execFileSync('npm', npm, { cwd: folder, env: { ...Object.fromEntries(own), PATH }, stdio: ['ignore', 'ignore', 'inherit'] });
  });
  if (!isInstalled(part, folder)) giveUp(`npm installed ${part.name} ${part.version}, but without its ${part.made}.`);
  return made;
}

function attempt(failure, work) {
  try {
    work();
  } catch (error) {
    giveUp(`${failure}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
  }
}
