import type { CommittedChange, EffectiveOperation } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { withChanges } from './lastWriters';

function change(revision: number, userId: string, ...operations: readonly EffectiveOperation[]): CommittedChange {
  return { revision, userId, operations, changeId: `${userId}:1`, participantId: userId, at: new Date(revision * 1000).toISOString(), kind: 'edit', notes: [] };
}

const set = (id: string, property: string): EffectiveOperation => ({ op: 'set', id, path: [property], value: 1 });

describe('last writers', () => {
  it('given changes in any order then the newest revision of each property counts', () => {
    const live = withChanges(new Map(), 'p', [change(9, 'ben', set('p', 'mu'))]);
    const all = withChanges(live, 'p', [change(3, 'ada', set('p', 'mu'), set('p', 'kappa')), change(4, 'cem', set('other', 'kappa'))]);
    expect(all.get('mu')).toEqual({ userId: 'ben', at: 9000, revision: 9 });
    expect(all.get('kappa')?.userId).toBe('ada');
  });

  it('given nothing about the element then it is the same map', () => {
    const known = withChanges(new Map(), 'p', [change(1, 'ada', set('p', 'mu'))]);
    expect(withChanges(known, 'p', [change(2, 'ben', set('other', 'mu'))])).toBe(known);
  });
});
