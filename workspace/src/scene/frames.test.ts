import { Euler, Matrix4, Quaternion, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { directionToParent, inverse, localMatrix, placedInside, placementOf, toParent, transformed, within, worldMatrix, worldPosition, type Placed } from './frames';
import { decode, type SceneElement, type Vector } from './sceneElement';

/** The same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function placed(random: () => number, even: boolean): Placed {
  const between = (low: number, high: number) => low + random() * (high - low);
  const size = between(0.1, 4);
  return {
    position: [between(-20, 20), between(-5, 5), between(-20, 20)],
    rotation: [between(-3, 3), between(-3, 3), between(-3, 3)],
    scale: even ? [size, size, size] : [between(0.1, 4), between(0.1, 4), between(0.1, 4)],
  };
}

function element(id: string, parent: string | null, placement: Partial<Placed> = {}): SceneElement {
  return { ...decode({ id, elementType: 'box', parent, props: {} }), ...placement };
}

function lookupOf(...elements: readonly SceneElement[]) {
  const byId = new Map(elements.map((each) => [each.id, each]));
  return (id: string) => byId.get(id);
}

const far = (a: readonly number[], b: readonly number[]) => Math.max(...a.map((component, index) => Math.abs(component - (b[index] ?? NaN))));

describe('frames', () => {
  it('given any placement then its matrix is the one that three.js makes, and leads back to it', () => {
    const random = randomFrom(1);
    for (let round = 0; round < 300; round++) {
      const placement = placed(random, false);
      const { position, rotation, scale } = placement;
      const theirs = new Matrix4().compose(new Vector3(...position), new Quaternion().setFromEuler(new Euler(...rotation, 'XYZ')), new Vector3(...scale));
      expect(far(localMatrix(placement), theirs.elements)).toBeLessThan(1e-9);
      expect(far(localMatrix(placementOf(localMatrix(placement))), localMatrix(placement))).toBeLessThan(1e-9);
    }
  });

  it.each([Math.PI / 2, -Math.PI / 2, Math.PI / 2 - 1e-8, Math.PI / 2 - 1e-5])('given something looks straight along its second axis (%d) then its matrix still leads back to it', (second) => {
    const placement = { position: [1, 2, 3], rotation: [0.4, second, -1.1], scale: [1, 2, 3] } as const;
    expect(far(localMatrix(placementOf(localMatrix(placement))), localMatrix(placement))).toBeLessThan(1e-6);
  });

  it('given any tree without shear then another parent leaves everything where it is in the world', () => {
    const random = randomFrom(2);
    for (let round = 0; round < 300; round++) {
      const lookup = lookupOf(
        element('a', null, placed(random, true)),
        element('b', 'a', placed(random, true)),
        element('moved', 'b', placed(random, false)),
        element('c', null, placed(random, true)),
        element('d', 'c', placed(random, true)),
      );
      const before = worldMatrix(lookup, 'moved');
      for (const parent of ['d', 'a', null]) {
        const frame = worldMatrix(lookup, parent);
        const to = placedInside(frame, before);
        expect(far(to ? within(frame, localMatrix(to)) : [], before)).toBeLessThan(1e-6);
        expect(to).toBeDefined();
      }
    }
  });

  it('given shear then the place is kept, and everything is a number', () => {
    const lookup = lookupOf(element('flat', null, { scale: [4, 0.1, 1] }), element('turned', 'flat', { position: [1, 1, 1], rotation: [0.5, 0.7, 0.9] }));
    const world = worldMatrix(lookup, 'turned');
    const after = placementOf(world);
    expect(far(after.position, worldPosition(lookup, 'turned'))).toBeLessThan(1e-9);
    expect([...after.rotation, ...after.scale].every(Number.isFinite)).toBe(true);
  });

  it('given points and ways of the world then they come into a parent and back', () => {
    const random = randomFrom(3);
    const lookup = lookupOf(element('a', null, placed(random, false)), element('b', 'a', placed(random, false)));
    const point: Vector = [1, 2, 3];
    expect(far(transformed(worldMatrix(lookup, 'b'), toParent(lookup, 'b', point)), point)).toBeLessThan(1e-9);
    const [from, to] = [toParent(lookup, 'b', [0, 0, 0]), toParent(lookup, 'b', point)];
    expect(far(directionToParent(lookup, 'b', point), [to[0] - from[0], to[1] - from[1], to[2] - from[2]])).toBeLessThan(1e-9);
    expect(toParent(lookup, null, point)).toEqual(point);
  });

  it('[OPS-5] given a circle, a parent that is missing, or nobody at all then there is an answer', () => {
    const lookup = lookupOf(element('a', 'b', { position: [1, 0, 0] }), element('b', 'a', { position: [0, 1, 0] }), element('self', 'self', { position: [2, 0, 0] }), element('orphan', 'gone', { position: [3, 0, 0] }));
    expect(worldPosition(lookup, 'a')).toEqual([1, 1, 0]);
    expect(worldPosition(lookup, 'self')).toEqual([2, 0, 0]);
    expect(worldPosition(lookup, 'orphan')).toEqual([3, 0, 0]);
    expect(worldPosition(lookup, 'nobody')).toEqual([0, 0, 0]);
  });

  it('given a matrix that squeezes everything flat then there is no way back', () => {
    const flat = localMatrix({ position: [0, 0, 0], rotation: [0, 0, 0], scale: [1, 0, 1] });
    expect(inverse(flat)).toBeUndefined();
    expect(placedInside(flat, flat)).toBeUndefined();
  });
});
