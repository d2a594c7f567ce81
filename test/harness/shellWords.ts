// What a real shell makes of commands.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

export interface HandedOver {
  /** Of each time that `aws` is run. */
  readonly words: readonly (readonly string[])[];
  /** What the shell says is wrong. */
  readonly complaint: string;
}

/** What a script hands to `aws`. */
export function handedOver(shell: string, script: string): HandedOver {
  const input = `aws() { printf '%s\\0' "$@"; printf '\\1\\0'; }\n${script}\n`;
  const { stdout, stderr } = spawnSync(shell, [], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  const words = stdout.split('\u0001\0').slice(0, -1);
  return { words: words.map((each) => each.split('\0').slice(0, -1)), complaint: stderr };
}

/** What each of the commands hands to `aws`, by one run of the shell. */
export function wordsIn(shell: string, commands: readonly string[]): HandedOver['words'] {
  const { words, complaint } = handedOver(shell, commands.join('\n'));
  assert.equal(complaint, '');
  return words;
}
