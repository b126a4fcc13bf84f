import { describe, expect, it } from 'vitest';
import type { EffectiveOperation, Operation } from '../src/protocol/operation.js';
import { Branch, codes } from './support/branch.js';
import { create, set } from './support/frames.js';

const text = (id: string, ...edit: (number | string)[]): Operation => ({ op: 'text', id, name: 't', edit });
const append = (id: string, ...items: string[]): Operation => ({
  op: 'append',
  id,
  list: 'l',
  items: items.map((item) => ({ id: item, value: 1 })),
});
const member = (id: string, on: boolean): Operation => ({ op: 'member', id, set: 's', member: 'm', on });

function branchOf(...operations: Operation[]): Branch {
  const branch = new Branch();
  branch.edit('ann', operations);
  return branch;
}

describe('texts', () => {
  it('[TXT-8] an edit is transformed over what was committed after its base', () => {
    const branch = branchOf(create('e', { texts: { t: 'abc' } }));
    branch.edit('bob', [text('e', 1, 'X')]);
    expect(branch.edit('ann', [text('e', 1, 'Y')], { seenRevision: 1 }).operations).toEqual([text('e', 2, 'Y')]);
    expect(branch.element('e').texts).toEqual({ t: 'aXYbc' });
  });

  it('[TXT-9] changes of one frame with one base continue each other, duplicates too', () => {
    const branch = branchOf(create('e', { texts: { t: 'ab' } }));
    const first = branch.change('ann', [text('e', 1, '12')]);
    const second = branch.change('ann', [text('e', 3, '3')]);
    branch.edit('bob', [text('e', 'Z')]);
    const both = branch.frame('ann');
    both.decide(first);
    branch.document = both.document;
    both.decide(second);
    expect(both.document.elements.get('e')?.texts).toEqual({ t: 'Za123b' });

    const again = branch.frame('ann');
    again.skip(first);
    again.decide(second);
    expect(again.document.elements.get('e')?.texts).toEqual({ t: 'Za123b' });
  });

  it('[TXT-10] a base older than what is remembered is refused, for the texts that changed only', () => {
    const branch = branchOf(create('e', { texts: { t: 'a' } }), create('f'));
    for (let i = 0; i < 10_002; i++) branch.edit('bob', [text('e', 'x')]);
    expect(branch.refusal('ann', [text('e', 'y')], { seenRevision: 1 })).toBe('stale-base');
    expect(branch.refusal('ann', [text('f', 'y')], { seenRevision: 1 })).toBe('accepted');
    expect(branch.refusal('ann', [text('e', 'y')], { seenRevision: 3 })).toBe('accepted');
  });

  it('[DOC-9] a text exists implicitly and empties again', () => {
    const branch = branchOf(create('e'));
    branch.edit('ann', [text('e', 'x')]);
    branch.edit('ann', [text('e', -1)]);
    expect(branch.element('e').texts).toEqual({});
    expect(branch.refusal('ann', [text('e', 1, 'x')])).toBe('invalid-operation');
  });
});

describe('lists and sets', () => {
  it('[OPS-12] commit order is list order, and an id is used once', () => {
    const branch = branchOf(create('e'), append('e', 'a'));
    branch.edit('bob', [append('e', 'c')]);
    branch.edit('ann', [append('e', 'b')], { seenRevision: 1 });
    expect(branch.element('e').lists['l']?.map((item) => item.id)).toEqual(['a', 'c', 'b']);
    expect(branch.refusal('bob', [append('e', 'd', 'a')])).toBe('duplicate-id');
  });

  it('[OPS-13] a retracted item keeps its place; one that never was is refused', () => {
    const branch = branchOf(create('e'), append('e', 'a', 'b'));
    branch.edit('ann', [{ op: 'item', id: 'e', list: 'l', item: 'a', retracted: true }]);
    expect(branch.element('e').lists['l']).toEqual([
      { id: 'a', value: 1, retracted: true },
      { id: 'b', value: 1 },
    ]);
    const unknown: Operation = { op: 'item', id: 'e', list: 'l', item: 'toString', retracted: true };
    expect(branch.refusal('ann', [unknown])).toBe('unknown-element');
  });

  it('[OPS-14] [CNF-15] add wins over an unseen removal', () => {
    const branch = branchOf(create('e'), member('e', true));
    branch.edit('bob', [member('e', true)]);
    expect(codes(branch.edit('ann', [member('e', false)], { seenRevision: 1 }))).toEqual(['ADD_WINS']);
    branch.edit('ann', [member('e', false)]);
    expect(branch.element('e').sets).toEqual({ s: { m: false } });
  });
});

