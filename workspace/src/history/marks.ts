import type { DocumentView } from '@chorale/client';
import type { Difference } from '@chorale/client/history';
import { middleOf, worldBounds, type Bounds } from '../scene/bounds';
import { localMatrix, type ReadonlyMatrix } from '../scene/frames';
import { isSolid, type SolidKind } from '../scene/geometries';
import { isConstraint, type Vector } from '../scene/sceneElement';
import { bodiesOf, inWorld } from '../scene/tree';

export const MARK_KINDS = ['created', 'deleted', 'moved', 'changed'] as const;
/** What became of an element, as far as a scene can show it. */
export type MarkKind = (typeof MARK_KINDS)[number];

/** A body that is not there any more, where it was. */
export interface Ghost {
  /** A box where its shape is none of the common ones. */
  readonly shape: SolidKind;
  readonly matrix: ReadonlyMatrix;
}

/** What is drawn of one element's difference. */
export interface Mark {
  readonly element: string;
  readonly kind: MarkKind;
  /** What it takes up in the world: where it is, or where it was if it is gone. */
  readonly bounds: Bounds;
  /** What is not there any more. */
  readonly ghosts: readonly Ghost[];
  /** For what moved: its middle before, and what it took up there. */
  readonly from?: { readonly middle: Vector; readonly bounds: Bounds };
}

/** More than these say nothing any more. */
export const MOST_MARKS = 300;
/** Nobody sees that something moved by less, in metres. */
const SEEN = 1e-4;

/** What differs between two documents, where a scene can show it. */
export function marksOf(differences: readonly Difference[], before: DocumentView, after: DocumentView): readonly Mark[] {
  const ids = [...new Set(differences.map(({ element }) => element))];
  const [were, are] = [worldBounds(before, ids), worldBounds(after, ids)];
  const marks: Mark[] = [];
  for (const element of ids) {
    const view = after.elements.get(element) ?? before.elements.get(element);
    if (!view || isConstraint(view)) continue;
    const mark = markOf(element, were.get(element), are.get(element), before);
    if (mark) marks.push(mark);
    if (marks.length === MOST_MARKS) break;
  }
  return marks;
}

function markOf(element: string, was: Bounds | undefined, is: Bounds | undefined, before: DocumentView): Mark | undefined {
  if (is && !was) return { element, kind: 'created', bounds: is, ghosts: [] };
  if (was && !is) return { element, kind: 'deleted', bounds: was, ghosts: ghostsOf(element, before) };
  if (!was || !is) return undefined;
  const [from, to] = [middleOf(was), middleOf(is)];
  const isMoved = Math.hypot(from[0] - to[0], from[1] - to[1], from[2] - to[2]) > SEEN;
  if (!isMoved) return { element, kind: 'changed', bounds: is, ghosts: [] };
  return { element, kind: 'moved', bounds: is, ghosts: [], from: { middle: from, bounds: was } };
}

function ghostsOf(element: string, before: DocumentView): readonly Ghost[] {
  return inWorld(before, bodiesOf(before, [element])).map((body) => ({ shape: isSolid(body.kind) ? body.kind : 'box', matrix: localMatrix(body) }));
}
