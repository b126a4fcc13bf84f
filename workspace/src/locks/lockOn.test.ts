import type { Lock } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { isForeign, lockOn } from './lockOn';

const LOCK: Lock = { element: 'group', participantId: 'p1', userId: 'ada', name: 'Ada', lease: 1, expiresAt: '2026-01-01T00:00:00Z' };
const TREE = testDocument({ id: 'group' }, { id: 'shelf', parent: 'group' }, { id: 'book', parent: 'shelf' }, { id: 'lamp' });

describe('lockOn', () => {
  it('[LCK-1] given a lock then it holds the element and all below it', () => {
    const locks = new Map([['group', LOCK]]);
    expect(['group', 'shelf', 'book'].map((id) => lockOn(locks, TREE, id))).toEqual([LOCK, LOCK, LOCK]);
    expect(lockOn(locks, TREE, 'lamp')).toBeUndefined();
    expect(lockOn(locks, TREE, 'gone')).toBeUndefined();
  });

  it('given two of them then the nearer one is told', () => {
    const own = { ...LOCK, element: 'shelf', userId: 'ben' };
    expect(lockOn(new Map([['group', LOCK], ['shelf', own]]), TREE, 'book')).toBe(own);
  });

  it('[LCK-3] given the same user in another window then it is not a stranger’s', () => {
    expect(isForeign(LOCK, 'ada')).toBe(false);
    expect(isForeign(LOCK, 'ben')).toBe(true);
    expect(isForeign(undefined, 'ben')).toBe(false);
  });
});
