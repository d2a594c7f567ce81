/** A runner that reads VS Code's log has to tell these lines from the rest; it says how they should begin. */
export function print(first: unknown = '', ...rest: readonly unknown[]): void {
  console.log((process.env['EMR_IAM_TEST_LINE'] ?? '') + String(first), ...rest);
}
