import type { Ray, Vector3 } from 'three';
import type { Vector } from './sceneElement';

export const AXES: readonly Vector[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** Rays along the axis say nothing about a place on it. */
const PARALLEL = 0.0005;
/** From a plane that is seen edge-on no angle can be read. */
const EDGE_ON = 0.05;

/** How far along the axis through `origin` the point lies that is nearest to the ray; undefined when one looks along it. */
export function alongAxis(ray: Ray, origin: Vector3, axis: Vector): number | undefined {
  const { origin: eye, direction } = ray;
  const [x, y, z] = [eye.x - origin.x, eye.y - origin.y, eye.z - origin.z];
  const slant = direction.x * axis[0] + direction.y * axis[1] + direction.z * axis[2];
  const spread = 1 - slant * slant;
  if (spread < PARALLEL) return undefined;
  const onAxis = x * axis[0] + y * axis[1] + z * axis[2];
  const onRay = x * direction.x + y * direction.y + z * direction.z;
  return (onAxis - slant * onRay) / spread;
}

/** The angle of the place where a ray meets the plane through `origin` with a normal; undefined where one looks along the plane. */
export function angleAround(ray: Ray, origin: Vector3, normal: Vector): number | undefined {
  const { origin: eye, direction } = ray;
  const slant = direction.x * normal[0] + direction.y * normal[1] + direction.z * normal[2];
  if (Math.abs(slant) < EDGE_ON) return undefined;
  const away = (origin.x - eye.x) * normal[0] + (origin.y - eye.y) * normal[1] + (origin.z - eye.z) * normal[2];
  const distance = away / slant;
  if (distance <= 0) return undefined;
  const at = [eye.x + direction.x * distance - origin.x, eye.y + direction.y * distance - origin.y, eye.z + direction.z * distance - origin.z] as const;
  // Any two directions in the plane that are square to each other and to the normal, in right-handed order.
  const u: Vector = Math.abs(normal[1]) > 0.9 ? [0, 0, 1] : [0, 1, 0];
  const v = cross(normal, u);
  return Math.atan2(dot(at, v), dot(at, u));
}

const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
