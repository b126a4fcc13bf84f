import { expect, type Locator } from '@playwright/test';
import { join, newSession } from '../support/clients.js';
import { test } from '../support/fixtures.js';
import type { Person } from '../support/person.js';
import type { ChoraleServer } from '../support/server.js';

const ORANGE = '#e76f51';
const PURPLE = '#7d76c9';
const BLUE = '#4a8fd1';
/** A scene is drawn without a graphics card here, and each pixel takes its time. */
const SMALL = { viewport: { width: 1000, height: 640 } };

test('a group is made, dragged while another sees its members go, entered and taken apart', async ({ server, newPerson }) => {
  const sessionId = await sceneWith(server, [
    { id: 'left', position: [-1, 0.5, 0], color: ORANGE },
    { id: 'right', position: [1, 0.5, 0], color: PURPLE },
    { id: 'other', position: [0, 0.5, -2.5], color: BLUE },
  ]);
  const [ada, ben] = [await newPerson('Ada', SMALL), await newPerson('Ben', SMALL)];
  await ada.join(sessionId);
  await ben.join(sessionId);

  await test.step('Ada groups two of three with one edit; Ben has the same tree', async () => {
    await ada.selectInPanel('left');
    await ada.object('right').getByTestId('outline-row').click({ modifiers: ['Control'] });
    await ada.page.keyboard.press('Control+g');
    await expect(ben.objects).toHaveCount(4);
    const group = ben.objects.filter({ hasText: 'Group 1' });
    await expect(group).toHaveAttribute('aria-expanded', 'true');
    await expect(group).toHaveAttribute('data-position', '0,0.5,0');
    for (const id of ['left', 'right']) {
      await expect(ben.object(id)).toHaveAttribute('data-parent', (await group.getAttribute('data-element-id')) ?? 'none');
      await expect(ben.object(id)).toHaveAttribute('aria-level', '2');
    }
    await ada.photograph('grouped');
  });

  await test.step('she takes one member by the hand: Ben sees the other one go along before she lets go', async () => {
    const [before, hand] = [await ben.find(PURPLE), await ada.find(ORANGE)];
    await ada.page.mouse.move(hand.x, hand.y);
    await ada.page.mouse.down();
    await ada.page.mouse.move(hand.x + 30, hand.y + 70, { steps: 8 });
    await expect.poll(async () => distance(await ben.see(PURPLE), before), { message: 'how far it went at Ben' }).toBeGreaterThan(25);
    await expect(ben.object('right')).toHaveAttribute('data-position', '1,0,0');
    await ada.page.mouse.up();
    await ada.isSaved();
    await same(ada, ben);
    await expect(ada.object('right')).toHaveAttribute('data-position', '1,0,0');
  });

  await test.step('a double press goes into it, Escape out of it', async () => {
    const member = await ada.find(PURPLE);
    await ada.page.mouse.dblclick(member.x, member.y);
    await expect(ada.page.getByTestId('breadcrumb')).toContainText('Group 1');
    await expect(ada.object('right')).toHaveAttribute('data-selected', 'true');
    await ada.photograph('entered');
    await ada.page.keyboard.press('Escape');
    await expect(ada.page.getByTestId('breadcrumb')).toBeHidden();
    await expect(ada.objects.filter({ hasText: 'Group 1' })).toHaveAttribute('data-selected', 'true');
  });

  await test.step('taken apart, everything stays where it is; three undos are back at the start', async () => {
    await ada.page.keyboard.press('Control+Shift+g');
    await expect(ben.objects).toHaveCount(3);
    await same(ada, ben);
    for (let undo = 0; undo < 3; undo++) await ada.page.keyboard.press('Control+z');
    await expect(ben.object('left')).toHaveAttribute('data-position', '-1,0.5,0');
    await expect(ben.object('right')).toHaveAttribute('data-position', '1,0.5,0');
    await expect(ben.objects).toHaveCount(3);
  });
});

