import { Ray, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { alongAxis, angleAround, AXES } from './axes';

const ORIGIN = new Vector3(1, 2, 3);

describe('alongAxis', () => {
  it('given a ray that crosses the axis then it is the distance to the crossing', () => {
    const ray = new Ray(new Vector3(4, 2, 10), new Vector3(0, 0, -1));
    expect(alongAxis(ray, ORIGIN, [1, 0, 0])).toBeCloseTo(3);
  });

  it('given a slanted ray that passes the axis then it is where they are nearest', () => {
    const ray = new Ray(new Vector3(0, 5, 3), new Vector3(1, 0, 1).normalize());
    expect(alongAxis(ray, ORIGIN, [0, 1, 0])).toBeCloseTo(3);
  });

  it('given a ray along the axis then there is no answer', () => {
    expect(alongAxis(new Ray(new Vector3(9, 2, 3), new Vector3(-1, 0, 0)), ORIGIN, [1, 0, 0])).toBeUndefined();
  });
});

describe('angleAround', () => {
  const at = (axis: number, radians: number) => {
    const normal = new Vector3(...(AXES[axis] ?? [0, 0, 0]));
    const side = new Vector3(...(AXES[(axis + 1) % 3] ?? [0, 0, 0])).applyAxisAngle(normal, radians);
    return angleAround(new Ray(ORIGIN.clone().add(side).addScaledVector(normal, 5), normal.clone().negate()), ORIGIN, normal.toArray()) ?? NaN;
  };

  it.each([0, 1, 2])('given a pointer goes round axis %i by some angle then it is that angle, to the right hand', (axis) => {
    expect(at(axis, 0.7) - at(axis, 0.2)).toBeCloseTo(0.5);
  });

  it('given one looks along the plane then there is no answer', () => {
    expect(angleAround(new Ray(new Vector3(9, 2, 3), new Vector3(-1, 0, 0)), ORIGIN, [0, 1, 0])).toBeUndefined();
  });

  it('given the plane is behind one then there is no answer', () => {
    expect(angleAround(new Ray(new Vector3(1, 5, 3), new Vector3(0, 1, 0)), ORIGIN, [0, 1, 0])).toBeUndefined();
  });
});
