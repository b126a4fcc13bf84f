import { describe, expect, it } from 'vitest';
import { freeArea, labelPlace } from './labelPlace';

const size = { width: 1000, height: 600 };
const nothing = { left: 0, right: 0, bottom: 0 };

describe('the place of a name in the scene', () => {
  it('given what it names stands free then it is there', () => {
    expect(labelPlace({ x: 0, y: 0, z: 0.5 }, size, freeArea(size, nothing))).toEqual({ x: 500, y: 300 });
  });

  it('given a panel covers what it names then it stays beside the panel, at the left as at the right', () => {
    const free = freeArea(size, { left: 244, right: 320, bottom: 0 });
    expect(labelPlace({ x: -0.9, y: 0, z: 0.5 }, size, free)?.x).toBeGreaterThan(244);
    expect(labelPlace({ x: 0.9, y: 0, z: 0.5 }, size, free)?.x).toBeLessThan(1000 - 320);
  });

  it('given panels leave no room between them then it is at one place all the same', () => {
    const free = freeArea(size, { left: 600, right: 600, bottom: 0 });
    expect(labelPlace({ x: -0.9, y: 0, z: 0.5 }, size, free)).toEqual(labelPlace({ x: 0.9, y: 0, z: 0.5 }, size, free));
  });

  it('given one does not see what it names then it is nowhere', () => {
    expect(labelPlace({ x: 1.2, y: 0, z: 0.5 }, size, freeArea(size, nothing))).toBeUndefined();
    expect(labelPlace({ x: 0, y: 0, z: 1.5 }, size, freeArea(size, nothing))).toBeUndefined();
  });
});
