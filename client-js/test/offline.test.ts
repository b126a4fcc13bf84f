import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Operation } from '../src/index.js';
import { problem } from '../src/protocol/problem.js';
import { FakeSocket } from './support/fakeSocket.js';
import { create, set } from './support/frames.js';
import { Line } from './support/line.js';
import { ADA, BEN, Place, type Page } from './support/place.js';

let place: Place;

beforeEach(() => {
  vi.useFakeTimers();
  place = new Place();
});

afterEach(() => {
  place.end();
  vi.useRealTimers();
});

const x = ({ session }: Page, id = 'e'): unknown => session.document.elements.get(id)?.props['x'];

const text = ({ session }: Page): string | undefined => session.document.elements.get('e')?.texts['t'];

function insert(at: number, inserted: string): Operation {
  return { op: 'text', id: 'e', name: 't', edit: at === 0 ? [inserted] : [at, inserted] };
}

describe('a page that comes back', () => {
  it('shows the document with the edits that were made offline, without a connection', async () => {
    const first = await place.open('a');
    first.session.edit([create('e', { props: { x: 1 }, texts: { t: 'hello' } })]);
    await place.pass(500);
    place.goOffline();
    first.session.edit([set('e', 'x', 2)]);
    first.session.edit([{ op: 'text', id: 'e', name: 't', edit: [5, '!'] }]);
    await place.pass(300);
    first.kill();
    const second = await place.open('b');
    await second.session.ready();
    expect([second.session.state, second.session.pendingChanges, x(second)]).toEqual(['offline', 2, 2]);
    expect(second.session.document.elements.get('e')?.texts['t']).toBe('hello!');
    expect(second.session.info?.name).toBe('Bridge');
    second.session.undo();
    expect(second.session.document.elements.get('e')?.texts['t']).toBe('hello');
  });

  it('[RES-4] [SUB-7] sends what was queued under the ids it was born with, and new edits under new ones', async () => {
    place.online = false;
    const first = await place.open('a');
    first.session.edit([create('e', { props: { x: 1 } })]);
    await place.pass(300);
    first.kill();
    const second = await place.open('b');
    second.session.edit([set('e', 'x', 2)]);
    place.online = true;
    await place.pass(5000);
    expect(place.server.log.map(({ changeId }) => changeId)).toEqual(['a:1', 'b:1']);
    expect(second.session.pendingChanges).toBe(0);
    // Its own earlier change is no other client's: nothing was overwritten.
    expect(second.heard('conflicted')).toEqual([]);
    expect(second.heard('synced')).toEqual([{ sent: 2, conflicted: [], refused: [] }]);
  });

  it('[CLI-3] an own edit of the earlier page is not overwritten unseen by the new one', async () => {
    const first = await place.open('a');
    first.session.edit([create('e', { props: { x: 0 } })]);
    await place.pass(500);
    place.goOffline();
    first.session.edit([set('e', 'x', 1)]);
    await place.pass(300);
    first.kill();
    const second = await place.open('b');
    second.session.edit([set('e', 'x', 2)]);
    place.online = true;
    await place.pass(5000);
    expect(place.server.log.at(-1)).toMatchObject({ changeId: 'b:1', notes: [] });
  });

  it.each([
    ['before it was sent', 0, 0],
    ['on its way to the server', 1, 0],
    ['after it was stored, before the answer', 1, 1],
  ])('[SUB-2] killed with an edit %s: it is stored once', async (_when, sent, stored) => {
    const first = await place.open('a');
    first.session.edit([create('e')]);
    await place.pass(500);
    if (sent === 0) place.goOffline();
    first.session.edit([set('e', 'x', 1)]);
    await place.pass(300, false);
    const line = place.lines.at(-1);
    const frame = line?.toServer.shift();
    first.kill();
    if (stored === 1 && line && frame !== undefined) place.server.receive(line, frame);
    place.online = true;
    const second = await place.open('b');
    await place.pass(5000);
    // What was under way arrives at last, in the name of a page that is long gone.
    if (sent === 1 && stored === 0 && line && frame !== undefined) place.server.receive(line, frame);
    await place.pass(500);
    expect([place.committed('a:2'), x(second), second.session.pendingChanges]).toEqual([1, 1, 0]);
    expect(place.disk.names('c')).toEqual([]);
  });

  it('[SUB-5] killed when half of a frame was stored: the rest follows, nothing doubled', async () => {
    const first = await place.open('a');
    first.session.edit([create('e', { texts: { t: '' } })]);
    await place.pass(500);
    place.goOffline();
    for (const letter of ['a', 'b', 'c', 'd']) {
      const at = first.session.document.elements.get('e')?.texts['t']?.length ?? 0;
      first.session.edit([{ op: 'text', id: 'e', name: 't', edit: at === 0 ? [letter] : [at, letter] }]);
    }
    place.online = true;
    place.refuses = (changeId) =>
      changeId === 'a:4' ? { problem: problem('storage-unavailable', 'Later', 503), stored: false } : undefined;
    await place.pass(600, false);
    const line = place.lines.at(-1);
    while (line && line.toServer.length > 0) place.server.receive(line, line.toServer.shift() ?? '');
    while (line && line.toClient.length > 0) line.socket.receives(line.toClient.shift());
    await place.pass(20, false);
    while (line && line.toServer.length > 0) place.server.receive(line, line.toServer.shift() ?? '');
    first.kill();
    expect(place.server.log.map(({ changeId }) => changeId)).toEqual(['a:1', 'a:2', 'a:3']);
    place.refuses = () => undefined;
    const second = await place.open('b');
    await place.pass(5000);
    expect(place.server.log.map(({ changeId }) => changeId)).toEqual(['a:1', 'a:2', 'a:3', 'a:4', 'a:5']);
    expect(second.session.document.elements.get('e')?.texts['t']).toBe('abcd');
  });

  it('[CLI-6] killed when the first of two was stored, and a snapshot takes the place of what was missed', async () => {
    place = new Place({ resumeLimit: 1 });
    const first = await place.open('a');
    const ben = await place.open('ben', BEN);
    first.session.edit([create('e', { texts: { t: '' } })]);
    await place.pass(500);
    first.session.edit([insert(0, 'a')]);
    first.session.edit([insert(1, 'b')]);
    await place.pass(400, false);
    const [line] = place.lines;
    if (line) place.arrives(line);
    first.kill();
    for (const id of ['f', 'g', 'h']) ben.session.edit([create(id)]);
    await place.pass(200);
    ben.session.edit([insert(1, '-')]);
    await place.pass(1000);
    const second = await place.open('b');
    await place.pass(3000);
    expect(place.lines.at(-1)?.socket.frames('submit').length).toBe(2);
    expect(text(second)).toBe('a-b');
    expect([text(ben), place.committed('a:2'), place.committed('a:3')]).toEqual(['a-b', 1, 1]);
  });

  it('[CLI-6] a long queue does not go one by one behind a snapshot', async () => {
    place = new Place({ resumeLimit: 1 });
    const first = await place.open('a');
    const ben = await place.open('ben', BEN);
    first.session.edit([create('e', { texts: { t: '' } })]);
    await place.pass(500);
    place.goOffline();
    for (let i = 0; i < 21; i++) first.session.edit([insert(i, String.fromCharCode(97 + i))]);
    await place.pass(400);
    first.kill();
    place.online = true;
    await place.pass(2000);
    for (const id of ['f', 'g', 'h']) ben.session.edit([create(id)]);
    await place.pass(500);
    const second = await place.open('b');
    await place.pass(3000);
    expect([text(ben), second.session.pendingChanges]).toEqual(['abcdefghijklmnopqrstu', 0]);
    // One alone, then five at a time, as this server takes no more.
    expect(place.lines.at(-1)?.socket.frames('submit')).toHaveLength(5);
  });

  it('[CLI-3] what was kept reads as it does behind what others wrote meanwhile', async () => {
    const first = await place.open('a');
    const ben = await place.open('ben', BEN);
    first.session.edit([create('e', { texts: { t: 'hello' } })]);
    await place.pass(500);
    first.session.edit([insert(5, '!')]);
    await place.pass(400, false);
    const [ada, other] = place.lines;
    const unheard = ada?.toServer.splice(0) ?? [];
    ben.session.edit([insert(0, 'oh ')]);
    if (other) place.arrives(other);
    while (ada && ada.toClient.length > 0) ada.socket.receives(ada.toClient.shift());
    expect([unheard.length, text(first)]).toEqual([1, 'oh hello!']);
    await place.pass(400, false);
    place.goOffline();
    first.kill();
    const second = await place.open('b');
    expect(text(second)).toBe('oh hello!');
  });

  it('[UND-9] undoes what the earlier page did and had not sent', async () => {
    const first = await place.open('a');
    first.session.edit([create('e', { props: { x: 0 } })]);
    await place.pass(500);
    place.goOffline();
    first.session.edit([set('e', 'x', 1)]);
    await place.pass(300);
    first.kill();
    place.online = true;
    const second = await place.open('b');
    await place.pass(2000);
    expect([second.session.pendingChanges, second.session.canUndo]).toEqual([0, true]);
    second.session.undo();
    await place.pass(500);
    expect([x(second), place.server.log.at(-1)?.kind]).toEqual([0, 'undo']);
  });

  it('keeps nothing of a gesture that was not committed', async () => {
    const first = await place.open('a');
    first.session.edit([create('e', { props: { x: 0 } })]);
    await place.pass(500);
    first.session.beginGesture().update([set('e', 'x', 1)]);
    await place.pass(500);
    first.kill();
    const second = await place.open('b');
    expect([x(second), second.session.pendingChanges]).toEqual([0, 0]);
  });

  it('goes on by revision, however much came meanwhile', async () => {
    const first = await place.open('a');
    const ben = await place.open('ben', BEN);
    for (let i = 0; i < 5; i++) {
      ben.session.edit([create(`e${i}`)]);
      await place.pass(600);
    }
    await place.pass(2500);
    first.kill();
    ben.session.edit([create('late')]);
    await place.pass(100);
    const second = await place.open('b');
    const hello = place.lines.at(-1)?.socket.frames('hello')[0];
    expect(hello?.['revision']).toBe(5);
    expect(second.session.document.revision).toBe(6);
  });
});

