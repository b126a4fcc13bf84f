import type { Selector } from '../../presence/remoteState';
import { MOST_RINGS } from '../rings';

/** What people do to an element that shows on it, and is not in the document. */
export interface Decoration {
  /** Colours of those who have it selected, oneself first. */
  readonly rings: readonly string[];
  /** A colour that is being tried. */
  readonly tried: string | undefined;
}

export interface Decorating {
  readonly selection: readonly string[];
  readonly selections: ReadonlyMap<string, readonly Selector[]>;
  readonly triedColor: { readonly ids: readonly string[]; readonly color: string } | undefined;
}

type Decorations = ReadonlyMap<string, Decoration>;

/** By element; those that nobody does anything to are not in it. */
export function decorations({ selection, selections, triedColor }: Decorating, ownColor: string): Decorations {
  const rings = new Map<string, readonly string[]>();
  for (const id of selection) rings.set(id, [ownColor]);
  for (const [id, selectors] of selections) {
    const colors = selectors.map(({ color }) => color);
    rings.set(id, [...(rings.get(id) ?? []), ...colors].slice(0, MOST_RINGS));
  }
  const found = new Map<string, Decoration>();
  for (const [id, each] of rings) found.set(id, { rings: each, tried: undefined });
  for (const id of triedColor?.ids ?? []) found.set(id, { rings: rings.get(id) ?? [], tried: triedColor?.color });
  return found;
}

/** The elements that look otherwise than before. */
export function differing(before: Decorations, now: Decorations): readonly string[] {
  const ids = new Set([...before.keys(), ...now.keys()]);
  return [...ids].filter((id) => !isSame(before.get(id), now.get(id)));
}

function isSame(a: Decoration | undefined, b: Decoration | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.tried === b.tried && a.rings.length === b.rings.length && a.rings.every((ring, index) => ring === b.rings[index]);
}
