import { assertNever } from '../protocol/assertNever.js';
import type { Candidate, CommittedChange, ConflictRecord } from '../protocol/frame.js';
import type { JsonValue } from '../protocol/json.js';
import type {
  AppendOperation,
  EffectiveOperation,
  ElementId,
  Inverse,
  ItemOperation,
  MemberOperation,
  Origins,
  Path,
  ResolveOperation,
  TextOperation,
  WithholdOperation,
} from '../protocol/operation.js';
import { applyEdit, invertEdit, requireFits, type TextEdit } from '../text/textEdit.js';
import { sum } from './blending.js';
import { negated, own, readComponent, replacedComponent, withField } from './components.js';
import type { DocumentDraft, ElementView } from './document.js';
import { siblingBefore } from './tree.js';
import {
  clientOf,
  createdBy,
  followedBy,
  NEVER,
  originsOf,
  UNWRITTEN,
  UNWRITTEN_PROPERTY,
  withEntry,
  withOrigins,
  written,
  writtenText,
  type ElementWrites,
  type PropertyWrites,
  type Stamp,
  type Writing,
} from './writes.js';

type Create = Extract<EffectiveOperation, { op: 'create' }>;
type PropertyInverse = Extract<Inverse, { inverse: 'property' }>;

/** Folds a committed change, the next revision. Answers how to undo it, in the order in which to do so. */
export function fold(draft: DocumentDraft, change: CommittedChange): readonly Inverse[] {
  const { revision, changeId, userId, at } = change;
  const stamp: Stamp = { revision, clientId: clientOf(changeId), userId, at, origin: revision };
  const inverses: Inverse[] = [];
  for (const operation of change.operations) {
    const inverse = apply(draft, operation, { changeId, stamp });
    if (inverse) inverses.unshift(inverse);
  }
  draft.revision = revision;
  return inverses;
}

/**
 * Carries out one effective operation: decides nothing. Answers how to undo it, where that can be done. What has no
 * place to go does nothing.
 */
export function apply(draft: DocumentDraft, operation: EffectiveOperation, by: Writing): Inverse | undefined {
  switch (operation.op) {
    case 'create':
      return insert(draft, operation, by.stamp);
    case 'resolve':
      resolve(draft, operation, by.stamp);
      return undefined;
    case 'rebalance':
      rebalance(draft, operation.keys);
      return undefined;
    case 'withhold':
      withhold(draft, operation, by.stamp);
      return undefined;
    case 'set':
    case 'unset':
    case 'add':
    case 'text':
    case 'append':
    case 'item':
    case 'member':
    case 'move':
    case 'delete':
    case 'restore': {
      const element = draft.get(operation.id);
      return element && write(draft, element, operation, by);
    }
    default:
      return assertNever(operation);
  }
}

type Write = Exclude<EffectiveOperation, { op: 'create' | 'resolve' | 'rebalance' | 'withhold' }>;

function write(draft: DocumentDraft, element: ElementView, operation: Write, by: Writing): Inverse | undefined {
  const stamp = 'origin' in operation ? { ...by.stamp, origin: operation.origin } : by.stamp;
  switch (operation.op) {
    case 'set':
    case 'unset': {
      const value = operation.op === 'set' ? operation.value : undefined;
      const siblings = operation.op === 'set' ? operation.siblings : undefined;
      const blended = siblings && { blended: { component: operation.path[1], siblings } };
      const { origin, origins } = operation;
      const returned = origin === undefined ? undefined : { origin, ...(origins && { origins }) };
      return writeProperty(draft, element, operation.path, value, stamp, { returned, more: blended });
    }
    case 'add': {
      const present = readComponent(own(element.props, operation.path[0]), operation.path[1]);
      const total = present === undefined ? undefined : sum(present, operation.delta);
      if (total === undefined) return undefined;
      const inverse = writeProperty(draft, element, operation.path, total, stamp, {});
      return { ...inverse, delta: negated(operation.delta) };
    }
    case 'text':
      return edit(draft, element, operation, { ...by, stamp });
    case 'append':
      return append(draft, element, operation, stamp);
    case 'item':
      return retract(draft, element, operation, stamp);
    case 'member':
      return putMember(draft, element, operation, stamp);
    case 'move':
      return place(draft, element, operation.parent, operation.order, stamp);
    case 'delete':
      return flag(draft, element, true, stamp);
    case 'restore':
      return flag(draft, element, false, stamp);
    default:
      return assertNever(operation);
  }
}

