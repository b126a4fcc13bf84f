import { mat4, vec3, type ReadonlyMat4 } from 'gl-matrix';
import type { SceneElement, Vector } from './sceneElement';

/** A matrix of 4 by 4, column by column, as three.js and WebGL have it. */
export type Matrix = [
  number, number, number, number,
  number, number, number, number,
  number, number, number, number,
  number, number, number, number,
];

export type ReadonlyMatrix = Readonly<Matrix>;

/** Where something is inside of its parent, how it is turned (Euler angles XYZ in radians), and how large it is. */
export interface Placed {
  readonly position: Vector;
  readonly rotation: Vector;
  readonly scale: Vector;
}

export type Lookup = (id: string) => SceneElement | undefined;

/** No tree is deeper; what claims to be is cut off there. */
const DEEPEST = 256;
const STRAIGHT = 1e-7;

const identity = (): Matrix => [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/** What leads from inside of an element to its parent: scaled, then turned, then moved. */
export function localMatrix({ position, rotation, scale }: Placed): Matrix {
  const [cx, cy, cz] = [Math.cos(rotation[0]), Math.cos(rotation[1]), Math.cos(rotation[2])];
  const [sx, sy, sz] = [Math.sin(rotation[0]), Math.sin(rotation[1]), Math.sin(rotation[2])];
  const [x, y, z] = scale;
  return [
    cy * cz * x, (cx * sz + sx * cz * sy) * x, (sx * sz - cx * cz * sy) * x, 0,
    -cy * sz * y, (cx * cz - sx * sz * sy) * y, (sx * cz + cx * sz * sy) * y, 0,
    sy * z, -sx * cy * z, cx * cy * z, 0,
    position[0], position[1], position[2], 1,
  ];
}

/** What leads from inside of an element to the world; an element that is unknown or hangs from itself counts as the top of the scene. */
export function worldMatrix(lookup: Lookup, id: string | null): Matrix {
  const matrix = identity();
  const passed = new Set<string>();
  for (let at = id; at !== null && !passed.has(at) && passed.size < DEEPEST; ) {
    const element = lookup(at);
    if (element === undefined) break;
    passed.add(at);
    mat4.multiply(matrix, localMatrix(element), matrix);
    at = element.parent;
  }
  return matrix;
}

/** One matrix after another: from inside of `inner` through `outer`. */
export function within(outer: ReadonlyMatrix, inner: ReadonlyMatrix): Matrix {
  return mat4.multiply(identity(), outer, inner) as Matrix;
}

/** The way back; undefined where a matrix squeezes everything flat. */
export function inverse(matrix: ReadonlyMatrix): Matrix | undefined {
  return (mat4.invert(identity(), matrix as ReadonlyMat4) as Matrix | null) ?? undefined;
}

/**
 * The placement that {@link localMatrix} makes this matrix of. What is turned inside of something that is stretched unevenly is sheared;
 * a placement cannot say that: the nearest one without shear is the answer, at the same place.
 */
export function placementOf(matrix: ReadonlyMatrix): Placed {
  const mirrored = mat4.determinant(matrix) < 0;
  const [x, y, z] = [lengthOf(matrix, 0), lengthOf(matrix, 4), lengthOf(matrix, 8)];
  const scale: Vector = [mirrored ? -x : x, y, z];
  return { position: positionOf(matrix), rotation: rotationOf(matrix, scale), scale };
}

export function positionOf(matrix: ReadonlyMatrix): Vector {
  return [matrix[12], matrix[13], matrix[14]];
}

const lengthOf = (matrix: ReadonlyMatrix, column: 0 | 4 | 8) => Math.hypot(matrix[column], matrix[column + 1] ?? 0, matrix[column + 2] ?? 0);

/** Euler angles XYZ of a matrix; looking straight along the second axis, the third angle is 0. */
function rotationOf(matrix: ReadonlyMatrix, [x, y, z]: Vector): Vector {
  const by = (component: number, length: number) => (length === 0 ? 0 : component / length);
  const [m11, m12, m13] = [by(matrix[0], x), by(matrix[4], y), by(matrix[8], z)];
  const across = Math.hypot(m11, m12);
  const second = Math.atan2(m13, across);
  if (across < STRAIGHT) return [Math.atan2(by(matrix[6], y), by(matrix[5], y)) + 0, second, 0];
  return [Math.atan2(-by(matrix[9], z), by(matrix[10], z)) + 0, second, Math.atan2(-m12, m11) + 0];
}

/** Where an element's own middle is in the world. */
export function worldPosition(lookup: Lookup, id: string): Vector {
  return positionOf(worldMatrix(lookup, id));
}

/** A place in the world as it is seen from inside of a parent (null is the world itself). */
export function toParent(lookup: Lookup, parent: string | null, point: Vector): Vector {
  const back = inverse(worldMatrix(lookup, parent));
  return back ? transformed(back, point) : point;
}

/** A way in the world as it is seen from inside of a parent: turned and scaled, not moved. */
export function directionToParent(lookup: Lookup, parent: string | null, way: Vector): Vector {
  const back = inverse(worldMatrix(lookup, parent));
  return back ? directed(back, way) : way;
}

/** A turn about a line through a point of the world; the angle in radians. */
export function turnAbout(about: Vector, axis: Vector, angle: number): Matrix {
  const matrix = identity();
  mat4.translate(matrix, matrix, about);
  mat4.rotate(matrix, matrix, angle, axis);
  mat4.translate(matrix, matrix, [-about[0], -about[1], -about[2]]);
  return matrix;
}

/** A point that goes through a matrix. */
export function transformed(matrix: ReadonlyMatrix, point: Vector): Vector {
  return vec3.transformMat4([0, 0, 0], point, matrix as ReadonlyMat4) as [number, number, number];
}

/** A way that goes through a matrix: turned and scaled, not moved. */
export function directed(matrix: ReadonlyMatrix, [x, y, z]: Vector): Vector {
  return [
    matrix[0] * x + matrix[4] * y + matrix[8] * z,
    matrix[1] * x + matrix[5] * y + matrix[9] * z,
    matrix[2] * x + matrix[6] * y + matrix[10] * z,
  ];
}

/**
 * The placement inside of something that leaves an element where it is in the world; undefined where that squeezes everything flat.
 *
 * @param frame what leads from inside of the new parent to the world
 * @param world what leads from inside of the element to the world
 */
export function placedInside(frame: ReadonlyMatrix, world: ReadonlyMatrix): Placed | undefined {
  const back = inverse(frame);
  return back && placementOf(within(back, world));
}
