import { isObject, type Json } from './glb';
import { objects } from './gltfEmbedded';

type Triple = readonly [number, number, number];

/** The box around a model, in metres. */
export interface Bounds {
  readonly low: Triple;
  readonly high: Triple;
}

/** Sixteen numbers, column by column. */
type Matrix = readonly number[];

const SAME: Matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
/** What whole numbers of a kind stand for one, where they are shares. */
const ONE_OF: Readonly<Record<number, number>> = { 5120: 127, 5121: 255, 5122: 32_767, 5123: 65_535 };

/** How large a model says it is, from the corners that its file names; without decoding a single point. */
export function boundsOf(json: Json): Bounds | undefined {
  const nodes = objects(json['nodes']);
  const boxes = objects(json['meshes']).map((mesh) => meshCorners(mesh, objects(json['accessors'])));
  const [low, high]: [number[], number[]] = [[Infinity, Infinity, Infinity], [-Infinity, -Infinity, -Infinity]];
  const waiting = numbersOf(objects(json['scenes'])[0]?.['nodes']).map((node) => ({ node, parent: SAME }));
  // Nodes are a forest, as is checked before.
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const node = nodes[next.node] ?? {};
    const matrix = product(next.parent, matrixOf(node));
    for (const corner of boxes[Number(node['mesh'] ?? -1)] ?? []) {
      transformed(matrix, corner).forEach((component, axis) => {
        low[axis] = Math.min(low[axis] ?? 0, component);
        high[axis] = Math.max(high[axis] ?? 0, component);
      });
    }
    for (const child of numbersOf(node['children'])) waiting.push({ node: child, parent: matrix });
  }
  const [a, b] = [tripleOf(low), tripleOf(high)];
  return a && b && { low: a, high: b };
}

function meshCorners(mesh: Json, accessors: readonly Json[]): readonly Triple[] {
  return objects(mesh['primitives']).flatMap((primitive) => {
    const { attributes } = primitive;
    const accessor = accessors[isObject(attributes) ? Number(attributes['POSITION'] ?? -1) : -1];
    const [low, high] = [tripleOf(accessor?.['min']), tripleOf(accessor?.['max'])];
    if (!accessor || !low || !high) return [];
    const unit = accessor['normalized'] === true ? (ONE_OF[Number(accessor['componentType'])] ?? 1) : 1;
    return [0, 1, 2, 3, 4, 5, 6, 7].map((bits): Triple => {
      const side = (axis: 0 | 1 | 2) => ((bits >> axis) & 1 ? high[axis] : low[axis]) / unit;
      return [side(0), side(1), side(2)];
    });
  });
}

function matrixOf(node: Json): Matrix {
  const given = numbersOf(node['matrix']);
  if (given.length === 16) return given;
  const [x, y, z] = tripleOf(node['translation']) ?? [0, 0, 0];
  const [sx, sy, sz] = tripleOf(node['scale']) ?? [1, 1, 1];
  const turn = numbersOf(node['rotation']);
  const [i, j, k, w] = turn.length === 4 ? (turn as [number, number, number, number]) : ([0, 0, 0, 1] as const);
  return [
    (1 - 2 * (j * j + k * k)) * sx, 2 * (i * j + k * w) * sx, 2 * (i * k - j * w) * sx, 0,
    2 * (i * j - k * w) * sy, (1 - 2 * (i * i + k * k)) * sy, 2 * (j * k + i * w) * sy, 0,
    2 * (i * k + j * w) * sz, 2 * (j * k - i * w) * sz, (1 - 2 * (i * i + j * j)) * sz, 0,
    x, y, z, 1,
  ];
}

function product(a: Matrix, b: Matrix): Matrix {
  return SAME.map((_, index) => {
    const [row, column] = [index % 4, Math.floor(index / 4)];
    return [0, 1, 2, 3].reduce((total, step) => total + (a[step * 4 + row] ?? 0) * (b[column * 4 + step] ?? 0), 0);
  });
}

function transformed(matrix: Matrix, [x, y, z]: Triple): Triple {
  const row = (index: number) => (matrix[index] ?? 0) * x + (matrix[index + 4] ?? 0) * y + (matrix[index + 8] ?? 0) * z + (matrix[index + 12] ?? 0);
  return [row(0), row(1), row(2)];
}

function numbersOf(value: unknown): readonly number[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter((each) => typeof each === 'number' && Number.isFinite(each)) as number[] : [];
}

function tripleOf(value: unknown): Triple | undefined {
  const [x, y, z, ...more] = numbersOf(value);
  return x === undefined || y === undefined || z === undefined || more.length > 0 ? undefined : [x, y, z];
}
