import { connect, createSession, type Operation, type Session } from '@chorale/client';
import { expect, type Download } from '@playwright/test';
import { WebSocket } from 'ws';
import { join, newSession, until } from '../support/clients.js';
import { test } from '../support/fixtures.js';
import type { ChoraleServer } from '../support/server.js';

const ORANGE = '#e76f51';
const BLUE = '#4a8fd1';
const TEAL = '#2a9d8f';
/** A scene is drawn without a graphics card here, and each pixel takes its time. */
const SMALL = { viewport: { width: 1000, height: 640 } };
/** A program under a name of its own, over the socket and over REST the same user. */
const BEN = { name: 'Ben', color: '#2f74c0', secret: 'the-secret-of-ben' };

test('[CHT-1] what one says the others read, and whoever comes later reads it too', async ({ server, newPerson }) => {
  const { sessionId, maker } = await parameterSession(server);
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await ada.join(sessionId);
  await ben.join(sessionId);

  await test.step('Ada writes by keyboard alone; Ben sees that there is something to read', async () => {
    await ada.page.keyboard.press('c');
    await expect(ada.chat.field).toBeFocused();
    await ada.chat.field.pressSequentially('First line');
    await ada.chat.field.press('Shift+Enter');
    await ada.chat.field.pressSequentially('<b>second</b> https://example.org');
    await ada.chat.field.press('Enter');
    await expect(ada.chat.messages).toHaveText(['First line\n<b>second</b> https://example.org']);
    await expect(ben.chat.toggle).toHaveAttribute('data-unread', '1');
  });

  await test.step('he answers; nothing in a message is more than text', async () => {
    await ben.chat.toggle.click();
    await expect(ben.chat.toggle).toHaveAttribute('data-unread', '0');
    await expect(ben.chat.messages).toHaveText(['First line\n<b>second</b> https://example.org']);
    await expect(ben.chat.panel.locator('a, b')).toHaveCount(0);
    await ben.say('Read it.');
    await expect(ada.chat.messages.last()).toHaveText('Read it.');
    await expect(ada.chat.messages.last()).toHaveAttribute('data-author', 'Ben');
    await expect(ada.chat.toggle).toHaveAttribute('data-unread', '0');
    await ada.photograph('ada');
  });

  await test.step('Escape closes the chat and gives the focus back', async () => {
    await ada.chat.field.press('Escape');
    await expect(ada.chat.panel).toBeHidden();
    await expect(ada.chat.toggle).toBeFocused();
  });

  await test.step('Cem comes later and reads back to the beginning, page after page', async () => {
    for (let each = 1; each <= 60; each++) await maker.chat(`Message ${each}`);
    maker.close();
    const cem = await newPerson('Cem');
    await cem.join(sessionId);
    await cem.chat.toggle.click();
    await expect(cem.chat.messages.last()).toHaveText('Message 60');
    await expect(cem.chat.messages.last()).toBeInViewport();
    const before = await cem.chat.messages.count();
    await cem.chat.log.evaluate((log) => log.scrollTo({ top: 0 }));
    await expect(cem.chat.messages).toHaveCount(62);
    expect(before).toBeLessThan(62);
    await expect(cem.chat.messages.first()).toHaveText('First line\n<b>second</b> https://example.org');
  });
});

