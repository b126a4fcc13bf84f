import { describe, expect, it } from 'vitest';
import { footprint, freeSpot, gathered, resting, round } from './placement';
import { decode, type SceneElement } from './sceneElement';

function box(x: number, z: number, size = 1): SceneElement {
  return decode({ id: `${x} ${z}`, elementType: 'box', props: { position: [x, size / 2, z], scale: [size, size, size] } });
}

const RADIUS = footprint(box(0, 0));

describe('freeSpot', () => {
  it('given an empty stage then it is where one looks, on the grid', () => {
    expect(freeSpot([1.1, -2.4], RADIUS, [])).toEqual([1, -2.5]);
  });

  it('given twenty objects added one after another then none overlaps another', () => {
    const placed: SceneElement[] = [];
    for (let count = 0; count < 20; count++) {
      const [x, z] = freeSpot([0, 0], RADIUS, placed);
      for (const other of placed) expect(Math.hypot(other.position[0] - x, other.position[2] - z)).toBeGreaterThanOrEqual(2 * RADIUS);
      placed.push(box(x, z));
    }
  });

  it('given something large in the middle then it is beside it', () => {
    const large = box(0, 0, 6);
    const [x, z] = freeSpot([0, 0], RADIUS, [large]);
    expect(Math.hypot(x, z)).toBeGreaterThan(footprint(large));
  });

  it('given no free place then it still answers', () => {
    expect(freeSpot([0, 0], RADIUS, [box(0, 0, 1000)])).toHaveLength(2);
  });
});

describe('resting', () => {
  it('given a shape when placed then its base is on the ground', () => {
    expect(resting([2, 3], 'cone', [1, 2, 1])).toEqual([2, 1, 3]);
  });
});

describe('gathered', () => {
  it('given something lost far away then it is left out', () => {
    const near = [box(0, 0), box(3, 1), box(-2, 4)];
    expect(gathered([...near, box(900, 0)])).toEqual(near);
  });

  it('given something larger than any view then it is left out', () => {
    const near = [box(0, 0), box(3, 1)];
    expect(gathered([...near, box(0, 0, 200)])).toEqual(near);
  });

  it('given nothing else then even that is shown', () => {
    const alone = [box(0, 0, 200)];
    expect(gathered(alone)).toEqual(alone);
  });
});

describe('round', () => {
  it('given −0 then it is 0', () => {
    expect(Object.is(round(-0.0001), 0)).toBe(true);
  });
});
