import type { MergeRequest } from '@chorale/client/history';
import { describe, expect, it } from 'vitest';
import { blockersOf } from './blockers';

const REQUEST: MergeRequest = {
  id: 'm1',
  source: 'Glass roof',
  target: 'main',
  title: 'A roof of glass',
  author: { userId: 'ana', name: 'Ana' },
  status: 'open',
  createdAt: '2026-01-31T12:00:00Z',
  head: { source: 5, target: 4 },
  base: { branch: 'main', revision: 3 },
  reviewers: [
    { userId: 'ben', name: 'Ben', verdict: 'CHANGES_REQUESTED' },
    { userId: 'cy', name: 'Cy', verdict: 'CHANGES_REQUESTED', stale: true },
  ],
  approvals: 1,
  requiredApprovals: 2,
  openConflicts: 1,
  differences: 3,
  mergeable: false,
  blockers: [],
};

describe('what keeps a proposal from being taken over', () => {
  it.each<[string, Partial<MergeRequest>, readonly string[]]>([
    ['conflicts', { blockers: ['merge-conflicts'] }, ['1 thing was changed on both sides and waits for a decision']],
    ['approvals', { blockers: ['approvals-missing'] }, ['1 of 2 approvals']],
    ['somebody who asked for changes, of the source as it is', { blockers: ['changes-requested'] }, ['Ben asked for changes']],
    ['a branch that is archived', { blockers: ['branch-archived'] }, [expect.stringContaining('archived') as string]],
    ['what only a newer server knows', { blockers: ['full-moon'] }, ['full-moon']],
    ['nothing any more, as it is over', { status: 'merged', blockers: ['merge-request-closed'] }, []],
  ])('given %s then that is what people read', (_case, rest, words) => {
    expect(blockersOf({ ...REQUEST, ...rest })).toEqual(words);
  });
});