test('[LCK-1] [LCK-3] a locked object is its holder’s alone until it is unlocked', async ({ server, newPerson }) => {
  const sessionId = await sceneWithBox(server);
  const [ada, ben] = [await newPerson('Ada', SMALL), await newPerson('Ben', SMALL)];
  await ada.join(sessionId);
  await ben.join(sessionId);

  await test.step('Ada locks the box by key; Ben sees whose it is', async () => {
    await ada.selectInPanel('box');
    await ada.scene.hover();
    await ada.page.keyboard.press('l');
    await expect(ada.object('box')).toHaveAttribute('data-locked', 'me');
    await expect(ben.object('box')).toHaveAttribute('data-locked', 'another');
    await expect(ben.object('box').getByTestId('padlock')).toHaveAccessibleName('Locked by Ada');
  });

  await test.step('he can look and copy, not edit', async () => {
    await ben.selectInPanel('box');
    await expect(ben.page.getByTestId('lock-banner')).toContainText('Locked by Ada');
    await expect(ben.inspector.getByTestId('position-x')).toBeDisabled();
    await expect(ben.inspector.getByTestId('delete')).toBeDisabled();
    await expect(ben.inspector.getByTestId('lock')).toBeDisabled();
    await ben.photograph('ben');
    await ben.scene.hover();
    await ben.page.keyboard.press('Delete');
    await expect(ben.notice('Box 1 is locked by Ada')).toBeVisible();
    await expect(ben.objects).toHaveCount(1);
    await ben.inspector.getByTestId('duplicate').click();
    await expect(ada.objects).toHaveCount(2);
  });

  await test.step('it stays hers over a reload, and she edits it', async () => {
    await ada.page.reload();
    await ada.isOnline();
    await expect(ada.object('box')).toHaveAttribute('data-locked', 'me');
    await expect(ben.object('box')).toHaveAttribute('data-locked', 'another');
    await ada.selectInPanel('box');
    await ada.inspector.locator(`[data-color="${TEAL}"]`).click();
    await expect(ben.object('box')).toHaveAttribute('data-color', TEAL);
  });

  await test.step('she gives it free, and he has it', async () => {
    await ada.inspector.getByTestId('lock').click();
    await expect(ben.object('box')).toHaveAttribute('data-locked', 'nobody');
    await ben.selectInPanel('box');
    await ben.inspector.locator(`[data-color="${BLUE}"]`).click();
    await expect(ada.object('box')).toHaveAttribute('data-color', BLUE);
  });
});

test('[CNF-10] [CNF-13] two who change one value at once are both asked, and one decides for both', async ({ server, newPerson }) => {
  const { sessionId, maker } = await parameterSession(server);
  const [ada, ben, cem] = [await newPerson('Ada'), await newPerson('Ben'), await newPerson('Cem')];
  const network = await ben.network();
  for (const person of [ada, ben, cem]) await person.join(sessionId);
  /** Ben sets it before he could hear that Ada did. */
  const bothSet = async (name: string, adas: number, bens: number) => {
    network.deafen();
    await ada.setParameter(name, adas);
    await ada.isSaved();
    await ben.setParameter(name, bens);
    await expect(ada.conflict).toBeVisible();
    network.listen();
  };

  await test.step('both set mu at the same time', async () => {
    await bothSet('mu', 2, 4);
    for (const person of [ada, ben]) await expect(person.conflict).toBeVisible();
    await expect(ada.conflict).toContainText('You and Ben changed mu at the same time');
    await expect(ben.conflict).toContainText('You and Ada changed mu at the same time');
    await expect(ada.conflict.getByTestId('option-mine')).toHaveAttribute('data-value', '2');
    await expect(ada.conflict.getByTestId('option-theirs')).toHaveAttribute('data-value', '4');
    await expect(ada.conflict.getByTestId('option-average')).toHaveAttribute('data-value', '3');
    await expect(cem.parameter('mu').getByTestId('conflict-mark')).toContainText(/decide/);
    await expect(cem.conflict).toHaveCount(0);
    await ada.photograph('asked');
  });

  await test.step('no key that was on its way chooses anything, and the focus stays inside', async () => {
    await expect(ada.conflict.getByTestId('conflict-use')).toBeDisabled();
    await ada.page.keyboard.press('Enter');
    await expect(ada.conflict).toBeVisible();
    for (let tabs = 0; tabs < 8; tabs++) await ada.page.keyboard.press('Tab');
    expect(await ada.page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null)).toBe(true);
  });

  await test.step('Ada puts it off and takes it up again', async () => {
    await ada.page.keyboard.press('Escape');
    await expect(ada.conflict).toBeHidden();
    await ada.parameter('mu').getByTestId('conflict-mark').click();
    await expect(ada.conflict).toBeVisible();
  });

  await test.step('she takes the average; Ben’s question is gone, and he reads who chose what', async () => {
    await ada.conflict.getByTestId('option-average').click();
    await ada.conflict.getByTestId('conflict-use').click();
    for (const person of [ada, ben]) await expect(person.conflict).toBeHidden();
    await expect(ben.notice('Ada chose the average, 3, for mu')).toBeVisible();
    for (const person of [ada, ben, cem]) await expect(person.parameter('mu')).toHaveAttribute('data-value', '3');
    await expect(cem.parameter('mu').getByTestId('conflict-mark')).toHaveCount(0);
  });

  await test.step('another time Ben types a value of his own', async () => {
    await bothSet('kappa', 0.4, 1.6);
    await ben.conflict.getByTestId('other-value-0').fill('x');
    await ben.conflict.getByTestId('conflict-use').click();
    await expect(ben.conflict.getByRole('alert')).toContainText('Enter a number');
    await ben.conflict.getByTestId('other-value-0').fill('0,9');
    await ben.page.keyboard.press('Enter');
    await expect(ada.notice('Ben chose 0.9 for kappa')).toBeVisible();
    await until(maker, ({ document }) => document.elements.get('parameters')?.props['kappa'] === 0.9);
    maker.close();
  });
});

