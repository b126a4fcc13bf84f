import { createSession } from '@chorale/client';
import { expect } from '@playwright/test';
import { join, until } from '../support/clients.js';
import { test } from '../support/fixtures.js';

test('a version is kept, compared with, and gone back to while somebody else edits', async ({ server, newPerson }) => {
  const { sessionId } = await createSession(server.url, { name: 'Stand', kind: 'scene' });
  const ben = join(server, sessionId, 'Ben');
  await ben.ready();
  ben.edit([{ op: 'create', id: 'counter', elementType: 'box', parent: null, props: { name: 'Counter', color: '#c9703f', position: [0, 0.5, 0] } }]);
  const ada = await newPerson('Ada', { viewport: { width: 1000, height: 720 } });
  await ada.join(sessionId);
  await expect(ada.objects).toHaveCount(1);
  const { page } = ada;
  // A name that there is already.
  ada.tolerate(/409/);
  const open = async (): Promise<void> => {
    await page.getByTestId('session-menu-button').click();
    await page.getByTestId('menu-versions').click();
  };

  await test.step('Ada keeps the scene as it is; a name is there once', async () => {
    await open();
    await page.getByTestId('version-name').fill('Draft');
    await page.getByTestId('version-keep').click();
    await expect(page.getByTestId('versions')).toHaveAttribute('data-count', '1');
    await page.getByTestId('version-name').fill('Draft');
    await page.getByTestId('version-keep').click();
    await expect(page.getByTestId('versions-dialog').locator('.field-error')).toBeVisible();
    await ada.photograph('versions');
    await page.getByTestId('versions-close').click();
  });

  await test.step('what Ben does since is told, with his name', async () => {
    ben.edit([{ op: 'set', id: 'counter', path: ['color'], value: '#2a9d8f' }]);
    ben.edit([{ op: 'create', id: 'lamp', elementType: 'sphere', parent: null, props: { name: 'Lamp', position: [2, 0.5, 0] } }]);
    await expect(ada.objects).toHaveCount(2);
    await open();
    await page.getByTestId('version-compare').click();
    await expect(page.getByTestId('differences')).toHaveAttribute('data-count', '2');
    await expect(page.locator('[data-testid="differences"] [data-element-id="counter"]')).toContainText('#c9703f → #2a9d8f');
    await expect(page.locator('[data-testid="differences"] [data-element-id="lamp"]')).toContainText('Ben');
    await ada.photograph('versions-compared');
    await page.getByTestId('versions-back').click();
  });

  await test.step('Ada goes back, and takes that back', async () => {
    await page.getByTestId('version-go-back').click();
    await ada.photograph('versions-asked');
    await page.getByTestId('version-confirm').click();
    await expect(ada.objects).toHaveCount(1);
    await until(ben, ({ document }) => !document.live('lamp') && document.elements.get('counter')?.props['color'] === '#c9703f');
    await page.getByTestId('notice-action').click();
    await expect(ada.objects).toHaveCount(2);
    await until(ben, ({ document }) => document.live('lamp') && document.elements.get('counter')?.props['color'] === '#2a9d8f');
  });
  ben.close();
});