/** Puts what changed of the element's values and of its last writes. */
function update(
  draft: DocumentDraft,
  element: ElementView,
  values: Partial<ElementView>,
  stamp: Stamp,
  writes: Partial<ElementWrites>,
): void {
  draft.put({ ...element, ...values });
  const before = draft.writes(element.id);
  draft.putWrites(element.id, { ...before, ...writes, lastWrites: followedBy(before.lastWrites, stamp) });
}

// ---- elements

function insert(draft: DocumentDraft, create: Create, stamp: Stamp): Inverse | undefined {
  const { id, elementType, parent, order, refs = [], props = {}, texts = {} } = create;
  if (draft.get(id)) return undefined;
  draft.put({
    id,
    elementType,
    parent,
    order,
    deleted: false,
    refs,
    props,
    texts: Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')),
    lists: {},
    sets: {},
  });
  const writes = createdBy(stamp, NEVER);
  // From here on every edit is known, whatever the document started from.
  draft.putWrites(id, writes);
  draft.putWrites(id, {
    ...writes,
    props: new Map(Object.keys(props).map((name) => [name, written(UNWRITTEN_PROPERTY, undefined, stamp)])),
    texts: new Map(Object.keys(texts).map((name) => [name, { ...draft.textWrites(id, name), stamp }])),
  });
  return { inverse: 'flag', id, deleted: true, expects: stamp.origin, restores: NEVER };
}

function place(
  draft: DocumentDraft,
  element: ElementView,
  parent: ElementId | null,
  order: string,
  stamp: Stamp,
): Inverse {
  const restores = draft.writes(element.id).placed.origin;
  const former = { parent: element.parent, order: element.order, behind: siblingBefore(draft, element) };
  update(draft, element, { parent, order }, stamp, { placed: stamp });
  return { inverse: 'place', id: element.id, ...former, expects: stamp.origin, restores };
}

function flag(draft: DocumentDraft, element: ElementView, deleted: boolean, stamp: Stamp): Inverse {
  const { origin } = draft.writes(element.id).flagged;
  update(draft, element, { deleted }, stamp, { flagged: stamp });
  return { inverse: 'flag', id: element.id, deleted: element.deleted, expects: stamp.origin, restores: origin };
}

/** Nobody's edit: the placement keeps its last write. */
function rebalance(draft: DocumentDraft, keys: Readonly<Record<ElementId, string>>): void {
  for (const [id, order] of Object.entries(keys)) {
    const element = draft.get(id);
    if (element) draft.put({ ...element, order });
  }
}

// ---- properties

function writeProperty(
  draft: DocumentDraft,
  element: ElementView,
  path: Path,
  value: JsonValue | undefined,
  stamp: Stamp,
  { returned, more }: { readonly returned?: Origins | undefined; readonly more?: Partial<PropertyWrites> | undefined },
): PropertyInverse {
  const [property, component] = path;
  const cell = draft.cell(element, property);
  const old = readComponent(cell.value, component);
  const content = replacedComponent(cell.value, component, value);
  const plain = written(cell, component, stamp);
  const writes = returned && component === undefined ? withOrigins(plain, returned) : plain;
  // Where a component has no place, nothing changes but that it was written.
  const placeless = component !== undefined && content === undefined;
  const props = placeless ? element.props : withField(element.props, property, content);
  update(draft, element, { props }, stamp, {
    props: withEntry(draft.writes(element.id).props, property, { ...writes, ...more }),
  });
  return {
    inverse: 'property',
    id: element.id,
    path,
    ...(old !== undefined && { old }),
    expects: returned ?? originsOf(writes, component),
    restores: originsOf(cell, component),
  };
}

// ---- texts, lists and sets

