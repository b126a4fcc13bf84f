import { expect } from '@playwright/test';
import { join, newSession, participants, until } from '../support/clients.js';
import { test } from '../support/fixtures.js';
import type { ChoraleServer } from '../support/server.js';

const OCHRE = '#d98e04';
const ORANGE = '#e76f51';
const GREEN_ARROW = '#3fa06a';
const LABEL = '#3d4543';

test('two people build a scene together', async ({ newPerson }) => {
  const ada = await newPerson('Ada Lovelace', { permissions: ['clipboard-read', 'clipboard-write'] });
  const ben = await newPerson('Ben');

  await test.step('Ada starts a session and introduces herself once', async () => {
    await ada.page.goto('/');
    await ada.photograph('start');
    await ada.page.getByTestId('new-session-name').fill('Exhibition stand');
    await ada.page.getByTestId('new-session-create').click();
    await ada.introduce(OCHRE);
    await ada.isOnline();
    await expect(ada.page.getByTestId('session-name')).toHaveText('Exhibition stand');
    await expect(ada.page.getByTestId('empty-hint')).toBeVisible();

    await ada.page.reload();
    await ada.isOnline();
    await expect(ada.as(ada).participant).toHaveAttribute('data-color', OCHRE);
  });

  const kinds = ['box', 'sphere', 'cylinder', 'cone', 'label'] as const;
  await test.step('she adds one of each kind', async () => {
    for (const kind of kinds) await ada.add(kind);
    await ada.isSaved();
    await expect(ada.page.getByTestId('empty-hint')).toBeHidden();
  });

  await test.step('Ben opens the link that she copied and sees the same', async () => {
    await ada.page.getByTestId('copy-link').click();
    await expect(ada.page.getByTestId('copy-link')).toHaveAttribute('data-copied', 'true');
    await ben.page.goto(await ada.page.evaluate(() => navigator.clipboard.readText()));
    await ben.introduce();
    await ben.isOnline();
    await expect(ben.objects).toHaveCount(kinds.length);
    const seen = await ben.objects.evaluateAll((items) => items.map(({ dataset }) => dataset['elementType']));
    expect(seen).toEqual(kinds);
    await expect(ada.page.getByTestId('people-button')).toHaveAttribute('data-count', '2');
    await ada.photograph('ada');
    await ben.photograph('ben');
  });

  await test.step('Ben is the same person after a reload', async () => {
    const userId = await ben.as(ada).participant.getAttribute('data-user-id');
    await ben.page.reload();
    await ben.isOnline();
    await expect(ben.objects).toHaveCount(kinds.length);
    await expect(ben.as(ada).participant).toHaveCount(1);
    await expect(ben.as(ada).participant).toHaveAttribute('data-user-id', userId ?? '');
  });

  await test.step('when Ben leaves, Ada is alone', async () => {
    await ben.leave();
    await expect(ben.page.getByTestId('recent-sessions')).toContainText('Exhibition stand');
    await expect(ada.page.getByTestId('people-button')).toHaveAttribute('data-count', '1');
  });
});

test('undo and redo follow what one did oneself, and spare what another did since', async ({ server, newPerson }) => {
  const sessionId = await sceneWith(server, { id: 'box', elementType: 'box', position: [0, 0.5, 0] });
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await ada.join(sessionId);
  await ben.join(sessionId);
  await expect(ada.page.getByTestId('undo')).toBeDisabled();

  await test.step('Ada adds a cone, takes it back by keyboard and brings it again', async () => {
    await ada.add('cone');
    await ada.page.keyboard.press('Escape');
    await expect(ben.objects).toHaveCount(2);
    await ada.page.keyboard.press('Control+z');
    await expect(ada.objects).toHaveCount(1);
    await expect(ben.objects).toHaveCount(1);
    await ada.page.keyboard.press('Control+Shift+z');
    await expect(ben.objects).toHaveCount(2);
    await ada.photograph('redone');
  });

  await test.step('Ben deletes what she added: her undo does not bring it back, nor his edit away', async () => {
    await ben.objects.nth(1).click();
    await ben.page.keyboard.press('Delete');
    await expect(ada.objects).toHaveCount(1);
    await ada.page.getByTestId('undo').click();
    await ada.isSaved();
    await expect(ada.objects).toHaveCount(1);
    await ben.page.getByTestId('undo').click();
    await expect(ada.objects).toHaveCount(2);
    await ben.photograph('ben');
  });
});

