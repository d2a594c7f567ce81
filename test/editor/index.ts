// What VS Code's extension host loads and runs; the runners in scripts/editor wait for the line of counts.

import { mocha, print } from './mocha';
import './suite.test';
import './around.test';

export async function run(): Promise<void> {
  const { failed, stats } = await new Promise<{ failed: number; stats: Mocha.Stats | undefined }>((resolve) => {
    const runner = mocha.run((failures) => resolve({ failed: failures, stats: runner.stats }));
  });
  const passed = stats?.passes ?? 0;
  print(`editor: ${passed} passed, ${failed} failed`);
  if (failed > 0) throw new Error(`${failed} editor tests failed.`);
  if (passed === 0) throw new Error('No editor test ran.');
}
