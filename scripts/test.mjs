// `npm test`: sets up, checks the sources, and runs the tests that need only Node. With words, the tests whose paths have one of them.
// `npm run test:aws`: the tests that need the AWS CLI and moto. `npm run test:corpus`: every version of AWS's managed policies.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { check } from './check.mjs';
import { root, setUp } from './setup.mjs';

/** Folders of tests that run alone: by the option that asks for them, the folder, and the programs that they need. */
const apart = {
  '--aws': { folder: 'aws', programs: ['aws', 'moto_server', 'bash', 'dash'] },
  '--corpus': { folder: 'corpus', programs: [] },
};

const [first = '', ...rest] = process.argv.slice(2);
const asked = Object.hasOwn(apart, first) ? apart[first] : undefined;
const words = asked ? rest : process.argv.slice(2);

if (asked) {
  const missing = asked.programs.filter((program) => spawnSync(program, ['--version']).error !== undefined);
  if (missing.length > 0) {
    process.stderr.write(
      `These tests need programs that are not on the path: ${missing.join(', ')} (aws: the AWS CLI; moto_server: moto with its server).\n`,
    );
    process.exit(3);
  }
}
setUp('test');
const checked = asked !== undefined || words.length > 0 || check();
const folder = join(root, 'out', 'test');
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name.endsWith('.test.mjs'))
  .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
  .filter((file) => Object.values(apart).find((other) => file.startsWith(other.folder + sep)) === asked)
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .map((file) => join('out', 'test', file))
  .sort();
if (files.length === 0) {
  process.stderr.write(`No test file has ${words.join(' or ')} in its path.\n`);
  process.exit(1);
}
const seed = pathToFileURL(join(root, 'scripts', 'seed.mjs')).href;
const { status } = spawnSync(process.execPath, ['--import', seed, '--test', '--test-reporter=spec', ...files], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = checked && status === 0 ? 0 : 1;
