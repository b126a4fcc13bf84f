import { createSession, type Session } from '@chorale/client';
import { expect, type Locator } from '@playwright/test';
import { isAccessible } from '../support/accessibility.js';
import { join, newSession, until } from '../support/clients.js';
import { test } from '../support/fixtures.js';
import type { Person } from '../support/person.js';
import type { ChoraleServer } from '../support/server.js';

const ORANGE = '#e76f51';
/** A scene is drawn without a graphics card here, and each pixel takes its time. */
const SMALL = { viewport: { width: 1000, height: 640 } };
/** Heads and views jump instead of gliding: how they glide is measured without a browser. */
const CALM = { ...SMALL, reducedMotion: 'reduce' } as const;

test('people see where the others are, what they point at, and come along when they are asked', async ({ server, newPerson }) => {
  const sessionId = await newSession(server);
  // Cem is a program: he tells what no workspace tells yet, and hears what everybody tells.
  const cem = join(server, sessionId, 'Cem');
  await cem.ready();
  const props = { name: 'Plinth', position: [0, 0.5, 0], rotation: [0, 0, 0], scale: [1, 1, 1], color: ORANGE };
  cem.edit([{ op: 'create', id: 'plinth', elementType: 'box', parent: null, props }]);
  await cem.idle();
  const [ada, ben] = [await newPerson('Ada', CALM), await newPerson('Ben', CALM)];
  await ada.join(sessionId);
  await ben.join(sessionId);
  const [adaId, benId] = [await ada.participantId(), await ben.participantId()];

  await test.step('Cem’s head stands where his camera is, and shows that he speaks', async () => {
    const head = avatar(ada, 'Cem');
    await expect(nameAt(head)).toBeHidden();
    cem.setAwareness({ camera: { position: [-1.4, 1.2, 0.3], target: [0, 0.5, 0] }, speaking: true });
    await expect(nameAt(head)).toBeVisible();
    await expect(head).toHaveAttribute('data-position', '-1.4,1.2,0.3');
    await expect(head).toHaveAttribute('data-speaking', 'true');
    await ada.photograph('cem-speaks');
    cem.setAwareness({ speaking: false, camera: { position: [1.2, 1.6, -1.4], target: [0, 0.5, 0] } });
    await expect(head).toHaveAttribute('data-speaking', 'false');
    await expect(head).toHaveAttribute('data-position', '1.2,1.6,-1.4');
    cem.setAwareness({ camera: 'somewhere', laser: { from: 'here' }, speaking: 'loud', spotlight: true });
    await expect(nameAt(head)).toBeHidden();
  });

  await test.step('when Ben turns his view, his head at Ada goes along', async () => {
    await expect(nameAt(avatar(ada, 'Ben'))).toBeHidden();
    await turnView(ben, 260);
    // Nearer to the plinth he is within what she sees.
    for (let notches = 0; notches < 12; notches++) await ben.page.mouse.wheel(0, -120);
    await expect(nameAt(avatar(ada, 'Ben'))).toBeVisible();
    await expect.poll(async () => await avatar(ada, 'Ben').getAttribute('data-position'), { message: 'Ben’s head at Ada' }).toBe(cameraOf(cem, benId).position.join(','));
    await ada.photograph('ben-beside-the-plinth');
  });

  await test.step('Ben points with the laser as long as he holds its key', async () => {
    const middle = { x: SMALL.viewport.width / 2, y: SMALL.viewport.height / 2 };
    await ben.page.mouse.move(middle.x, middle.y);
    await ben.page.keyboard.down('y');
    await expect(avatar(ada, 'Ben')).toHaveAttribute('data-laser', /./);
    const spot = await avatar(ada, 'Ben').getAttribute('data-laser');
    await ben.page.mouse.move(middle.x + 60, middle.y + 40, { steps: 8 });
    await expect(avatar(ada, 'Ben')).not.toHaveAttribute('data-laser', spot ?? '');
    await ada.photograph('ben-points');
    await ben.photograph('ben-sees-his-spot');
    await ben.page.keyboard.up('y');
    await expect(avatar(ada, 'Ben')).not.toHaveAttribute('data-laser', /./);
    await until(cem, ({ awareness }) => awareness.get(benId)?.['laser'] === undefined);
  });

  await test.step('Ada brings everyone to her: Ben is asked, agrees, and looks where she looks', async () => {
    await ada.page.getByTestId('people-button').click();
    await ada.page.getByTestId('bring-everyone').click();
    await expect(ben.page.getByTestId('invitation')).toHaveAttribute('data-name', 'Ada');
    await ben.photograph('ben-is-asked');
    // The seconds rest while the focus is in it.
    await ben.page.getByTestId('invitation-accept').focus();
    await isAccessible(ben, 'being asked to come along');
    await ben.page.getByTestId('invitation-accept').press('Enter');
    await expect(ben.page.getByTestId('following')).toHaveAttribute('data-name', 'Ada');
    await expect(ada.page.getByTestId('leading')).toHaveAttribute('data-name', '1');
    await looksAlike(cem, benId, adaId);
    const before = cameraOf(cem, adaId).position;
    await turnView(ada, -180);
    await expect.poll(() => apart(cameraOf(cem, adaId).position, before)).toBeGreaterThan(1);
    await looksAlike(cem, benId, adaId);
    await expect(nameAt(avatar(ben, 'Ada'))).toBeHidden();
    await ada.photograph('ada-leads');
    await ben.photograph('ben-follows');
  });

  await test.step('Ben goes his own way by turning his view; Ada sees it, and ends it', async () => {
    await turnView(ben, 200);
    await expect(ben.page.getByTestId('following')).toBeHidden();
    await expect(ada.page.getByTestId('leading')).toHaveAttribute('data-name', '0');
    await ada.page.getByTestId('leading-stop').click();
    await expect(ada.page.getByTestId('leading')).toBeHidden();
  });

  await test.step('Cem asks: Ben declines with Escape, and Ada is asked no longer when Cem leaves', async () => {
    cem.setAwareness({ camera: { position: [4, 3, 4], target: [0, 0, 0] }, spotlight: { since: 1 } });
    await expect(ben.page.getByTestId('invitation')).toHaveAttribute('data-name', 'Cem');
    await ben.page.keyboard.press('Escape');
    await expect(ben.page.getByTestId('invitation')).toBeHidden();
    await ada.page.getByTestId('people-button').click();
    cem.close();
    await expect(ada.page.getByTestId('invitation').or(ada.page.getByTestId('following'))).toBeHidden();
    await expect(ada.page.getByTestId('people-list').locator('[data-name="Cem"]')).toHaveCount(0);
  });
});

