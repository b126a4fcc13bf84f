import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, type DocumentView, type Session } from '../src/index.js';
import { committed, created, element, participant, set, welcomeWith, wireWelcome } from './support/frames.js';
import { FakeSocket } from './support/fakeSocket.js';

let socket: FakeSocket;
let session: Session;

beforeEach(() => {
  vi.useFakeTimers();
  session = connect({
    url: 'http://localhost',
    sessionId: 'S1',
    guest: { name: 'Ada', color: '#336699' },
    webSocket: (url, protocols) => (socket = new FakeSocket(url, protocols)),
  });
  socket.opened();
  socket.receives(wireWelcome(welcomeWith(10, element('e', 'a0'))));
});

afterEach(() => {
  session.close();
  vi.useRealTimers();
});

describe('notifications', () => {
  it('[CHG-1] one document event for each frame, however many changes it carries, and for each edit', () => {
    const views: DocumentView[] = [];
    session.on('document', (view) => views.push(view));
    const batch = Array.from({ length: 20 }, (_, i) => committed(11 + i, `o:${i}`, created(`n${i}`, `a${i % 10}`)));
    socket.receives({ type: 'changes', from: 11, to: 30, changes: batch });
    expect([views.length, views[0]?.revision, views[0]?.elements.size]).toEqual([1, 30, 21]);
    session.edit([set('e', 'x', 1), set('e', 'y', 2)]);
    expect([views.length, views[1]]).toEqual([2, session.document]);
  });

  it('a frame that brings nothing new is not told', () => {
    const heard = vi.fn();
    session.on('document', heard);
    socket.receives({ type: 'changes', from: 9, to: 10, changes: [committed(9, 'o:1'), committed(10, 'o:2')] });
    socket.receives({ type: 'accepted', changeId: 'x:1', revision: 4, notes: [] });
    expect(heard).not.toHaveBeenCalled();
  });

  it('listeners may edit; everybody hears the documents in their order', () => {
    const revisions: unknown[] = [];
    session.on('changes', () => {
      session.edit([set('e', 'answer', 42)]);
    });
    session.on('document', (view) => revisions.push(view.elements.get('e')?.props));
    socket.receives({ type: 'changes', from: 11, to: 11, changes: [committed(11, 'o:1', set('e', 'x', 1))] });
    expect(revisions.at(-1)).toEqual({ x: 1, answer: 42 });
    expect(revisions).not.toContainEqual({ x: 1 });
  });

  it('a listener that throws keeps nobody from hearing, and its mistake is not hidden', async () => {
    const uncaught = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => undefined);
    const heard = vi.fn();
    session.on('document', () => {
      throw new Error('mistake');
    });
    session.on('document', heard);
    session.edit([set('e', 'x', 1)]);
    expect(heard).toHaveBeenCalledTimes(1);
    expect(uncaught).toHaveBeenCalledTimes(1);
    uncaught.mockRestore();
    await Promise.resolve();
  });

  it('a listener that left hears nothing more', () => {
    const heard = vi.fn();
    const stop = session.on('document', heard);
    stop();
    session.edit([set('e', 'x', 1)]);
    expect(heard).not.toHaveBeenCalled();
  });
});