describe('the rest', () => {
  it('[OPS-15] a strict change is refused where it meets an unseen write or comes to nothing', () => {
    const branch = branchOf(create('e', { props: { x: 1, y: 1 } }));
    branch.edit('bob', [set('e', 'x', 2)]);
    expect(branch.refusal('ann', [set('e', 'x', 3)], { seenRevision: 1, strict: true })).toBe('strict-change');
    expect(branch.refusal('ann', [{ op: 'restore', id: 'e' }], { strict: true })).toBe('strict-change');
    expect(branch.refusal('ann', [set('e', 'y', 3)], { seenRevision: 1, strict: true })).toBe('accepted');
  });

  it('[OPS-16] order keys beyond 40 characters are made short again, in the same order', () => {
    const branch = branchOf(create('a'), create('z'));
    let tidied: readonly EffectiveOperation[] | undefined;
    for (let i = 0; i < 300 && !tidied; i++) {
      const frame = branch.frame('ann');
      const decision = frame.decide(branch.change('ann', [create(`e${i}`, { after: 'a' })]));
      if (decision.status === 'accepted') tidied = frame.tidy(decision)?.operations;
      branch.document = frame.document;
    }
    const rebalance = tidied?.[0];
    if (rebalance?.op !== 'rebalance') throw new Error('expected a rebalance');
    expect(Math.max(...Object.values(rebalance.keys).map((key) => key.length))).toBeLessThanOrEqual(12);
    const children = branch.document.children(null);
    const count = children.length - 2;
    expect(children.map((child) => child.id)).toEqual([
      'a',
      ...Array.from({ length: count }, (_, i) => `e${count - 1 - i}`),
      'z',
    ]);
  });

  it('[OPS-17] a delete over unseen edits tells of them', () => {
    const branch = branchOf(create('e'), create('child', { parent: 'e' }));
    branch.edit('bob', [set('child', 'x', 1)]);
    const { notes } = branch.edit('ann', [{ op: 'delete', id: 'e' }], { seenRevision: 1 });
    const writes = [{ element: 'child', revision: 2, userId: 'bob' }];
    expect(notes).toEqual([{ code: 'EDIT_DELETED', element: 'e', operation: 0, writes }]);
  });

  it('[SUB-3] [SUB-4] a base beyond the head is refused, and so is all of a change of which one part is', () => {
    const branch = branchOf(create('e'));
    expect(branch.refusal('ann', [set('e', 'x', 1)], { seenRevision: 9 })).toBe('revision-ahead');
    expect(branch.refusal('ann', [set('e', 'x', 1), set('nobody', 'x', 1)])).toBe('unknown-element');
    expect(branch.refusal('system', [set('e', 'x', 1)])).toBe('invalid-change');
  });

  it.each([
    ['names', { names: 1 }, set('e', 'y', 1)],
    ['textLength', { textLength: 2 }, text('e', 'abc')],
    ['listItems', { listItems: 1 }, append('e', 'a', 'b')],
    ['treeDepth', { treeDepth: 1 }, create('f', { parent: 'e' })],
    ['elements', { elements: 1 }, create('f')],
    ['valueBytes', { valueBytes: 3 }, set('e', 'x', 'abc')],
  ] as const)('[DOC-7] limits.%s holds', (_, limits, operation) => {
    const branch = new Branch(undefined, limits);
    branch.edit('ann', [create('e', { props: { x: 1 } })]);
    expect(branch.refusal('ann', [operation])).toBe('limit-exceeded');
  });
});
