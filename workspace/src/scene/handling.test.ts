import { describe, expect, it } from 'vitest';
import { localMatrix, positionOf, within, type Matrix } from './frames';
import { handled, handledInside, middleOf, snappedAngle, snappedFactor, snappedWay, type Placement } from './handling';

const AT: Placement = { position: [1, 0.5, 2], rotation: [0, 0, 0], scale: [1, 2, 1] };
const ORIGIN = [0, 0, 0] as const;

describe('handled', () => {
  it('given a move then only the position changes, to the millimetre', () => {
    const to = handled(AT, { kind: 'move', by: [0.12345, 0, -1] });
    expect(to.position).toEqual([1.123, 0.5, 1]);
    expect(to.rotation).toBe(AT.rotation);
    expect(to.scale).toBe(AT.scale);
  });

  it('given a quarter turn about Y then an element goes round the point and turns itself', () => {
    const to = handled(AT, { kind: 'turn', about: ORIGIN, axis: [0, 1, 0], angle: Math.PI / 2 });
    expect(to.position).toEqual([2, 0.5, -1]);
    expect(to.rotation).toEqual([0, 1.5708, 0]);
  });

  it('given turns about two axes then they are those of the world, one after the other', () => {
    const first = handled(AT, { kind: 'turn', about: AT.position, axis: [0, 1, 0], angle: Math.PI / 2 });
    const second = handled(first, { kind: 'turn', about: AT.position, axis: [1, 0, 0], angle: -Math.PI / 2 });
    const back = handled(second, { kind: 'turn', about: AT.position, axis: [1, 0, 0], angle: Math.PI / 2 });
    expect(second.position).toEqual(AT.position);
    back.rotation.forEach((angle, axis) => expect(angle).toBeCloseTo(first.rotation[axis] ?? NaN, 3));
  });

  it('given one axis grows then the distances stay', () => {
    const to = handled(AT, { kind: 'stretch', about: ORIGIN, factors: [1, 1.5, 1] });
    expect(to).toEqual({ ...AT, scale: [1, 3, 1] });
  });

  it('given everything grows evenly then the distances grow too', () => {
    const to = handled(AT, { kind: 'stretch', about: ORIGIN, factors: [2, 2, 2] });
    expect(to.scale).toEqual([2, 4, 2]);
    expect(to.position).toEqual([2, 1, 4]);
  });

  it('given more than a scene has room for then it stays within', () => {
    expect(handled(AT, { kind: 'move', by: [1e9, 0, 0] }).position[0]).toBe(1000);
    expect(handled(AT, { kind: 'stretch', about: AT.position, factors: [1e-9, 1e9, 1] }).scale).toEqual([0.01, 200, 1]);
  });
});

describe('handledInside', () => {
  const PARENT: Matrix = localMatrix({ position: [10, 0, 0], rotation: [0, Math.PI / 2, 0], scale: [2, 2, 2] });
  const world = (placement: Placement) => positionOf(within(PARENT, localMatrix(placement)));

  it('given a move along the world then that is where it goes, whatever it hangs from', () => {
    const before = world(AT);
    const to = handledInside(PARENT, AT, { kind: 'move', by: [1, 2, 3] });
    world(to).forEach((component, axis) => expect(component).toBeCloseTo((before[axis] ?? 0) + axis + 1, 5));
    expect(to.rotation).toBe(AT.rotation);
  });

  it('given a turn about the world then it goes round that point and keeps its size', () => {
    const to = handledInside(PARENT, AT, { kind: 'turn', about: [10, 0, 0], axis: [0, 1, 0], angle: Math.PI });
    const [x, y, z] = world(AT);
    const [toX, toY, toZ] = world(to);
    expect([toX + x, toY - y, toZ + z].map((each) => Math.round(each * 1000))).toEqual([20_000, 0, 0]);
    expect(to.scale).toBe(AT.scale);
  });

  it('given everything grows evenly then distances in the world grow too', () => {
    const to = handledInside(PARENT, AT, { kind: 'stretch', about: [0, 0, 0], factors: [2, 2, 2] });
    expect(to.scale).toEqual([2, 4, 2]);
    world(to).forEach((component, axis) => expect(component).toBeCloseTo((world(AT)[axis] ?? 0) * 2, 5));
    expect(handledInside(PARENT, AT, { kind: 'stretch', about: [0, 0, 0], factors: [2, 1, 1] })).toEqual({ ...AT, scale: [2, 2, 1] });
  });
});

describe('steps', () => {
  it('given a way then it ends on the grid, but only along what it goes along', () => {
    expect(snappedWay([0.1, 0.45, 0], [1, 0, -0.3])).toEqual([0.9, 0, -0.25]);
  });

  it('given an angle then it is a multiple of 15 degrees', () => {
    expect((snappedAngle(0.6) * 180) / Math.PI).toBeCloseTo(30);
  });

  it('given a factor then the size is a multiple of 0.1, and never nothing', () => {
    expect(1.5 * snappedFactor(1.5, 1.24)).toBeCloseTo(1.9);
    expect(0.5 * snappedFactor(0.5, 0.0001)).toBeCloseTo(0.1);
  });
});

describe('middleOf', () => {
  it('given positions then it is their mean', () => {
    expect(middleOf([[0, 0, 0], [2, 1, 4]])).toEqual([1, 0.5, 2]);
  });
});
