import { refuse } from '../protocol/limits.js';
import type { ElementId, RebalanceOperation } from '../protocol/operation.js';
import type { DocumentDraft, ElementView } from './document.js';
import { orderKeyBetween, spreadOrderKeys } from './orderKey.js';

/** Refuses an id that never was an element's. */
export function requireElement(draft: DocumentDraft, id: ElementId): ElementView {
  return draft.get(id) ?? refuse('unknown-element', `element: "${id}" (expected: one of the document's)`);
}

/** The root is live. */
export function isLive(draft: DocumentDraft, id: ElementId | null): boolean {
  return id === null || draft.live(id);
}

/** An element and its ancestors, upwards. Ends where they go around in a circle, as no server makes them. */
function* upwards(draft: DocumentDraft, id: ElementId | null): Generator<ElementId, void> {
  const seen = new Set<ElementId>();
  for (let at = id; at !== null && !seen.has(at); at = draft.get(at)?.parent ?? null) {
    seen.add(at);
    yield at;
  }
}

/** The first of an element and its ancestors that is live; the root at last. */
export function nearestLive(draft: DocumentDraft, id: ElementId | null): ElementId | null {
  for (const each of upwards(draft, id)) if (draft.live(each)) return each;
  return null;
}

/** Whether `id` is `ancestor` or stands anywhere below it, deleted or not. */
export function isWithin(draft: DocumentDraft, id: ElementId | null, ancestor: ElementId): boolean {
  for (const each of upwards(draft, id)) if (each === ancestor) return true;
  return false;
}

/** Levels from the root: 0 for the root itself. */
export function depth(draft: DocumentDraft, id: ElementId | null): number {
  return [...upwards(draft, id)].length;
}

/** Levels of the subtree: 1 for an element without children. Counts no further than one beyond `most`. */
export function height(draft: DocumentDraft, id: ElementId, most: number): number {
  let levels = 0;
  for (let level: readonly ElementId[] = [id]; level.length > 0 && levels <= most; levels++) {
    level = level.flatMap((each) => draft.children(each));
  }
  return levels;
}

/**
 * The order key for a place behind a sibling, before all (null) or behind all (undefined); an element that moves is not
 * its own neighbour.
 */
export function keyAfter(
  draft: DocumentDraft,
  parent: ElementId | null,
  after: ElementId | null | undefined,
  moving: ElementId,
): string {
  const siblings = draft.children(parent);
  if (after === null) return orderKeyBetween(undefined, orderOfNext(draft, siblings, 0, moving));
  const sibling = after === undefined || after === moving ? undefined : draft.get(after);
  if (sibling?.parent === parent) return keyBehind(draft, siblings, sibling.order, moving);
  const last = siblings.at(-1) === moving ? siblings.at(-2) : siblings.at(-1);
  return orderKeyBetween(last === undefined ? undefined : draft.get(last)?.order, undefined);
}

/** Where an element once stood: at its key or, where keys were given anew since, behind the one that it stood behind. */
export function formerKey(
  draft: DocumentDraft,
  parent: ElementId | null,
  order: string,
  behind: ElementId | null,
  moving: ElementId,
): string {
  const sibling = behind === null || behind === moving ? undefined : draft.get(behind);
  const shifted = sibling?.parent === parent && sibling.order >= order;
  return shifted ? keyAfter(draft, parent, behind, moving) : keyAt(draft, parent, order, moving);
}

/** The sibling that an element stands behind, deleted ones too; null for the first. */
export function siblingBefore(draft: DocumentDraft, { parent, order }: ElementView): ElementId | null {
  const siblings = draft.children(parent);
  return siblings[firstBehind(draft, siblings, order) - 2] ?? null;
}

/** The order key itself, or where another element has it, one right behind. */
function keyAt(draft: DocumentDraft, parent: ElementId | null, order: string, moving: ElementId): string {
  const siblings = draft.children(parent);
  const there = siblings[firstBehind(draft, siblings, order) - 1];
  const free = there === undefined || there === moving || draft.get(there)?.order !== order;
  return free ? order : keyBehind(draft, siblings, order, moving);
}

/**
 * Shorter keys for an element and the neighbours that have to make room for them: as few as possible, in the same
 * order. Twice as many are tried until the keys are short.
 */
export function shorterKeys(draft: DocumentDraft, element: ElementView, maxLength: number): RebalanceOperation {
  const siblings = draft.children(element.parent);
  const place = siblings.indexOf(element.id);
  const orderAt = (index: number): string | undefined => orderOf(draft, siblings[index]);
  for (let reach = 8; ; reach *= 2) {
    const from = Math.max(0, place - reach);
    const to = Math.min(siblings.length, place + reach + 1);
    const keys = spreadOrderKeys(orderAt(from - 1), orderAt(to), to - from);
    const all = from === 0 && to === siblings.length;
    if (all || keys.every((key) => key.length <= maxLength)) {
      const byElement = siblings.slice(from, to).map((id, index) => [id, keys[index] ?? ''] as const);
      return { op: 'rebalance', parent: element.parent, keys: Object.fromEntries(byElement) };
    }
  }
}

function keyBehind(draft: DocumentDraft, siblings: readonly ElementId[], low: string, moving: ElementId): string {
  return orderKeyBetween(low, orderOfNext(draft, siblings, firstBehind(draft, siblings, low), moving));
}

function orderOfNext(
  draft: DocumentDraft,
  siblings: readonly ElementId[],
  from: number,
  moving: ElementId,
): string | undefined {
  return orderOf(draft, siblings[siblings[from] === moving ? from + 1 : from]);
}

function orderOf(draft: DocumentDraft, id: ElementId | undefined): string | undefined {
  return id === undefined ? undefined : draft.get(id)?.order;
}

/** The index of the first sibling behind an order key. */
function firstBehind(draft: DocumentDraft, siblings: readonly ElementId[], order: string): number {
  let low = 0;
  let high = siblings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((orderOf(draft, siblings[middle]) ?? '') <= order) low = middle + 1;
    else high = middle;
  }
  return low;
}
