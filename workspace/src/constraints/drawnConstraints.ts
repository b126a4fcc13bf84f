import type { DocumentView } from '@chorale/client';
import { isShown, liveConstraints, type Constraint } from './constraint';

/** More lines than this say nothing any more. */
export const MOST_DRAWN = 120;

/** A constraint, and at which share of its line its tag is: several between the same two do not cover each other. */
export interface Drawn {
  readonly constraint: Constraint;
  readonly share: number;
}

const drawn = new WeakMap<DocumentView, readonly Drawn[]>();

/** What the scene draws: constraints that it knows, of elements that are shown. */
export function drawnConstraints(document: DocumentView): readonly Drawn[] {
  const known = drawn.get(document);
  if (known) return known;
  const constraints = liveConstraints(document)
    .filter(({ kind, refs }) => kind !== 'unknown' && refs.every((id) => isShown(document, id)))
    .slice(0, MOST_DRAWN);
  const shared = spread(constraints);
  drawn.set(document, shared);
  return shared;
}

function spread(constraints: readonly Constraint[]): readonly Drawn[] {
  const keyOf = ({ refs }: Constraint) => [...refs].sort().join(' ');
  const counts = new Map<string, number>();
  for (const constraint of constraints) counts.set(keyOf(constraint), (counts.get(keyOf(constraint)) ?? 0) + 1);
  const placed = new Map<string, number>();
  return constraints.map((constraint) => {
    const key = keyOf(constraint);
    const place = (placed.get(key) ?? 0) + 1;
    placed.set(key, place);
    const share = place / ((counts.get(key) ?? 1) + 1);
    // The same way along the line, whichever of the two a constraint names first.
    return { constraint, share: constraint.refs[0] === key.split(' ')[0] ? share : 1 - share };
  });
}

/** The name under which the scene finds the tag of a constraint. */
export const tagOf = ({ id }: Constraint) => `constraint ${id}`;
