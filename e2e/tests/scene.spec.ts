import { expect } from '@playwright/test';
import { join, newSession } from '../support/clients.js';
import { test } from '../support/fixtures.js';
import type { Person, Point } from '../support/person.js';
import type { ChoraleServer } from '../support/server.js';

const ORANGE = '#e76f51';
const PURPLE = '#7d76c9';
const BLUE = '#4a8fd1';
/** None that an inspector offers, so that one finds only the thing. */
const INDIGO = '#5b6ee1';
const GREEN_HANDLE = '#3fa06a';
/** A scene is drawn without a graphics card here, and each pixel takes its time. */
const SMALL = { viewport: { width: 1000, height: 640 } };

test('several are selected, dragged, coloured, locked out and deleted as one', async ({ server, newPerson }) => {
  const sessionId = await sceneWith(server, [
    { id: 'left', position: [-2, 0.5, 0], color: ORANGE },
    { id: 'middle', position: [0, 0.5, 0], color: PURPLE },
    { id: 'right', position: [2, 0.5, 0], color: BLUE },
  ]);
  const [ada, ben] = [await newPerson('Ada', SMALL), await newPerson('Ben', SMALL)];
  await ada.join(sessionId);
  await ben.join(sessionId);
  const all = ['left', 'middle', 'right'];

  await test.step('Ada draws a frame with Shift around all three; Ben sees what she selected', async () => {
    const { left, right } = await across(ada);
    await ada.page.keyboard.down('Shift');
    await ada.page.mouse.move(left.x - 60, left.y - 90);
    await ada.page.mouse.down();
    await ada.page.mouse.move(right.x + 160, right.y + 110, { steps: 6 });
    await expect(ada.page.getByTestId('marquee')).toBeVisible();
    await ada.photograph('frame');
    await ada.page.mouse.up();
    await ada.page.keyboard.up('Shift');
    await expect(ada.page.getByTestId('marquee')).toBeHidden();
    await expect(ada.inspector).toHaveAttribute('data-count', '3');
    for (const id of all) await expect(ben.object(id)).toHaveAttribute('data-selected-by', await ada.participantId());
    await ada.photograph('three-selected');
    await ben.photograph('ben-sees-three-selected');
  });

  await test.step('she pulls them up with one handle: Ben sees the last of them rise before she lets go', async () => {
    const [before, handle] = [await ben.find(PURPLE), await ada.find(GREEN_HANDLE)];
    await ada.page.mouse.move(handle.x, handle.y);
    await ada.page.mouse.down();
    await ada.page.mouse.move(handle.x, handle.y - 70, { steps: 8 });
    await expect.poll(async () => before.y - ((await ben.see(PURPLE))?.y ?? before.y), { message: 'risen at Ben' }).toBeGreaterThan(25);
    await expect(ben.object('middle')).toHaveAttribute('data-position', '0,0.5,0');
    await ada.page.mouse.up();
    await ada.isSaved();
    const [x, y] = await ada.positionOf('left');
    expect(x).toBe(-2);
    expect(y).toBeGreaterThan(0.8);
    for (const [id, at] of [['left', -2], ['middle', 0], ['right', 2]] as const) await expect(ben.object(id)).toHaveAttribute('data-position', `${at},${y},0`);
  });

  await test.step('one undo brings all of them back', async () => {
    await ada.page.keyboard.press('Control+z');
    for (const [id, at] of [['left', -2], ['middle', 0], ['right', 2]] as const) await expect(ben.object(id)).toHaveAttribute('data-position', `${at},0.5,0`);
  });

  await test.step('what Ben locks stays out of it, and she is told', async () => {
    await ben.selectInPanel('right');
    await ben.page.keyboard.press('l');
    await expect(ada.object('right')).toHaveAttribute('data-locked', 'another');
    await ada.inspector.locator('[data-color="#2a9d8f"]').click();
    for (const id of ['left', 'middle']) await expect(ben.object(id)).toHaveAttribute('data-color', '#2a9d8f');
    await expect(ada.notice('1 of 3 objects are locked by others')).toBeVisible();
    await expect(ben.object('right')).toHaveAttribute('data-color', BLUE);
    await ben.page.keyboard.press('l');
    await expect(ada.object('right')).toHaveAttribute('data-locked', 'nobody');
  });

  await test.step('all are deleted at once and brought back with one undo', async () => {
    await ada.inspector.getByTestId('delete').click();
    await expect(ben.objects).toHaveCount(0);
    await ada.notice('3 objects deleted').getByTestId('notice-action').click();
    await expect(ben.objects).toHaveCount(3);
    await expect(ada.inspector).toHaveAttribute('data-count', '3');
  });

  await test.step('a click with Ctrl takes one out, Escape all', async () => {
    await ada.object('middle').getByTestId('outline-row').click({ modifiers: ['Control'] });
    await expect(ada.inspector).toHaveAttribute('data-count', '2');
    await expect(ada.object('middle')).toHaveAttribute('data-selected', 'false');
    await ada.page.keyboard.press('Escape');
    await expect(ada.inspector).toBeHidden();
    await ada.page.keyboard.press('Control+a');
    await expect(ada.inspector).toHaveAttribute('data-count', '3');
  });
});

