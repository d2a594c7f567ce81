// What the command line writes, and how it ends.

/** 0: clean below the threshold; 1: findings at or above it; 2: bad usage or unreadable input. */
export type ExitCode = 0 | 1 | 2;

export interface Output {
  out(text: string): void;
  err(text: string): void;
  /** Whether standard output is a terminal that wants colours. */
  readonly colours: boolean;
}

export function standardOutput(): Output {
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(`${printable(text)}\n`),
    colours: process.stdout.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
  };
}

/** Text of a file must not command the terminal: control characters are shown as pictures. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (char) => {
    const code = char.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
  });
}

/** Bad usage: the sentence goes to standard error, and the exit code is 2. */
export class UsageError extends Error {}
