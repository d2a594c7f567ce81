// `npm test`: sets up, checks the sources, and runs every test that needs only Node. With words, the test files whose paths have one of them.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { check } from './check.mjs';
import { root, setUp } from './setup.mjs';

setUp('test');
const words = process.argv.slice(2);
const checked = words.length > 0 || check();
const folder = join(root, 'out', 'test');
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name.endsWith('.test.mjs'))
  .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .sort();
const { status } = spawnSync(process.execPath, ['--test', ...files], { cwd: root, stdio: 'inherit' });
process.exitCode = checked && status === 0 ? 0 : 1;
