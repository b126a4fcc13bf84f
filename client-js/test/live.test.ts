import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, documentHash, type ConnectOptions, type Session, type SessionEvents } from '../src/index.js';
import type { WelcomeFrame } from '../src/protocol/frame.js';
import { FakeSocket } from './support/fakeSocket.js';
import { committed, element, participant, SESSION, set, welcome, welcomeWith, wireWelcome } from './support/frames.js';

const START = '2025-01-01T00:00:00.000Z';
const LOCKED = { type: 'urn:chorale:problem:locked', title: 'Locked', status: 423 };

let sockets: FakeSocket[];
let session: Session;

function current(): FakeSocket {
  const socket = sockets.at(-1);
  if (!socket) throw new Error('no socket');
  return socket;
}

function join(options: Partial<ConnectOptions> = {}): void {
  session = connect({
    url: 'http://localhost',
    sessionId: 'S1',
    guest: { name: 'Ada', color: '#336699' },
    clientId: 'me',
    webSocket: (url, protocols) => {
      const socket = new FakeSocket(url, protocols);
      sockets.push(socket);
      return socket;
    },
    ...options,
  });
}

function online(more: Partial<WelcomeFrame> = {}): void {
  current().opened();
  current().receives(wireWelcome({ ...welcomeWith(10, element('e', 'a0', { props: { x: 0 } })), ...more }));
}

function back(more: Partial<WelcomeFrame> = {}): void {
  current().ends(1006);
  vi.advanceTimersByTime(500);
  current().opened();
  current().receives(wireWelcome({ ...welcome({ resumedFrom: 10 }, 10), ...more }));
}

function heard<E extends keyof SessionEvents>(event: E): SessionEvents[E][] {
  const payloads: SessionEvents[E][] = [];
  session.on(event, (payload) => payloads.push(payload));
  return payloads;
}

function lockOf(elementId: string, participantId: string, seconds: number): object {
  const expiresAt = new Date(Date.parse(START) + seconds * 1000).toISOString();
  return { element: elementId, participantId, userId: `u-${participantId}`, name: participantId, lease: 1, expiresAt };
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(START) });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  sockets = [];
  join();
  online();
});