test('rows are dragged into groups and ordered by keys; names, folding and locks are at hand', async ({ server, newPerson }) => {
  const sessionId = await sceneWith(server, [
    { id: 'stand', position: [3, 0, 0], color: ORANGE, elementType: 'group', name: 'Stand' },
    { id: 'one', position: [-1, 0.5, 0], color: ORANGE, name: 'One' },
    { id: 'two', position: [0, 0.5, 0], color: PURPLE, name: 'Two' },
    { id: 'three', position: [1, 0.5, 0], color: BLUE, name: 'Three' },
  ]);
  const [ada, ben] = [await newPerson('Ada', SMALL), await newPerson('Ben', SMALL)];
  await ada.join(sessionId);
  await ben.join(sessionId);

  await test.step('two rows at once go into the group, and stay where they are in the world', async () => {
    await ada.selectInPanel('one');
    await ada.object('two').getByTestId('outline-row').click({ modifiers: ['Shift'] });
    const [from, to] = [await box(ada.object('two')), await box(ada.object('stand'))];
    await ada.page.mouse.move(from.x + 60, from.y + from.height / 2);
    await ada.page.mouse.down();
    await ada.page.mouse.move(to.x + 70, to.y + to.height / 2, { steps: 6 });
    await expect(ada.object('stand')).toHaveAttribute('data-drop', 'into');
    await ada.photograph('dragging-rows');
    await ada.page.mouse.up();
    for (const [id, x] of [['one', -4], ['two', -3]] as const) {
      await expect(ben.object(id)).toHaveAttribute('data-parent', 'stand');
      await expect(ben.object(id)).toHaveAttribute('data-position', `${x},0.5,0`);
    }
  });

  await test.step('a group cannot go into what it holds', async () => {
    const [from, to] = [await box(ada.object('stand')), await box(ada.object('two'))];
    await ada.page.mouse.move(from.x + 90, from.y + from.height / 2);
    await ada.page.mouse.down();
    await ada.page.mouse.move(to.x + 70, to.y + to.height - 4, { steps: 4 });
    await expect(ada.object('stand')).toHaveAttribute('data-dragged', 'true');
    await expect(ada.object('two')).not.toHaveAttribute('data-drop', /./);
    await ada.page.mouse.up();
    await expect(ben.object('stand')).toHaveAttribute('data-parent', '');
  });

  await test.step('by keys: down the tree, up among siblings, out of the group, into it again', async () => {
    await ada.object('stand').focus();
    await ada.page.keyboard.press('ArrowDown');
    await expect(ada.object('one')).toBeFocused();
    await ada.page.keyboard.press('t');
    await expect(ada.object('two')).toBeFocused();
    await ada.page.keyboard.press('Enter');
    await ada.page.keyboard.press('Alt+ArrowUp');
    await expect(ben.object('two')).toHaveAttribute('aria-posinset', '1');
    await ada.page.keyboard.press('Alt+ArrowLeft');
    await expect(ben.object('two')).toHaveAttribute('data-parent', '');
    await expect(ben.object('two')).toHaveAttribute('data-position', '0,0.5,0');
    await expect(ada.object('two')).toBeFocused();
    await ada.page.keyboard.press('Alt+ArrowRight');
    await expect(ben.object('two')).toHaveAttribute('data-parent', 'stand');
    await expect(ada.object('two')).toBeFocused();
  });

  await test.step('renamed, folded, hidden and locked from its row', async () => {
    await ada.page.keyboard.press('F2');
    await ada.page.keyboard.type('Pillar');
    await ada.page.keyboard.press('Enter');
    await expect(ben.object('two')).toHaveText('Pillar');
    await ada.object('stand').hover();
    await ada.object('stand').getByTestId('row-hide').click();
    await expect(ben.object('stand')).toHaveAttribute('data-hidden', 'true');
    await ada.object('stand').getByTestId('row-lock').click();
    await expect(ben.object('two')).toHaveAttribute('data-locked', 'another');
    await ada.object('stand').getByTestId('row-fold').click();
    await expect(ada.objects).toHaveCount(2);
    await expect(ada.object('stand')).toHaveAttribute('aria-expanded', 'false');
    await expect(ben.objects).toHaveCount(4);
    await ben.photograph('locked-and-hidden');
  });

  await test.step('of very many rows only those in view are in the page; the keyboard reaches all', async () => {
    const maker = join(server, sessionId, 'Maker');
    await maker.ready();
    maker.edit(Array.from({ length: 300 }, (_, index) => ({ op: 'create', id: `m${index}`, elementType: 'group', parent: null, props: { name: `Many ${index}` } })));
    await maker.idle();
    maker.close();
    await expect(ada.page.getByTestId('object-count')).toHaveText('304');
    await expect(ada.object('three')).toBeVisible();
    expect(await ada.objects.count()).toBeLessThan(100);
    await ada.object('three').focus();
    await ada.page.keyboard.press('End');
    await expect(ada.object('m299')).toBeFocused();
    await expect(ada.object('m299')).toBeInViewport();
    await ada.page.getByTestId('outline-filter').fill('many 250');
    await expect(ada.objects).toHaveCount(1);
    await ada.photograph('filtered');
  });
});

