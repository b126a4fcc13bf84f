import { describe, expect, it } from 'vitest';
import { aligned, distributed, grounded } from './arrange';
import type { SceneElement, Vector } from './sceneElement';

function box(id: string, position: Vector, size = 1): SceneElement {
  return { id, kind: 'box', elementType: 'box', name: '', text: '', color: '#ffffff', position, rotation: [0, 0, 0], scale: [size, size, size], hidden: false };
}

const SMALL = box('small', [0, 0.5, 0]);
const LARGE = box('large', [5, 1, 3], 2);

describe('aligned', () => {
  it('given the low side then the outermost stays and the others’ sides come to it', () => {
    expect([...aligned([SMALL, LARGE], 0, 'low')]).toEqual([['large', [0.5, 1, 3]]]);
  });

  it('given the high side then sizes count', () => {
    expect([...aligned([SMALL, LARGE], 0, 'high')]).toEqual([['small', [5.5, 0.5, 0]]]);
  });

  it('given the middle then all come to the middle of all of them together', () => {
    expect([...aligned([SMALL, LARGE], 2, 'middle')]).toEqual([
      ['small', [0, 0.5, 1.75]],
      ['large', [5, 1, 1.75]],
    ]);
  });
});

describe('distributed', () => {
  it('given three then the gaps beside the one in the middle are equal', () => {
    const middle = box('middle', [1, 1, 0], 2);
    expect([...distributed([box('right', [9, 0.5, 0]), middle, SMALL], 0)]).toEqual([['middle', [4.5, 1, 0]]]);
  });

  it('given two then there is nothing between them', () => {
    expect(distributed([SMALL, LARGE], 0).size).toBe(0);
  });
});

describe('grounded', () => {
  it('given something in the air and something turned then both stand on the ground', () => {
    const turned = { ...box('turned', [0, 0, 0]), scale: [1, 4, 1] as const, rotation: [0, 0, Math.PI / 2] as const };
    expect([...grounded([box('up', [1, 7, 1]), turned, SMALL])]).toEqual([
      ['up', [1, 0.5, 1]],
      ['turned', [0, 0.5, 0]],
    ]);
  });
});