test('parameters move live at everybody, a drag is one step of undo, and everybody reads who moved what', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  const sessionId = await ada.startSession('Oscillator', { kind: 'parameters' });
  await ben.join(sessionId);
  await expect(ben.parameter('omega')).toHaveAttribute('data-value', '2');

  await test.step('Ben drags omega: Ada sees it move before he lets go', async () => {
    const slider = await ben.slider('omega');
    await ben.page.mouse.move(slider.at(0.2), slider.y);
    await ben.page.mouse.down();
    await ben.page.mouse.move(slider.at(0.5), slider.y, { steps: 6 });
    await expect(ada.parameter('omega').getByTestId('moving')).toContainText('Ben');
    await expect.poll(async () => Number(await ada.parameter('omega').getAttribute('data-value'))).toBeGreaterThan(4);
    await expect(ben.as(ada).participant).toHaveAttribute('data-status', 'EDITING');
    await ben.page.mouse.move(slider.at(0.9), slider.y, { steps: 6 });
    await ben.page.mouse.up();
    await ben.isSaved();
    const value = (await ben.parameter('omega').getAttribute('data-value')) ?? '';
    expect(Number(value)).toBeGreaterThan(8.5);
    await expect(ada.parameter('omega')).toHaveAttribute('data-value', value);
    await expect(ada.parameter('omega').getByTestId('last-change')).toHaveAttribute('data-author', 'Ben');
    await ada.photograph('ada');
  });

  await test.step('one undo takes the whole drag back', async () => {
    await ben.page.getByTestId('undo').click();
    for (const person of [ada, ben]) await expect(person.parameter('omega')).toHaveAttribute('data-value', '2');
    await expect(ben.page.getByTestId('undo')).toBeDisabled();
  });

  await test.step('Escape in the middle of a drag leaves things as they were', async () => {
    const slider = await ben.slider('mu');
    await ben.page.mouse.move(slider.at(0.2), slider.y);
    await ben.page.mouse.down();
    await ben.page.mouse.move(slider.at(0.8), slider.y, { steps: 4 });
    await expect.poll(async () => Number(await ada.parameter('mu').getAttribute('data-value'))).toBeGreaterThan(2);
    await ben.page.keyboard.press('Escape');
    await ben.page.mouse.up();
    for (const person of [ada, ben]) await expect(person.parameter('mu')).toHaveAttribute('data-value', '1');
  });

  await test.step('keys move a slider, and whoever comes later reads who did it', async () => {
    await ada.page.getByTestId('slider-kappa').focus();
    await ada.page.keyboard.press('ArrowRight');
    await expect(ben.parameter('kappa')).toHaveAttribute('data-value', '0.51');
    const cem = await newPerson('Cem');
    await cem.join(sessionId);
    await expect(cem.parameter('kappa').getByTestId('last-change')).toHaveAttribute('data-author', 'Ada');
  });
});

test('[HEL-8] a reload keeps the seat: nobody sees one leave or come', async ({ server, newPerson }) => {
  const { sessionId, maker } = await parameterSession(server);
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await ada.join(sessionId);
  await ben.join(sessionId);
  maker.close();
  await expect(ada.page.getByTestId('people-button')).toHaveAttribute('data-count', '2');
  const seat = await ben.participantId();
  await ada.watchPeople();

  await ben.page.reload();
  await ben.isOnline();

  expect(await ben.participantId()).toBe(seat);
  await expect(ben.as(ada).participant).toHaveAttribute('data-status', 'ONLINE');
  expect(await ada.sawPeople()).toEqual(['Ada Ben']);

  await ben.leave();
  await expect(ben.as(ada).participant).toHaveCount(0);
});

