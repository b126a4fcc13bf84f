import { assertNever } from '../protocol/assertNever.js';
import { atMost } from '../protocol/limits.js';
import type { EffectiveOperation, Inverse, Origins } from '../protocol/operation.js';
import { isEmpty, lengthChange } from '../text/textEdit.js';
import { stampsOf } from './apply.js';
import { sum } from './blending.js';
import { Bridge } from './bridge.js';
import { fitsComponent, own, readComponent } from './components.js';
import type { ElementView } from './document.js';
import type { Outcome } from './outcome.js';
import { depth, formerKey, height, isLive, isWithin, keyAfter, nearestLive, requireElement } from './tree.js';
import { NEVER, originsOf, sameOrigins } from './writes.js';

type Of<I extends Inverse['inverse']> = Extract<Inverse, { inverse: I }>;
type Returned = Extract<EffectiveOperation, { readonly origin?: number }>;

/** By element and name; nothing for a text whose edits since are not known. */
type Bridges = Map<string, Bridge | undefined>;

/**
 * Undoes a whole change where nobody wrote since; what cannot be undone any more is told, never forced. Its edits of
 * one text continue each other, so what came since advances over each.
 */
export function undo(inverses: readonly Inverse[], outcome: Outcome): void {
  const bridges: Bridges = new Map();
  for (const inverse of inverses) {
    undoOne(inverse, bridges, outcome);
    outcome.next();
  }
  // Only now, since the change's other operations may bring back what an element stands below.
  for (const [index, inverse] of inverses.entries()) {
    if (inverse.inverse !== 'flag' || inverse.deleted) continue;
    outcome.turnTo(index);
    const restored = requireElement(outcome.draft, inverse.id);
    const here = outcome.draft.writes(inverse.id).flagged.revision === outcome.request.stamp.revision;
    if (!restored.deleted && here) liftUp(restored, outcome);
  }
}

function undoOne(inverse: Inverse, bridges: Bridges, outcome: Outcome): void {
  const { draft } = outcome;
  const element = requireElement(draft, inverse.id);
  const { id } = element;
  switch (inverse.inverse) {
    case 'property':
      undoProperty(element, inverse, outcome);
      return;
    case 'text':
      undoText(element, inverse, bridges, outcome);
      return;
    case 'appended':
      for (const item of inverse.items) {
        const { list, expects } = inverse;
        retract(element, { inverse: 'item', id, list, item, retracted: true, expects, restores: NEVER }, outcome);
      }
      return;
    case 'item':
      retract(element, inverse, outcome);
      return;
    case 'member': {
      const { set, member, on, expects, restores } = inverse;
      const stamp = draft.writes(id).members.get(set)?.get(member);
      guarded(element, stamp?.origin === expects, { op: 'member', id, set, member, on }, restores, outcome);
      return;
    }
    case 'place':
      undoPlace(element, inverse, outcome);
      return;
    case 'flag': {
      const { deleted, expects, restores } = inverse;
      if (draft.writes(id).flagged.origin !== expects || element.deleted === deleted) {
        outcome.note('UNDO_SKIPPED', id);
        return;
      }
      outcome.apply({ op: deleted ? 'delete' : 'restore', id, origin: restores });
      return;
    }
    default:
      assertNever(inverse);
  }
}

/** Takes an element that comes back out from under deleted ones, to the nearest that people see. */
export function liftUp({ id, parent }: ElementView, outcome: Outcome): void {
  const live = nearestLive(outcome.draft, parent);
  if (live === parent) return;
  outcome.note('PARENT_DELETED', id);
  outcome.apply({ op: 'move', id, parent: live, order: keyAfter(outcome.draft, live, undefined, id) });
}

function undoProperty(element: ElementView, undone: Of<'property'>, outcome: Outcome): void {
  const { id, path, old, expects, restores, delta } = undone;
  const [property, component] = path;
  const cell = outcome.draft.cell(element, property);
  if (fitsComponent(cell.value, component, old === undefined) && sameOrigins(originsOf(cell, component), expects)) {
    const write: Returned = old === undefined ? { op: 'unset', id, path } : { op: 'set', id, path, value: old };
    applyReturned(element, write, restores, outcome);
    return;
  }
  const present = readComponent(cell.value, component);
  if (delta === undefined || present === undefined || sum(present, delta) === undefined) {
    outcome.note('UNDO_SKIPPED', id);
    return;
  }
  outcome.noteIfDeleted(element);
  outcome.apply({ op: 'add', id, path, delta });
}

function undoText(element: ElementView, undone: Of<'text'>, bridges: Bridges, outcome: Outcome): void {
  const { id, name, edit, revision } = undone;
  const key = JSON.stringify([id, name]);
  if (!bridges.has(key)) bridges.set(key, Bridge.since(outcome.draft.textWrites(id, name), revision));
  const transformed = bridges.get(key)?.cross(edit);
  if (!transformed || isEmpty(transformed)) {
    outcome.note('UNDO_SKIPPED', id);
    return;
  }
  outcome.checkText((own(element.texts, name) ?? '').length + lengthChange(transformed));
  outcome.noteIfDeleted(element);
  outcome.apply({ op: 'text', id, name, edit: transformed });
}

function retract(before: ElementView, undone: Of<'item'>, outcome: Outcome): void {
  const { id, list, item, retracted, expects, restores } = undone;
  const element = requireElement(outcome.draft, before.id);
  const items = own(element.lists, list) ?? [];
  const index = items.findIndex((each) => each.id === item);
  const stamp = stampsOf(outcome.draft, element, list)[index];
  const holds = stamp?.origin === expects && (items[index]?.retracted ?? false) !== retracted;
  guarded(element, holds, { op: 'item', id, list, item, retracted }, restores, outcome);
}

function undoPlace(element: ElementView, undone: Of<'place'>, outcome: Outcome): void {
  const { id, parent, order, behind, expects, restores } = undone;
  const { draft, rules } = outcome;
  const { treeDepth } = rules.limits;
  if (draft.writes(id).placed.origin !== expects) {
    outcome.note('UNDO_SKIPPED', id);
  } else if (isWithin(draft, parent, id)) {
    outcome.note('CYCLE', id);
  } else if (!isLive(draft, parent)) {
    outcome.note('PARENT_DELETED', id);
  } else {
    atMost('depth of the tree', depth(draft, parent) + height(draft, id, treeDepth), treeDepth);
    const key = formerKey(draft, parent, order, behind, id);
    guarded(element, true, { op: 'move', id, parent, order: key }, restores, outcome);
  }
}

function guarded(element: ElementView, holds: boolean, write: Returned, restores: number, outcome: Outcome): void {
  if (holds) applyReturned(element, write, { origin: restores }, outcome);
  else outcome.note('UNDO_SKIPPED', element.id);
}

function applyReturned(element: ElementView, write: Returned, origins: Origins, outcome: Outcome): void {
  outcome.noteIfDeleted(element);
  outcome.apply({ ...write, ...origins });
}
