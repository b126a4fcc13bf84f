import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { bodiesOf, canHang, commonParent, groupAround, inTreeOrder, inWorld, lookupIn, standingElements, subtree, topmost } from './tree';

const TREE = testDocument(
  { id: 'room', elementType: 'group', props: { position: [1, 0, 0] } },
  { id: 'shelf', elementType: 'group', parent: 'room', props: { position: [0, 1, 0] } },
  { id: 'book', parent: 'shelf', props: { position: [0, 0, 1] } },
  { id: 'jug', parent: 'shelf' },
  { id: 'lamp', parent: 'room', props: { hidden: true } },
  { id: 'tree' },
  { id: 'gap', elementType: 'distance', refs: ['book', 'tree'] },
);
const ids = (elements: readonly { readonly id: string }[]) => elements.map(({ id }) => id);

describe('the tree', () => {
  it('given something and what it hangs from then both together are the one above', () => {
    expect(topmost(TREE, ['book', 'room', 'tree', 'shelf'])).toEqual(['room', 'tree']);
    expect(topmost(TREE, ['book', 'jug'])).toEqual(['book', 'jug']);
  });

  it('given several then their common parent is the deepest', () => {
    expect(commonParent(TREE, ['book', 'jug'])).toBe('shelf');
    expect(commonParent(TREE, ['book', 'lamp'])).toBe('room');
    expect(commonParent(TREE, ['book', 'tree'])).toBeNull();
    expect(commonParent(TREE, [])).toBeNull();
  });

  it('[OPS-5] given what hangs from it, a constraint or nobody then nothing can hang there', () => {
    expect(canHang(TREE, ['room'], 'shelf')).toBe(false);
    expect(canHang(TREE, ['room'], 'room')).toBe(false);
    expect(canHang(TREE, ['book'], 'gap')).toBe(false);
    expect(canHang(TREE, ['book'], 'gone')).toBe(false);
    expect(canHang(TREE, ['book'], 'tree')).toBe(true);
    expect(canHang(TREE, ['room'], null)).toBe(true);
  });

  it('given a circle, which no server makes, then everything ends', () => {
    const circle = testDocument({ id: 'a', parent: 'b' }, { id: 'b', parent: 'a' });
    expect(topmost(circle, ['a', 'b'])).toEqual([]);
    expect(groupAround(circle, 'a')).toBeUndefined();
    expect(ids(inWorld(circle, [lookupIn(circle)('a')].flatMap((each) => each ?? [])))).toEqual(['a']);
  });

  it('given groups then their bodies are what they hold, each once', () => {
    expect(ids(bodiesOf(TREE, ['room', 'book', 'gone']))).toEqual(['book', 'jug', 'lamp']);
    expect(ids(subtree(TREE, 'room'))).toEqual(['room', 'shelf', 'book', 'jug', 'lamp']);
    expect(inTreeOrder(TREE, ['tree', 'jug', 'book', 'gone'])).toEqual(['book', 'jug', 'tree']);
  });

  it('given what is shown then it stands where it is in the world, without groups', () => {
    expect(standingElements(TREE).map(({ id, position }) => [id, position])).toEqual([
      ['book', [1, 1, 1]],
      ['jug', [1, 1, 0]],
      ['tree', [0, 0, 0]],
    ]);
  });
});
