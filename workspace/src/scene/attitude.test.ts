import { Euler, Quaternion } from 'three';
import { describe, expect, it } from 'vitest';
import { Attitude } from './attitude';
import type { Vector } from './sceneElement';

const FLAT: Vector = [0, 0, 0];
const TURNED: Vector = [0, 3, 0];
const ONE: Vector = [1, 1, 1];
const LARGE: Vector = [2, 3, 4];

describe('Attitude', () => {
  it('given a new rotation and size when frames pass then it ends exactly there', () => {
    const attitude = new Attitude(FLAT, ONE);
    let frames = 0;
    while (attitude.step(1 / 60, TURNED, LARGE, false)) expect(++frames).toBeLessThan(600);
    expect(frames).toBeGreaterThan(3);
    expect(attitude.scale.toArray()).toEqual(LARGE);
    expect(attitude.quaternion.equals(new Quaternion().setFromEuler(new Euler(...TURNED)))).toBe(true);
  });

  it('given it is in one’s own hand then it is there at once', () => {
    const attitude = new Attitude(FLAT, ONE);
    expect(attitude.step(1 / 60, TURNED, LARGE, true)).toBe(false);
    expect(attitude.scale.toArray()).toEqual(LARGE);
  });

  it('given nothing changed then there is nothing more to do', () => {
    expect(new Attitude(TURNED, LARGE).step(1 / 60, TURNED, LARGE, false)).toBe(false);
  });
});
