// Types, format and lint of the sources, and that what is generated is up to date.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, setUp } from './setup.mjs';

export function check() {
  const ran = [
    run('types', join('node_modules', 'typescript', 'bin', 'tsc'), ['-b']),
    run('format and lint', join('node_modules', '@biomejs', 'biome', 'bin', 'biome'), [
      'check',
      '--error-on-warnings',
      '--reporter=summary',
    ]),
    run('generated files', join('scripts', 'generate.mjs'), ['--check']),
  ];
  return ran.every((ok) => ok);
}

function run(what, script, args) {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  process.stdout.write(`${status === 0 ? 'ok' : 'FAILED'}: ${what}\n`);
  return status === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setUp('ship');
  process.exitCode = check() ? 0 : 1;
}