test('each sees where the other points and what the other selects', async ({ server, newPerson }) => {
  const sessionId = await sceneWith(server, { id: 'box', elementType: 'box', position: [0, 0.5, 0] });
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await ada.join(sessionId);
  await ben.join(sessionId);

  await ada.page.getByTestId('people-button').click();
  await expect(ada.page.getByTestId('people-list')).toContainText('Ben');
  await ada.page.keyboard.press('Escape');

  const box = await ben.find(ORANGE);
  await ben.page.mouse.move(box.x, box.y, { steps: 5 });
  await expect(ben.as(ada).pointer).toBeVisible();

  await ben.page.mouse.click(box.x, box.y);
  await expect(ben.object('box')).toHaveAttribute('data-selected', 'true');
  await expect(ada.object('box')).toHaveAttribute('data-selected-by', await ben.participantId());
  await expect(ada.object('box')).toHaveAttribute('data-selected', 'false');
  await ada.photograph('ben-points-and-selects');

  await ben.page.keyboard.press('Escape');
  await expect(ada.object('box')).toHaveAttribute('data-selected-by', '');
  await ben.page.context().close();
  await expect(ben.as(ada).pointer).toHaveCount(0);
});

test('an arrow of the gizmo moves an object along one axis', async ({ server, newPerson }) => {
  const sessionId = await sceneWith(server, { id: 'box', elementType: 'box', position: [0, 0.5, 0] });
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await ada.join(sessionId);
  await ben.join(sessionId);
  const box = await ben.find(ORANGE);
  await ben.page.mouse.click(box.x, box.y);
  const arrow = await ben.find(GREEN_ARROW);

  await ben.page.mouse.move(arrow.x, arrow.y);
  await ben.page.mouse.down();
  await ben.page.mouse.move(arrow.x, arrow.y - 100, { steps: 10 });
  await ben.photograph('in-the-middle-of-the-drag');
  await ben.page.mouse.up();

  await ben.isSaved();
  const [x, y, z] = await ben.positionOf('box');
  expect(y).toBeGreaterThan(0.8);
  expect([x, z]).toEqual([0, 0]);
  await expect(ada.object('box')).toHaveAttribute('data-position', `${x},${y},${z}`);
  await expect(ben.object('box')).toHaveAttribute('data-selected', 'true');
});

test('an object that is dragged over the ground moves live at the others, before it is let go', async ({ server, newPerson }) => {
  const sessionId = await sceneWith(server, { id: 'sign', elementType: 'label', position: [0, 0.45, 0], color: LABEL, text: 'Entrance' });
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await ada.join(sessionId);
  await ben.join(sessionId);
  await ben.selectInPanel('sign');
  const [atAda, atBen] = [await ada.find(LABEL), await ben.find(LABEL)];

  await ben.page.mouse.move(atBen.x, atBen.y);
  await ben.page.mouse.down();
  await ben.page.mouse.move(atBen.x + 120, atBen.y + 60, { steps: 10 });

  await expect.poll(async () => ((await ada.see(LABEL))?.x ?? 0) - atAda.x, { message: 'moved at Ada' }).toBeGreaterThan(50);
  await expect(ada.object('sign')).toHaveAttribute('data-position', '0,0.45,0');
  await ben.page.mouse.up();
  await ben.isSaved();
  const [x, y, z] = await ben.positionOf('sign');
  expect(y).toBe(0.45);
  await expect(ada.object('sign')).toHaveAttribute('data-position', `${x},${y},${z}`);
});

