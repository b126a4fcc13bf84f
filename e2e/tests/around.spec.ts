import { expect, type Download } from '@playwright/test';
import { isAccessible } from '../support/accessibility.js';
import { join, newSession, until } from '../support/clients.js';
import { test } from '../support/fixtures.js';
import type { Person } from '../support/person.js';

/** A scene is drawn without a graphics card here, and each pixel takes its time. */
const SMALL = { viewport: { width: 1000, height: 640 } };
const LOOK = { position: [0, 0.5, 0], rotation: [0, 0, 0], scale: [1, 1, 1], color: '#e76f51' };

test('whatever opens meets WCAG 2.2 AA, in light and in dark', async ({ newPerson }) => {
  const [ada, ben] = [await newPerson('Ada', SMALL), await newPerson('Ben', SMALL)];
  await ada.page.goto('/');
  await isAccessible(ada, 'the start page');
  await ada.startSession('Tuning', { kind: 'parameters' });
  await isAccessible(ada, 'parameters');
  const dialogs = { 'menu-palette': 'palette', 'menu-help': 'help', 'menu-identity': 'identity-dialog', 'menu-policy': 'policy-dialog', 'menu-close-session': 'close-dialog' };
  for (const [item, dialog] of Object.entries(dialogs)) {
    await fromMenu(ada, item);
    await expect(ada.page.getByTestId(dialog)).toBeVisible();
    await isAccessible(ada, dialog);
    await ada.page.keyboard.press('Escape');
    await expect(ada.page.getByTestId(dialog)).toBeHidden();
    await expect(ada.page.getByTestId('session-menu-button')).toBeFocused();
  }

  await ben.startSession('Bridge study');
  await ben.add('box');
  await fromMenu(ben, 'menu-performance');
  await ben.page.getByTestId('session-menu-button').click();
  await isAccessible(ben, 'a scene with a selected box, the menu and the performance panel');
  await ben.photograph('menu-and-performance');
});

test('by keyboard alone one finds commands, reads all keys, and measures', async ({ server, newPerson }) => {
  const sessionId = await newSession(server);
  const ada = await newPerson('Ada', SMALL);
  const ben = await newPerson('Ben', SMALL);
  await ada.join(sessionId);
  await ben.join(sessionId);
  const { keyboard } = ada.page;
  const field = ada.page.getByTestId('palette-field');
  const commands = ada.page.getByTestId('palette-command');

  await test.step('a command is found by typing, and Ben sees what it did', async () => {
    await keyboard.press('Control+k');
    await expect(field).toBeFocused();
    await expect(commands.and(ada.page.locator('[data-command="undo"]'))).toHaveCount(0);
    await keyboard.type('cone add');
    await expect(commands).toHaveText(['Add cone4']);
    await keyboard.press('Enter');
    await expect(field).toBeHidden();
    await expect(ben.objects).toHaveCount(1);
  });

  await test.step('what is possible now is listed, and the arrow keys choose', async () => {
    await keyboard.press('Control+k');
    await expect(commands.and(ada.page.locator('[data-command="undo"]'))).toHaveCount(1);
    await keyboard.type('performance');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowUp');
    await keyboard.press('Enter');
    await expect(ada.page.getByTestId('measure-calls')).toHaveText(/[1-9]/);
    await expect(ada.page.getByTestId('measure-people')).toHaveText('People2');
    await expect(ada.page.getByTestId('measure-fps')).toHaveText(/[1-9]/);
  });

  await test.step('nothing matches nonsense, and Enter does nothing then', async () => {
    await keyboard.press('Control+k');
    await keyboard.type('zzz');
    await expect(ada.page.getByTestId('palette-none')).toBeVisible();
    await keyboard.press('Enter');
    await keyboard.press('Escape');
    await expect(field).toBeHidden();
  });

  await test.step('the help sheet lists every key, and keys rest while it is open', async () => {
    await keyboard.press('Shift+?');
    const help = ada.page.getByTestId('help');
    await expect(help.locator('[data-command="undo"]')).toHaveText('UndoCtrlZ');
    await expect(help.locator('[data-command="palette"]')).toHaveText('Find a commandCtrlK');
    await keyboard.press('1');
    await keyboard.press('Escape');
    await expect(help).toBeHidden();
    await expect(ada.objects).toHaveCount(1);
  });
});

