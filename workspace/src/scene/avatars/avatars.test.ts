import { describe, expect, it } from 'vitest';
import { ViewPose } from './viewPose';
import { isInTheWay } from './sight';
import { labelPlace } from './labelPlace';
import { Pace } from './pace';
import { Trail } from './trail';

const FRAME = 1 / 60;
const at = (x: number, y = 0, z = 0) => ({ x, y, z });

describe('where somebody’s camera is drawn', () => {
  it('given it moves every 50 ms then it never jumps, and is there when it rests', () => {
    const pose = new ViewPose({ position: [0, 0, 0], target: [0, 0, -5] });
    let longest = 0;
    for (let frame = 0; frame < 180; frame++) {
      const x = Math.min(6, Math.floor(frame / 3) * 0.3);
      const before = pose.position.x;
      pose.step({ position: [x, 0, 0], target: [x, 0, -5] }, FRAME);
      longest = Math.max(longest, pose.position.x - before);
      expect(pose.position.x).toBeGreaterThanOrEqual(before);
    }
    expect(longest).toBeLessThan(0.15);
    expect(pose.position.x).toBe(6);
    expect(pose.step({ position: [6, 0, 0], target: [6, 0, -5] }, FRAME)).toBe(false);
  });

  it('given it only turns then it is not there yet', () => {
    const pose = new ViewPose({ position: [0, 0, 0], target: [0, 0, -5] });
    expect(pose.step({ position: [0, 0, 0], target: [5, 0, 0] }, FRAME)).toBe(true);
    expect(pose.target.x).toBeGreaterThan(0);
    expect(pose.target.x).toBeLessThan(5);
  });

  it('given it is far away at once, or nothing is to glide, then it is there at once', () => {
    const pose = new ViewPose({ position: [0, 0, 0], target: [0, 0, -5] });
    expect(pose.step({ position: [100, 0, 0], target: [100, 0, -5] }, FRAME)).toBe(false);
    expect(pose.position.x).toBe(100);
    expect(pose.step({ position: [101, 0, 0], target: [100, 0, -5] }, FRAME, true)).toBe(false);
    expect(pose.position.x).toBe(101);
  });
});

describe('the pace of what glides', () => {
  it('given nothing was drawn for long then it begins gently; while it moves, slow frames go farther', () => {
    const pace = new Pace();
    expect(pace.seconds(30)).toBe(1 / 60);
    pace.next(true);
    expect(pace.seconds(0.1)).toBe(0.1);
    expect(pace.seconds(30)).toBe(0.2);
    pace.next(false);
    expect(pace.seconds(30)).toBe(1 / 60);
  });
});

describe('somebody’s head', () => {
  const own = { position: at(0, 0, 10), target: at(0) };

  it.each([
    ['in one’s own camera', at(0.1, 0, 10.2), at(0), true],
    ['before one’s eyes, looking the same way', at(0.2, 0, 5), at(0), true],
    ['before one’s eyes, looking back at one', at(0.2, 0, 5), at(0, 0, 10), false],
    ['beside what one looks at', at(5, 0, 2), at(0), false],
    ['behind what one looks at', at(0, 0, -8), at(0, 0, -20), false],
  ] as const)('given it is %s then it is in the way or not', (_, position, target, inTheWay) => {
    expect(isInTheWay(own, { position, target })).toBe(inTheWay);
  });
});

describe('a name tag', () => {
  const free = { left: 8, top: 76, right: 992, bottom: 540 };

  it.each([
    ['in the middle', 0, 0, 0.5, { x: 500, y: 320 }],
    ['under the bar at the top', 0, 0.98, 0.5, { x: 500, y: 76 }],
    ['at the right edge', 1.02, 0, 0.5, { x: 992, y: 320 }],
  ] as const)('given it is %s then it stays readable', (_, x, y, z, place) => {
    expect(labelPlace({ x, y, z }, { width: 1000, height: 640 }, free)).toEqual(place);
  });

  it.each([
    [1.4, 0, 0.5],
    [0, 0, 1.2],
    [Number.NaN, 0, 0.5],
  ])('given it belongs to what one does not see (%d %d %d) then it is not shown', (x, y, z) => {
    expect(labelPlace({ x, y, z }, { width: 1000, height: 640 }, free)).toBeUndefined();
  });
});

describe('a laser’s trail', () => {
  it('given the spot moves then the trail is where it was, the newest first, and fades', () => {
    const trail = new Trail(4, 500);
    trail.add([0, 0, 0], 0);
    trail.add([1, 0, 0], 100);
    trail.add([2, 0, 0], 200);
    expect(ages(trail, 300)).toEqual([[2, 0.8], [1, 0.6], [0, 0.4]]);
    expect(ages(trail, 620)).toEqual([[2, 0.16]]);
    expect(trail.isGone(620)).toBe(false);
    expect(trail.isGone(701)).toBe(true);
  });

  it('given more points than it keeps then the oldest is forgotten; a spot that rests makes none', () => {
    const trail = new Trail(2, 500);
    for (const x of [0, 1, 1, 1, 2]) trail.add([x, 0, 0], 0);
    expect(ages(trail, 0).map(([x]) => x)).toEqual([2, 1]);
  });
});

function ages(trail: Trail, now: number): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  trail.each(now, ([x], strength) => found.push([x, Math.round(strength * 100) / 100]));
  return found;
}
