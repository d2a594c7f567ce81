// `npm test`: sets up, checks the sources, and runs every test that needs only Node. With words, the tests whose paths have one of them.
// `npm run test:aws`: the tests that need the AWS CLI and moto.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { check } from './check.mjs';
import { root, setUp } from './setup.mjs';

const [first, ...rest] = process.argv.slice(2);
const withAws = first === '--aws';
const words = withAws ? rest : process.argv.slice(2);

if (withAws) {
  const missing = ['aws', 'moto_server', 'bash', 'dash'].filter((program) => spawnSync(program, ['--version']).error !== undefined);
  if (missing.length > 0) {
    process.stderr.write(
      `These tests need programs that are not on the path: ${missing.join(', ')} (aws: the AWS CLI; moto_server: moto with its server).\n`,
    );
    process.exit(3);
  }
}
setUp('test');
const checked = withAws || words.length > 0 || check();
const folder = join(root, 'out', 'test');
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name.endsWith('.test.mjs'))
  .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
  .filter((file) => file.startsWith(`aws${sep}`) === withAws)
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
