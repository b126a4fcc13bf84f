import type { Difference } from '@chorale/client/history';
import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { marksOf } from './marks';

const of = (element: string): Difference => ({ element, elementType: 'box', cell: 'property', name: 'x' });

describe('what differs in a scene', () => {
  const before = testDocument({ id: 'stays', props: { position: [0, 0, 0] } }, { id: 'goes', elementType: 'sphere', props: { position: [5, 0, 0] } }, { id: 'moves', props: { position: [1, 0, 0] } });
  const after = testDocument({ id: 'stays', props: { position: [0, 0, 0], color: '#000000' } }, { id: 'comes', props: { position: [0, 3, 0] } }, { id: 'moves', props: { position: [1, 0, 4] } });

  it('is new, gone, elsewhere or only different', () => {
    const marks = marksOf([of('comes'), of('goes'), of('moves'), of('moves'), of('stays')], before, after);
    expect(marks.map(({ element, kind }) => [element, kind])).toEqual([
      ['comes', 'created'],
      ['goes', 'deleted'],
      ['moves', 'moved'],
      ['stays', 'changed'],
    ]);
    const [, gone, moved] = marks;
    expect(gone?.ghosts.map(({ shape, matrix }) => [shape, matrix[12]])).toEqual([['sphere', 5]]);
    expect(gone?.bounds.low).toEqual([4.5, -0.5, -0.5]);
    expect(moved?.from?.middle).toEqual([1, 0, 0]);
    expect(moved?.bounds.low).toEqual([0.5, -0.5, 3.5]);
  });

  it('given a group then what was in it is gone with it, where it stood', () => {
    const group = testDocument({ id: 'g', elementType: 'group', props: { position: [10, 0, 0] } }, { id: 'in', parent: 'g', props: { position: [0, 1, 0] } });
    const [mark] = marksOf([of('g')], group, testDocument());
    expect(mark?.ghosts.map(({ shape, matrix }) => [shape, matrix[12], matrix[13]])).toEqual([['box', 10, 1]]);
  });

  it('given a constraint, or what neither shows, then nothing is drawn', () => {
    const rule = testDocument({ id: 'rule', refs: ['stays'] }, { id: 'stays' });
    expect(marksOf([of('rule'), of('nowhere')], testDocument(), rule)).toEqual([]);
  });
});
