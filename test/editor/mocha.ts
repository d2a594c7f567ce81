// The runner that the test files register with. It comes first among the imports: it makes `suite` and `test` global.

import { format } from 'node:util';
import Mocha from 'mocha';

export const mocha = new Mocha({ ui: 'tdd', reporter: 'spec', color: false, timeout: 30_000 });

mocha.suite.emit('pre-require', globalThis, '', mocha);

/** A runner that reads VS Code's log has to tell these lines from the rest; it says how they should begin. */
export function print(...args: readonly unknown[]): void {
  console.log((process.env['EMR_IAM_TEST_LINE'] ?? '') + format(...args));
}

Mocha.reporters.Base.consoleLog = print;
