import { describe, expect, it } from 'vitest';
import type { Policy } from '../src/document/policies.js';
import type { JsonValue } from '../src/protocol/json.js';
import type { Choice, Operation, Path } from '../src/protocol/operation.js';
import { Branch, codes } from './support/branch.js';
import { create, set } from './support/frames.js';

const BEFORE = { revision: 1, x: 0, v: [0, 0, 0], o: { a: 0, b: 0 } };

/** A branch where bob wrote at revision 2 what ann, who has seen revision 1, is about to write. */
function contested(policy: Partial<Policy>, ...bobs: readonly Operation[]): Branch {
  const branch = new Branch({ '*.*': policy });
  branch.edit('ann', [create('e', { props: { x: BEFORE.x, v: BEFORE.v, o: BEFORE.o } })]);
  branch.edit('bob', bobs);
  return branch;
}

const at = (path: Path, value: JsonValue, previous?: JsonValue): Operation => ({
  op: 'set',
  id: 'e',
  path,
  value,
  ...(previous !== undefined && { previous }),
});
const unseen = { seenRevision: 1 };
const resolve = (choice: Exclude<Choice, 'VALUE'>): Operation => ({ op: 'resolve', conflict: '3-0', choice });

describe('finding conflicts', () => {
  it('[CNF-1] [CNF-6] an unseen write is overwritten, and told', () => {
    const branch = contested({ strategy: 'LAST_WRITE_WINS' }, set('e', 'x', 1));
    const { notes } = branch.edit('ann', [set('e', 'x', 2)], unseen);
    const writes = [{ element: 'e', revision: 2, userId: 'bob' }];
    expect(notes).toEqual([{ code: 'OVERWROTE', element: 'e', operation: 0, path: ['x'], lost: 1, writes }]);
    expect(codes(branch.edit('bob', [set('e', 'x', 3)]))).toEqual([]);
  });

  it('[CNF-2] within the window even a seen write of another user conflicts', () => {
    const branch = contested({ windowMs: 500 }, set('e', 'x', 1));
    expect(codes(branch.edit('ann', [set('e', 'x', 2)], { second: 0.4 }))).toEqual(['OVERWROTE']);
    expect(codes(branch.edit('bob', [set('e', 'x', 3)], { second: 0.9 }))).toEqual([]);
    expect(codes(branch.edit('bob', [set('e', 'x', 4)], { second: 0.9 }))).toEqual([]);
  });

  it('[CNF-3] the whole and its components overlap, components only with themselves', () => {
    const branch = contested({}, at(['v', 0], 1));
    expect(codes(branch.edit('ann', [at(['v', 1], 5)], unseen))).toEqual([]);
    expect(codes(branch.edit('ann', [at(['v', 0], 5)], unseen))).toEqual(['OVERWROTE']);
    expect(codes(branch.edit('cid', [at(['v'], [9, 9, 9])], unseen))).toEqual(['OVERWROTE']);
    expect(codes(branch.edit('dan', [at(['v', 2], 7)], unseen))).toEqual(['OVERWROTE']);
  });

  it('[CNF-4] equal values never conflict, adds neither', () => {
    const branch = contested({ strategy: 'REJECT' }, set('e', 'x', 1));
    const add: Operation = { op: 'add', id: 'e', path: ['x'], delta: 1 };
    expect(codes(branch.edit('ann', [set('e', 'x', 1), add], unseen))).toEqual([]);
  });

  it('[CNF-5] the first of type.property, type.*, *.property and *.* counts, and onConflict overrides', () => {
    const branch = new Branch({ '*.*': { strategy: 'REJECT' }, 'box.x': { strategy: 'LAST_WRITE_WINS' } });
    branch.edit('ann', [create('e', { props: { x: 0, y: 0 } })]);
    branch.edit('bob', [set('e', 'x', 1), set('e', 'y', 1)]);
    expect(branch.refusal('ann', [set('e', 'x', 2)], unseen)).toBe('accepted');
    expect(branch.refusal('ann', [set('e', 'y', 2)], unseen)).toBe('write-rejected');
    expect(branch.refusal('ann', [set('e', 'y', 2)], { ...unseen, onConflict: 'MERGE' })).toBe('accepted');
  });
});

