import type { MergeConflict } from '@chorale/client/history';
import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { cellKey, conflictTitle, lapsedChoices, reasonWords, sideWords } from './conflictWords';

const DOCUMENT = testDocument(
  { id: 'b', props: { name: 'Box 1' } },
  { id: 'g', elementType: 'group', props: { name: 'Stand' } },
  { id: 'p', elementType: 'parameters', props: { mu: 1 } },
);
const of = (cell: string, rest: Partial<MergeConflict> = {}): MergeConflict => ({
  element: 'b',
  elementType: 'box',
  cell,
  reason: 'BOTH_CHANGED',
  choices: ['OURS', 'THEIRS'],
  ...rest,
});
const by = { userId: 'ana', name: 'Ana' };
const chosen = { choice: 'OURS' as const, by, at: '2026-01-31T12:00:00Z' };

describe('a conflict of two branches', () => {
  it.each<[string, MergeConflict, string]>([
    ['a colour', of('property', { name: 'color' }), 'Colour of Box 1'],
    ['a parameter', of('property', { element: 'p', elementType: 'parameters', name: 'mu' }), 'Mu'],
    ['a place', of('place'), 'Place of Box 1'],
    ['an entry', of('item', { name: 'tags', item: 'x' }), 'An entry of tags of Box 1'],
    ['being there', of('deleted'), 'Box 1'],
  ])('given %s then it reads so', (_case, conflict, title) => {
    expect(conflictTitle(conflict, DOCUMENT)).toBe(title);
  });

  it.each<[MergeConflict, Parameters<typeof sideWords>[1], string]>([
    [of('property', { name: 'position' }), [1, 0, 0.5], '1, 0, 0.5'],
    [of('property', { name: 'note' }), undefined, 'not there'],
    [of('deleted'), true, 'deleted'],
    [of('deleted'), false, 'there'],
    [of('existence'), undefined, 'not there'],
    [of('place'), { order: 'a', parent: 'g' }, 'in Stand'],
    [of('place'), { order: 'a', parent: null }, 'in no group'],
    [of('item', { name: 'tags' }), { retracted: false, value: 7 }, '7'],
    [of('member', { name: 'flags' }), true, 'in it'],
  ])('given %j with %j then a side reads "%s"', (conflict, value, words) => {
    expect(sideWords(conflict, value, DOCUMENT)).toBe(words);
  });

  it('tells why it is one; a reason of a newer server as it is', () => {
    expect(reasonWords(of('property', { reason: 'DELETED_AND_EDITED' }))).toContain('Deleted');
    expect(reasonWords(of('property', { reason: 'NEW_REASON' }))).toBe('NEW_REASON');
  });

  it('tells which choices lapsed, and whose they were', () => {
    const first = of('property', { name: 'color', choice: chosen });
    const second = of('deleted', { choice: chosen });
    const { choice: _choice, ...again } = first;
    expect([...lapsedChoices([first, second], [again, second])]).toEqual([[cellKey(first), 'Ana']]);
    expect(lapsedChoices([again], [again]).size).toBe(0);
  });
});
