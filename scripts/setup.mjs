// Installs and builds what is missing or out of date, and does nothing otherwise. Needs only Node and npm.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @param {'ship' | 'test'} what the bundles that are wanted. */
export function setUp(what) {
  step('install', ['package-lock.json'], 'node_modules', () => {
    run(
      process.platform === 'win32' ? 'npm.cmd' : 'npm',
      ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
      'Installing the build tools (once) …',
    );
  });
  step('pack', ['scripts/pack.mjs', 'package-lock.json'], join('dist', 'catalog.json'), () => {
    run(process.execPath, ['scripts/pack.mjs'], 'Packing the IAM service data …');
  });
  const sources = ['esbuild.mjs', 'scripts/licences.mjs', 'package-lock.json', 'client/src', 'server/src'];
  const wanted = what === 'test' ? [...sources, 'test'] : sources;
  step(`build-${what}`, wanted, join('dist', 'server.js'), () => {
    run(process.execPath, ['esbuild.mjs', ...(what === 'test' ? ['test'] : [])], 'Building …');
  });
}

/** Does the work if its inputs have changed since it was last done, or if what it makes is not there. */
function step(name, inputs, makes, work) {
  const stamp = join(root, 'node_modules', '.emr-iam', name);
  const wanted = digest(inputs);
  if (existsSync(join(root, makes)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

function digest(inputs) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesBelow(join(root, input)))) hash.update(relative(root, file)).update(readFileSync(file));
  return hash.digest('hex');
}

function filesBelow(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

function run(command, args, what) {
  process.stderr.write(`${what}\n`);
  try {
    execFileSync(command, args, {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32' && command.endsWith('.cmd'),
    });
  } catch (error) {
    process.stderr.write(`${command} ${args.join(' ')} failed: ${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp('ship');
