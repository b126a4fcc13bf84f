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
  // A server of before it told a history's activity.
  ada.tolerate(/\/timeline\?/);
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
    await expect(timeline).toHaveAttribute('data-playing', 'true');
    await expect(timeline).toHaveAttribute('data-revision', String(head + 1));
    await expect(timeline).toHaveAttribute('data-playing', 'false');
    await expect(ada.objects).toHaveCount(2);
    await expect(ada.object('lamp')).toBeVisible();
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