test('objects are copied from one session into another, and nothing else in a clipboard does harm', async ({ server, newPerson }) => {
  const hostile = '<img src=x onerror="window.ran=1">';
  const from = await sceneWith(server, [
    { id: 'plinth', position: [0, 0.5, 0], color: ORANGE, name: hostile },
    { id: 'ball', position: [1.5, 0.5, 0], color: BLUE, elementType: 'sphere' },
  ]);
  const to = await newSession(server);
  const ada = await newPerson('Ada', { ...SMALL, permissions: ['clipboard-read', 'clipboard-write'] });
  await ada.join(from);

  await ada.page.keyboard.press('Control+a');
  await ada.page.keyboard.press('Control+c');
  await expect(ada.notice('2 objects copied')).toBeVisible();
  await ada.page.goto(`/s/${to}`);
  await ada.isOnline();
  await ada.page.keyboard.press('Control+v');
  await expect(ada.objects).toHaveCount(2);
  await expect(ada.objects.first()).toHaveText(hostile);
  await expect(ada.objects.first()).not.toHaveAttribute('data-element-id', 'plinth');
  await expect(ada.inspector).toHaveAttribute('data-count', '2');

  await ada.page.keyboard.press('Control+v');
  await expect(ada.objects).toHaveCount(4);
  await ada.page.keyboard.press('Control+x');
  await expect(ada.objects).toHaveCount(2);
  await ada.page.keyboard.press('Control+v');
  await expect(ada.objects).toHaveCount(4);
  await ada.photograph('pasted');
  await ada.page.keyboard.press('Control+z');
  await expect(ada.objects).toHaveCount(2);

  for (const [text, told] of [
    ['Just a text', 'There is nothing to paste'],
    ['{"type":"chorale/elements","version":1,"elements":[{"kind":"<script>"}]}', 'Nothing was pasted'],
  ] as const) {
    await ada.page.evaluate((given) => navigator.clipboard.writeText(given), text);
    await ada.page.keyboard.press('Control+v');
    await expect(ada.notice(told)).toBeVisible();
  }
  await expect(ada.objects).toHaveCount(2);
  expect(await ada.page.evaluate(() => Reflect.get(window, 'ran'))).toBeUndefined();
});

test('handles turn and size in steps, and others see the same', async ({ server, newPerson }) => {
  const sessionId = await sceneWith(server, [{ id: 'box', position: [0, 0.5, 0], color: ORANGE }]);
  const [ada, ben] = [await newPerson('Ada', SMALL), await newPerson('Ben', SMALL)];
  await ada.join(sessionId);
  await ben.join(sessionId);
  await ada.selectInPanel('box');
  await ada.page.keyboard.press('n');
  await expect(ada.page.getByTestId('snapping')).toHaveAttribute('aria-pressed', 'true');

  await test.step('the green arm makes it higher, by tenths', async () => {
    await ada.page.keyboard.press('s');
    await expect(ada.page.getByTestId('mode-stretch')).toHaveAttribute('aria-pressed', 'true');
    const arm = await ada.find(GREEN_HANDLE);
    await pull(ada, arm, { x: arm.x, y: arm.y - 53 });
    await ada.photograph('stretched');
    await ada.isSaved();
    const [x, y = 0, z] = numbers(await ada.object('box').getAttribute('data-scale'));
    expect([x, z]).toEqual([1, 1]);
    expect(y).toBeGreaterThan(1.1);
    expect(y).toBeCloseTo(Math.round(y * 10) / 10, 6);
    await expect(ben.object('box')).toHaveAttribute('data-scale', `1,${y},1`);
    await expect(ada.inspector.getByTestId('scale-y')).toHaveValue(String(y));
  });

  await test.step('the green ring turns it about the vertical axis, by fifteen degrees', async () => {
    await ada.page.keyboard.press('r');
    const centre = await ada.find(GREEN_HANDLE);
    const edge = await rightmost(ada, GREEN_HANDLE);
    await pull(ada, edge, { x: centre.x, y: centre.y + 60 });
    await ada.photograph('turned');
    await ada.isSaved();
    const [x, y = 0, z] = numbers(await ada.object('box').getAttribute('data-rotation'));
    const steps = (y * 12) / Math.PI;
    expect([x, z]).toEqual([0, 0]);
    expect(Math.abs(steps)).toBeGreaterThan(0.9);
    expect(steps).toBeCloseTo(Math.round(steps), 2);
    await expect(ben.object('box')).toHaveAttribute('data-rotation', `0,${y},0`);
    await ben.photograph('ben');
  });
});

