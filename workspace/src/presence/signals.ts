import { place, vectorOf, type Vector } from '../scene/sceneElement';

/** Where somebody's camera is, and the point it looks at. */
export interface Look {
  readonly position: Vector;
  readonly target: Vector;
}

/** A laser: from the hand that holds it to the spot that it points at. */
export interface Beam {
  readonly from: Vector;
  readonly to: Vector;
}

/** So near to each other, two points make no direction. */
const NO_DIRECTION = 1e-6;

/** A camera as its owner tells it; undefined where it looks nowhere. */
export function lookOf(value: unknown): Look | undefined {
  const { position, target } = objectOf(value);
  const [from, to] = [placeOf(position), placeOf(target)];
  return from && to && apart(from, to) > NO_DIRECTION ? { position: from, target: to } : undefined;
}

export function beamOf(value: unknown): Beam | undefined {
  const { from, to } = objectOf(value);
  const [hand, spot] = [placeOf(from), placeOf(to)];
  return hand && spot && apart(hand, spot) > NO_DIRECTION ? { from: hand, to: spot } : undefined;
}

/** Since when somebody asks everybody to look where they look: tells one asking from the next, and is no time to reckon with. */
export function sinceOf(value: unknown): number | undefined {
  const { since } = objectOf(value);
  return typeof since === 'number' && Number.isFinite(since) ? since : undefined;
}

/** As far away as the scene reaches, and no farther. */
function placeOf(value: unknown): Vector | undefined {
  const vector = vectorOf(value);
  return vector && [place(vector[0]), place(vector[1]), place(vector[2])];
}

function apart(a: Vector, b: Vector): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
