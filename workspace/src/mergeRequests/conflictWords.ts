import type { DocumentView, JsonValue } from '@chorale/client';
import type { MergeCell, MergeConflict } from '@chorale/client/history';
import { shownValue } from '../conflicts/ChoiceParts';
import { elementName, registerName, upper } from '../session/wording';
import { proposalWords } from './messages';

const text = proposalWords;

/** One string for one cell. */
export function cellKey({ element, cell, name, item }: MergeCell): string {
  return JSON.stringify([element, cell, name, item]);
}

/** What a conflict is about, as people call it. */
export function conflictTitle({ element, cell, name = '' }: MergeConflict, document: DocumentView): string {
  const what = elementName(document, element);
  switch (cell) {
    case 'property':
    case 'text':
      return upper(registerName(document, element, [name]));
    case 'place':
      return text.values.place(what);
    case 'item':
    case 'member':
      return text.values.entry(name, what);
    default:
      return what;
  }
}

export function reasonWords({ reason }: MergeConflict): string {
  return Object.hasOwn(text.reasons, reason) ? (text.reasons[reason] ?? reason) : reason;
}

/** What one side has there, in words. */
export function sideWords({ cell, name = '' }: MergeCell, value: JsonValue | undefined, document: DocumentView): string {
  const { values } = text;
  switch (cell) {
    case 'deleted':
      return value === true ? values.deleted : values.there;
    case 'existence':
      return value === undefined ? values.absent : values.there;
    case 'place':
      return placeWords(value, document);
    case 'item':
      return isObject(value) ? shownValue(value['value'], [name]) : values.absent;
    case 'member':
      return value === true ? values.member : values.notMember;
    default:
      return value === undefined ? values.absent : shownValue(value, [name]);
  }
}

function placeWords(place: JsonValue | undefined, document: DocumentView): string {
  if (!isObject(place)) return text.values.absent;
  const { parent } = place;
  return typeof parent === 'string' ? text.values.inside(elementName(document, parent)) : text.values.outside;
}

function isObject(value: JsonValue | undefined): value is { readonly [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Choices that were there when one looked last and are not any more, by cell: whose they were. */
export function lapsedChoices(before: readonly MergeConflict[], now: readonly MergeConflict[]): ReadonlyMap<string, string> {
  const chosen = new Map(before.flatMap((conflict) => (conflict.choice ? [[cellKey(conflict), conflict.choice.by.name] as const] : [])));
  const lapsed = now.flatMap((conflict) => {
    const name = conflict.choice ? undefined : chosen.get(cellKey(conflict));
    return name === undefined ? [] : [[cellKey(conflict), name] as const];
  });
  return new Map(lapsed);
}