test('colours, names, numbers and deletions reach the others, and what is deleted can be brought back', async ({ server, newPerson }) => {
  const sessionId = await sceneWith(server, { id: 'box', elementType: 'box', position: [0, 0.5, 0] });
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await ada.join(sessionId);
  await ben.join(sessionId);
  await ben.selectInPanel('box');

  await ben.inspector.locator('[data-color="#2a9d8f"]').click();
  await expect(ada.object('box')).toHaveAttribute('data-color', '#2a9d8f');
  await ben.inspector.getByTestId('custom-color').click();
  await ben.inspector.getByTestId('color-hex').fill('#123abc');
  await ben.page.keyboard.press('Enter');
  await expect(ada.object('box')).toHaveAttribute('data-color', '#123abc');

  await ben.inspector.getByTestId('inspector-name').fill('Plinth');
  await ben.page.keyboard.press('Enter');
  await expect(ada.object('box')).toHaveAttribute('data-name', 'Plinth');
  await ben.inspector.getByTestId('position-x').fill('2.5');
  await ben.page.keyboard.press('Enter');
  await expect(ada.object('box')).toHaveAttribute('data-position', '2.5,0.5,0');

  await ben.inspector.getByTestId('delete').click();
  await expect(ben.objects).toHaveCount(0);
  await expect(ada.objects).toHaveCount(0);
  await expect(ben.inspector).toBeHidden();
  await ben.page.getByTestId('notice-action').click();
  await expect(ada.object('box')).toHaveAttribute('data-name', 'Plinth');
  await expect(ben.object('box')).toHaveAttribute('data-selected', 'true');

  await ben.scene.hover();
  await ben.page.keyboard.press('Delete');
  await expect(ada.objects).toHaveCount(0);
});

test('a label is rewritten in the scene with a double click', async ({ server, newPerson }) => {
  const sessionId = await sceneWith(server, { id: 'sign', elementType: 'label', position: [0, 0.45, 0], color: LABEL, text: 'Entrance' });
  const ada = await newPerson('Ada');
  const ben = join(server, sessionId, 'Ben');
  await ada.join(sessionId);

  const sign = await ada.find(LABEL);
  await ada.page.mouse.dblclick(sign.x, sign.y);
  await ada.page.getByTestId('label-editor').fill('Way out');
  await ada.page.keyboard.press('Enter');

  await expect(ada.object('sign')).toHaveAttribute('data-text', 'Way out');
  await until(ben, ({ document }) => document.elements.get('sign')?.props['text'] === 'Way out');
  ben.close();
});

test('keys add, duplicate and delete, but not while one types', async ({ server, newPerson }) => {
  const ada = await newPerson('Ada');
  await ada.join(await newSession(server));

  await ada.page.keyboard.press('1');
  await expect(ada.objects).toHaveCount(1);
  await ada.page.keyboard.press('Control+d');
  await expect(ada.objects).toHaveCount(2);
  await ada.inspector.getByTestId('inspector-name').click();
  await ada.page.keyboard.type('Step 12');
  await ada.page.keyboard.press('Backspace');
  await ada.page.keyboard.press('Enter');
  await expect(ada.objects.last()).toHaveAttribute('data-name', 'Step 1');
  await expect(ada.objects).toHaveCount(2);
  await ada.page.keyboard.press('Delete');
  await expect(ada.objects).toHaveCount(1);
  await ada.isSaved();
});

test('whoever opens a link to no session is told so', async ({ newPerson }) => {
  const ada = await newPerson('Ada');
  ada.tolerate(/404/);

  await ada.page.goto('/s/0000000000');

  await expect(ada.ended).toContainText('does not exist');
  await ada.photograph('not-found');
  await ada.page.getByTestId('back-home').click();
  await expect(ada.page.getByTestId('start')).toBeVisible();
});

