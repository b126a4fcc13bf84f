import { assertNever } from '../protocol/assertNever.js';
import type { UnseenWrite } from '../protocol/frame.js';
import { atMost, checkValue, refuse } from '../protocol/limits.js';
import type {
  AppendOperation,
  CreateOperation,
  ElementId,
  ItemOperation,
  MemberOperation,
  MoveOperation,
  Operation,
  TextOperation,
} from '../protocol/operation.js';
import { isEmpty, lengthChange, requireFits, type TextEdit } from '../text/textEdit.js';
import { stampsOf } from './apply.js';
import { own } from './components.js';
import type { DocumentDraft, ElementView } from './document.js';
import type { Outcome } from './outcome.js';
import { policyFor } from './policies.js';
import { addToProperty, resolveConflict, writeProperty } from './propertyRules.js';
import { depth, height, isLive, isWithin, keyAfter, nearestLive, requireElement } from './tree.js';
import { liftUp } from './undoRules.js';
import { UNWRITTEN } from './writes.js';

/** So many unseen edits of a deleted element are told one by one. */
const UNSEEN_TOLD = 16;

/** A text operation's edit as it applies to the text as it is now. */
export type Transformed = (operation: TextOperation) => TextEdit;

/**
 * Decides what an operation does to the document as it is now, and does it. What no sane client sends is refused; what
 * is merely overtaken by others' edits turns into the nearest thing that makes sense, or into nothing, with a note for
 * its author.
 *
 * @throws ProblemError for what is refused
 */
export function decide(operation: Operation, outcome: Outcome, transformed: Transformed): void {
  const { draft } = outcome;
  switch (operation.op) {
    case 'create':
      create(operation, outcome);
      return;
    case 'set':
      writeProperty(requireElement(draft, operation.id), operation.path, operation.value, operation.previous, outcome);
      return;
    case 'unset':
      writeProperty(requireElement(draft, operation.id), operation.path, undefined, operation.previous, outcome);
      return;
    case 'add':
      addToProperty(requireElement(draft, operation.id), operation, outcome);
      return;
    case 'text':
      edit(requireElement(draft, operation.id), operation, outcome, transformed);
      return;
    case 'append':
      append(requireElement(draft, operation.id), operation, outcome);
      return;
    case 'item':
      retract(requireElement(draft, operation.id), operation, outcome);
      return;
    case 'member':
      putMember(requireElement(draft, operation.id), operation, outcome);
      return;
    case 'move':
      move(requireElement(draft, operation.id), operation, outcome);
      return;
    case 'delete':
      remove(requireElement(draft, operation.id), outcome);
      return;
    case 'restore':
      restore(requireElement(draft, operation.id), outcome);
      return;
    case 'resolve':
      resolveConflict(operation, outcome);
      return;
    default:
      assertNever(operation);
  }
}

function create(operation: CreateOperation, outcome: Outcome): void {
  const { id, elementType, props = {}, texts = {}, refs = [] } = operation;
  const { draft, rules } = outcome;
  const { limits } = rules;
  if (draft.get(id)) refuse('duplicate-id', `id: "${id}" (expected: one that was never used)`);
  atMost('elements of the document', draft.size + 1, limits.elements);
  outcome.checkNameCount(Object.keys(props).length + Object.keys(texts).length);
  for (const value of Object.values(props)) checkValue(value, limits);
  for (const text of Object.values(texts)) outcome.checkText(text.length);
  for (const ref of refs) requireBindable(draft, ref);
  requireParent(draft, operation.parent);
  const parent = nearestLive(draft, operation.parent);
  if (parent !== operation.parent) outcome.note('PARENT_DELETED', id);
  atMost('depth of the tree', depth(draft, parent) + 1, limits.treeDepth);
  if (!refs.every((ref) => draft.live(ref))) outcome.note('REF_DELETED', id);
  outcome.apply({
    op: 'create',
    id,
    elementType,
    parent,
    order: keyAfter(draft, parent, operation.after, id),
    props,
    ...(Object.keys(texts).length > 0 && { texts }),
    ...(refs.length > 0 && { refs }),
  });
}

function edit(element: ElementView, operation: TextOperation, outcome: Outcome, transformed: Transformed): void {
  const { id, name } = operation;
  const text = own(element.texts, name);
  const writes = outcome.draft.writes(id).texts.get(name);
  outcome.checkNames(element, text === undefined && !writes ? 1 : 0);
  const edit = transformed(operation);
  const content = text ?? '';
  requireFits(edit, content);
  outcome.checkText(content.length + lengthChange(edit));
  if (writes) outcome.meet(writes.stamp);
  if (isEmpty(edit)) {
    outcome.nothing();
    return;
  }
  outcome.noteIfDeleted(element);
  outcome.apply({ op: 'text', id, name, edit });
}

