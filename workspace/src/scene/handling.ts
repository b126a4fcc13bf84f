import { directed, inverse, localMatrix, placementOf, positionOf, transformed, turnAbout, within, type Placed, type ReadonlyMatrix } from './frames';
import { round } from './placement';
import { place, stretch, type Vector } from './sceneElement';

/** Where an element is inside of its parent, how it is turned (Euler angles XYZ in radians), and how large it is. */
export type Placement = Placed;

/** What a hand does to everything it holds, measured from where the hold began. */
export type Handling =
  | { readonly kind: 'move'; readonly by: Vector }
  /** About a line through a point of the world; the angle in radians. */
  | { readonly kind: 'turn'; readonly about: Vector; readonly axis: Vector; readonly angle: number }
  /** Along each element's own axes; evenly also the distances to the point change. */
  | { readonly kind: 'stretch'; readonly about: Vector; readonly factors: Vector };

export const GRID = 0.25;
export const ANGLE_STEP = Math.PI / 12;
export const SIZE_STEP = 0.1;
const UNIT: Vector = [1, 1, 1];

/** Tenths of a milliradian are less than anybody sees. */
const roundAngle = (angle: number) => Math.round(angle * 10_000) / 10_000 + 0;

/** Where an element comes to by a handling; what the handling leaves alone is the same object as before. */
export function handled(from: Placement, handling: Handling): Placement {
  switch (handling.kind) {
    case 'move':
      return { ...from, position: moved(from.position, handling.by) };
    case 'turn':
      return turned(from, handling.about, handling.axis, handling.angle);
    case 'stretch':
      return stretched(from, handling.about, handling.factors);
  }
}

function moved(position: Vector, by: Vector): Vector {
  return placed(position[0] + by[0], position[1] + by[1], position[2] + by[2]);
}

function turned(from: Placement, about: Vector, axis: Vector, angle: number): Placement {
  const { position, rotation } = placementOf(within(turnAbout(about, axis, angle), localMatrix({ ...from, scale: UNIT })));
  return { position: placed(...position), rotation: [roundAngle(rotation[0]), roundAngle(rotation[1]), roundAngle(rotation[2])], scale: from.scale };
}

function stretched(from: Placement, about: Vector, factors: Vector): Placement {
  const [x, y, z] = from.scale;
  const scale: Vector = [sized(x * factors[0]), sized(y * factors[1]), sized(z * factors[2])];
  const [factor] = factors;
  if (factors.some((each) => each !== factor)) return { ...from, scale };
  const away = (axis: 0 | 1 | 2) => about[axis] + (from.position[axis] - about[axis]) * factor;
  return { position: placed(away(0), away(1), away(2)), rotation: from.rotation, scale };
}

/**
 * As {@link handled}, of what hangs from something: hands go along the world's axes, what comes out is the placement inside
 * of the parent.
 *
 * @param parent what leads from inside of the parent to the world
 */
export function handledInside(parent: ReadonlyMatrix, from: Placement, handling: Handling): Placement {
  const back = inverse(parent);
  if (back === undefined) return from;
  const world = within(parent, localMatrix(from));
  switch (handling.kind) {
    case 'move': {
      const way = directed(back, handling.by);
      return { ...from, position: fine([from.position[0] + way[0], from.position[1] + way[1], from.position[2] + way[2]]) };
    }
    case 'turn': {
      const { position, rotation } = placementOf(within(back, within(turnAbout(handling.about, handling.axis, handling.angle), world)));
      return { position: fine(position), rotation: [roundAngle(rotation[0]), roundAngle(rotation[1]), roundAngle(rotation[2])], scale: from.scale };
    }
    case 'stretch': {
      const at = stretched({ ...from, position: positionOf(world) }, handling.about, handling.factors);
      const even = handling.factors.every((each) => each === handling.factors[0]);
      return { ...from, scale: at.scale, position: even ? fine(transformed(back, at.position)) : from.position };
    }
  }
}

/** Inside of something large a millimetre is too coarse. */
const fine = ([x, y, z]: Vector): Vector => [finely(x), finely(y), finely(z)];
const finely = (component: number) => Math.round(place(component) * 1e6) / 1e6 + 0;

const placed = (x: number, y: number, z: number): Vector => [round(place(x)), round(place(y)), round(place(z))];
const sized = (component: number) => Math.max(0.01, round(stretch(component)));

/** A way that ends on the grid, along those axes that it goes along at all. */
export function snappedWay(from: Vector, by: Vector): Vector {
  const along = (axis: 0 | 1 | 2) => (by[axis] === 0 ? 0 : toStep(from[axis] + by[axis], GRID) - from[axis]);
  return [along(0), along(1), along(2)];
}

export const snappedAngle = (angle: number) => toStep(angle, ANGLE_STEP);

/** A factor that makes a size a whole number of steps, and at least one. */
export const snappedFactor = (size: number, factor: number) => Math.max(SIZE_STEP, toStep(size * factor, SIZE_STEP)) / size;

const toStep = (value: number, step: number) => Math.round(value / step) * step;

/** The point around which several elements turn and grow: turning about it does not move it. */
export function middleOf(positions: readonly Vector[]): Vector {
  const mean = (axis: 0 | 1 | 2) => positions.reduce((sum, position) => sum + position[axis], 0) / Math.max(1, positions.length);
  return [mean(0), mean(1), mean(2)];
}