describe('coming back', () => {
  it('[CNF-6] tells what was sent, what met others and what was refused', async () => {
    const ada = await place.open('a');
    const ben = await place.open('ben', BEN);
    ada.session.edit([create('e', { props: { x: 0, y: 0 } })]);
    await place.pass(500);
    place.goOffline();
    const met = ada.session.edit([set('e', 'x', 1)]);
    const bad = ada.session.edit([set('e', 'y', 1)]);
    place.online = true;
    place.refuses = (changeId) =>
      changeId === bad ? { problem: problem('locked', 'Locked', 423), stored: false } : undefined;
    const line = new Line('ben2', 'u-Ben', new FakeSocket('', []));
    place.server.receive(line, JSON.stringify({ type: 'hello', guest: BEN, clientId: 'ben2' }));
    const change = { changeId: 'ben2:1', baseRevision: 1, seenRevision: 1, operations: [set('e', 'x', 9)] };
    place.server.receive(line, JSON.stringify({ type: 'submit', changes: [change] }));
    await place.pass(5000);
    const [report] = ada.heard('synced');
    expect(report).toMatchObject({
      sent: 2,
      conflicted: [{ changeId: met, notes: [{ code: 'OVERWROTE', lost: 9 }] }],
      refused: [{ changeId: bad, problem: { status: 423 } }],
    });
    expect(ben.heard('synced')).toEqual([]);
  });

  it('refused edits are kept with their operations until they are dismissed', async () => {
    const ada = await place.open('a');
    ada.session.edit([create('e')]);
    await place.pass(500);
    place.refuses = () => ({ problem: problem('locked', 'Locked', 423), stored: false });
    const refused = ada.session.edit([set('e', 'x', 1)]);
    await place.pass(1000);
    ada.kill();
    const second = await place.open('b');
    expect(second.session.refusedEdits).toMatchObject([{ changeId: refused, operations: [set('e', 'x', 1)] }]);
    await place.pass(500);
    second.session.dismissRefused(refused);
    await place.pass(500);
    second.kill();
    expect((await place.open('c')).session.refusedEdits).toEqual([]);
  });
});

