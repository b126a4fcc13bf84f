import { describe, expect, it } from 'vitest';
import { HOLD_MS, Motion } from './motion';
import type { Vector } from './sceneElement';

const FRAME = 1 / 60;
const START: Vector = [0, 0.5, 0];
const END: Vector = [3, 0.5, -2];

/** Runs frames until nothing moves any more; returns the time. */
function settle(motion: Motion, from: number, committed: Vector, drag?: Vector): number {
  let now = from;
  for (let frame = 0; frame < 600; frame++) {
    now += FRAME * 1000;
    if (!motion.step(now, FRAME, committed, drag)) return now;
  }
  throw new Error('still moving after 600 frames');
}

describe('Motion', () => {
  it('given a committed move when frames pass then it ends exactly at the committed value', () => {
    const motion = new Motion(START);
    settle(motion, 0, END);
    expect(motion.current).toEqual({ x: 3, y: 0.5, z: -2 });
  });

  it('given someone drags when frames pass then it is drawn where they hold it', () => {
    const motion = new Motion(START);
    settle(motion, 0, START, END);
    expect(motion.current).toEqual({ x: 3, y: 0.5, z: -2 });
  });

  it('given a drag ended when its commit is still on the way then it does not move back', () => {
    const motion = new Motion(START);
    let now = settle(motion, 0, START, END);
    for (let frame = 0; frame < 30; frame++) {
      now += FRAME * 1000;
      motion.step(now, FRAME, START, undefined);
      expect(motion.current.x).toBe(3);
    }
    settle(motion, now, [3.004, 0.5, -2]);
    expect(motion.current).toEqual({ x: 3.004, y: 0.5, z: -2 });
  });

  it('given the commit comes before the drag is taken back then it goes on to the committed value', () => {
    const motion = new Motion(START);
    let now = settle(motion, 0, START, [2.9, 0.5, -2]);
    now = settle(motion, now, END, [2.9, 0.5, -2]);
    expect(motion.current).toEqual({ x: 3, y: 0.5, z: -2 });
    settle(motion, now, END);
    expect(motion.current).toEqual({ x: 3, y: 0.5, z: -2 });
  });

  it('given the last move and the commit come in one frame then it ends exactly at the committed value', () => {
    const motion = new Motion(START);
    const now = settle(motion, 0, START, [1, 0.5, 0]);
    motion.step(now + 16, FRAME, END, [2.95, 0.5, -2]);
    motion.step(now + 32, FRAME, END, undefined);
    settle(motion, now + 32, END);
    expect(motion.current).toEqual({ x: 3, y: 0.5, z: -2 });
  });

  it('given a drag ended without any commit when the wait is over then it eases back', () => {
    const motion = new Motion(START);
    const released = settle(motion, 0, START, END);
    motion.step(released + 16, FRAME, START, undefined);
    settle(motion, released + 16 + HOLD_MS, START);
    expect(motion.current).toEqual({ x: 0, y: 0.5, z: 0 });
  });

  it('given two drags after each other when the second starts before the first was taken back then it follows the hand', () => {
    const motion = new Motion(START);
    let now = settle(motion, 0, START, [1, 0.5, 0]);
    now = settle(motion, now, [1, 0.5, 0], [1, 0.5, 0]);
    now = settle(motion, now, [1, 0.5, 0], [2, 0.5, 0]);
    expect(motion.current.x).toBe(2);
    motion.step(now + 16, FRAME, [1, 0.5, 0], undefined);
    expect(motion.current.x).toBe(2);
  });

  it('given one’s own drag when it jumps then it is there at once', () => {
    const motion = new Motion(START);
    motion.jump(5, 1, 5);
    expect(motion.step(16, FRAME, [5, 1, 5], undefined)).toBe(false);
    expect(motion.current).toEqual({ x: 5, y: 1, z: 5 });
  });
});
