import type { DocumentView } from '@chorale/client';
import { positionOf, type ReadonlyMatrix } from './frames';
import type { SceneElement, Vector } from './sceneElement';
import { lookupIn, subtree, WorldMatrices } from './tree';

/** What something takes up, along the axes of the world or of what it was measured in. */
export interface Bounds {
  readonly low: Vector;
  readonly high: Vector;
}

const AXES = [0, 1, 2] as const;

/** Half of what a body of scale 1 takes up along its own axes. */
function halfOf({ kind, aspect }: Pick<SceneElement, 'kind' | 'aspect'>): Vector {
  if (kind === 'image') return [aspect / 2, 0.5, 0.01];
  if (kind === 'light') return [0.15, 0.15, 0.15];
  return kind === 'group' ? [0, 0, 0] : [0.5, 0.5, 0.5];
}

/** How far a body reaches from its middle along the axes that its matrix leads to. */
function reachIn(matrix: ReadonlyMatrix, element: SceneElement): Vector {
  const length = (column: 0 | 4 | 8) => Math.hypot(matrix[column], matrix[column + 1] ?? 0, matrix[column + 2] ?? 0);
  // A label always faces whoever looks at it.
  if (element.kind === 'label') return [0.3 * length(0), 0.3 * length(4), 0.3];
  const [x, y, z] = halfOf(element);
  const along = (row: 0 | 1 | 2) => Math.abs((matrix[row] ?? 0) * x) + Math.abs((matrix[row + 4] ?? 0) * y) + Math.abs((matrix[row + 8] ?? 0) * z);
  return [along(0), along(1), along(2)];
}

function boundsIn(matrix: ReadonlyMatrix, element: SceneElement): Bounds {
  const at = positionOf(matrix);
  const [x, y, z] = reachIn(matrix, element);
  return { low: [at[0] - x, at[1] - y, at[2] - z], high: [at[0] + x, at[1] + y, at[2] + z] };
}

/** What several take up together; undefined where there is none. */
export function together(all: readonly Bounds[]): Bounds | undefined {
  if (all.length === 0) return undefined;
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (const each of all) {
    for (const axis of AXES) {
      low[axis] = Math.min(low[axis], each.low[axis]);
      high[axis] = Math.max(high[axis], each.high[axis]);
    }
  }
  return { low, high };
}

/** What elements take up in the world, each with what it holds: by id, of those that are there. */
export function worldBounds(document: DocumentView, ids: readonly string[]): ReadonlyMap<string, Bounds> {
  const worlds = new WorldMatrices(lookupIn(document));
  const found = new Map<string, Bounds>();
  for (const id of ids) {
    const bounds = together(shownOf(document, id).map((element) => boundsIn(worlds.of(element.id), element)));
    if (bounds) found.set(id, bounds);
  }
  return found;
}

/** Bodies at or below an element; the element itself where there are none. */
function shownOf(document: DocumentView, id: string): readonly SceneElement[] {
  const all = subtree(document, id);
  const bodies = all.filter((element) => element.kind !== 'group' && (element.id === id || !element.hidden));
  return bodies.length > 0 ? bodies : all.slice(0, 1);
}

/** The middle of what something takes up. */
export function middleOf({ low, high }: Bounds): Vector {
  return [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2];
}