describe('tabs', () => {
  it('each has a queue of its own; who is left takes over what a closed one left', async () => {
    const first = await place.open('a');
    first.session.edit([create('e', { texts: { t: 'one' } })]);
    await place.pass(500);
    const second = await place.open('b');
    place.goOffline();
    await place.pass(50);
    second.session.edit([{ op: 'text', id: 'e', name: 't', edit: [3, ' two'] }]);
    first.session.edit([{ op: 'text', id: 'e', name: 't', edit: ['zero '] }]);
    await place.pass(400);
    expect(new Set(place.disk.owners.values()).size).toBe(2);
    second.kill();
    place.online = true;
    await place.pass(40_000);
    expect(first.session.document.elements.get('e')?.texts['t']).toBe('zero one two');
    expect(place.server.log.map(({ changeId }) => changeId).sort()).toEqual(['a:1', 'a:2', 'b:1']);
    expect(place.disk.buckets.size).toBe(1);
  });

  it('[CLI-6] what a closed one had sent, and nobody answered, is not doubled', async () => {
    const first = await place.open('a');
    first.session.edit([create('e', { texts: { t: '' } })]);
    await place.pass(500);
    const second = await place.open('b');
    await place.pass(500);
    second.session.edit([insert(0, 'x')]);
    second.session.edit([insert(1, 'y')]);
    await place.pass(400, false);
    const line = place.lines.at(-1);
    if (line) place.arrives(line);
    second.kill();
    await place.pass(40_000);
    expect([text(first), place.committed('b:1'), place.committed('b:2')]).toEqual(['xy', 1, 1]);
  });

  it('one that opens without a connection beside another shows the document, not its edits', async () => {
    const first = await place.open('a');
    first.session.edit([create('e', { props: { x: 0 } })]);
    await place.pass(3000);
    place.goOffline();
    first.session.edit([set('e', 'x', 1)]);
    await place.pass(500);
    const second = await place.open('b');
    expect([x(second), second.session.pendingChanges]).toEqual([0, 0]);
    place.online = true;
    await place.pass(30_000);
    expect([x(second), place.committed('a:2')]).toEqual([1, 1]);
  });
});

