import type { Difference } from '@chorale/client/history';
import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { byElement } from './differences';

const DOCUMENT = testDocument(
  { id: 'b', props: { name: 'Box 1' } },
  { id: 'g', elementType: 'group', props: { name: 'Stand' } },
  { id: 'p', elementType: 'parameters', props: { mu: 1 } },
);
const by = (revision: number, userId = 'ana') => ({ userId, revision, at: '2026-01-31T12:00:00Z' });
const of = (cell: string, rest: Partial<Difference> = {}): Difference => ({ element: 'b', elementType: 'box', cell, ...rest });
const words = (...differences: readonly Difference[]) => byElement(differences, DOCUMENT).flatMap(({ what }) => what);

describe('what changed since a version', () => {
  it('is told for each element, with whoever wrote last', () => {
    const found = byElement(
      [
        of('property', { name: 'color', before: '#336699', after: '#cc3333', by: by(3) }),
        of('property', { name: 'position', before: [0, 0, 0], after: [1, 0, 0], by: by(7, 'ben') }),
        of('property', { element: 'p', elementType: 'parameters', name: 'mu', before: 1, after: 2.5, by: by(4) }),
      ],
      DOCUMENT,
    );
    expect(found).toEqual([
      { element: 'b', title: 'Box 1', what: ['Colour: #336699 → #cc3333', 'Position: 0, 0, 0 → 1, 0, 0'], userId: 'ben' },
      { element: 'p', title: expect.any(String), what: ['mu: 1 → 2.5'], userId: 'ana' },
    ]);
  });

  it.each<[string, readonly Difference[], readonly string[]]>([
    ['new', [of('existence', { after: 'box' }), of('deleted', { after: false }), of('property', { name: 'n', after: 1 })], ['Added']],
    ['made and deleted', [of('existence', { after: 'box' }), of('deleted', { after: true })], []],
    ['deleted', [of('deleted', { before: false, after: true }), of('property', { name: 'n', before: 0, after: 1 })], ['Deleted']],
    ['back', [of('deleted', { before: true, after: false })], ['Brought back']],
    ['in a group', [of('place', { before: { order: 'a', parent: null }, after: { order: 'a', parent: 'g' } })], ['Put into Stand']],
    ['out of it', [of('place', { before: { order: 'a', parent: 'g' }, after: { order: 'a', parent: null } })], ['Taken out of its group']],
    ['elsewhere', [of('place', { before: { order: 'a', parent: null }, after: { order: 'b', parent: null } })], ['Put elsewhere in the list']],
    ['with other entries', [of('item', { name: 'tags', item: '1' }), of('item', { name: 'tags', item: '2' })], ['tags: entries changed']],
    ['of a kind that is not known yet', [of('colour-space', { name: 'x' })], ['x: entries changed']],
  ])('given an element that is %s then that is what people read', (_case, differences, expected) => {
    expect(words(...differences)).toEqual(expected);
  });
});
