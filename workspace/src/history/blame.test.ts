import type { CommittedChange } from '@chorale/client';
import type { Blame } from '@chorale/client/history';
import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { doneTo, writtenOf } from './blame';
import { deletedElements } from './deleted';

const DOCUMENT = testDocument({ id: 'b', props: { color: '#336699', position: [1, 0, 0] } });

function cell(kind: string, revision: number, more: Partial<Blame> = {}): Blame {
  return { element: 'b', elementType: 'box', cell: kind, by: { userId: `u${revision}`, changeId: `c:${revision}`, revision, at: '2026-01-31T12:00:00Z' }, ...more };
}

describe('who wrote an element', () => {
  it('is told for each thing, with what it says now, the newest first', () => {
    const cells = [cell('existence', 2), cell('deleted', 1), cell('place', 2), cell('property', 3, { name: 'color' }), cell('property', 5, { name: 'position' })];
    const written = writtenOf(cells, DOCUMENT.elements.get('b'));
    expect(written.map(({ label, value, by }) => [label, value, by.revision])).toEqual([
      ['Position', '1, 0, 0', 5],
      ['Colour', '#336699', 3],
      ['Place in the tree', undefined, 2],
      ['Made or brought back', undefined, 1],
    ]);
  });

  it('given a list then whoever wrote in it last is told, once', () => {
    const cells = [cell('item', 4, { name: 'tags', item: '1' }), cell('item', 6, { name: 'tags', item: '2' }), cell('item', 5, { name: 'tags', item: '3' })];
    expect(writtenOf(cells, undefined).map(({ label, by }) => [label, by.userId])).toEqual([['Entries of tags', 'u6']]);
  });
});

it('of a change only what was done to the element is told', () => {
  const operations: CommittedChange['operations'] = [
    { op: 'set', id: 'b', path: ['color'], value: '#000000' },
    { op: 'delete', id: 'a' },
    { op: 'withhold', id: 'b', path: ['color'], conflict: 'k' },
    { op: 'rebalance', parent: null, keys: { b: 'V' } },
  ];
  expect(doneTo('b', { operations })).toEqual([operations[0]]);
});

it('only what would be seen again can be brought back', () => {
  const document = testDocument({ id: 'group', elementType: 'group' }, { id: 'a' }, { id: 'inside', parent: 'group' }, { id: 'rule', refs: ['a'] });
  const deleted = (...ids: readonly string[]) => ({
    ...document,
    elements: new Map([...document.elements].map(([id, element]) => [id, ids.includes(id) ? { ...element, deleted: true } : element])),
    live: (id: string) => !ids.includes(id),
  });
  expect(deletedElements(deleted('a', 'inside', 'rule')).map(({ id }) => id)).toEqual(['a', 'inside']);
  expect(deletedElements(deleted('group', 'inside')).map(({ id }) => id)).toEqual(['group']);
});