test('first steps are done by doing, once, and never stand in the way', async ({ newPerson }) => {
  const ada = await newPerson('Ada', { ...SMALL, firstVisit: true, permissions: ['clipboard-read', 'clipboard-write'] });
  const coach = ada.page.getByTestId('coach');
  await ada.startSession('Stand');

  await expect(coach).toHaveAttribute('data-step', 'add');
  await ada.photograph('add');
  await isAccessible(ada, 'the first steps');
  await ada.add('box');
  await expect(coach).toHaveAttribute('data-step', 'move');
  await ada.photograph('move');
  await ada.inspector.getByTestId('position-x').fill('2');
  await ada.page.keyboard.press('Enter');
  await expect(coach).toHaveAttribute('data-step', 'invite');
  await ada.photograph('invite');
  await ada.page.getByTestId('copy-link').click();
  await expect(coach).toHaveAttribute('data-step', 'undo');
  await ada.photograph('undo');
  await ada.page.keyboard.press('Control+z');
  await expect(coach).toHaveAttribute('data-step', 'done');
  await ada.page.getByTestId('coach-finish').press('Enter');
  await expect(coach).toBeHidden();

  await ada.page.reload();
  await ada.isOnline();
  await expect(coach).toHaveCount(0);
  await ada.page.getByTestId('session-menu-button').click();
  await ada.page.getByTestId('menu-first-steps').click();
  await expect(coach).toHaveAttribute('data-step', 'add');
  await ada.page.getByTestId('coach-close').press('Enter');
  await expect(coach).toHaveCount(0);

  await test.step('parameters have two of their own', async () => {
    await ada.leave();
    await ada.page.getByTestId('kind-parameters').click();
    await ada.page.getByTestId('new-session-create').click();
    await ada.isOnline();
    await expect(coach).toHaveAttribute('data-step', 'tune');
    await ada.photograph('tune');
    await ada.page.getByTestId('slider-mu').press('ArrowRight');
    await expect(coach).toHaveAttribute('data-step', 'invite');
    await ada.page.getByTestId('coach-skip').click();
    await expect(coach).toHaveAttribute('data-step', 'done');
  });
});