describe('settling them', () => {
  it('[CNF-7] AUTOMATIC keeps both where that loses nothing', () => {
    const branch = contested({}, at(['o'], { a: 1, b: 0 }), at(['v'], [1, 0, 0]));
    const anns = [at(['o'], { a: 0, b: 2, c: 3 }, BEFORE.o), at(['v'], [2, 0, 0], BEFORE.v)];
    expect(codes(branch.edit('ann', anns, unseen))).toEqual(['MERGED', 'OVERWROTE']);
    expect(branch.element('e').props).toMatchObject({ o: { a: 1, b: 2, c: 3 }, v: [2, 0, 0] });
  });

  it('[CNF-8] MERGE adds what both changed, and takes structs apart by key', () => {
    const branch = contested({ strategy: 'MERGE' }, set('e', 'x', 5), at(['o'], { a: 1, b: 1 }));
    branch.edit('ann', [at(['x'], 2, 0), at(['o'], { a: 2, b: 0 }, BEFORE.o)], unseen);
    expect(branch.element('e').props).toMatchObject({ x: 7, o: { a: 2, b: 1 } });
  });

  it.each([
    ['AVERAGE', 3],
    ['MIN', 1],
    ['MAX', 5],
  ] as const)('[CNF-9] MERGE by %s is over all values that did not know of each other', (blend, result) => {
    const branch = contested({ strategy: 'MERGE', blend }, set('e', 'x', 1));
    branch.edit('ann', [set('e', 'x', 3)], unseen);
    const { operations } = branch.edit('cid', [set('e', 'x', 5)], unseen);
    expect(branch.element('e').props['x']).toBe(result);
    expect(operations).toMatchObject([{ siblings: [{ value: 1 }, { value: 3 }, { value: 5 }] }]);
  });

  it('[CNF-10] MANUAL withholds; a register has one open record, a client one candidate', () => {
    const branch = contested({ strategy: 'MANUAL' }, set('e', 'x', 1));
    branch.edit('ann', [at(['x'], 2, 0)], unseen);
    branch.edit('cid', [set('e', 'x', 3)], unseen);
    branch.edit('ann', [at(['x'], 4, 0)], unseen);
    expect(branch.element('e').props['x']).toBe(1);
    expect([...branch.document.conflicts.keys()]).toEqual(['3-0']);
    expect(branch.document.openConflict('e', ['x'])).toMatchObject({
      candidates: [{ userId: 'cid', value: 3 }, { userId: 'ann', value: 4, previous: 0 }],
    });
  });

  it('[CNF-11] REJECT refuses the whole change', () => {
    const branch = contested({ strategy: 'REJECT' }, set('e', 'x', 1));
    expect(branch.refusal('ann', [set('e', 'y', 1), set('e', 'x', 2)], unseen)).toBe('write-rejected');
  });

  it('[CNF-12] who writes after having seen the record has decided', () => {
    const branch = contested({ strategy: 'MANUAL' }, set('e', 'x', 1));
    branch.edit('ann', [set('e', 'x', 2)], unseen);
    const { operations } = branch.edit('bob', [set('e', 'x', 9)]);
    expect(operations).toEqual([set('e', 'x', 9), { op: 'resolve', conflict: '3-0', choice: 'SUPERSEDED' }]);
    expect(branch.document.openConflict('e', ['x'])).toBeUndefined();
    expect(branch.document.conflicts.get('3-0')?.status).toBe('SUPERSEDED');
  });
});

describe('people decide', () => {
  it.each([
    ['MINE', 'ann', 2],
    ['MINE', 'bob', 1],
    ['THEIRS', 'ann', 1],
    ['THEIRS', 'bob', 2],
    ['AVERAGE', 'cid', 1.5],
    ['MERGE', 'cid', 3],
    ['LAST_WRITE_WINS', 'cid', 2],
    ['REJECT', 'cid', 1],
  ] as const)('[CNF-13] %s by %s gives %d', (choice, user, value) => {
    const branch = contested({ strategy: 'MANUAL' }, set('e', 'x', 1));
    branch.edit('ann', [at(['x'], 2, 0)], unseen);
    branch.edit(user, [resolve(choice)]);
    expect(branch.element('e').props['x']).toBe(value);
    expect(branch.document.conflicts.get('3-0')).toMatchObject({ status: 'RESOLVED', resolution: { choice } });
  });

  it('[CNF-14] what cannot be resolved is refused', () => {
    const branch = contested({ strategy: 'MANUAL' }, set('e', 'x', 1));
    expect(branch.refusal('ann', [resolve('MINE')])).toBe('conflict-not-found');
    branch.edit('ann', [set('e', 'x', 2)], unseen);
    expect(branch.refusal('cid', [resolve('MINE')])).toBe('invalid-operation');
    expect(branch.refusal('cid', [resolve('SUPERSEDED')])).toBe('invalid-operation');
    expect(branch.refusal('cid', [resolve('THEIRS')], { seenRevision: 2 })).toBe('conflict-stale');
    branch.edit('cid', [resolve('THEIRS')]);
    expect(branch.refusal('cid', [resolve('THEIRS')])).toBe('conflict-already-resolved');
  });
});
