// `npm run bench`: figures against budgets.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';

setUp('test');
const { status } = spawnSync(process.execPath, [join('out', 'test', 'bench', 'bench.mjs')], { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