test('objects are hidden, shown and put in order; a phone has the same tools', async ({ server, newPerson }) => {
  const sessionId = await sceneWith(server, [
    { id: 'low', position: [-1, 0.5, 0], color: ORANGE },
    { id: 'high', position: [1, 1.5, 0.75], color: INDIGO },
  ]);
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 1 };
  const [ada, ben] = [await newPerson('Ada', SMALL), await newPerson('Ben', phone)];
  await ada.join(sessionId);
  await ben.join(sessionId);
  await ben.find(INDIGO);

  await test.step('Ada hides one; it leaves Ben’s picture and stays in the list', async () => {
    await ada.selectInPanel('high');
    await ada.page.keyboard.press('h');
    await expect(ben.object('high')).toHaveAttribute('data-hidden', 'true');
    await expect.poll(() => ben.see(INDIGO), { message: 'what Ben sees of it' }).toBeUndefined();
    await ada.page.keyboard.press('Control+a');
    await expect(ada.inspector).toHaveAttribute('data-element-id', 'low');
    await ada.page.keyboard.press('Shift+H');
    await expect(ben.object('high')).toHaveAttribute('data-hidden', 'false');
  });

  await test.step('Ben selects both by tapping, and brings their backs into one line', async () => {
    await ben.page.getByTestId('gathering').tap();
    for (const color of [ORANGE, INDIGO]) {
      const { x, y } = await ben.find(color);
      await ben.page.touchscreen.tap(x, y);
    }
    await expect(ben.inspector).toHaveAttribute('data-count', '2');
    await ben.photograph('phone');
    await ben.inspector.getByTestId('inspector-more').tap();
    await ben.inspector.getByTestId('align-z-low').tap();
    await expect(ada.object('high')).toHaveAttribute('data-position', '1,1.5,0');
    await ben.photograph('phone-arrange');
  });

  await test.step('Ada puts both on the ground, with what they have in common shown', async () => {
    await ada.page.keyboard.press('Control+a');
    await expect(ada.inspector.getByTestId('position-z')).toHaveValue('0');
    await expect(ada.inspector.getByTestId('position-x')).toHaveAttribute('data-mixed', 'true');
    await ada.photograph('several');
    await ada.inspector.getByTestId('ground').click();
    await expect(ben.object('high')).toHaveAttribute('data-position', '1,0.5,0');
    await ada.inspector.getByTestId('position-x').fill('2');
    await ada.page.keyboard.press('Enter');
    await expect(ben.object('low')).toHaveAttribute('data-position', '2,0.5,0');
    await ada.page.getByTestId('theme-toggle').click();
    await ada.photograph('dark');
  });
});

const numbers = (text: string | null): readonly number[] => (text ?? '').split(',').map(Number);

/** Where the outermost of three things are, from left to right. */
async function across(person: Person): Promise<{ readonly left: Point; readonly right: Point }> {
  const [one, other] = [await person.find(ORANGE), await person.find(BLUE)];
  return one.x < other.x ? { left: one, right: other } : { left: other, right: one };
}

async function pull({ page }: Person, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}

/** Of what a scene shows in about this colour, the place farthest to the right. */
async function rightmost(person: Person, color: string): Promise<Point> {
  const { width, height } = person.page.viewportSize() ?? { width: 0, height: 0 };
  const clip = { x: width * 0.22, y: height * 0.12, width: width * 0.5, height: height * 0.7 };
  const png = (await person.page.screenshot({ clip, scale: 'css' })).toString('base64');
  const found = await person.page.evaluate(async ({ png: encoded, color: wanted }) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0))], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    if (context === null) throw new Error('no 2d context');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const channels = [1, 3, 5].map((at) => Number.parseInt(wanted.slice(at, at + 2), 16));
    for (let x = bitmap.width - 1; x >= 0; x--) {
      for (let y = 0; y < bitmap.height; y++) {
        if (channels.every((channel, index) => Math.abs((data[(y * bitmap.width + x) * 4 + index] ?? 0) - channel) <= 16)) return { x, y };
      }
    }
    throw new Error(`no ${wanted}`);
  }, { png, color });
  return { x: found.x + clip.x, y: found.y + clip.y };
}

interface Thing {
  readonly id: string;
  readonly position: readonly number[];
  readonly color: string;
  readonly elementType?: string;
  readonly name?: string;
}

async function sceneWith(server: ChoraleServer, things: readonly Thing[]): Promise<string> {
  const sessionId = await newSession(server);
  const maker = join(server, sessionId, 'Maker');
  await maker.ready();
  maker.edit(
    things.map(({ id, elementType = 'box', ...props }) => ({
      op: 'create',
      id,
      elementType,
      parent: null,
      props: { rotation: [0, 0, 0], scale: [1, 1, 1], ...props },
    })),
  );
  await maker.idle();
  maker.close();
  return sessionId;
}
