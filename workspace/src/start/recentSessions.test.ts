import { describe, expect, it } from 'vitest';
import { memoryStorage } from '../app/memoryStorage';
import { forgetVisit, readRecent, RECENT_LIMIT, refreshRecent, rememberVisit } from './recentSessions';

describe('recent sessions', () => {
  it('given visits then the newest comes first', () => {
    const storage = memoryStorage();
    rememberVisit(storage, 'a', 'First', 1);
    rememberVisit(storage, 'b', 'Second', 2);
    expect(readRecent(storage).map(({ sessionId }) => sessionId)).toEqual(['b', 'a']);
  });

  it('given a second visit then the session is listed once, at the top, with its new name', () => {
    const storage = memoryStorage();
    rememberVisit(storage, 'a', 'Old', 1);
    rememberVisit(storage, 'b', 'Other', 2);
    rememberVisit(storage, 'a', 'New', 3);
    expect(readRecent(storage)).toEqual([
      { sessionId: 'a', name: 'New', visitedAt: 3, closed: false },
      { sessionId: 'b', name: 'Other', visitedAt: 2, closed: false },
    ]);
  });

  it('given more visits than are kept then the oldest are dropped', () => {
    const storage = memoryStorage();
    for (let visit = 0; visit < RECENT_LIMIT + 5; visit++) rememberVisit(storage, `s${visit}`, 'Name', visit);
    const recent = readRecent(storage);
    expect(recent).toHaveLength(RECENT_LIMIT);
    expect(recent.at(-1)?.sessionId).toBe('s5');
  });

  it('given the server says closed then it stays in the list as closed', () => {
    const storage = memoryStorage();
    rememberVisit(storage, 'a', 'Name', 1);
    refreshRecent(storage, 'a', { closed: true });
    refreshRecent(storage, 'never-visited', { closed: true });
    expect(readRecent(storage)).toEqual([{ sessionId: 'a', name: 'Name', visitedAt: 1, closed: true }]);
  });

  it('given one is forgotten then the others stay', () => {
    const storage = memoryStorage();
    rememberVisit(storage, 'a', 'A', 1);
    rememberVisit(storage, 'b', 'B', 2);
    forgetVisit(storage, 'a');
    expect(readRecent(storage).map(({ sessionId }) => sessionId)).toEqual(['b']);
  });

  it.each(['{', '7', '{"a":1}', '[null, 1, {"sessionId": 1}]'])('given %s in storage then the list is empty', (stored) => {
    expect(readRecent(memoryStorage({ 'chorale.recent-sessions': stored }))).toEqual([]);
  });
});
