import type { CreateOperation, DocumentView, JsonObject } from '@chorale/client';
import { randomId } from '../app/ids';
import { decodeConstraint, liveConstraints } from '../constraints/constraint';

/** What is to hold between things that are copied together. */
export interface CopiedConstraint {
  readonly kind: string;
  /** The places in the list of what is copied. */
  readonly refs: readonly number[];
  /** How it is stored: name, axis, wanted distance. */
  readonly props: JsonObject;
}

export const MOST_CONSTRAINTS = 1000;

/** The constraints that are about nothing but these elements. */
export function constraintsAmong(document: DocumentView, ids: readonly string[]): readonly CopiedConstraint[] {
  const places = new Map(ids.map((id, index) => [id, index]));
  return liveConstraints(document)
    .flatMap(({ id, kind, elementType, refs }): CopiedConstraint[] => {
      const at = refs.map((ref) => places.get(ref));
      const stored = document.elements.get(id);
      if (kind === 'unknown' || stored === undefined || !at.every((place) => place !== undefined)) return [];
      return [{ kind: elementType, refs: at, props: propsOf(elementType, refs, stored.props) }];
    })
    .slice(0, MOST_CONSTRAINTS);
}

/**
 * Reads whatever somebody wrote; what is nonsense is left out.
 *
 * @param places where the elements of the list came to be, by their place in it
 */
export function readConstraints(given: unknown, places: ReadonlyMap<number, number>): readonly CopiedConstraint[] {
  if (!Array.isArray(given)) return [];
  return (given as readonly unknown[]).slice(0, MOST_CONSTRAINTS).flatMap((value): CopiedConstraint[] => {
    const { kind, refs, props } = record(value);
    if (typeof kind !== 'string' || !Array.isArray(refs)) return [];
    const at = (refs as readonly unknown[]).map((ref) => (typeof ref === 'number' ? places.get(ref) : undefined));
    if (!at.every((place) => place !== undefined)) return [];
    const ids = at.map(String);
    if (decodeConstraint({ id: '', elementType: kind, refs: ids, props: {} }).kind === 'unknown' || new Set(at).size !== at.length) return [];
    return [{ kind, refs: at, props: propsOf(kind, ids, record(props) as JsonObject) }];
  });
}

/** The edits that make the same hold between copies. @param ids of the copies, by their place in the list */
export function constraintCreations(constraints: readonly CopiedConstraint[], ids: readonly string[]): readonly CreateOperation[] {
  return constraints.map(({ kind, refs, props }) => {
    const about = refs.flatMap((ref) => ids[ref] ?? []);
    return { op: 'create', id: randomId(), elementType: kind, parent: null, refs: about, props };
  });
}

/** Only what is understood goes on. */
function propsOf(elementType: string, refs: readonly string[], props: JsonObject): JsonObject {
  const { kind, name, value } = decodeConstraint({ id: '', elementType, refs, props });
  const { axis } = props;
  return {
    ...(name !== '' && { name }),
    ...(kind === 'align' && (axis === 'x' || axis === 'y' || axis === 'z') && { axis }),
    ...(kind === 'distance' && value !== undefined && { value }),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
