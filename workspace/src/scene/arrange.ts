import type { Bounds } from './bounds';
import { restingHeight } from './placement';
import type { ElementKind, Vector } from './sceneElement';

export type Axis = 0 | 1 | 2;
export const SIDES = ['low', 'middle', 'high'] as const;
/** Which side of several objects becomes common to all. */
export type Side = (typeof SIDES)[number];

/** An object as far as order is concerned: what it takes up in the world, with everything that hangs from it. */
export interface Extent extends Bounds {
  readonly id: string;
  readonly kind: ElementKind;
  /** How high it stands when it has scale 1: only labels ask. */
  readonly size: number;
  /** Its own middle, which need not be that of what it takes up. */
  readonly position: Vector;
}

/** Ways along the world's axes by element, of those only that have to move. */
export type Ways = ReadonlyMap<string, Vector>;

/** Brings one side of all objects, or their middles, to that of them together. */
export function aligned(extents: readonly Extent[], axis: Axis, side: Side): Ways {
  const low = Math.min(...extents.map((extent) => extent.low[axis]));
  const high = Math.max(...extents.map((extent) => extent.high[axis]));
  return ways(extents, axis, (extent) => {
    if (side === 'low') return low - extent.low[axis];
    return side === 'high' ? high - extent.high[axis] : (low + high - extent.low[axis] - extent.high[axis]) / 2;
  });
}

/** Makes the gaps between objects equal; the outermost two stay where they are. */
export function distributed(extents: readonly Extent[], axis: Axis): Ways {
  if (extents.length < 3) return new Map();
  const inOrder = [...extents].sort((a, b) => a.low[axis] + a.high[axis] - b.low[axis] - b.high[axis]);
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  if (!first || !last) return new Map();
  const between = inOrder.slice(1, -1);
  const inner = between.reduce((sum, { low, high }) => sum + high[axis] - low[axis], 0);
  const gap = (last.low[axis] - first.high[axis] - inner) / (extents.length - 1);
  const ahead = new Map<string, number>();
  let at = first.high[axis];
  for (const { id, low, high } of between) {
    ahead.set(id, at + gap - low[axis]);
    at += gap + high[axis] - low[axis];
  }
  return ways(extents, axis, ({ id }) => ahead.get(id) ?? 0);
}

/** Puts objects down on the ground. */
export function grounded(extents: readonly Extent[]): Ways {
  return ways(extents, 1, (extent) => -aboveGround(extent));
}

/** How far something would have to go down to stand on the ground. */
export function aboveGround({ kind, size, position, low }: Extent): number {
  return kind === 'label' ? position[1] - restingHeight('label') * size : low[1];
}

/** Less than this is the error of adding, and no way. */
const NOTHING = 1e-9;

function ways(extents: readonly Extent[], axis: Axis, along: (extent: Extent) => number): Ways {
  const found = new Map<string, Vector>();
  for (const extent of extents) {
    const way: [number, number, number] = [0, 0, 0];
    way[axis] = along(extent);
    if (Math.abs(way[axis]) > NOTHING) found.set(extent.id, way);
  }
  return found;
}