test('[PRE-2] the people list tells who edits what, who is away, and whose seat waits', async ({ server, newPerson }) => {
  const { sessionId, maker } = await parameterSession(server);
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await ben.page.clock.install();
  await ada.join(sessionId);
  await ben.join(sessionId);
  maker.close();
  await ada.page.getByTestId('people-button').click();
  const shown = ada.page.getByTestId('people-list').locator('[data-testid="person"][data-name="Ben"]');
  await expect(shown).toHaveAttribute('data-status', 'ONLINE');

  const slider = await ben.slider('mu');
  await ben.page.mouse.move(slider.at(0.2), slider.y);
  await ben.page.mouse.down();
  await expect(shown).toHaveAttribute('data-status', 'EDITING');
  await expect(shown.getByTestId('person-doing')).toHaveText('Editing mu');
  await ben.page.mouse.up();
  await expect(shown).toHaveAttribute('data-status', 'ONLINE');
  await expect(shown.getByTestId('person-doing')).toHaveText('Online');

  await ben.hide(true);
  await ben.page.clock.fastForward(61_000);
  await expect(shown).toHaveAttribute('data-status', 'AWAY');
  await ada.photograph('away');
  await ben.hide(false);
  await expect(shown).toHaveAttribute('data-status', 'ONLINE');

  await ben.page.context().close();
  await expect(shown).toHaveAttribute('data-status', 'OFFLINE');
  await ada.photograph('offline');
});

test('edits that are made offline outlive a reload and arrive once; what met others is told to both', async ({ server, newPerson }) => {
  const sessionId = await sceneWithBox(server);
  const ada = await newPerson('Ada', SMALL);
  const network = await ada.network();
  await ada.join(sessionId);
  const ben = asBen(server, sessionId);
  await ben.ready();

  await test.step('Ada edits without a connection, and loads the page anew', async () => {
    await network.cut();
    await expect(ada.page.getByTestId('offline-banner')).toContainText('kept on this device');
    await ada.add('cone');
    await ada.selectInPanel('box');
    await ada.inspector.locator(`[data-color="${BLUE}"]`).click();
    await ada.inspector.getByTestId('inspector-name').fill('Plinth');
    await ada.page.keyboard.press('Enter');
    await expect(ada.page.getByTestId('offline-banner')).toHaveAttribute('data-pending', '3');
    await ada.hasOnDisk(3);
    await ada.page.reload();
    await expect(ada.page.getByTestId('offline-banner')).toHaveAttribute('data-pending', '3');
    await expect(ada.objects).toHaveCount(2);
    await expect(ada.object('box')).toHaveAttribute('data-name', 'Plinth');
    await ada.photograph('offline-after-reload');
  });

  await test.step('meanwhile Ben colours the box; she is back, and everything is there once', async () => {
    ben.edit([{ op: 'set', id: 'box', path: ['color'], value: TEAL }]);
    await ben.idle();
    network.mend();
    await ada.isOnline();
    await ada.isSaved();
    await until(ben, ({ document }) => document.elements.get('box')?.props['name'] === 'Plinth');
    expect(ben.document.children(null).map(({ elementType, props }) => [elementType, props['color']])).toEqual([
      ['box', BLUE],
      ['cone', expect.any(String)],
    ]);
    await expect(ada.objects).toHaveCount(2);
  });

  await test.step('she reads what became of her edits', async () => {
    await expect(ada.page.getByTestId('sync-report')).toContainText('3 edits were synced, 1 conflicted');
    await ada.page.getByTestId('sync-details').click();
    await expect(ada.page.getByTestId('conflicted-edits')).toHaveText(['Colour of Plinth: yours replaced Ben’s']);
    await ada.photograph('report');
    await ada.page.keyboard.press('Escape');
    await ada.page.getByTestId('sync-dismiss').click();
    await expect(ada.page.getByTestId('sync-report')).toBeHidden();
  });

  await test.step('[CNF-6] Ben overwrites her colour without having seen it: she is told, and takes it back', async () => {
    await overwrite(server, sessionId, { op: 'set', id: 'box', path: ['color'], value: ORANGE });
    await expect(ada.object('box')).toHaveAttribute('data-color', ORANGE);
    await expect(ada.notice('Ben overwrote your colour of Plinth')).toBeVisible();
    await ada.notice('Ben overwrote').getByTestId('notice-action').click();
    await until(ben, ({ document }) => document.elements.get('box')?.props['color'] === BLUE);
    ben.close();
  });
});

