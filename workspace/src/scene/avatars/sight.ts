import type { MutableVector } from '../motion';

type Point = Readonly<MutableVector>;

export interface Eye {
  readonly position: Point;
  readonly target: Point;
}

/** Nearer than this share of the way to what one looks at, somebody's head would fill the view. */
const TOO_NEAR = 0.2;
const TOO_NEAR_UNITS = 0.8;
/** Cosines of the angles within which somebody stands in one's line of sight, and looks the same way. */
const [IN_LINE, SAME_WAY] = [Math.cos((9 * Math.PI) / 180), Math.cos((16 * Math.PI) / 180)];

/** Whether somebody's head would be in one's way: in one's own camera, or between it and what both look at. */
export function isInTheWay(own: Eye, theirs: Eye): boolean {
  const away = distance(own.position, theirs.position);
  const reach = distance(own.position, own.target);
  if (away < Math.max(TOO_NEAR_UNITS, TOO_NEAR * reach)) return true;
  return away < reach && cosine(own.position, theirs.position, own.position, own.target) > IN_LINE && cosine(theirs.position, theirs.target, own.position, own.target) > SAME_WAY;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y, b.z - a.z);
}

/** Between the way from `a` to `b` and that from `c` to `d`. */
function cosine(a: Point, b: Point, c: Point, d: Point): number {
  const product = (b.x - a.x) * (d.x - c.x) + (b.y - a.y) * (d.y - c.y) + (b.z - a.z) * (d.z - c.z);
  const lengths = distance(a, b) * distance(c, d);
  return lengths === 0 ? 1 : product / lengths;
}