test('what people ask each other meets WCAG 2.2 AA, in light and in dark', async ({ server, newPerson }) => {
  const { sessionId } = await createSession(server.url, { name: 'End to end', kind: 'parameters' });
  const ben = join(server, sessionId, 'Ben');
  await ben.ready();
  ben.edit([{ op: 'create', id: 'parameters', elementType: 'parameters', parent: null, props: { mu: 1, kappa: 0.5 } }]);
  await ben.idle();
  const ada = await newPerson('Ada', SMALL);
  const network = await ada.network();
  await ada.join(sessionId);

  await test.step('the chat', async () => {
    await ada.page.getByTestId('chat-toggle').click();
    await ada.say('Is this the right mu?');
    await ben.chat('I think it is.');
    await expect(ada.chat.messages).toHaveCount(2);
    await isAccessible(ada, 'the chat');
    await ada.page.getByTestId('chat-close').click();
  });

  await test.step('a new parameter', async () => {
    await ada.page.getByTestId('add-parameter').click();
    await ada.page.getByTestId('definition-save').click();
    await expect(ada.page.getByTestId('definition-dialog').getByTestId('definition-name')).toHaveAttribute('aria-invalid', 'true');
    await isAccessible(ada, 'the definition of a parameter');
    await ada.page.keyboard.press('Escape');
  });

  await test.step('a conflict', async () => {
    await ada.setParameter('mu', 2);
    await ada.isSaved();
    await setUnseen(server, sessionId, 'mu', 4);
    await expect(ada.conflict).toBeVisible();
    await isAccessible(ada, 'a conflict');
    await ada.page.keyboard.press('Escape');
    await expect(ada.conflict).toBeHidden();
  });

  await test.step('the report on edits made without a connection', async () => {
    await network.cut();
    await expect(ada.page.getByTestId('offline-banner')).toBeVisible();
    await ada.setParameter('kappa', 0.9);
    await ben.lock('parameters');
    network.mend();
    await ada.page.getByTestId('sync-details').click();
    await expect(ada.page.getByTestId('refused-edits')).toBeVisible();
    await isAccessible(ada, 'the report');
    ben.close();
  });
});

/** Somebody's head in another one's scene, by the name above it. */
function avatar({ page }: Person, name: string): Locator {
  return page.locator(`[data-testid="avatar"][data-name="${name}"]`);
}

/** What is seen of it: the tag itself is a point. */
function nameAt(head: Locator): Locator {
  return head.locator('.person-tag');
}

/** Turns the view around the scene, as a hand with a mouse does where nothing is in the way. */
async function turnView({ page }: Person, pixels: number): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const [x, y] = [width * 0.62, height * 0.3];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - pixels, y, { steps: 6 });
  await page.mouse.up();
}

interface CameraTold {
  readonly position: readonly number[];
  readonly target: readonly number[];
}

/** What somebody's workspace tells of their camera, as everybody hears it. */
function cameraOf({ awareness }: Session, participantId: string): CameraTold {
  return awareness.get(participantId)?.['camera'] as unknown as CameraTold;
}

async function looksAlike(hearer: Session, one: string, other: string): Promise<void> {
  const between = () => {
    const [a, b] = [cameraOf(hearer, one), cameraOf(hearer, other)];
    return apart(a.position, b.position) + apart(a.target, b.target);
  };
  await expect.poll(between, { message: 'the distance between two cameras' }).toBeLessThan(0.02);
}

function apart(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, index) => value - (b[index] ?? 0)));
}

/** Somebody sets a parameter without having seen what was set since the session began. */
async function setUnseen(server: ChoraleServer, sessionId: string, name: string, value: number): Promise<void> {
  const operation = { op: 'set', id: 'parameters', path: [name], value };
  const answer = await fetch(`${server.url}/api/v1/sessions/${sessionId}/changes`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ guest: { name: 'Cem', color: '#2f74c0', secret: 'the-secret-of-cem' }, changes: [{ seenRevision: 1, operations: [operation] }] }),
  });
  expect(answer.status).toBe(200);
}
