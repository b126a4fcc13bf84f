import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { together, worldBounds } from './bounds';

describe('worldBounds', () => {
  const DOCUMENT = testDocument(
    { id: 'g', elementType: 'group', props: { position: [10, 0, 0], scale: [2, 2, 2] } },
    { id: 'a', parent: 'g', props: { position: [-1, 0, 0] } },
    { id: 'b', parent: 'g', props: { position: [1, 0, 0] } },
    { id: 'unseen', parent: 'g', props: { position: [50, 0, 0], hidden: true } },
    { id: 'empty', elementType: 'group', props: { position: [1, 2, 3] } },
  );

  it('given a group then it is what its members take up in the world; what is hidden does not count', () => {
    expect(worldBounds(DOCUMENT, ['g']).get('g')).toEqual({ low: [7, -1, -1], high: [13, 1, 1] });
  });

  it('given something turned and stretched then it is what that takes up along the axes of the world', () => {
    const document = testDocument({ id: 'a', props: { scale: [4, 2, 1] } }, { id: 'b', props: { scale: [4, 2, 1], rotation: [0, Math.PI / 2, 0] } });
    const rounded = (id: string) => worldBounds(document, [id]).get(id)?.high.map((component) => Math.round(component * 1000) / 1000);
    expect([rounded('a'), rounded('b')]).toEqual([[2, 1, 0.5], [0.5, 1, 2]]);
  });

  it('given an empty group then it is its place, and nobody takes up nothing', () => {
    expect(worldBounds(DOCUMENT, ['empty', 'nobody'])).toEqual(new Map([['empty', { low: [1, 2, 3], high: [1, 2, 3] }]]));
    expect(together([])).toBeUndefined();
  });
});
