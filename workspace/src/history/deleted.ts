import type { DocumentView, ElementView } from '@chorale/client';
import { isConstraint } from '../scene/sceneElement';

const known = new WeakMap<DocumentView, readonly ElementView[]>();

/**
 * What is deleted and can be brought back with an effect: what it was in is there. Constraints come back with what they are
 * about, so they are not told.
 */
export function deletedElements(document: DocumentView): readonly ElementView[] {
  const before = known.get(document);
  if (before) return before;
  const found = [...document.elements.values()].filter((element) => {
    return element.deleted && !isConstraint(element) && (element.parent === null || document.live(element.parent));
  });
  known.set(document, found);
  return found;
}
