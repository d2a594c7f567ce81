// Runs what the test files have registered; the runners in scripts/editor wait for the line of counts.

import { print } from './print';

export const mochaOptions = { ui: 'tdd', reporter: 'spec', color: false, timeout: 30_000 } as const;

export async function runAll(mocha: Pick<Mocha, 'run'>): Promise<void> {
  const { failed, stats } = await new Promise<{ failed: number; stats: Mocha.Stats | undefined }>((resolve) => {
    const runner = mocha.run((failures) => resolve({ failed: failures, stats: runner.stats }));
  });
  const passed = stats?.passes ?? 0;
  print(`editor: ${passed} passed, ${failed} failed`);
  if (failed > 0) throw new Error(`${failed} editor tests failed.`);
  if (passed === 0) throw new Error('No editor test ran.');
}
