import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DEFAULT_RULES } from '../src/document/outcome.js';
import { policiesOf } from '../src/document/policies.js';
import { create, set } from './support/frames.js';
import { ADA, BEN, Place } from './support/place.js';

let place: Place;

beforeEach(() => {
  vi.useFakeTimers();
  const policies = policiesOf({ '*.choice': { strategy: 'MANUAL' } });
  place = new Place({ rules: { ...DEFAULT_RULES, policies } });
});

afterEach(() => {
  place.end();
  vi.useRealTimers();
});

it('[LCK-2] [LCK-4] what one holds another is refused, until it is given up', async () => {
  const ada = await place.open('a', ADA);
  const ben = await place.open('b', BEN);
  const lock = ada.session.lock('e', 60);
  await place.pass(50);
  expect(await lock).toEqual(ben.session.locks.get('e'));
  const refused = expect(ben.session.lock('e')).rejects.toMatchObject({ problem: { status: 423 } });
  await place.pass(50);
  await refused;
  ada.session.unlock('e');
  await place.pass(50);
  expect(ben.session.locks.size).toBe(0);
  const second = ben.session.lock('e');
  await place.pass(50);
  expect((await second).lease).toBe(2);
});

it('[LCK-4] what was given up without a connection is given up with the next one', async () => {
  const ada = await place.open('a', ADA);
  void ada.session.lock('e', 60);
  await place.pass(50);
  place.goOffline();
  ada.session.unlock('e');
  place.online = true;
  await place.pass(3000);
  expect(place.server.locks.size).toBe(0);
});

it('[CHT-2] a message that was stored, but not answered, is not stored again', async () => {
  const ada = await place.open('a', ADA);
  const ben = await place.open('b', BEN);
  const said = ada.session.chat('hi');
  const [line] = place.lines;
  const frame = line?.toServer.shift();
  if (line && frame !== undefined) place.server.receive(line, frame);
  place.goOffline();
  place.online = true;
  await place.pass(5000);
  expect((await said).text).toBe('hi');
  expect([place.server.chat.length, ada.heard('chat').length, ben.heard('problem').length]).toEqual([1, 1, 0]);
});

it('[CNF-10] [CNF-16] two who chose differently see one conflict, and one choice ends it for both', async () => {
  const ada = await place.open('a', ADA);
  const ben = await place.open('b', BEN);
  ada.session.edit([create('e', { props: { choice: 'x' } })]);
  await place.pass(50);
  ada.session.edit([set('e', 'choice', 'mine')]);
  ben.session.edit([set('e', 'choice', 'other')]);
  await place.pass(100);
  for (const { session } of [ada, ben]) {
    const [conflict] = session.conflicts.values();
    expect(conflict).toMatchObject({ element: 'e', status: 'OPEN', current: { value: 'mine' } });
  }
  const [conflict] = ben.session.conflicts.keys();
  ben.session.resolveConflict(conflict ?? '', 'MINE');
  await place.pass(100);
  for (const { session } of [ada, ben]) {
    expect([session.conflicts.size, session.document.elements.get('e')?.props['choice']]).toEqual([0, 'other']);
  }
  expect(ada.heard('conflict').map(({ status }) => status)).toEqual(['OPEN', 'RESOLVED']);
  expect(ben.heard('conflicted')).toMatchObject([{ notes: [{ code: 'WITHHELD' }] }]);
});

it('[CNF-6] whose value was overwritten gets it back', async () => {
  const ada = await place.open('a', ADA);
  const ben = await place.open('b', BEN);
  ada.session.edit([create('e', { props: { x: 0 } })]);
  await place.pass(50);
  ada.session.edit([set('e', 'x', 1)]);
  ben.session.edit([set('e', 'x', 2)]);
  await place.pass(100);
  const [lost] = ada.heard('overwritten');
  expect(lost).toMatchObject({ lost: 1, by: { userId: 'u-Ben' } });
  if (lost) ada.session.restoreMine(lost);
  await place.pass(100);
  expect(ben.session.document.elements.get('e')?.props['x']).toBe(1);
});