describe('answers', () => {
  it('[SUB-5] a refused edit disappears from the document and is told with its operations', () => {
    const refusals: unknown[] = [];
    session.on('refused', (refusal) => refusals.push(refusal));
    const changeId = session.edit([set('e', 'x', 1)]);
    expect(session.pendingChanges).toBe(1);
    const problem = { type: 'urn:chorale:problem:limit-exceeded', title: 'Too much', status: 413 };
    socket.receives({ type: 'refused', changeId, problem });
    expect(refusals).toEqual([{ changeId, problem, operations: [set('e', 'x', 1)] }]);
    expect([session.document.elements.get('e')?.props, session.pendingChanges]).toEqual([{}, 0]);
  });

  it('[SUB-9] what could not be stored is tried again', () => {
    const problems: unknown[] = [];
    session.on('problem', (problem) => problems.push(problem));
    const changeId = session.edit([set('e', 'x', 1)]);
    const problem = { type: 'urn:chorale:problem:storage-unavailable', title: 'Later', status: 503 };
    socket.receives({ type: 'refused', changeId, problem });
    expect([socket.frames('submit').length, problems]).toEqual([1, [problem]]);
    vi.advanceTimersByTime(2000);
    expect(socket.frames('submit').length).toBe(2);
    expect(socket.frames('submit')[1]).toEqual(socket.frames('submit')[0]);
  });

  it('[LIM-4] what came too often is tried again when the server says', () => {
    const changeId = session.edit([set('e', 'x', 1)]);
    const problem = { type: 'urn:chorale:problem:too-many-requests', title: 'Later', status: 429, retryAfter: 7 };
    socket.receives({ type: 'refused', changeId, problem });
    vi.advanceTimersByTime(6_999);
    expect(socket.frames('submit').length).toBe(1);
    vi.advanceTimersByTime(1);
    expect(socket.frames('submit')[1]).toEqual(socket.frames('submit')[0]);
  });

  it('[HEL-2] the client id is made up anew, of characters that the server takes', () => {
    expect(session.clientId).toMatch(/^[A-Za-z0-9_-]{16,64}$/);
    expect(session.edit([set('e', 'x', 1)])).toBe(`${session.clientId}:1`);
  });
});

describe('undo and redo', () => {
  const answered = (revision: number, change: Parameters<typeof committed>[2], changeId: string): void => {
    socket.receives({ type: 'changes', from: revision, to: revision, changes: [committed(revision, changeId, change)] });
  };
  const x = (): unknown => session.document.elements.get('e')?.props['x'];

  it('[UND-7] the last edit is undone, the last undo is redone, an edit ends redoing', () => {
    expect([session.canUndo, session.canRedo]).toEqual([false, false]);
    expect([session.undo(), session.redo()]).toEqual([undefined, undefined]);
    session.edit([set('e', 'x', 1)]);
    session.edit([set('e', 'x', 2)]);
    expect([session.canUndo, session.canRedo]).toEqual([true, false]);
    session.undo();
    expect(x()).toBe(1);
    session.undo();
    expect([x(), session.canUndo, session.canRedo]).toEqual([undefined, false, true]);
    session.redo();
    session.redo();
    expect([x(), session.canUndo, session.canRedo]).toEqual([2, true, false]);
    session.undo();
    session.edit([set('e', 'x', 3)]);
    expect([x(), session.canUndo, session.canRedo]).toEqual([3, true, false]);
  });

  it('[UND-2] a change is undone by name as well, even after it was undone and redone', () => {
    const first = session.edit([set('e', 'x', 1)]);
    session.edit([set('e', 'y', 1)]);
    const undo = session.undo(first);
    expect([x(), session.canRedo]).toEqual([undefined, true]);
    session.redo(undo);
    expect([x(), session.canRedo]).toEqual([1, false]);
    session.undo(first);
    expect([x(), session.canRedo]).toEqual([undefined, true]);
  });

  it('[CLI-8] it goes as a frame of its own and is answered like any change', () => {
    const changeId = session.edit([set('e', 'x', 1)]);
    answered(11, set('e', 'x', 1), changeId);
    const undo = session.undo();
    expect(socket.frames('undo')).toEqual([{ type: 'undo', changeId, undoId: undo }]);
    socket.receives({ type: 'accepted', changeId: undo, revision: 12, notes: [] });
    answered(12, { op: 'unset', id: 'e', path: ['x'], origin: 0 }, undo ?? '');
    expect([session.pendingChanges, x()]).toEqual([0, undefined]);
    session.redo();
    expect([session.pendingChanges, x()]).toEqual([1, 1]);
  });

  it('[CLI-8] a server that knows no undo says so, and the queue goes on', () => {
    const refused = vi.fn();
    session.on('refused', refused);
    const changeId = session.edit([set('e', 'x', 1)]);
    answered(11, set('e', 'x', 1), changeId);
    const undo = session.undo();
    session.edit([set('e', 'y', 1)]);
    const problem = { type: 'urn:chorale:problem:unknown-type', title: 'Unknown', status: 400 };
    socket.receives({ type: 'error', problem });
    expect(refused).toHaveBeenCalledWith({ changeId: undo, problem, operations: [] });
    expect([x(), session.canRedo, socket.frames('submit').length]).toEqual([1, false, 2]);
  });

  it('[CLI-7] edits of one gesture answer one change id and are undone as one', () => {
    session.edit([set('e', 'x', 0)]);
    const ids = [1, 2, 3].map((value) => session.edit([set('e', 'x', value)], { gesture: 'drag' }));
    expect(new Set(ids).size).toBe(1);
    session.undo();
    expect(x()).toBe(0);
  });

  it("[UND-1] others' changes cannot be undone, nor anything after the end", () => {
    expect(() => session.undo('other:1')).toThrow();
    session.edit([set('e', 'x', 1)]);
    session.close();
    expect(session.canUndo).toBe(false);
    expect(() => session.undo()).toThrow();
  });
});

