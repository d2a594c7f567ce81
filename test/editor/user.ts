// What a user does on the page that shows VS Code. The runner that has the page reads it from the console; where there is none, no such
// test is run.

export type Act =
  | {
      /** The text that is waited for. */
      readonly sees: string;
      /** The name of a button. */
      readonly clicks?: string;
      /** In the place of what stands in the box. */
      readonly types?: string;
      readonly presses?: readonly string[];
    }
  /** The button of a notification, which is clicked. */
  | { readonly notified: string };

export function hasUser(): boolean {
  return process.env['EMR_IAM_TEST_USER'] !== undefined;
}

/** Done in their order; not waited for. */
export function user(...acts: readonly Act[]): void {
  for (const act of acts) console.log(`${process.env['EMR_IAM_TEST_USER']}${JSON.stringify(act)}`);
}