function append(element: ElementView, { id, list, items }: AppendOperation, outcome: Outcome): void {
  const { limits } = outcome.rules;
  const present = own(element.lists, list) ?? [];
  outcome.checkNames(element, present.length === 0 ? 1 : 0);
  atMost('items of a list', present.length + items.length, limits.listItems);
  const ids = new Set(present.map((item) => item.id));
  for (const item of items) {
    checkValue(item.value, limits);
    if (ids.has(item.id)) refuse('duplicate-id', `item: "${item.id}" (expected: one that the list never had)`);
  }
  outcome.noteIfDeleted(element);
  outcome.apply({ op: 'append', id, list, items });
}

function retract(element: ElementView, { id, list, item, retracted }: ItemOperation, outcome: Outcome): void {
  const items = own(element.lists, list) ?? [];
  const index = items.findIndex((each) => each.id === item);
  const present = items[index];
  if (!present) return refuse('unknown-element', `item: "${item}" (expected: one of the list's)`);
  outcome.meet(stampsOf(outcome.draft, element, list)[index] ?? UNWRITTEN);
  if ((present.retracted ?? false) === retracted) {
    outcome.nothing();
    return;
  }
  outcome.noteIfDeleted(element);
  outcome.apply({ op: 'item', id, list, item, retracted });
}

function putMember(element: ElementView, { id, set, member, on }: MemberOperation, outcome: Outcome): void {
  const { draft, rules, request } = outcome;
  const members = own(element.sets, set);
  const present = members && own(members, member);
  const stamp = draft.writes(id).members.get(set)?.get(member) ?? UNWRITTEN;
  if (present === undefined) {
    outcome.checkNames(element, members ? 0 : 1);
    atMost('members of a set', Object.keys(members ?? {}).length + 1, rules.limits.setMembers);
  } else {
    outcome.meet(stamp);
  }
  if (!on) {
    if (present !== true) {
      outcome.nothing();
      return;
    }
    const strategy = request.onConflict ?? policyFor(rules.policies, element.elementType, set).strategy;
    const addWins = request.judged && (strategy === 'AUTOMATIC' || strategy === 'MERGE');
    if (addWins && outcome.isUnseen(stamp)) {
      outcome.nothing('ADD_WINS', element);
      return;
    }
  }
  outcome.noteIfDeleted(element);
  // A member that is put in again counts as put in now: whoever takes it out without knowing does not win.
  outcome.apply({ op: 'member', id, set, member, on });
}

function move(element: ElementView, { id, parent, after }: MoveOperation, outcome: Outcome): void {
  const { draft } = outcome;
  const { treeDepth } = outcome.rules.limits;
  requireParent(draft, parent);
  outcome.meet(draft.writes(id).placed);
  if (isWithin(draft, parent, id)) {
    outcome.nothing('CYCLE', element);
  } else if (!isLive(draft, parent)) {
    outcome.nothing('PARENT_DELETED', element);
  } else {
    atMost('depth of the tree', depth(draft, parent) + height(draft, id, treeDepth), treeDepth);
    outcome.noteIfDeleted(element);
    outcome.apply({ op: 'move', id, parent, order: keyAfter(draft, parent, after, id) });
  }
}

function remove(element: ElementView, outcome: Outcome): void {
  outcome.meet(outcome.others(outcome.draft.writes(element.id).lastWrites));
  if (element.deleted) {
    outcome.nothing();
    return;
  }
  const writes: UnseenWrite[] = [];
  if (outcome.isConcurrent) collectUnseen(element.id, outcome, writes);
  if (writes.length > 0) outcome.note('EDIT_DELETED', element.id, { writes });
  outcome.apply({ op: 'delete', id: element.id });
}

function collectUnseen(element: ElementId, outcome: Outcome, unseen: UnseenWrite[]): void {
  if (unseen.length === UNSEEN_TOLD) return;
  const last = outcome.others(outcome.draft.writes(element).lastWrites);
  if (outcome.isUnseen(last)) unseen.push({ element, revision: last.revision, userId: last.userId });
  for (const child of outcome.draft.children(element)) collectUnseen(child, outcome, unseen);
}

function restore(element: ElementView, outcome: Outcome): void {
  outcome.meet(outcome.draft.writes(element.id).flagged);
  if (!element.deleted) {
    outcome.nothing();
    return;
  }
  liftUp(element, outcome);
  outcome.apply({ op: 'restore', id: element.id });
}

/** Constraints bind elements, never other constraints. */
function requireBindable(draft: DocumentDraft, ref: ElementId): void {
  if (requireElement(draft, ref).refs.length > 0) {
    refuse('invalid-operation', `refs: "${ref}" is a constraint (expected: another element)`);
  }
}

/** A constraint carries nothing: else an element could hang below what lives only as long as itself. */
function requireParent(draft: DocumentDraft, parent: ElementId | null): void {
  if (parent !== null && requireElement(draft, parent).refs.length > 0) {
    refuse('invalid-operation', `parent: "${parent}" is a constraint (expected: another element)`);
  }
}
