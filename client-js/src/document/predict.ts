import { assertNever } from '../protocol/assertNever.js';
import type { EffectiveOperation, ElementId, Operation } from '../protocol/operation.js';
import { apply } from './apply.js';
import type { DocumentDraft } from './document.js';
import { orderKeyBetween } from './orderKey.js';

/** Applies an operation the way the server most likely will, so that its author sees it at once. */
export function predict(draft: DocumentDraft, operation: Operation): void {
  for (const effective of effectsOf(draft, operation)) apply(draft, effective);
}

function effectsOf(draft: DocumentDraft, operation: Operation): readonly EffectiveOperation[] {
  switch (operation.op) {
    case 'create': {
      const { after, ...rest } = operation;
      // Where something that it needs was refused, so will it be.
      if (!isKnown(draft, operation.parent) || !(operation.refs ?? []).every((ref) => isKnown(draft, ref))) return [];
      const parent = nearestLive(draft, operation.parent);
      return [{ ...rest, parent, order: orderKeyAfter(draft, operation.id, parent, after) }];
    }
    case 'move': {
      const { after, ...rest } = operation;
      const { id, parent } = operation;
      if (parent !== null && (!draft.live(parent) || isWithin(draft, parent, id))) return [];
      return [{ ...rest, order: orderKeyAfter(draft, id, parent, after) }];
    }
    case 'restore': {
      const element = draft.get(operation.id);
      if (!element?.deleted) return [];
      const parent = nearestLive(draft, element.parent);
      if (parent === element.parent) return [operation];
      return [
        { op: 'move', id: element.id, parent, order: orderKeyAfter(draft, element.id, parent, undefined) },
        operation,
      ];
    }
    case 'set':
    case 'unset':
    case 'add':
    case 'delete':
      return [operation];
    default:
      return assertNever(operation);
  }
}

function isKnown(draft: DocumentDraft, id: ElementId | null): boolean {
  return id === null || draft.get(id) !== undefined;
}

/** The element itself where it is live, else the nearest ancestor that is (OPS-2). */
function nearestLive(draft: DocumentDraft, start: ElementId | null): ElementId | null {
  const visited = new Set<ElementId>();
  let id = start;
  while (id !== null && !draft.live(id)) {
    if (visited.has(id)) return null;
    visited.add(id);
    id = draft.get(id)?.parent ?? null;
  }
  return id;
}

/** Whether `id` is `ancestor` or hangs below it. */
function isWithin(draft: DocumentDraft, id: ElementId, ancestor: ElementId): boolean {
  const visited = new Set<ElementId>();
  for (let each: ElementId | null = id; each !== null && !visited.has(each); each = draft.get(each)?.parent ?? null) {
    if (each === ancestor) return true;
    visited.add(each);
  }
  return false;
}

function orderKeyAfter(
  draft: DocumentDraft,
  id: ElementId,
  parent: ElementId | null,
  after: ElementId | null | undefined,
): string {
  const children = draft.children(parent);
  const siblings = draft.get(id)?.parent === parent ? children.filter((sibling) => sibling !== id) : children;
  const anchor = typeof after === 'string' ? siblings.indexOf(after) : -1;
  // A sibling that is none any more counts as absent (OPS-1).
  const place = after === null ? 0 : anchor < 0 ? siblings.length : anchor + 1;
  const keyAt = (index: number): string | undefined => {
    const sibling = siblings[index];
    return sibling === undefined ? undefined : draft.get(sibling)?.order;
  };
  return orderKeyBetween(keyAt(place - 1), keyAt(place));
}
