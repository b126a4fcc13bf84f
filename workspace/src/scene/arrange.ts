import { reach } from './axes';
import { restingHeight, round } from './placement';
import type { SceneElement, Vector } from './sceneElement';

export type Axis = 0 | 1 | 2;
export const SIDES = ['low', 'middle', 'high'] as const;
/** Which side of several objects becomes common to all. */
export type Side = (typeof SIDES)[number];

/** Positions by element, of those only that have to move. */
export type Moves = ReadonlyMap<string, Vector>;

/** Brings one side of all objects, or their middles, to that of them together. */
export function aligned(elements: readonly SceneElement[], axis: Axis, side: Side): Moves {
  const extents = elements.map((element) => extentOf(element, axis));
  const low = Math.min(...extents.map((extent) => extent.low));
  const high = Math.max(...extents.map((extent) => extent.high));
  return moves(elements, axis, (_, index) => {
    const half = ((extents[index]?.high ?? 0) - (extents[index]?.low ?? 0)) / 2;
    if (side === 'low') return low + half;
    return side === 'high' ? high - half : (low + high) / 2;
  });
}

/** Makes the gaps between objects equal; the outermost two stay where they are. */
export function distributed(elements: readonly SceneElement[], axis: Axis): Moves {
  if (elements.length < 3) return new Map();
  const inOrder = [...elements].sort((a, b) => a.position[axis] - b.position[axis]);
  const extents = inOrder.map((element) => extentOf(element, axis));
  const [first, last] = [extents[0], extents.at(-1)];
  if (!first || !last) return new Map();
  const inner = extents.slice(1, -1).reduce((sum, { low, high }) => sum + high - low, 0);
  const gap = (last.low - first.high - inner) / (elements.length - 1);
  const centres = new Map<string, number>();
  let at = first.high;
  inOrder.slice(1, -1).forEach((element, index) => {
    const size = (extents[index + 1]?.high ?? 0) - (extents[index + 1]?.low ?? 0);
    centres.set(element.id, at + gap + size / 2);
    at += gap + size;
  });
  return moves(elements, axis, (element) => centres.get(element.id) ?? element.position[axis]);
}

/** Puts objects down on the ground. */
export function grounded(elements: readonly SceneElement[]): Moves {
  return moves(elements, 1, (element) => (element.kind === 'label' ? restingHeight('label') * element.scale[1] : reach(element)[1]));
}

function extentOf(element: SceneElement, axis: Axis): { readonly low: number; readonly high: number } {
  const half = reach(element)[axis];
  return { low: element.position[axis] - half, high: element.position[axis] + half };
}

function moves(elements: readonly SceneElement[], axis: Axis, to: (element: SceneElement, index: number) => number): Moves {
  const found = new Map<string, Vector>();
  elements.forEach((element, index) => {
    const component = round(to(element, index));
    if (component === element.position[axis]) return;
    const position: [number, number, number] = [...element.position];
    position[axis] = component;
    found.set(element.id, position);
  });
  return found;
}