test('the owner closes a session: everybody in it is told, and so is whoever comes later', async ({ newPerson }) => {
  const [ada, ben, late] = [await newPerson('Ada'), await newPerson('Ben'), await newPerson('Late')];
  const sessionId = await ada.startSession('Soon over');
  await ben.join(sessionId);
  await ben.page.getByTestId('session-menu-button').click();
  await expect(ben.page.getByTestId('menu-identity')).toBeVisible();
  await expect(ben.page.getByTestId('menu-close-session')).toHaveCount(0);

  await ada.page.getByTestId('session-menu-button').click();
  await ada.page.getByTestId('menu-close-session').click();
  await ada.page.getByTestId('close-confirm').click();

  for (const person of [ada, ben]) await expect(person.ended).toContainText('was closed');
  await late.page.goto(`/s/${sessionId}`);
  await expect(late.ended).toContainText('was closed');
  await late.photograph('closed');
});

test('a full session takes the next one in when somebody left', async ({ server, newPerson }) => {
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  const sessionId = await ada.startSession('Room for one', { maxUsers: 1 });

  await ben.page.goto(`/s/${sessionId}`);
  await ben.introduce();
  await expect(ben.ended).toContainText('is full');
  await ben.photograph('full');
  await ada.leave();
  await expect.poll(() => participants(server, sessionId)).toBe(0);
  await ben.page.getByTestId('retry').click();
  await ben.isOnline();
});

test('edits that are made while the server is away are kept and arrive when it is back', async ({ newServer, newPerson }) => {
  const server = await newServer();
  await server.start();
  const sessionId = await newSession(server);
  const [ada, ben] = [await newPerson('Ada', { baseURL: server.url }), await newPerson('Ben', { baseURL: server.url })];
  for (const person of [ada, ben]) person.tolerate(/ERR_CONNECTION_REFUSED/);
  await ada.join(sessionId);
  await ben.join(sessionId);
  await ada.add('box');
  await expect(ben.objects).toHaveCount(1);

  await server.kill();
  await expect(ada.page.getByTestId('offline-banner')).toBeVisible();
  await ada.add('sphere');
  await ada.inspector.locator('[data-color="#7d76c9"]').click();
  await expect(ada.page.getByTestId('offline-banner')).toHaveAttribute('data-pending', '2');
  await ada.photograph('offline');
  await expect(ben.objects).toHaveCount(1);
  await server.start();

  await ada.isOnline();
  await ben.isOnline();
  await ada.isSaved();
  await expect(ben.objects).toHaveCount(2);
  await expect(ben.objects.last()).toHaveAttribute('data-color', '#7d76c9');
  await expect(ada.page.getByTestId('offline-banner')).toBeHidden();
});

test('a new name or colour costs nothing that is not saved yet', async ({ server, newPerson }) => {
  const ada = await newPerson('Ada');
  const network = await ada.network();
  await ada.join(await newSession(server));
  await network.cut();
  await expect(ada.page.getByTestId('offline-banner')).toBeVisible();
  await ada.add('box');

  await ada.page.getByTestId('session-menu-button').click();
  await ada.page.getByTestId('menu-identity').click();
  await ada.introduce(OCHRE);
  network.mend();

  await ada.isOnline();
  await ada.isSaved();
  await expect(ada.objects).toHaveCount(1);
  await expect(ada.as(ada).participant).toHaveAttribute('data-color', OCHRE);
});