test('edits that the server refuses are told, kept, taken home as a file, and discarded', async ({ server, newPerson }) => {
  const sessionId = await sceneWithBox(server);
  const ada = await newPerson('Ada', SMALL);
  const network = await ada.network();
  await ada.join(sessionId);
  await network.cut();
  await expect(ada.page.getByTestId('offline-banner')).toBeVisible();
  await ada.add('cone');
  await ada.selectInPanel('box');
  await ada.inspector.locator(`[data-color="${BLUE}"]`).click();
  const ben = join(server, sessionId, 'Ben');
  await ben.ready();
  await ben.lock('box');

  network.mend();
  await ada.isOnline();
  await expect(ada.page.getByTestId('sync-report')).toContainText('2 edits were synced, 1 was refused');
  await expect(ada.notice('Box 1 is locked by Ben')).toContainText('Colour of Box 1');
  await expect(ada.object('box')).toHaveAttribute('data-color', ORANGE);
  await expect(ada.objects).toHaveCount(2);

  await ada.page.getByTestId('sync-dismiss').click();
  await ada.page.getByTestId('session-menu-button').click();
  await ada.page.getByTestId('menu-refused').click();
  await expect(ada.page.getByTestId('refused-edits')).toContainText(`Colour of Box 1: ${BLUE}`);
  await ada.photograph('refused');
  const download = ada.page.waitForEvent('download');
  await ada.page.getByTestId('refused-download').click();
  const content = await readJson(await download);
  expect(content).toMatchObject({ session: { sessionId }, edits: [{ operations: [{ op: 'set', id: 'box', path: ['color'], value: BLUE }] }] });
  await ada.page.getByTestId('refused-discard').click();
  await expect(ada.page.getByTestId('refused-edits')).toHaveCount(0);
  ben.close();
});

function asBen({ url }: ChoraleServer, sessionId: string): Session {
  return connect({ url, sessionId, guest: BEN, webSocket: (address, protocols) => new WebSocket(address, protocols) });
}

/** An edit of Ben's that refers to the first revision, whatever came since. */
async function overwrite(server: ChoraleServer, sessionId: string, operation: Operation): Promise<void> {
  const answer = await fetch(`${server.url}/api/v1/sessions/${sessionId}/changes`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ guest: BEN, changes: [{ seenRevision: 1, operations: [operation] }] }),
  });
  expect(answer.status).toBe(200);
}

/** A scene of one box that people call "Box 1". */
async function sceneWithBox(server: ChoraleServer): Promise<string> {
  const sessionId = await newSession(server);
  const maker = join(server, sessionId, 'Maker');
  await maker.ready();
  const props = { name: 'Box 1', position: [0, 0.5, 0], rotation: [0, 0, 0], scale: [1, 1, 1], color: ORANGE };
  maker.edit([{ op: 'create', id: 'box', elementType: 'box', parent: null, props }]);
  await maker.idle();
  maker.close();
  return sessionId;
}

/** A parameter session that a program began, and that program. */
async function parameterSession(server: ChoraleServer): Promise<{ readonly sessionId: string; readonly maker: Session }> {
  const { sessionId } = await createSession(server.url, { name: 'End to end', kind: 'parameters' });
  const maker = join(server, sessionId, 'Maker');
  await maker.ready();
  maker.edit([{ op: 'create', id: 'parameters', elementType: 'parameters', parent: null, props: { mu: 1, kappa: 0.5 } }]);
  await maker.idle();
  return { sessionId, maker };
}

async function readJson(download: Download): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Uint8Array);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