describe('people', () => {
  it('[PRE-1] presence brings, changes and takes participants, and their awareness goes with them', () => {
    socket.receives({ type: 'presence', joined: [participant('p2'), participant('p3')], left: [], updated: [] });
    socket.receives({ type: 'awareness', states: { p2: { pointer: [1, 2, 3] }, p3: { selection: ['e'] } } });
    socket.receives({ type: 'presence', joined: [], left: [], updated: [{ ...participant('p2'), status: 'AWAY' }] });
    expect(session.participants.get('p2')?.status).toBe('AWAY');
    socket.receives({ type: 'presence', joined: [], left: ['p3'], updated: [] });
    expect([...session.participants.keys()]).toEqual(['p1', 'p2']);
    expect([...session.awareness]).toEqual([['p2', { pointer: [1, 2, 3] }]]);
  });

  it('[AWA-1] keys given replace the earlier ones, null removes one, other states stay the same objects', () => {
    socket.receives({ type: 'awareness', states: { p2: { pointer: [1, 2, 3], drag: { id: 'e' } }, p3: { a: 1 } } });
    const others = session.awareness.get('p3');
    socket.receives({ type: 'awareness', states: { p2: { drag: null, selection: [] } } });
    expect(session.awareness.get('p2')).toEqual({ pointer: [1, 2, 3], selection: [] });
    expect(session.awareness.get('p3')).toBe(others);
  });

  it("[AWA-2] one's own state among the others' is ignored", () => {
    const heard = vi.fn();
    session.on('awareness', heard);
    socket.receives({ type: 'awareness', states: { p1: { a: 1 } } });
    expect(heard).not.toHaveBeenCalled();
    socket.receives({ type: 'awareness', states: { p1: { a: 1 }, p2: { b: 2 } } });
    expect([...session.awareness]).toEqual([['p2', { b: 2 }]]);
  });

  it('[AWA-2] own awareness goes at once, then at most 30 times a second with the latest values', () => {
    for (let i = 0; i < 1000; i++) {
      session.setAwareness({ pointer: [i, 0, 0], [i % 2 === 0 ? 'even' : 'odd']: i });
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(100);
    const states = socket.frames('awareness').map((frame) => frame['state']);
    expect(states[0]).toEqual({ pointer: [0, 0, 0], even: 0 });
    expect(states.length).toBeGreaterThan(25);
    expect(states.length).toBeLessThanOrEqual(33);
    expect(states.at(-1)).toEqual({ pointer: [999, 0, 0], even: 998, odd: 999 });
  });

  it('[AWA-5] a new connection is told the whole state, in the place of what the seat kept', () => {
    session.setAwareness({ pointer: [1, 2, 3], drag: { id: 'e' } });
    session.setAwareness({ drag: null });
    socket.ends(1006);
    session.setAwareness({ selection: ['e'] });
    vi.advanceTimersByTime(500);
    socket.opened();
    socket.receives(wireWelcome(welcomeWith(10)));
    expect(socket.frames('awareness')).toEqual([
      { type: 'awareness', state: { pointer: [1, 2, 3], selection: ['e'] }, partial: false },
    ]);
  });

  it('[AWA-4] what is not JSON is refused here', () => {
    expect(() => {
      session.setAwareness({ pointer: Number.NaN });
    }).toThrow();
  });
});
