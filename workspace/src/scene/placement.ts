import type { CreatableKind, SceneElement, Vector } from './sceneElement';

const GAP = 0.35;
const RINGS = 24;

/** Half of an object's height when it has scale 1. */
export function restingHeight(kind: CreatableKind): number {
  return kind === 'label' ? 0.45 : 0.5;
}

/** The radius on the ground that an object needs for itself. */
export function footprint(element: Pick<SceneElement, 'kind' | 'scale' | 'text'>): number {
  const [x, , z] = element.scale;
  if (element.kind === 'label') return 0.35 + 0.09 * Math.min(24, element.text.length);
  return 0.5 * Math.max(x, z) * (element.kind === 'box' ? Math.SQRT2 : 1);
}

/**
 * The spot on the ground nearest to where one looks that keeps its distance to everything standing there.
 * Rings are tried from the inside; a crowded scene falls back to the outermost ring rather than to an overlap at the centre.
 */
export function freeSpot(lookedAt: readonly [x: number, z: number], radius: number, standing: readonly SceneElement[]): readonly [x: number, z: number] {
  const step = Math.max(0.5, radius + GAP);
  const centre: readonly [number, number] = [snap(lookedAt[0]), snap(lookedAt[1])];
  let spot = centre;
  for (let ring = 0; ring <= RINGS; ring++) {
    const places = Math.max(1, ring * 6);
    for (let place = 0; place < places; place++) {
      const angle = (place / places) * Math.PI * 2;
      spot = [snap(centre[0] + Math.cos(angle) * ring * step), snap(centre[1] + Math.sin(angle) * ring * step)];
      if (isFree(spot, radius, standing)) return spot;
    }
  }
  return spot;
}

export function resting(spot: readonly [x: number, z: number], kind: CreatableKind, scale: Vector): Vector {
  return [spot[0], round(restingHeight(kind) * scale[1]), spot[1]];
}

function isFree([x, z]: readonly [number, number], radius: number, standing: readonly SceneElement[]): boolean {
  return standing.every((element) => {
    const reach = radius + footprint(element) + GAP * 0.5;
    const dx = element.position[0] - x;
    const dz = element.position[2] - z;
    return dx * dx + dz * dz >= reach * reach;
  });
}

const IN_VIEW = 60;

/** What one view can show together: without what got lost far from everything else or is larger than any view. */
export function gathered(elements: readonly SceneElement[]): readonly SceneElement[] {
  const middle = [0, 1, 2].map((axis) => median(elements.map(({ position }) => position[axis] ?? 0)));
  const near = elements.filter(({ position, scale }) => position.every((component, axis) => Math.abs(component - (middle[axis] ?? 0)) <= IN_VIEW) && Math.max(...scale) <= IN_VIEW);
  return near.length > 0 ? near : elements;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const snap = (value: number) => Math.round(value * 4) / 4 + 0;
/** Millimetres are fine enough for people and keep the wire short. `+ 0` turns −0 into 0. */
export const round = (value: number) => Math.round(value * 1000) / 1000 + 0;