test('a session goes into a file and comes out of it, here and in a new session', async ({ server, newPerson }) => {
  const sessionId = await newSession(server);
  const ben = join(server, sessionId, 'Ben');
  await ben.ready();
  ben.edit([
    { op: 'create', id: 'box', elementType: 'box', parent: null, props: { ...LOOK, name: 'Plinth' } },
    { op: 'create', id: 'sign', elementType: 'label', parent: 'box', props: { ...LOOK, text: '<b>Way in</b>' } },
  ]);
  await ben.idle();
  const ada = await newPerson('Ada', SMALL);
  await ada.join(sessionId);
  await expect(ada.objects).toHaveCount(2);

  const file = await test.step('Ada takes the session home, and the scene as a model', async () => {
    const model = ada.page.waitForEvent('download');
    await fromMenu(ada, 'menu-export-model');
    expect(JSON.parse(await textOf(await model))).toMatchObject({ asset: { version: '2.0' }, meshes: [{}], nodes: [{ name: 'Plinth', mesh: 0 }, { extras: { text: '<b>Way in</b>' } }] });
    const download = ada.page.waitForEvent('download');
    await fromMenu(ada, 'menu-export');
    return textOf(await download);
  });
  expect(JSON.parse(file)).toMatchObject({ format: 'chorale-session', version: 1, elements: [{ id: 'box', order: 0 }, { id: 'sign', parent: 'box' }] });

  await test.step('imported again it is there twice, Ben sees it, and one undo takes it back', async () => {
    await chooseFile(ada, 'menu-import', file);
    await until(ben, ({ document }) => document.children(null).length === 2);
    const [, copy] = ben.document.children(null);
    expect(ben.document.children(copy?.id ?? '')).toMatchObject([{ props: { text: '<b>Way in</b>' } }]);
    await ada.notice('2 elements imported').getByTestId('notice-action').click();
    await until(ben, ({ document }) => document.children(null).length === 1);
    ben.close();
  });

  await test.step('files that are something else are refused, in words', async () => {
    await chooseFile(ada, 'menu-import', '{"format":"<img src=x onerror=alert(1)>"}');
    await expect(ada.notice('The file was not imported')).toContainText('not a session that Chorale exported');
    await drop(ada, file.replace('"scene"', '"parameters"'));
    await expect(ada.notice('The file was not imported')).toContainText('other content than this session');
    await drop(ada, file.replace('"parent": "box"', '"parent": "sign"'));
    await expect(ada.notice('The file was not imported')).toContainText('damaged');
    await expect(ada.objects).toHaveCount(2);
  });

  await test.step('from the start page it becomes a session of its own, that is found by name', async () => {
    await ada.leave();
    const chooser = ada.page.waitForEvent('filechooser');
    await ada.page.getByTestId('new-session-file').click();
    await (await chooser).setFiles({ name: 'stand.json', mimeType: 'application/json', buffer: Buffer.from(file) });
    await expect(ada.page.getByTestId('new-session-source')).toContainText('2 elements from “stand.json”');
    await ada.photograph('new-from-file');
    await ada.page.getByTestId('new-session-name').fill('Späterer Stand');
    await ada.page.getByTestId('new-session-create').click();
    await ada.isOnline();
    await expect(ada.objects).toHaveCount(2);
    await ada.isSaved();

    await ada.leave();
    const rows = ada.page.getByTestId('recent-sessions').getByTestId('session-row');
    await expect(rows).toHaveCount(2);
    await ada.page.getByTestId('search-field').fill('stand spat');
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText('Späterer Stand');
  });
});

test('a session begins with a template, which one undo takes back as a whole and one redo brings again', async ({ newPerson }) => {
  const ada = await newPerson('Ada', SMALL);
  await ada.page.goto('/');
  await ada.page.getByTestId('new-session-template').selectOption('room');
  await ada.page.getByTestId('new-session-create').click();
  await ada.introduce();
  await ada.isOnline();
  const parts = ada.page.getByTestId('object-count');
  await expect(parts).toHaveText('28');
  await expect(ada.objects.filter({ hasText: 'Table' }).first()).toBeVisible();
  await expect(ada.page.getByTestId('session-name')).toHaveText('A meeting room');
  await ada.isSaved();
  await ada.photograph('template');
  await ada.page.getByTestId('undo').click();
  await expect(parts).toHaveText('0');
  await expect(ada.page.getByTestId('undo')).toBeDisabled();
  await ada.page.getByTestId('redo').click();
  await expect(parts).toHaveText('28');
  await ada.isSaved();
});

test('each reads it in their own language', async ({ server, newPerson }) => {
  const sessionId = await newSession(server);
  const [ada, ben] = [await newPerson('Ada', { ...SMALL, locale: 'de-DE' }), await newPerson('Ben', SMALL)];
  await ada.join(sessionId);
  await ben.join(sessionId);
  await expect(ada.page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(ben.page.locator('html')).toHaveAttribute('lang', 'en');

  await ada.page.keyboard.press('Control+k');
  await ada.page.keyboard.type('quader');
  await ada.page.keyboard.press('Enter');
  await expect(ben.objects).toHaveCount(1);
  await ada.page.keyboard.press('Shift+?');
  await expect(ada.page.getByTestId('help').locator('[data-command="undo"]')).toHaveText('Rückgängig machenStrgZ');
  await ada.photograph('tastenkuerzel');
  await ada.page.keyboard.press('Escape');

  await test.step('whoever chooses a language keeps it, and their seat in the session', async () => {
    const seat = await ada.participantId();
    await ada.page.getByTestId('session-menu-button').click();
    await ada.photograph('menue');
    await ada.page.getByTestId('language-en').click();
    await expect(ada.page.locator('html')).toHaveAttribute('lang', 'en');
    await ada.isOnline();
    expect(await ada.participantId()).toBe(seat);
    await expect(ben.page.getByTestId('people-button')).toHaveAttribute('data-count', '2');
    await ada.leave();
    await expect(ada.page.getByRole('heading', { level: 1 })).toHaveText('Many hands, one scene.');
    await ada.page.getByTestId('language-de').click();
    await expect(ada.page.getByRole('heading', { level: 1 })).toHaveText('Viele Hände, eine Szene.');
  });
});

async function fromMenu({ page }: Person, item: string): Promise<void> {
  await page.getByTestId('session-menu-button').click();
  await page.getByTestId(item).click();
}

async function chooseFile(person: Person, item: string, text: string): Promise<void> {
  const chooser = person.page.waitForEvent('filechooser');
  await fromMenu(person, item);
  await (await chooser).setFiles({ name: 'stand.json', mimeType: 'application/json', buffer: Buffer.from(text) });
}

/** Holds a file over the page and lets it go. */
async function drop({ page }: Person, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], 'stand.json', { type: 'application/json' }));
    return transfer;
  }, text);
  await page.dispatchEvent('body', 'dragover', { dataTransfer });
  await expect(page.getByTestId('drop-target')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer });
  await expect(page.getByTestId('drop-target')).toBeHidden();
}

async function textOf(download: Download): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString('utf8');
}
