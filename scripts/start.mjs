// The main job on the examples: what the linter finds there, and the launch command of a profile.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';

setUp('ship');
const facts = ['--facts', 'examples/account/account-authorization-details.json', '--facts', 'examples/account/instance-profiles.json'];
show(['lint', 'examples', ...facts, '--fail-on', 'never']);
show(['command', '--config', 'examples/.aws/config', '--profile', 'nightly', ...facts]);

function show(args) {
  process.stdout.write(`$ emr-iam ${args.join(' ')}\n\n`);
  const { status } = spawnSync(process.execPath, [join('dist', 'emr-iam.js'), ...args], { cwd: root, stdio: 'inherit' });
  process.stdout.write('\n');
  if (status !== 0) process.exitCode = 1;
}
