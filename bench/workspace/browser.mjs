import { chromium } from '@playwright/test';

/** The browser of the end-to-end tests; it asks nobody but the server. */
export function openBrowser() {
  return chromium.launch({
    executablePath: process.env['CHORALE_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--no-first-run', '--disable-component-update', '--disable-sync'],
  });
}

/** Somebody who joins a session for the first time. @param {import('@playwright/test').Page} page @param {string} name */
export async function introduce(page, name) {
  await page.getByTestId('identity-name').fill(name);
  await page.getByTestId('identity-join').click();
}

/** The workspace takes edits and has none that wait. @param {import('@playwright/test').Page} page */
export async function isSettled(page) {
  await page.locator('[data-testid="workspace"][data-connection="online"][data-pending="0"]').waitFor({ timeout: 60_000 });
}
