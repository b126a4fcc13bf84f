import { createSession } from '@chorale/client';
import { expect } from '@playwright/test';
import { join, until } from '../support/clients.js';
import { test } from '../support/fixtures.js';

test('one looks at how a scene was while somebody else goes on, plays it, and brings a moment back', async ({ server, newPerson }) => {
  const { sessionId } = await createSession(server.url, { name: 'Stand', kind: 'scene' });
  const ben = join(server, sessionId, 'Ben');
  await ben.ready();
  const boxAt = (id: string, name: string, color: string, position: readonly number[]): void => {
    ben.edit([{ op: 'create', id, elementType: 'box', parent: null, props: { name, color, position } }]);
  };
  boxAt('counter', 'Counter', '#c9703f', [0, 0.5, 0]);
  boxAt('shelf', 'Shelf', '#4a8fd1', [2, 0.5, 0]);
  await ben.idle();
  for (let step = 1; step <= 10; step++) ben.edit([{ op: 'set', id: 'shelf', path: ['position', 2], value: step / 5 }]);
  ben.edit([{ op: 'delete', id: 'counter' }]);
  await ben.idle();
  const head = ben.document.revision;

  const ada = await newPerson('Ada', { viewport: { width: 1440, height: 900 } });
  await ada.join(sessionId);
  await expect(ada.objects).toHaveCount(1);
  const { page } = ada;
  const timeline = page.getByTestId('timeline');
  const scrubber = page.getByTestId('timeline-scrubber');

  await test.step('Ada opens the timeline, and goes to where both stood', async () => {
    await ada.selectInPanel('shelf');
    await page.getByTestId('session-menu-button').click();
    await page.getByTestId('menu-timeline').click();
    await expect(timeline).toHaveAttribute('data-revision', String(head));
    await expect(page.getByTestId('timeline-moment')).toContainText('Ben');
    await expect(page.getByTestId('add-box')).toHaveCount(0);
    await scrubber.fill('2');
    await expect(timeline).toHaveAttribute('data-revision', '2');
    await expect(ada.objects).toHaveCount(2);
    expect(await ada.positionOf('shelf')).toEqual([2, 0.5, 0]);
    await page.keyboard.press('ArrowRight');
    await expect(timeline).toHaveAttribute('data-revision', '3');
    expect(await ada.positionOf('shelf')).toEqual([2, 0.5, 0.2]);
    await page.keyboard.press('Home');
    await expect(ada.objects).toHaveCount(0);
    await expect(page.getByTestId('inspector')).toHaveCount(0);
    await scrubber.fill('9');
    await expect(timeline).toHaveAttribute('data-revision', '9');
    await expect(page.getByTestId('timeline-activity').locator('rect')).not.toHaveCount(0);
    await ada.photograph('timeline');
  });

  await test.step('Ben goes on meanwhile: nobody is disturbed, nothing can be changed here', async () => {
    ben.edit([{ op: 'create', id: 'lamp', elementType: 'sphere', parent: null, props: { name: 'Lamp', position: [-2, 0.5, 0] } }]);
    await expect(page.getByTestId('timeline-newer')).toContainText('+1');
    await expect(timeline).toHaveAttribute('data-revision', '9');
    await expect(ada.objects).toHaveCount(2);
    await expect(page.getByTestId('inspector-name')).toBeDisabled();
    await page.keyboard.press('Delete');
    await until(ben, ({ document }) => document.live('lamp') && document.live('shelf'));
  });

  await test.step('she plays it to its end, which is now', async () => {
    await page.getByTestId('timeline-speed').selectOption('64');
    await page.getByTestId('timeline-play').click();
    await expect(timeline).toHaveAttribute('data-revision', String(head + 1));
    await expect(timeline).toHaveAttribute('data-playing', 'false');
    await expect(ada.objects).toHaveCount(2);
    await expect(ada.object('lamp')).toBeVisible();
  });

  await test.step('what changed since a moment stands in the scene, and in a list beside it', async () => {
    await scrubber.fill('4');
    await page.getByTestId('timeline-compare').click();
    await expect(timeline).toHaveCount(0);
    await expect(page.getByTestId('compared')).toHaveAttribute('data-count', '3');
    const kinds = { counter: 'deleted', shelf: 'moved', lamp: 'created' };
    for (const [id, kind] of Object.entries(kinds)) {
      await expect(page.locator(`[data-testid="compared-element"][data-element-id="${id}"]`)).toHaveAttribute('data-kind', kind);
      await expect(page.locator(`[data-testid="mark-tag"][data-element-id="${id}"]`)).toBeVisible();
    }
    await ada.photograph('compare');
    await page.locator('[data-testid="compared-element"][data-element-id="lamp"]').click();
    await expect(ada.object('lamp')).toHaveAttribute('data-selected', 'true');
    await page.getByTestId('compare-close').click();
    await expect(page.getByTestId('mark-tag')).toHaveCount(0);
  });

  await test.step('what was deleted is brought back, and that is undone', async () => {
    await page.getByTestId('deleted-open').click();
    await expect(page.getByTestId('deleted-row')).toHaveAttribute('data-element-id', 'counter');
    await ada.photograph('deleted');
    await page.getByTestId('deleted-restore').click();
    await until(ben, ({ document }) => document.live('counter'));
    await page.getByTestId('deleted-close').click();
    await page.getByTestId('undo').click();
    await until(ben, ({ document }) => !document.live('counter'));
    await ada.selectInPanel('shelf');
    await ada.isSaved();
  });

  await test.step('each value tells who wrote it, and leads to how it was before', async () => {
    await page.getByTestId('inspector-history').click();
    const position = page.locator('[data-testid="blame-row"][data-cell="property position"]');
    await expect(position).toContainText('Ben');
    await expect(page.getByTestId('element-changes')).toHaveAttribute('data-count', '11');
    await ada.photograph('blame');
    await position.getByTestId('blame-before').click();
    await expect(timeline).toHaveAttribute('data-revision', '11');
    expect(await ada.positionOf('shelf')).toEqual([2, 0.5, 1.8]);
    await expect(position).toHaveAttribute('data-revision', '11');
  });

  await test.step('a moment gets a name, and everything becomes what it was there', async () => {
    await scrubber.fill('4');
    await expect(timeline).toHaveAttribute('data-revision', '4');
    await page.getByTestId('timeline-name').click();
    await page.getByTestId('timeline-version-name').fill('Both');
    await ada.photograph('timeline-name');
    await page.getByTestId('timeline-keep').click();
    await expect(page.getByTestId('timeline-mark')).toHaveAttribute('data-revision', '4');
    await page.getByTestId('timeline-restore').click();
    await ada.photograph('timeline-restore');
    await page.getByTestId('timeline-restore-confirm').click();
    await expect(timeline).toHaveCount(0);
    await until(ben, ({ document }) => document.live('counter') && !document.live('lamp'));
    await expect(ada.object('counter')).toBeVisible();
    await expect(ada.object('shelf')).toHaveAttribute('data-selected', 'true');
    await expect(page.getByTestId('add-box')).toBeVisible();
  });
  ben.close();
});
