// A picture of what a user sees: a file with its squiggles, and the Problems panel below it.
import { join } from 'node:path';
import { remoteUri, workbenchUrl } from './browser.mjs';

const squiggle = '.squiggly-error, .squiggly-warning, .squiggly-info, .squiggly-hint';
const problem = '.markers-panel .monaco-list-row .marker-source';

export async function takeScreenshot(page, server, { workspace, extension, open, file }) {
  page.setDefaultTimeout(60_000);
  await page.goto(
    workbenchUrl(server, workspace, [
      ['extensionDevelopmentPath', remoteUri(server, extension)],
      ['openFile', remoteUri(server, join(workspace, open))],
    ]),
  );
  await page.locator('.editor-instance .view-lines').first().waitFor();
  await page.locator(squiggle).first().waitFor({ state: 'attached' });
  await page.keyboard.press('Control+Shift+M');
  // To the place of the first problem, so that the picture shows what is underlined.
  await page.locator(problem).first().dblclick();
  await page.locator('.editor-instance .squiggly-error').first().waitFor();
  await page.screenshot({ path: file });
}