describe('storage', () => {
  it('a broken one is told once, and the session goes on in memory', async () => {
    const ada = await place.open('a');
    ada.tab.broken = new Error('QuotaExceededError');
    ada.session.edit([create('e')]);
    await place.pass(1000);
    ada.session.edit([set('e', 'x', 1)]);
    await place.pass(1000);
    expect(ada.heard('problem').map(({ type }) => type)).toEqual(['urn:chorale:problem:offline-storage-failed']);
    expect(place.server.log).toHaveLength(2);
  });

  it('one that is broken from the start keeps nobody from joining', async () => {
    const tab = place.disk.tab();
    tab.broken = new Error('InvalidStateError');
    const ada = await place.open('a', ADA, tab);
    expect([ada.session.state, ada.heard('problem').length]).toEqual(['online', 1]);
  });

  it('is written at most four times a second, and not at all for who has no secret', async () => {
    const ada = await place.open('a');
    ada.session.edit([create('e', { props: { x: 0 } })]);
    await place.pass(1000);
    const before = place.disk.writes;
    for (let i = 0; i < 200; i++) {
      ada.session.edit([set('e', 'x', i)]);
      await place.pass(10);
    }
    await place.pass(1000);
    expect(place.disk.writes - before).toBeLessThanOrEqual(13);
    const { writes } = place.disk;
    const nobody = await place.open('n', { name: 'Nobody', color: '#000000' });
    nobody.session.edit([create('f')]);
    nobody.kill();
    await place.pass(3000);
    expect([...place.disk.buckets.keys()].filter((bucket) => bucket.endsWith(' n'))).toEqual([]);
    expect(place.disk.writes - writes).toBeLessThanOrEqual(3);
  });

  it('the secret cannot be read from it', async () => {
    await place.open('a');
    await place.pass(3000);
    const all = JSON.stringify([...place.disk.buckets].map(([bucket, entries]) => [bucket, [...entries]]));
    expect(all).toContain('S1');
    expect(all).not.toContain('0123456789abcdef');
  });

  it('a session that was closed leaves what is pending to the next page', async () => {
    place.online = false;
    const ada = await place.open('a');
    ada.session.edit([create('e')]);
    ada.session.close();
    await place.pass(100);
    place.online = true;
    await place.open('b');
    await place.pass(2000);
    expect(place.committed('a:1')).toBe(1);
  });
});
