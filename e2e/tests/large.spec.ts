import type { Operation } from '@chorale/client';
import { expect } from '@playwright/test';
import { join, newSession, until } from '../support/clients.js';
import { test } from '../support/fixtures.js';
import type { Person } from '../support/person.js';
import type { ChoraleServer } from '../support/server.js';

const CROWD = 2000;
/** Enough to be drawn together; two browsers that draw by software take their time for each more. */
const COMPANY = 600;
const SHAPES = ['box', 'sphere', 'cylinder', 'cone'] as const;
/** None of them is like what is looked for. */
const COLORS = ['#9aa19d', '#c9c3b5', '#6d7a75', '#b5a58c', '#8f8a80'] as const;
const INDIGO = '#5b6ee1';
const CRIMSON = '#c22f4e';
const SMALL = { viewport: { width: 1000, height: 640 } };
const MOST_CALLS = 150;

test('in a crowd of 2,000 a press selects what is there, and few drawings show them all', async ({ server, newPerson }) => {
  const sessionId = await crowdWith(server, CROWD, [
    create('goal', { name: 'Goal', color: INDIGO, position: [-6, 2, 4], scale: [4, 4, 4] }),
    create('other', { elementType: 'sphere', name: 'Other', color: CRIMSON, position: [-1, 2.5, -7], scale: [5, 5, 5] }),
  ]);
  const ada = await newPerson('Ada', SMALL);
  await ada.join(sessionId);

  await selects(ada, INDIGO, 'Goal');
  await ada.page.keyboard.press('Escape');
  await expect(ada.inspector).toBeHidden();
  await selects(ada, CRIMSON, 'Other');
  await ada.photograph('crowd');

  await ada.page.keyboard.press('Control+k');
  await ada.page.keyboard.type('performance');
  await ada.page.keyboard.press('Enter');
  const calls = ada.page.getByTestId('measure-calls').locator('dd');
  await expect(calls).toHaveText(/^[0-9]+$/);
  expect(Number(await calls.textContent())).toBeLessThanOrEqual(MOST_CALLS);
  await ada.photograph('performance');
});

test('a group among 600 that somebody drags ends exactly where it is committed, for both', async ({ server, newPerson }) => {
  const sessionId = await crowdWith(server, COMPANY, [
    { op: 'create', id: 'stand', elementType: 'group', parent: null, props: { position: [2, 0, 2], rotation: [0, 0.5, 0], scale: [1, 1, 1] } },
    create('part', { name: 'Part', color: INDIGO, position: [0, 2, 0], scale: [8, 1.5, 8] }, 'stand'),
  ]);
  const [ada, ben, witness] = [await newPerson('Ada', SMALL), await newPerson('Ben', SMALL), join(server, sessionId, 'Witness')];
  await ada.join(sessionId);
  await ben.join(sessionId);
  const [atAda, atBen] = [await ada.find(INDIGO), await ben.find(INDIGO)];

  await ben.page.mouse.click(atBen.x, atBen.y);
  await expect(ben.inspector).toHaveAttribute('data-element-id', 'stand');
  const grip = await ben.find(INDIGO);
  await ben.page.mouse.move(grip.x, grip.y);
  await ben.page.mouse.down();
  await ben.page.mouse.move(grip.x + 90, grip.y + 40, { steps: 6 });
  await expect.poll(async () => ((await ada.see(INDIGO))?.x ?? 0) - atAda.x, { message: 'moved at Ada' }).toBeGreaterThan(40);
  await ben.page.mouse.up();
  await ben.isSaved();

  await until(witness, ({ document }) => (document.elements.get('stand')?.props['position'] as readonly number[])[0] !== 2);
  expect(witness.document.elements.get('part')?.props['position']).toEqual([0, 2, 0]);
  await ben.page.keyboard.press('Escape');
  await expect(ben.inspector).toBeHidden();
  // Out of the scene, so that Ada does not see his pointer before it.
  await ben.page.getByTestId('undo').hover();
  await expect(ben.as(ada).pointer).toBeHidden();
  const end = await ben.find(INDIGO);
  await expect.poll(async () => distance(await ada.see(INDIGO), end), { message: 'at Ada where it is at Ben' }).toBeLessThan(1);
  await ada.photograph('group-moved');
  witness.close();
});

async function selects(person: Person, color: string, name: string): Promise<void> {
  const there = await person.find(color);
  await person.page.mouse.click(there.x, there.y);
  await expect(person.inspector.getByTestId('inspector-name')).toHaveValue(name);
}

const distance = (a: { readonly x: number; readonly y: number } | undefined, b: { readonly x: number; readonly y: number }) =>
  a === undefined ? Infinity : Math.hypot(a.x - b.x, a.y - b.y);

function create(id: string, { elementType = 'box', ...props }: { readonly elementType?: string } & Record<string, unknown>, parent: string | null = null): Operation {
  return { op: 'create', id, elementType, parent, props: { rotation: [0, 0, 0], scale: [1, 1, 1], ...props } } as Operation;
}

/** A field of so many small things of all shapes, with the given ones standing out of it. */
async function crowdWith(server: ChoraleServer, count: number, standing: readonly Operation[]): Promise<string> {
  const side = Math.ceil(Math.sqrt(count));
  const sessionId = await newSession(server);
  const maker = join(server, sessionId, 'Maker');
  await maker.ready();
  const field = Array.from({ length: count - standing.length }, (_, index) => {
    const position = [(index % side) - side / 2, 0.25, Math.floor(index / side) - side / 2].map((each) => each * 0.8);
    return create(`body-${index}`, { elementType: SHAPES[index % SHAPES.length] ?? 'box', color: COLORS[index % COLORS.length], position, scale: [0.5, 0.5, 0.5] });
  });
  const operations = [...field, ...standing];
  for (let from = 0; from < operations.length; from += 400) maker.edit(operations.slice(from, from + 400));
  await maker.idle();
  maker.close();
  return sessionId;
}