test('a phone is enough to add, select and delete', async ({ server, newPerson }) => {
  const sessionId = await newSession(server);
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
  const [ada, ben] = [await newPerson('Ada', phone), await newPerson('Ben')];
  await ada.join(sessionId);
  await ben.join(sessionId);

  await ada.page.getByTestId('add-box').tap();
  await expect(ben.objects).toHaveCount(1);
  await expect(ada.inspector).toBeVisible();
  await ada.photograph('selected');
  await ada.page.getByTestId('deselect').tap();
  await expect(ada.inspector).toBeHidden();

  const box = await ada.find(ORANGE);
  await ada.page.touchscreen.tap(box.x, box.y);
  await expect(ada.inspector).toBeVisible();
  await expect(ada.objects.first()).toHaveAttribute('data-selected', 'true');
  await ada.inspector.getByTestId('delete').tap();
  await expect(ben.objects).toHaveCount(0);
  expect(await ada.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test('the theme follows the system until one chooses, and the choice is remembered', async ({ server, newPerson }) => {
  const sessionId = await sceneWith(server, { id: 'box', elementType: 'box', position: [0, 0.5, 0] });
  const ada = await newPerson('Ada', { colorScheme: 'light' });
  await ada.join(sessionId);
  const page = ada.page.locator('html');
  await expect(page).toHaveAttribute('data-theme', 'light');

  await ada.page.getByTestId('theme-toggle').click();
  await expect(page).toHaveAttribute('data-theme', 'dark');
  await ada.page.reload();
  await ada.isOnline();
  await expect(page).toHaveAttribute('data-theme', 'dark');
  await ada.photograph('dark');
});

test('content that pretends to be code is shown as text and runs nothing', async ({ server, newPerson }) => {
  const hostile = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>';
  const ada = await newPerson(hostile.slice(0, 64));
  const sessionId = await ada.startSession(hostile);
  const mallory = join(server, sessionId, hostile.slice(0, 64));
  await mallory.ready();

  mallory.edit([
    {
      op: 'create',
      id: 'named',
      elementType: 'box',
      parent: null,
      props: { name: hostile, color: 'red;background:url(//evil.example/)', position: [0, 0.5, 0] },
    },
    { op: 'create', id: 'text', elementType: 'label', parent: null, props: { text: hostile, position: [1, 'x', {}], scale: [0, 0, 0] } },
    { op: 'create', id: 'kind', elementType: 'javascript-alert', parent: null, props: { name: 7, position: [1e300, 0, -1e300] } },
    { op: 'create', id: 'nothing', elementType: 'sphere', parent: 'kind', props: { position: null, scale: 'big', rotation: [[]] } },
  ]);
  mallory.setAwareness({
    pointer: { position: ['x', 0, null] },
    selection: ['named', 7, { id: hostile }, '__proto__'],
    drag: { id: 'named', position: hostile },
    camera: 'nowhere',
  });
  await mallory.idle();

  await expect(ada.objects).toHaveCount(4);
  await expect(ada.object('named')).toHaveText(hostile);
  await expect(ada.object('text')).toHaveText(hostile);
  await expect(ada.page.getByTestId('session-name')).toHaveText(hostile);
  await expect(ada.object('named')).toHaveAttribute('data-selected-by', mallory.self?.participantId ?? '');
  for (const id of ['named', 'text', 'kind', 'nothing']) {
    await ada.selectInPanel(id);
    await expect(ada.inspector).toHaveAttribute('data-element-id', id);
  }
  await ada.page.getByTestId('fit-view').click();
  await ada.page.getByTestId('people-button').click();
  await expect(ada.page.getByTestId('people-list')).toContainText(hostile.slice(0, 60));
  await ada.photograph('hostile');
  await ada.page.keyboard.press('Escape');
  await ada.add('cone');
  expect(await ada.page.evaluate(() => Reflect.get(window, 'ran'))).toBeUndefined();
  await expect(ada.page.locator('img[src="x"]')).toHaveCount(0);

  await ada.page.goto('/');
  await expect(ada.page.getByTestId('recent-sessions')).toContainText(hostile);
  expect(await ada.page.evaluate(() => Reflect.get(window, 'ran'))).toBeUndefined();
  mallory.close();
});

interface Thing {
  readonly id: string;
  readonly elementType: string;
  readonly position: readonly number[];
  readonly color?: string;
  readonly text?: string;
}

/** A session with one thing in it, so that it is in the middle of the scene for whoever opens it. */
async function sceneWith(server: ChoraleServer, { id, elementType, ...props }: Thing): Promise<string> {
  const sessionId = await newSession(server);
  const maker = join(server, sessionId, 'Maker');
  await maker.ready();
  maker.edit([{ op: 'create', id, elementType, parent: null, props: { rotation: [0, 0, 0], scale: [1, 1, 1], color: ORANGE, ...props } }]);
  await maker.idle();
  maker.close();
  return sessionId;
}
