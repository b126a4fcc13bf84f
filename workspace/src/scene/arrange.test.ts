import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { aligned, distributed, grounded, type Ways } from './arrange';
import { extentsOf } from './extents';
import type { Vector } from './sceneElement';

function box(id: string, position: Vector, size = 1, more: Readonly<Record<string, number[]>> = {}, parent: string | null = null) {
  return { id, parent, props: { position: [...position], scale: [size, size, size], ...more } };
}

const SMALL = box('small', [0, 0.5, 0]);
const LARGE = box('large', [5, 1, 3], 2);
const extents = (...given: readonly ReturnType<typeof box>[]) => extentsOf(testDocument(...given), given.map(({ id }) => id));
const rounded = (ways: Ways) => [...ways].map(([id, way]) => [id, way.map((component) => Math.round(component * 1e6) / 1e6 + 0)]);

describe('aligned', () => {
  it('given the low side then the outermost stays and the others’ sides come to it', () => {
    expect(rounded(aligned(extents(SMALL, LARGE), 0, 'low'))).toEqual([['large', [-4.5, 0, 0]]]);
  });

  it('given the high side then sizes count', () => {
    expect(rounded(aligned(extents(SMALL, LARGE), 0, 'high'))).toEqual([['small', [5.5, 0, 0]]]);
  });

  it('given the middle then all come to the middle of all of them together', () => {
    expect(rounded(aligned(extents(SMALL, LARGE), 2, 'middle'))).toEqual([
      ['small', [0, 0, 1.75]],
      ['large', [0, 0, -1.25]],
    ]);
  });

  it('given a group and something in another one then what they take up in the world counts', () => {
    const document = testDocument(
      { id: 'pair', elementType: 'group', props: { position: [10, 0, 0] } },
      box('one', [0, 0, 0], 1, {}, 'pair'),
      box('two', [3, 0, 0], 1, {}, 'pair'),
      { id: 'turned', elementType: 'group', props: { rotation: [0, Math.PI / 2, 0] } },
      box('inside', [0, 0, 4], 1, {}, 'turned'),
    );
    // The pair takes up 9.5 to 13.5; what is inside of the turned one stands at 4.
    expect(rounded(aligned(extentsOf(document, ['pair', 'inside']), 0, 'low'))).toEqual([['pair', [-6, 0, 0]]]);
  });
});

describe('distributed', () => {
  it('given three then the gaps beside the one in the middle are equal', () => {
    const middle = box('middle', [1, 1, 0], 2);
    expect(rounded(distributed(extents(box('right', [9, 0.5, 0]), middle, SMALL), 0))).toEqual([['middle', [3.5, 0, 0]]]);
  });

  it('given two then there is nothing between them', () => {
    expect(distributed(extents(SMALL, LARGE), 0).size).toBe(0);
  });
});

describe('grounded', () => {
  it('given something in the air and something turned then both stand on the ground', () => {
    const turned = box('turned', [0, 0, 0], 1, { scale: [1, 4, 1], rotation: [0, 0, Math.PI / 2] });
    expect(rounded(grounded(extents(box('up', [1, 7, 1]), turned, SMALL)))).toEqual([
      ['up', [0, -6.5, 0]],
      ['turned', [0, 0.5, 0]],
    ]);
  });
});
