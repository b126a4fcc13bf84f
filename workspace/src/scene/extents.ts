import type { DocumentView } from '@chorale/client';
import type { Extent } from './arrange';
import { worldBounds } from './bounds';
import { inWorld, lookupIn, topmost } from './tree';

/** What elements take up in the world, each with everything that hangs from it; what hangs from another of them comes with that one. */
export function extentsOf(document: DocumentView, ids: readonly string[]): readonly Extent[] {
  const top = topmost(document, ids);
  const lookup = lookupIn(document);
  const bounds = worldBounds(document, top);
  return inWorld(document, top.flatMap((id) => lookup(id) ?? [])).flatMap(({ id, kind, position, scale }) => {
    const each = bounds.get(id);
    return each ? [{ id, kind, size: scale[1], position, ...each }] : [];
  });
}
