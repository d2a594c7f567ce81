// The user of the editor tests: waits until something is to be seen on the page, then types, presses or clicks.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/**
 * @param pictures a folder for a picture of what is seen before each act, if one is named.
 * @returns `take` gets the acts of `test/editor/user.ts`, which are done in their order; `failed` says whether one could not be done.
 */
export function userOf(page, pictures) {
  let last = Promise.resolve();
  let count = 0;
  if (pictures) mkdirSync(pictures, { recursive: true });
  const buttonOf = (name) => page.getByRole('button', { name }).locator('visible=true').first();
  const picture = async () => {
    if (pictures) await page.screenshot({ path: join(pictures, `${String(++count).padStart(2, '0')}.png`) });
  };
  /** A notification shows by itself for a moment; then it is behind the bell. */
  const click = async (name) => {
    for (let attempts = 0; attempts < 20; attempts++) {
      await picture();
      const button = buttonOf(name);
      if ((await button.isVisible()) && (await didClick(button, 5000))) return;
      await didClick(page.locator('[id="status.notifications"]'), 500);
    }
    throw new Error('there is no such notification.');
  };
  const didClick = (locator, timeout) =>
    locator.click({ timeout }).then(
      () => true,
      () => false,
    );
  const act = async ({ notified, sees, clicks, types, presses = [] }) => {
    if (notified !== undefined) return click(notified);
    const seen = page.getByText(sees).locator('visible=true').first().waitFor({ timeout: 10_000 });
    await seen.catch(() => undefined);
    await picture();
    await seen;
    if (clicks) await buttonOf(clicks).click();
    if (types !== undefined) {
      await page.keyboard.press('Control+A');
      await page.keyboard.type(types);
    }
    for (const key of presses) await page.keyboard.press(key);
  };
  let hasFailed = false;
  return {
    take(what) {
      const fail = (error) => {
        hasFailed = true;
        process.stdout.write(`The user could not do ${JSON.stringify(what)}: ${error.message.split('\n')[0]}\n`);
      };
      last = last.then(() => act(what)).catch(fail);
    },
    failed: () => hasFailed,
  };
}
