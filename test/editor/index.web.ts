// What VS Code's extension host in the browser loads and runs: all that needs no Node.

import { mocha } from './mocha.web';
import { print } from './print';
import { runAll } from './run';
import './suite.test';
import './launch.test';
import './scripts.test';
import './around.test';

export function run(): Promise<void> {
  Mocha.reporters.Base.consoleLog = print;
  return runAll(mocha);
}
