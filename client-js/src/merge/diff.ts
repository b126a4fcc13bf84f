import type { Document } from '../document/document.js';
import { jsonEquals, type JsonValue } from '../protocol/json.js';
import type { ElementId } from '../protocol/operation.js';
import { cellKey, cellsOf, compareCells, type CellId } from './cells.js';

/** A cell that two documents hold different values of; nothing where a document does not have the cell. */
export interface Difference {
  readonly cell: CellId;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/** Every cell that differs (MRG-15): by element id, then structure, properties, texts, lists and sets. */
export function diff(before: Document, after: Document): readonly Difference[] {
  const ids = new Set<ElementId>();
  // Documents share what did not change since one became the other.
  for (const [id, element] of before.elements) if (after.elements.get(id) !== element) ids.add(id);
  for (const id of after.elements.keys()) if (!before.elements.has(id)) ids.add(id);
  return [...ids].sort().flatMap((id) => differences(before, after, id));
}

function differences(before: Document, after: Document, id: ElementId): readonly Difference[] {
  const old = cellsIn(before, id);
  const now = cellsIn(after, id);
  const found: Difference[] = [];
  for (const [key, { cell }] of new Map([...old, ...now])) {
    const was = old.get(key)?.value;
    const is = now.get(key)?.value;
    if (jsonEquals(was, is)) continue;
    found.push({ cell, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) });
  }
  return found.sort((a, b) => compareCells(a.cell, b.cell));
}

/** What a document holds of an element, by the cells' keys. */
function cellsIn(document: Document, id: ElementId): ReadonlyMap<string, { cell: CellId; value: JsonValue }> {
  const element = document.elements.get(id);
  return new Map([...(element ? cellsOf(element) : [])].map(([cell, value]) => [cellKey(cell), { cell, value }]));
}

/** A cell's value in a document. */
export function valueOf(document: Document, cell: CellId): JsonValue | undefined {
  return cellsIn(document, cell.element).get(cellKey(cell))?.value;
}
