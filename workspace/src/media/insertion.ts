import { round } from '../scene/placement';
import { place, stretch, type Vector } from '../scene/sceneElement';
import type { Bounds } from './gltfBounds';

export type Spot = readonly [x: number, z: number];

/** In metres. */
const LARGEST_SIDE = 2;
const TINY = 0.05;
const GAP = 0.3;

const even = (size: number): Vector => [size, size, size];

/** An image is one high and as wide as its aspect says: its scale makes the longer side two metres. */
export function imageScale(aspect: number): Vector {
  return even(round(stretch(LARGEST_SIDE / Math.max(1, aspect))));
}

/** A model is drawn with its longest side one: its scale is that side in metres, where a scene has room for it. */
export function modelScale(bounds: Bounds | undefined): Vector {
  if (bounds === undefined) return even(1);
  const longest = Math.max(...bounds.high.map((high, axis) => high - (bounds.low[axis] ?? 0)));
  // What is smaller than a thumbnail was made in other units.
  return even(longest < TINY || !Number.isFinite(longest) ? 0.5 : round(Math.min(LARGEST_SIDE, longest)));
}

/** Where things that are added together stand: beside each other in a row around a spot, with a gap between them. */
export function inARow(middle: Spot, widths: readonly number[]): readonly Spot[] {
  const whole = widths.reduce((total, width) => total + width, 0) + GAP * (widths.length - 1);
  let left = middle[0] - whole / 2;
  return widths.map((width): Spot => {
    const x = left + width / 2;
    left += width + GAP;
    return [round(place(x)), round(place(middle[1]))];
  });
}

/** Images and models fill a cube of their own from its bottom: this puts the bottom on the ground. */
export function standing(spot: Spot, scale: Vector): Vector {
  return [spot[0], round(scale[1] / 2), spot[1]];
}
