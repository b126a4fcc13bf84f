import type { JsonValue } from '../protocol/json.js';
import { integer, json, object, present, shape, string } from '../protocol/read.js';

/** The smallest thing that can differ between two revisions. */
export interface Difference {
  readonly element: string;
  readonly elementType: string;
  /** `existence`, `deleted`, `place`, `property`, `text`, `item` (of a list) or `member` (of a set); others may come. */
  readonly cell: string;
  /** Of the property, text, list or set. */
  readonly name?: string;
  /** The list's item, or the set's member. */
  readonly item?: string;
  /** Absent where the first revision does not have the cell. */
  readonly before?: JsonValue;
  /** Absent where the second revision does not have the cell. */
  readonly after?: JsonValue;
  /** Who wrote what the second revision has. */
  readonly by?: { readonly userId: string; readonly revision: number; readonly at: string };
}

const readCell = shape(
  { element: string, elementType: string, cell: string },
  { name: string, item: string, by: shape({ userId: string, revision: integer, at: string }) },
);

export function readDifference(value: unknown, where: string): Difference {
  const difference = object(value, where);
  const before = present(difference, 'before', json);
  const after = present(difference, 'after', json);
  return { ...readCell(value, where), ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}
