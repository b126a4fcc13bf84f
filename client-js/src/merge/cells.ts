import type { ElementView } from '../document/document.js';
import { assertNever } from '../protocol/assertNever.js';
import { canonicalForm } from '../protocol/canonicalForm.js';
import { isJsonObject, type JsonValue } from '../protocol/json.js';
import type { ElementId } from '../protocol/operation.js';

/** The smallest thing that can differ between two documents; what its value is, stands with each. */
export type CellId =
  /** That the element was made at all: its type. */
  | { readonly cell: 'existence'; readonly element: ElementId }
  /** Its deleted flag. */
  | { readonly cell: 'deleted'; readonly element: ElementId }
  /** `{"order": key, "parent": id or null}` */
  | { readonly cell: 'place'; readonly element: ElementId }
  /** A whole property. */
  | { readonly cell: 'property'; readonly element: ElementId; readonly name: string }
  /** A text that is not empty. */
  | { readonly cell: 'text'; readonly element: ElementId; readonly name: string }
  /** `{"retracted": boolean, "value": …}` */
  | { readonly cell: 'item'; readonly element: ElementId; readonly list: string; readonly item: string }
  /** `true`; no value for what is no member. */
  | { readonly cell: 'member'; readonly element: ElementId; readonly set: string; readonly member: string };

/** The cell of one kind. */
export type CellOf<Kind extends CellId['cell']> = Extract<CellId, { readonly cell: Kind }>;

/** One string for equal cells. */
export function cellKey(cell: CellId): string {
  return canonicalForm(cell);
}

/** Every cell with its value, as {@link compareCells} orders them; a list's items in their order. */
export function* cellsOf(view: ElementView): Generator<readonly [CellId, JsonValue], void> {
  const { id: element, elementType, deleted, order, parent, props, texts, lists, sets } = view;
  yield [{ cell: 'existence', element }, elementType];
  yield [{ cell: 'deleted', element }, deleted];
  yield [{ cell: 'place', element }, { order, parent }];
  for (const [name, value] of byKey(props)) yield [{ cell: 'property', element, name }, value];
  for (const [name, text] of byKey(texts)) yield [{ cell: 'text', element, name }, text];
  for (const [list, items] of byKey(lists)) {
    for (const { id: item, value, retracted = false } of items) {
      yield [{ cell: 'item', element, list, item }, { retracted, value }];
    }
  }
  for (const [set, members] of byKey(sets)) {
    for (const [member, on] of byKey(members)) if (on) yield [{ cell: 'member', element, set, member }, true];
  }
}

const KINDS: readonly CellId['cell'][] = ['existence', 'deleted', 'place', 'property', 'text', 'item', 'member'];

/** Of one element: structure first, then properties, texts, lists and sets by name. A list's items are equal. */
export function compareCells(a: CellId, b: CellId): number {
  return (
    KINDS.indexOf(a.cell) - KINDS.indexOf(b.cell) || compare(nameOf(a), nameOf(b)) || compare(memberOf(a), memberOf(b))
  );
}

function nameOf(cell: CellId): string {
  switch (cell.cell) {
    case 'existence':
    case 'deleted':
    case 'place':
      return '';
    case 'property':
    case 'text':
      return cell.name;
    case 'item':
      return cell.list;
    case 'member':
      return cell.set;
    default:
      return assertNever(cell);
  }
}

function memberOf(cell: CellId): string {
  return cell.cell === 'member' ? cell.member : '';
}

/** By code unit, as on the server. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The entries by their keys. */
export function byKey<T>(fields: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(fields).sort(([a], [b]) => compare(a, b));
}

/** The parent that a place names; undefined where there is no place. */
export function parentIn(place: JsonValue | undefined): ElementId | null | undefined {
  if (!isJsonObject(place)) return undefined;
  return typeof place.parent === 'string' ? place.parent : null;
}
