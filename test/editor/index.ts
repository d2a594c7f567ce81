// What VS Code's extension host in Node loads and runs.

import Mocha from 'mocha';
import { mocha } from './mocha';
import { print } from './print';
import { runAll } from './run';
import './suite.test';
import './launch.test';
import './scripts.test';
import './around.test';
import './home.test';

export function run(): Promise<void> {
  Mocha.reporters.Base.consoleLog = print;
  return runAll(mocha);
}
