// Waiting for what another process does, without guessing how long it takes.

const interval = 50;

/**
 * What `probe` answers, as soon as that is not undefined.
 * @param deadline in milliseconds; after it, this rejects and says `what` did not come.
 */
export async function until<T>(
  what: string | (() => string),
  probe: () => T | undefined | Promise<T | undefined>,
  deadline = 20_000,
): Promise<T> {
  const end = Date.now() + deadline;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`Not within ${deadline / 1000} s: ${typeof what === 'string' ? what : what()}.`);
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}
