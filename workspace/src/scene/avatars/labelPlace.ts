import type { MutableVector } from '../motion';

/** The part of the scene that neither bars nor panels cover, in pixels from its top left. */
export interface FreeArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What panels cover at the edges, in pixels. */
interface Covered {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
}

/** So far beyond the edge of the picture, a thing is half seen, and its tag stays inside. */
const HALF_SEEN = 1.08;
/** What the bar at the top with a tag's own height and the tools at the bottom take, and the distance to the sides. */
const [TOP, BOTTOM, SIDE] = [98, 104, 10];
/** A name of usual length, of which one half is left of its place, is not under the panel at the left. */
const BESIDE = 44;

export function freeArea({ width, height }: { readonly width: number; readonly height: number }, covered: Covered): FreeArea {
  const left = covered.left === 0 ? SIDE : covered.left + BESIDE;
  return { left, top: TOP, right: Math.max(left, width - covered.right - SIDE), bottom: Math.max(TOP, height - Math.max(covered.bottom, BOTTOM)) };
}

/** Where the tag of a thing stands, kept inside of the free area; undefined where one does not see the thing. */
export function labelPlace(
  { x, y, z }: Readonly<MutableVector>,
  { width, height }: { readonly width: number; readonly height: number },
  free: FreeArea,
): { readonly x: number; readonly y: number } | undefined {
  if (!(z < 1 && Math.abs(x) < HALF_SEEN && Math.abs(y) < HALF_SEEN)) return undefined;
  return {
    x: Math.min(free.right, Math.max(free.left, ((x + 1) / 2) * width)),
    y: Math.min(free.bottom, Math.max(free.top, ((1 - y) / 2) * height)),
  };
}
