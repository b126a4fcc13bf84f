import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Document } from '../src/document/document.js';
import { OfflineCopy } from '../src/offline/offlineCopy.js';
import type { CommittedChange, Conflict } from '../src/protocol/frame.js';
import { OpenConflicts } from '../src/session/conflicts.js';
import { UndoHistory } from '../src/session/undoHistory.js';
import { remember, UNDOABLE } from '../src/sync/replay.js';
import { edit, start } from '../src/sync/sync.js';
import { Disk } from './support/disk.js';
import { committed, create } from './support/frames.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

afterEach(() => {
  vi.useRealTimers();
});

/** What a page that is worked in for days keeps of what is over. */
describe('bounds', () => {
  it('of single edits as many are steps of undo as there are ways back', () => {
    const history = new UndoHistory();
    const inverses = new Map<string, readonly never[]>();
    for (let edit = 0; edit < UNDOABLE * 3; edit++) {
      history.edited(`c:${edit}`);
      remember(inverses, `c:${edit}`, []);
    }
    expect(inverses.size).toBe(UNDOABLE);
    expect(undoAll(history)).toBe(UNDOABLE);
  });

  it('of gestures so many are steps of undo that their changes together are as many', () => {
    const history = new UndoHistory();
    for (let edit = 0; edit < UNDOABLE * 3; edit++) history.edited(`c:${edit}`, `gesture ${Math.floor(edit / 100)}`);
    expect(undoAll(history)).toBe(UNDOABLE / 100);
  });

  it('what was undone is bounded as what was done', () => {
    const history = new UndoHistory();
    for (let edit = 0; edit < 2 * UNDOABLE; edit++) history.undone([], [`c:${edit}`]);
    let steps = 0;
    for (let last = history.lastUndone; last.length > 0; last = history.lastUndone) {
      steps += 1;
      history.dropped(last[0] ?? '');
    }
    expect(steps).toBe(UNDOABLE);
  });

  it('a gesture of more changes stays one step', () => {
    const history = new UndoHistory();
    history.edited('c:first');
    for (let edit = 0; edit < UNDOABLE + 10; edit++) history.edited(`c:${edit}`, 'long drag');
    expect(history.lastDone).toHaveLength(UNDOABLE + 10);
    expect(undoAll(history)).toBe(1);
  });

  it('[CNF-16] of ended conflicts the newest notices are remembered, of open ones all', () => {
    const conflicts = new OpenConflicts();
    for (let number = 0; number < 1200; number++) expect(conflicts.onNotice(conflict(number, 'OPEN'))).toBe(true);
    for (let number = 0; number < 1200; number++) expect(conflicts.onNotice(conflict(number, 'OPEN'))).toBe(false);
    for (let number = 0; number < 1200; number++) expect(conflicts.onNotice(conflict(number, 'RESOLVED'))).toBe(true);
    expect(conflicts.onNotice(conflict(1199, 'RESOLVED'))).toBe(false);
    for (let number = 2000; number < 3000; number++) conflicts.onNotice(conflict(number, 'RESOLVED'));
    expect(conflicts.onNotice(conflict(2999, 'RESOLVED'))).toBe(false);
    expect(conflicts.onNotice(conflict(0, 'RESOLVED'))).toBe(true);
    expect(conflicts.onWelcome([], Document.empty())).toEqual([]);
  });

  it('once keeping on the device failed nothing is noted for it any more', async () => {
    vi.useFakeTimers();
    const tab = new Disk().tab();
    const failures: unknown[] = [];
    const copy = new OfflineCopy(tab, 'bucket ', 'ann', { adopt: () => undefined, failed: (reason) => failures.push(reason) });
    await copy.open();
    copy.started();
    await made(copy, 'kept');
    expect(failures).toEqual([]);
    tab.broken = new Error('QuotaExceededError');
    await made(copy, 'not-kept');
    expect(failures).toEqual([tab.broken]);
    const later = await made(copy, 'later');
    vi.useRealTimers();
    await new Promise((resolve) => setTimeout(resolve));
    collectGarbage();
    expect(later.deref()).toBeUndefined();
    copy.close();
  });
});

/** A change that was committed and is due to be kept. */
async function made(copy: OfflineCopy, value: string): Promise<WeakRef<CommittedChange>> {
  const change = committed(1, 'bob:1', { op: 'set', id: 'e', path: ['x'], value, origin: 1 });
  copy.folded([change]);
  copy.keep({ sync: edit(start('ann'), [create(value)]).sync, info: undefined, self: undefined });
  await vi.advanceTimersByTimeAsync(5000);
  return new WeakRef(change);
}

function undoAll(history: UndoHistory): number {
  let steps = 0;
  for (let last = history.lastDone; last.length > 0; last = history.lastDone) {
    steps += 1;
    for (const changeId of last) history.dropped(changeId);
  }
  return steps;
}

function conflict(number: number, status: Conflict['status']): Conflict {
  return { id: String(number), element: 'e', path: ['x'], candidates: [], status, current: {} };
}
