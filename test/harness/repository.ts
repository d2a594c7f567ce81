// Where the tests find the repository: it is the current folder, since the built tests stand elsewhere than their sources.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The absolute path of something in the repository. */
export function inRepository(...path: readonly string[]): string {
  const root = process.cwd();
  if (!existsSync(join(root, 'test', 'fixtures'))) {
    throw new Error(
      `The tests must run with the root of the repository as the current folder, not ${root}: there is no test/fixtures in it.`,
    );
  }
  return join(root, ...path);
}