afterEach(() => {
  session.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('locks', () => {
  const granted = (seconds: number, participantId = 'p1'): void => {
    current().receives({ type: 'locks', locked: [lockOf('e', participantId, seconds)], unlocked: [] });
  };

  it('[LCK-1] a lock is asked for, granted, renewed at half of its lease, and given up', async () => {
    current().receives({ type: 'pong', t: performance.now(), serverTime: START, revision: 10 });
    const events = heard('locks');
    const lock = session.lock('e', 30);
    expect(current().frames('lock')).toEqual([{ type: 'lock', element: 'e', leaseSeconds: 30 }]);
    granted(30);
    expect((await lock).lease).toBe(1);
    expect(session.locks.get('e')?.participantId).toBe('p1');
    expect(events.at(-1)).toBe(session.locks);
    vi.advanceTimersByTime(15_000);
    expect(current().frames('lock')).toHaveLength(2);
    session.unlock('e');
    expect(current().frames('unlock')).toEqual([{ type: 'unlock', element: 'e' }]);
    vi.advanceTimersByTime(8_000);
    expect(current().frames('lock')).toHaveLength(2);
  });

  it('[LCK-2] [CON-10] what another holds is refused by an error about this lock', async () => {
    const lock = session.lock('e');
    const other = session.lock('f');
    current().receives({ type: 'error', problem: LOCKED, about: { type: 'lock', element: 'e' } });
    await expect(lock).rejects.toMatchObject({ problem: LOCKED });
    current().receives({ type: 'locks', locked: [lockOf('f', 'p1', 30)], unlocked: [] });
    expect((await other).element).toBe('f');
  });

  it('[LCK-4] what the server never said to have ended vanishes by the length of its lease, whatever this clock says', () => {
    vi.setSystemTime(Date.parse(START) + 3_600_000);
    current().receives({ type: 'pong', t: performance.now(), serverTime: START, revision: 10 });
    granted(20, 'p2');
    vi.advanceTimersByTime(19_000);
    current().receives({ type: 'awareness', states: {} });
    expect(session.locks.has('e')).toBe(true);
    vi.advanceTimersByTime(2_100);
    expect(session.locks.has('e')).toBe(false);
  });

  it('[LCK-4] a lock that ended while it was wanted is asked for again', () => {
    void session.lock('e').catch(() => undefined);
    granted(30);
    current().receives({ type: 'locks', locked: [], unlocked: ['e'] });
    expect(current().frames('lock')).toHaveLength(2);
  });

  it('[HEL-7] a welcome tells all locks, and those that one holds are asked for again', () => {
    void session.lock('e').catch(() => undefined);
    granted(30);
    back({ locks: [lockOf('f', 'p2', 30) as never] });
    expect([...session.locks.keys()]).toEqual(['f']);
    expect(current().frames('lock')).toEqual([{ type: 'lock', element: 'e' }]);
  });

  it('without a connection a lock waits; it ends with the session', async () => {
    current().ends(1006);
    const lock = session.lock('e');
    const failed = expect(lock).rejects.toMatchObject({ problem: { status: 410 } });
    session.close();
    await failed;
    await expect(session.lock('e')).rejects.toBeInstanceOf(Error);
  });
});

describe('chat', () => {
  const message = (id: string, more: object = {}): object => ({
    type: 'chat',
    id,
    userId: 'u-p2',
    participantId: 'p2',
    name: 'Ben',
    text: 'hello',
    at: START,
    ...more,
  });

  it('[CHT-1] what one says is answered by the stored message, and everybody hears it once', async () => {
    const said = heard('chat');
    const mine = session.chat('hi');
    const [frame] = current().frames('chat');
    expect(frame).toMatchObject({ type: 'chat', text: 'hi' });
    current().receives(message('1'));
    const messageId = String(frame?.['messageId']);
    const stored = message('2', { userId: 'u-p1', participantId: 'p1', name: 'Ada', text: 'hi', messageId });
    current().receives(stored);
    current().receives(stored);
    expect(await mine).toMatchObject({ id: '2', messageId, text: 'hi' });
    expect(said.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('[CHT-2] what was not answered goes again under its name', () => {
    void session.chat('hi').catch(() => undefined);
    const before = current().frames('chat');
    back();
    expect(current().frames('chat')).toEqual(before);
    expect(before).toHaveLength(1);
  });

  it('[CHT-1] [CON-10] what cannot be said is refused, here or by the server', async () => {
    await expect(session.chat('  ')).rejects.toMatchObject({ problem: { status: 413 } });
    await expect(session.chat('x'.repeat(2001))).rejects.toMatchObject({ problem: { status: 413 } });
    await expect(session.chat('a\u0007')).rejects.toMatchObject({ problem: { status: 400 } });
    const refused = session.chat('spam');
    const about = { type: 'chat', messageId: current().frames('chat')[0]?.['messageId'] };
    current().receives({ type: 'error', problem: LOCKED, about });
    await expect(refused).rejects.toMatchObject({ problem: LOCKED });
  });
});

describe('conflicts', () => {
  const candidate = { at: START, clientId: 'o', revision: 11, userId: 'u-p2', value: 2, name: 'Ben' };
  const record = { id: '11-0', element: 'e', path: ['x'], status: 'OPEN', candidates: [candidate] };
  const opened = { op: 'withhold' as const, id: 'e', path: ['x'] as const, conflict: '11-0', value: 2 };

  function open(): void {
    current().receives({ type: 'changes', from: 11, to: 11, changes: [committed(11, 'o:1', opened)] });
    current().receives({ type: 'conflict', record: { ...record, current: { value: 0, userId: 'u-p1', name: 'Ada' } } });
  }

  it('[CNF-16] a record is told with names and the present value, and is resolved by an edit', () => {
    const told = heard('conflict');
    const maps = heard('conflicts');
    open();
    expect(told).toHaveLength(1);
    expect(session.conflicts.get('11-0')).toMatchObject({ current: { value: 0, name: 'Ada' } });
    expect(maps.at(-1)).toBe(session.conflicts);
    session.resolveConflict('11-0', 'THEIRS');
    const [frame] = current().frames('submit');
    expect(frame?.['changes']).toMatchObject([{ operations: [{ op: 'resolve', conflict: '11-0', choice: 'THEIRS' }] }]);
    expect(() => session.resolveConflict('nope', 'MINE')).toThrow();
  });

  it('[CNF-16] one that ended is no open one any more', () => {
    open();
    const resolved = { op: 'resolve' as const, conflict: '11-0', choice: 'REJECT' as const };
    current().receives({ type: 'changes', from: 12, to: 12, changes: [committed(12, 'o:2', resolved)] });
    expect(session.conflicts.size).toBe(0);
  });

  it('[CNF-5] predictions go by the policies of the session', () => {
    session.edit([{ op: 'set', id: 'e', path: ['color'], value: [1, 0, 0] }]);
    session.edit([{ op: 'set', id: 'e', path: ['color', 1], value: 1 }]);
    expect(session.document.elements.get('e')?.props['color']).toEqual([1, 0, 0]);
    const infos = heard('info');
    current().receives({ type: 'session', session: { ...SESSION, name: 'New', conflictPolicy: { '*.color': {} } } });
    expect([session.info?.name, infos.length]).toEqual(['New', 1]);
    session.edit([{ op: 'set', id: 'e', path: ['color', 1], value: 1 }]);
    expect(session.document.elements.get('e')?.props['color']).toEqual([1, 1, 0]);
  });
});

describe('who overwrote whom', () => {
  it('[CNF-6] an own change that met another is told with its notes, however its answer came', () => {
    const conflicted = heard('conflicted');
    const note = { code: 'OVERWROTE', element: 'e', operation: 0, path: ['x'], lost: 5 };
    const theirs = { ...note, writes: [{ element: 'e', revision: 10, userId: 'u-p2' }] };
    const first = session.edit([set('e', 'x', 1)]);
    current().receives({ type: 'accepted', changeId: first, revision: 11, notes: [theirs] });
    current().receives({ type: 'changes', from: 11, to: 11, changes: [committed(11, first, set('e', 'x', 1))] });
    const second = session.edit([set('e', 'x', 2)]);
    const change = { ...committed(12, second, set('e', 'x', 2)), notes: [theirs] };
    current().receives({ type: 'changes', from: 12, to: 12, changes: [change] });
    expect(conflicted.map(({ changeId, notes }) => [changeId, notes.length])).toEqual([[first, 1], [second, 1]]);
  });

  it('[CNF-6] whose write was overwritten hears what was lost, and can set it again', () => {
    const overwritten = heard('overwritten');
    const mine = session.edit([set('e', 'x', 7)]);
    current().receives({ type: 'accepted', changeId: mine, revision: 11, notes: [] });
    current().receives({ type: 'changes', from: 11, to: 11, changes: [committed(11, mine, set('e', 'x', 7))] });
    const writes = [{ element: 'e', revision: 11, userId: 'u-p1' }];
    // Without the lost value: the notes of a large change do not hold them all.
    const notes = [{ code: 'OVERWROTE', element: 'e', operation: 0, path: ['x'] as const, writes }];
    const change = { ...committed(12, 'o:1', set('e', 'x', 8)), notes };
    current().receives({ type: 'changes', from: 12, to: 12, changes: [change] });
    expect(overwritten).toMatchObject([{ element: 'e', path: ['x'], lost: 7, by: { userId: 'u' }, revision: 12 }]);
    const [lost] = overwritten;
    if (lost) session.restoreMine(lost);
    expect(session.document.elements.get('e')?.props['x']).toBe(7);
  });

  it("[OPS-17] somebody's delete of what one edited is told, and can be taken back", () => {
    const overwritten = heard('overwritten');
    const writes = [{ element: 'e', revision: 9, userId: 'u-p1' }];
    const notes = [{ code: 'EDIT_DELETED', element: 'e', operation: 0, writes }];
    const change = { ...committed(11, 'o:1', { op: 'delete', id: 'e' }), notes };
    current().receives({ type: 'changes', from: 11, to: 11, changes: [change] });
    const [lost] = overwritten;
    expect(session.document.live('e')).toBe(false);
    if (lost) session.restoreMine(lost);
    expect(session.document.live('e')).toBe(true);
  });
});

describe('the same document', () => {
  it('[CHG-6] a hash that is one\'s own is no news; at another one the whole document is asked for', () => {
    const problems = heard('problem');
    const first = committed(11, 'o:1', set('e', 'x', 1));
    current().receives({ type: 'changes', from: 11, to: 11, changes: [first] });
    const hash = documentHash(session.document);
    const again = { ...committed(12, 'o:2', set('e', 'x', 1)) };
    current().receives({ type: 'changes', from: 12, to: 12, hash, changes: [again] });
    expect(current().frames('resync')).toEqual([]);
    const other = committed(13, 'o:3', set('e', 'x', 3));
    current().receives({ type: 'changes', from: 13, to: 13, hash, changes: [other] });
    expect(current().frames('resync')).toEqual([{ type: 'resync', revision: 13, snapshot: true }]);
    expect(problems.map(({ type }) => type)).toEqual(['urn:chorale:problem:document-diverged']);
    const right = element('e', 'a0', { props: { x: 4 } });
    current().receives({ type: 'snapshot', revision: 13, document: { elements: [right] }, hash: '' });
    expect(session.document.elements.get('e')?.props['x']).toBe(4);
  });
});

describe('seats', () => {
  it('[HEL-8] an earlier seat is asked for until there is one, then the client id is enough', () => {
    session.close();
    join({ seat: 'p7', guest: { name: 'Ada', color: '#336699', secret: '0123456789abcdef' } });
    online({ self: participant('p7') });
    expect(current().frames('hello')).toMatchObject([{ seat: 'p7' }]);
    back();
    expect(current().frames('hello')[0]).not.toHaveProperty('seat');
  });

  it('[HEL-8] another name keeps the seat of who has a secret, another user leaves it; close gives it up', () => {
    session.close();
    const guest = { name: 'Ada', color: '#336699', secret: '0123456789abcdef' };
    join({ guest });
    online();
    session.introduce({ ...guest, name: 'Ada L.' });
    session.introduce({ ...guest, secret: 'fedcba9876543210' });
    session.close();
    expect(sockets.slice(-3).map((socket) => socket.closedWith)).toEqual([4000, 1000, 1000]);
  });

  it('[PRE-2] being away is told by awareness', () => {
    session.setAway(true);
    vi.advanceTimersByTime(50);
    session.setAway(false);
    expect(current().frames('awareness').map((frame) => frame['state'])).toEqual([{ status: 'AWAY' }, { status: null }]);
  });
});

describe('gestures', () => {
  const x = (): unknown => session.document.elements.get('e')?.props['x'];
  const submitted = (): unknown[] => current().frames('submit').flatMap((frame) => frame['changes'] as unknown[]);
  const stored = (revision: number, changeId: string, value: number): void => {
    current().receives({ type: 'accepted', changeId, revision, notes: [] });
    const changes = [committed(revision, changeId, set('e', 'x', value))];
    current().receives({ type: 'changes', from: revision, to: revision, changes });
  };

  it('[CLI-7] shows at once, goes as one change when it is committed, and is one step of undo', () => {
    const gesture = session.beginGesture();
    gesture.update([{ ...set('e', 'x', 1), previous: 0 }]);
    gesture.update([set('e', 'y', 5)]);
    gesture.update([set('e', 'x', 2), { op: 'add', id: 'e', path: ['y'], delta: 2 }]);
    expect([x(), session.pendingChanges, submitted()]).toEqual([2, 1, []]);
    const [changeId] = gesture.commit();
    const operations = [{ ...set('e', 'x', 2), previous: 0 }, set('e', 'y', 7)];
    expect(submitted()).toMatchObject([{ changeId, operations }]);
    session.undo();
    expect([x(), session.canUndo]).toEqual([0, false]);
    session.redo();
    expect(x()).toBe(2);
    expect(() => {
      gesture.update([set('e', 'x', 3)]);
    }).toThrow();
  });

  it('is cancelled without a trace while nothing was sent', () => {
    const before = session.document;
    const gesture = session.beginGesture();
    gesture.update([set('e', 'x', 1)]);
    gesture.cancel();
    expect([x(), session.pendingChanges, session.canUndo, submitted()]).toEqual([0, 0, false, []]);
    expect(session.document.elements.get('e')).toBe(before.elements.get('e'));
  });

  it('goes on its way where it is live, is one step of undo, and is taken back as a whole', () => {
    const gesture = session.beginGesture({ live: true });
    gesture.update([set('e', 'x', 1)]);
    gesture.update([set('e', 'x', 2)]);
    gesture.update([set('e', 'x', 3)]);
    expect(submitted()).toHaveLength(1);
    stored(11, 'me:1', 1);
    expect(submitted()).toHaveLength(2);
    stored(12, 'me:2', 3);
    expect(gesture.commit()).toEqual(['me:1', 'me:2']);
    session.undo();
    expect([x(), session.canUndo]).toEqual([0, false]);
    session.redo();
    expect([x(), session.canUndo]).toEqual([3, true]);
    const other = session.beginGesture({ live: true });
    other.update([set('e', 'x', 9)]);
    other.cancel();
    expect([x(), session.canUndo, session.canRedo]).toEqual([3, true, false]);
  });

  it('another edit meanwhile lets go what is there; the gesture goes on behind it and is one step still', () => {
    const gesture = session.beginGesture();
    gesture.update([set('e', 'x', 1)]);
    session.edit([set('e', 'y', 1)]);
    expect(submitted()).toMatchObject([{ changeId: 'me:1' }, { changeId: 'me:2' }]);
    gesture.update([set('e', 'x', 2)]);
    gesture.commit();
    const y = (): unknown => session.document.elements.get('e')?.props['y'];
    expect([x(), y()]).toEqual([2, 1]);
    session.undo();
    expect([x(), y()]).toEqual([0, 1]);
    session.undo();
    expect([x(), y(), session.canUndo]).toEqual([0, undefined, false]);
  });
});