function edit(
  draft: DocumentDraft,
  element: ElementView,
  { name, edit }: TextOperation,
  by: Writing,
): Inverse | undefined {
  const before = own(element.texts, name) ?? '';
  if (!fits(edit, before)) return undefined;
  const after = applyEdit(before, edit);
  const text = writtenText(draft.textWrites(element.id, name), edit, by);
  const texts = withField(element.texts, name, after === '' ? undefined : after);
  update(draft, element, { texts }, by.stamp, { texts: withEntry(draft.writes(element.id).texts, name, text) });
  return { inverse: 'text', id: element.id, name, edit: invertEdit(edit, before), revision: by.stamp.revision };
}

export function fits(edit: TextEdit, text: string): boolean {
  try {
    requireFits(edit, text);
    return true;
  } catch {
    return false;
  }
}

function append(draft: DocumentDraft, element: ElementView, { list, items }: AppendOperation, stamp: Stamp): Inverse {
  const { id, lists } = element;
  const before = own(lists, list) ?? [];
  const writes = stampsOf(draft, element, list);
  update(draft, element, { lists: { ...lists, [list]: [...before, ...items] } }, stamp, {
    items: withEntry(draft.writes(id).items, list, [...writes, ...items.map(() => stamp)]),
  });
  return { inverse: 'appended', id, list, items: items.map((item) => item.id), expects: stamp.origin };
}

function retract(
  draft: DocumentDraft,
  element: ElementView,
  operation: ItemOperation,
  stamp: Stamp,
): Inverse | undefined {
  const { id, lists } = element;
  const { list, item, retracted } = operation;
  const items = own(lists, list) ?? [];
  const index = items.findIndex((each) => each.id === item);
  const old = items[index];
  if (!old) return undefined;
  const writes = stampsOf(draft, element, list);
  const flagged = { id: item, value: old.value, ...(retracted && { retracted }) };
  update(draft, element, { lists: { ...lists, [list]: items.with(index, flagged) } }, stamp, {
    items: withEntry(draft.writes(id).items, list, writes.with(index, stamp)),
  });
  const restores = writes[index]?.origin ?? NEVER;
  return { inverse: 'item', id, list, item, retracted: old.retracted ?? false, expects: stamp.origin, restores };
}

/** The last writes of a list's items, in their order. */
export function stampsOf(draft: DocumentDraft, element: ElementView, list: string): readonly Stamp[] {
  const known = draft.writes(element.id).items.get(list);
  return known ?? (own(element.lists, list) ?? []).map(() => UNWRITTEN);
}

function putMember(draft: DocumentDraft, element: ElementView, operation: MemberOperation, stamp: Stamp): Inverse {
  const { id, sets } = element;
  const { set, member, on } = operation;
  const members = own(sets, set) ?? {};
  const writes = draft.writes(id).members;
  const stamps = writes.get(set) ?? new Map<string, Stamp>();
  update(draft, element, { sets: { ...sets, [set]: { ...members, [member]: on } } }, stamp, {
    members: withEntry(writes, set, withEntry(stamps, member, stamp)),
  });
  const restores = stamps.get(member)?.origin ?? NEVER;
  return { inverse: 'member', id, set, member, on: own(members, member) ?? false, expects: stamp.origin, restores };
}

// ---- conflicts

function withhold(draft: DocumentDraft, withheld: WithholdOperation, stamp: Stamp): void {
  const { id: element, path, conflict: id, value, previous } = withheld;
  const { at, clientId, revision, userId } = stamp;
  const candidate: Candidate = {
    at,
    clientId,
    ...(previous !== undefined && { previous }),
    revision,
    userId,
    ...(value !== undefined && { value }),
  };
  const record: ConflictRecord = draft.conflict(id) ?? { id, element, path, candidates: [], status: 'OPEN' };
  // It takes the place of the same client's earlier one.
  const others = record.candidates.filter((earlier) => earlier.clientId !== clientId);
  draft.putConflicts({ ...record, candidates: [...others, candidate] });
}

function resolve(draft: DocumentDraft, { conflict, choice }: ResolveOperation, stamp: Stamp): void {
  const record = draft.conflict(conflict);
  if (!record) return;
  const { at, revision, userId } = stamp;
  draft.putConflicts({
    ...record,
    resolution: { at, choice, revision, userId },
    status: choice === 'SUPERSEDED' ? 'SUPERSEDED' : 'RESOLVED',
  });
}
