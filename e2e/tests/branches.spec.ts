import { createSession } from '@chorale/client';
import { expect } from '@playwright/test';
import { isAccessible } from '../support/accessibility.js';
import { join, until } from '../support/clients.js';
import { test } from '../support/fixtures.js';
import type { Person } from '../support/person.js';

test('a branch is tried out while somebody goes on with main, and taken over', async ({ server, newPerson }) => {
  const { sessionId } = await createSession(server.url, { name: 'Stand', kind: 'scene' });
  const ben = join(server, sessionId, 'Ben');
  await ben.ready();
  ben.edit([{ op: 'create', id: 'counter', elementType: 'box', parent: null, props: { name: 'Counter', color: '#c9703f', position: [0, 0.5, 0] } }]);
  const ada = await newPerson('Ada', { viewport: { width: 1000, height: 720 } });
  await ada.join(sessionId);
  await expect(ada.objects).toHaveCount(1);
  const { page } = ada;
  const chip = page.getByTestId('branch-chip');
  const dialog = page.getByTestId('branches-dialog');
  const branch = (name: string) => page.locator(`[data-testid="branch"][data-branch="${name}"]`);

  await test.step('Ada makes a branch, and is on it at once', async () => {
    await page.getByTestId('branch-button').click();
    await expect(branch('main')).toHaveAttribute('data-here', 'true');
    await page.getByTestId('branch-new').click();
    await page.getByTestId('branch-name').fill('7 roofs');
    await page.getByTestId('branch-create').click();
    await expect(dialog.locator('.field-error')).toBeVisible();
    await page.getByTestId('branch-name').fill('Glass roof');
    await page.getByTestId('branch-description').fill('What if it were lighter?');
    await ada.photograph('branch-new');
    await page.getByTestId('branch-create').click();
    await expect(chip).toHaveAttribute('data-branch', 'Glass roof');
    await expect(page).toHaveURL(/\?branch=Glass\+roof$/);
    await expect(page).toHaveTitle(/Glass roof/);
    await ada.isOnline();
    await expect(ada.objects).toHaveCount(1);
  });

  await test.step('what she does there stays there, over a reload, while Ben goes on with main', async () => {
    await ada.add('sphere');
    await ada.selectInPanel('counter');
    ben.edit([{ op: 'create', id: 'lamp', elementType: 'cone', parent: null, props: { name: 'Lamp', position: [2, 0.5, 0] } }]);
    await until(ben, ({ pendingChanges }) => pendingChanges === 0);
    await ada.isSaved();
    await page.reload();
    await ada.isOnline();
    await expect(chip).toHaveAttribute('data-branch', 'Glass roof');
    await expect(ada.objects).toHaveCount(2);
    expect([...ben.document.elements.keys()].sort()).toEqual(['counter', 'lamp']);
  });

  await test.step('the list tells who is where and how far apart the branches are', async () => {
    await chip.click();
    await expect(page.getByTestId('branches')).toHaveAttribute('data-count', '2');
    await expect(branch('main').getByTestId('branch-people')).toHaveAttribute('data-names', 'Ben');
    await expect(branch('Glass roof').getByTestId('branch-people')).toHaveAttribute('data-names', 'Ada');
    await expect(branch('Glass roof').getByTestId('branch-distance')).toHaveAttribute('data-ahead', '1');
    await expect(branch('Glass roof').getByTestId('branch-distance')).toHaveAttribute('data-behind', '1');
    await branch('Glass roof').getByTestId('branch-more').click();
    await ada.photograph('branches');
    await isAccessible(ada, 'the branches');
  });

  await test.step('going to main and back changes the document in place', async () => {
    await page.evaluate(() => Reflect.set(window, 'samePage', true));
    await branch('main').getByTestId('branch-go').click();
    await expect(chip).toBeHidden();
    await expect(ada.object('lamp')).toBeVisible();
    await expect(ada.as(ada).participant).toBeVisible();
    await page.goBack();
    await expect(chip).toHaveAttribute('data-branch', 'Glass roof');
    await expect(ada.object('lamp')).toBeHidden();
    expect(await page.evaluate(() => Reflect.get(window, 'samePage') as unknown)).toBe(true);
  });

  await test.step('Ada proposes to take the branch over; what both changed is decided, while Ben goes on', async () => {
    await ada.selectInPanel('counter');
    await paint(ada, '#4a8fd1');
    ben.edit([{ op: 'set', id: 'counter', path: ['color'], value: '#2a9d8f' }]);
    await until(ben, ({ pendingChanges }) => pendingChanges === 0);
    await ada.isSaved();
    await chip.click();
    await branch('Glass roof').getByTestId('branch-more').click();
    await page.getByTestId('branch-propose').click();
    await page.getByTestId('proposal-title').fill('A roof of glass');
    await page.getByTestId('proposal-make').click();
    const proposal = page.getByTestId('proposal-page');
    await expect(proposal).toHaveAttribute('data-open-conflicts', '1');
    await expect(page.getByTestId('proposal-merge')).toBeDisabled();
    await page.getByTestId('proposal-comment').fill('Lighter, and one sees the sky.');
    await page.getByTestId('proposal-send').click();
    await expect(page.getByTestId('proposal-comments')).toHaveAttribute('data-count', '1');
    const conflict = page.locator('[data-testid="merge-conflict"][data-element-id="counter"]');
    await conflict.getByTestId('choose-THEIRS').click();
    await expect(conflict).toHaveAttribute('data-choice', 'THEIRS');
    await expect(page.getByTestId('proposal-merge')).toBeEnabled();
    await ada.photograph('proposal');
    await isAccessible(ada, 'a proposal');
    ben.edit([{ op: 'set', id: 'counter', path: ['color'], value: '#111111' }]);
    await expect(page.getByTestId('merge-lapsed')).toBeVisible();
    await ada.photograph('proposal-lapsed');
    await conflict.getByTestId('choose-THEIRS').click();
    await expect(page.getByTestId('proposal-merge')).toBeEnabled();
  });

  await test.step('it is taken over as one change, that can be undone', async () => {
    await page.getByTestId('proposal-merge').click();
    await until(ben, ({ document }) => document.elements.get('counter')?.props['color'] === '#4a8fd1' && document.live('lamp') && document.elements.size === 3);
    await ada.notice('was taken over').getByTestId('notice-action').click();
    await until(ben, ({ document }) => document.elements.get('counter')?.props['color'] === '#111111');
    await expect(chip).toHaveAttribute('data-branch', 'Glass roof');
  });
  ben.close();
});

/** Gives the selection a colour. */
async function paint({ inspector }: Person, color: string): Promise<void> {
  await inspector.locator(`[data-color="${color}"]`).click();
}