test('a constraint is added, drawn, listed, satisfied, undone, and gone with what it is about', async ({ server, newPerson }) => {
  const sessionId = await sceneWith(server, [
    { id: 'left', position: [-1, 0.5, 0], color: ORANGE, name: 'Left' },
    { id: 'right', position: [1, 0.5, 0], color: PURPLE, name: 'Right' },
  ]);
  const [ada, ben] = [await newPerson('Ada', SMALL), await newPerson('Ben', SMALL)];
  await ada.join(sessionId);
  await ben.join(sessionId);
  const [atAda, atBen] = [ada, ben].map(({ page }) => page.getByTestId('constraints').getByTestId('constraint')) as [Locator, Locator];
  const tag = ben.page.getByTestId('constraint-tag');

  await ada.page.keyboard.press('Control+a');
  await ada.inspector.getByTestId('constrain-distance').click();
  await expect(atBen).toHaveAttribute('data-holds', 'true');
  await expect(atBen).toContainText('Left – Right');
  await expect(tag).toHaveText('2 m');

  await atAda.getByTestId('constraint-value').fill('3.5');
  await ada.page.keyboard.press('Enter');
  await expect(atBen).toHaveAttribute('data-holds', 'false');
  await expect(tag).toHaveText('2 m ≠ 3.5 m');
  await ben.photograph('differs');

  await tag.click();
  await expect(ben.inspector).toHaveAttribute('data-count', '2');
  await expect(ben.inspector.getByTestId('constraint')).toHaveCount(1);
  await atBen.getByTestId('constraint-satisfy').click();
  await expect(ada.object('right')).toHaveAttribute('data-position', '2.5,0.5,0');
  await expect(atAda).toHaveAttribute('data-holds', 'true');
  await ben.page.keyboard.press('Control+z');
  await expect(ada.object('right')).toHaveAttribute('data-position', '1,0.5,0');
  await expect(atAda).toHaveAttribute('data-holds', 'false');
  await ada.page.getByTestId('theme-toggle').click();
  await ada.photograph('constraint-dark');

  await ada.selectInPanel('left');
  await ada.page.keyboard.press('Delete');
  await expect(atBen).toHaveCount(0);
  await expect(tag).toHaveCount(0);
  await ada.page.keyboard.press('Control+z');
  await expect(atBen).toHaveCount(1);
});

const distance = (a: { readonly x: number; readonly y: number } | undefined, b: { readonly x: number; readonly y: number }) => (a === undefined ? 0 : Math.hypot(a.x - b.x, a.y - b.y));

async function box(row: Locator): Promise<{ readonly x: number; readonly y: number; readonly height: number }> {
  const found = await row.boundingBox();
  if (found === null) throw new Error('no such row');
  return found;
}

/** Both have the same tree with the same placements, to the last digit. */
async function same(one: Person, other: Person): Promise<void> {
  const told = ({ objects }: Person) =>
    objects.evaluateAll((rows) => rows.map((row) => ['elementId', 'parent', 'position', 'rotation', 'scale'].map((key) => (row as HTMLElement).dataset[key]).join(' ')));
  await expect.poll(() => told(other), { message: 'the other one’s tree' }).toEqual(await told(one));
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
  maker.edit(things.map(({ id, elementType = 'box', ...props }) => ({ op: 'create', id, elementType, parent: null, props: { rotation: [0, 0, 0], scale: [1, 1, 1], ...props } })));
  await maker.idle();
  maker.close();
  return sessionId;
}
