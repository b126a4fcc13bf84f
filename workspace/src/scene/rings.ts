/** As many outlines does a thing have at most: those of oneself and of two others. */
export const MOST_RINGS = 3;
/** A light line between a thing and its outlines tells them apart where both have the same colour. */
export const GAP_COLOR = '#ffffff';
const GAP_WIDTH = 1.5;
const RING_WIDTH = 3;

/** How wide an outline is, in pixels, and how far behind the others it lies: place 0 is the gap, 1 the innermost ring. */
export function outlineAt(place: number): { readonly width: number; readonly rank: number } {
  return { width: GAP_WIDTH + RING_WIDTH * place, rank: place + 1 };
}
