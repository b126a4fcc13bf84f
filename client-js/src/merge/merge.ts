import { lossless, mean } from '../document/blending.js';
import { own } from '../document/components.js';
import type { Document, DocumentDraft, ElementView } from '../document/document.js';
import { assertNever } from '../protocol/assertNever.js';
import { jsonEquals, type JsonValue } from '../protocol/json.js';
import { refuse } from '../protocol/limits.js';
import type { ElementId, ListItem, Operation } from '../protocol/operation.js';
import { diffTexts } from '../text/textDiff.js';
import { isEmpty, transformEdit } from '../text/textEdit.js';
import { byKey, cellKey, parentIn, type CellId, type CellOf } from './cells.js';
import { diff, valueOf, type Difference } from './diff.js';

/** What a merge cannot decide by itself. */
export interface MergeConflict extends Sides {
  readonly cell: CellId;
  readonly reason: MergeReason;
  readonly base?: JsonValue;
}

export type MergeReason =
  /** Both sides wrote different values. */
  | 'BOTH_CHANGED'
  /** Both sides moved the element, to different parents. */
  | 'BOTH_MOVED'
  /** One side deleted what the other edited: the element, or something below it. */
  | 'DELETED_AND_EDITED'
  /** The places that the two sides chose would close a cycle. */
  | 'CYCLE'
  /** The element is not in our document. */
  | 'MISSING';

/** The two values in question; absent where a side has none. */
interface Sides {
  readonly ours?: JsonValue;
  readonly theirs?: JsonValue;
}

/** What somebody chose for a conflict with these two values; once one of them changes, the choice lapses (MRG-4). */
export type MergeResolution = Sides & { readonly cell: CellId } & (
    | { readonly choice: 'OURS' | 'THEIRS' | 'AVERAGE' }
    | { readonly choice: 'VALUE'; readonly value: JsonValue }
  );

export interface MergeResult {
  /** To be decided as one change, once no conflict is open. */
  readonly operations: readonly Operation[];
  /** Those that nobody has chosen for, or whose values changed since. */
  readonly conflicts: readonly MergeConflict[];
}

/**
 * Brings what changed between `base` and `theirs` into `ours`, cell by cell: what one side changed is taken (MRG-1),
 * what both changed is blended where that loses nothing (MRG-2), the rest people decide (MRG-3). It comes to ordinary
 * operations for one change on our head, so a merge can be undone like any edit. Step by step what the server does.
 *
 * A cherry-pick of a change is the merge of the revision that it made, with the one before it as the base (MRG-14).
 *
 * @param base the revision that the two sides had in common last (MRG-11)
 * @param resolutions what people chose so far; those for other values are ignored
 * @throws ProblemError `invalid-operation` when a choice does not suit its conflict
 */
export function merge(
  base: Document,
  ours: Document,
  theirs: Document,
  resolutions: readonly MergeResolution[] = [],
): MergeResult {
  return new Merge(base, ours, theirs, resolutions).run();
}

/** The operations that make our document what it was, or what another one is (MRG-13). */
export function revert(ours: Document, version: Document): readonly Operation[] {
  return merge(ours, ours, version).operations;
}

/** The root's id is `null`, here as on the wire. */
type Parent = ElementId | null;
/** Right behind a sibling; `null` before all, undefined behind all. */
type After = ElementId | null | undefined;

class Merge {
  readonly #resolutions: ReadonlyMap<string, MergeResolution>;
  readonly #ourChanges: readonly Difference[];
  readonly #theirChanges: readonly Difference[];
  readonly #editedByUs: ReadonlySet<ElementId>;
  readonly #editedByThem: ReadonlySet<ElementId>;
  readonly #ourTree: DocumentDraft;
  readonly #theirTree: DocumentDraft;

  readonly #conflicts: MergeConflict[] = [];
  readonly #created = new Set<ElementId>();
  readonly #moved = new Set<ElementId>();
  readonly #restored = new Set<ElementId>();
  /** Deleted before and after, but not while something is put below them. */
  readonly #opened = new Set<ElementId>();
  readonly #restoring: Operation[] = [];
  readonly #placing: Operation[] = [];
  readonly #writing: Operation[] = [];
  readonly #deleting: Operation[] = [];
  readonly #appending = new Map<string, { id: ElementId; list: string; items: ListItem[] }>();
  readonly #newParents = new Map<ElementId, Parent>();

  constructor(
    private readonly base: Document,
    private readonly ours: Document,
    private readonly theirs: Document,
    resolutions: readonly MergeResolution[],
  ) {
    this.#resolutions = new Map(resolutions.map((resolution) => [cellKey(resolution.cell), resolution]));
    this.#ourChanges = diff(base, ours);
    this.#theirChanges = diff(base, theirs);
    this.#editedByUs = edited(this.#ourChanges, ours);
    this.#editedByThem = edited(this.#theirChanges, theirs);
    this.#ourTree = ours.draft();
    this.#theirTree = theirs.draft();
  }

  run(): MergeResult {
    for (const change of this.#theirChanges) this.#take(change);
    for (const change of this.#ourChanges) this.#keepWhatTheyEdited(change);
    this.#place(null, false);
    this.#place(null, true);
    this.#restoreBelow(null);
    for (const id of this.#opened) this.#deleting.push({ op: 'delete', id });
    for (const append of this.#appending.values()) this.#writing.push({ op: 'append', ...append });
    const operations = [...this.#restoring, ...this.#placing, ...this.#writing, ...this.#deleting];
    return { operations, conflicts: this.#conflicts };
  }

  // ---- their changes, one cell at a time

  #take(change: Difference): void {
    const { cell } = change;
    const our = this.ours.elements.get(cell.element);
    const their = this.theirs.elements.get(cell.element);
    if (!their) {
      if (cell.cell === 'existence' && our && !our.deleted) this.#deleting.push({ op: 'delete', id: cell.element });
    } else if (our) {
      this.#takeCell(change, our, their);
    } else if (cell.cell === 'existence') {
      this.#create(their);
    } else {
      this.#comesAlong(cell.element);
    }
  }

  #takeCell(change: Difference, our: ElementView, their: ElementView): void {
    const { cell } = change;
    switch (cell.cell) {
      case 'existence':
        return;
      case 'deleted':
        this.#takeFlag(cell, change, our, their);
        return;
      case 'place':
        this.#takePlace(cell, change, our, their);
        return;
      case 'property':
        this.#takeProperty(cell, change, our);
        return;
      case 'text':
        this.#takeText(cell, change, our);
        return;
      case 'item':
        this.#takeItem(cell, our, their);
        return;
      case 'member':
        this.#takeMember(cell, change, our);
        return;
      default:
        assertNever(cell);
    }
  }

  /** With all that it holds; the operation itself comes when it is placed (MRG-7). */
  #create(their: ElementView): void {
    const { id, lists, sets } = their;
    this.#comesAlong(their.parent);
    // A constraint is nothing without all that it binds.
    if (their.refs.filter((ref) => !this.#comesAlong(ref)).length > 0) return;
    this.#created.add(id);
    for (const [list, items] of byKey(lists)) for (const item of items) this.#append(id, list, item);
    for (const [set, members] of byKey(sets)) {
      for (const [member, on] of byKey(members)) if (on) this.#writing.push({ op: 'member', id, set, member, on });
    }
    if (their.deleted) this.#deleting.push({ op: 'delete', id });
  }

  /**
   * Whether we have what their change needs, or will have it. What both sides' base has and we do not, somebody has to
   * choose (MRG-14).
   */
  #comesAlong(id: Parent): boolean {
    if (id === null || this.ours.elements.has(id) || this.#created.has(id) || !this.base.elements.has(id)) return true;
    const their = this.theirs.elements.get(id);
    if (!their) return false;
    const cell: CellId = { cell: 'existence', element: id };
    const known = this.#conflicts.some((open) => open.reason === 'MISSING' && open.cell.element === id);
    const type = their.elementType;
    if (!known && this.#wantsTheirs({ cell, reason: 'MISSING', base: type, theirs: type })) this.#create(their);
    return this.#created.has(id);
  }

  #takeFlag(cell: CellOf<'deleted'>, change: Difference, our: ElementView, their: ElementView): void {
    if (our.deleted === their.deleted) return;
    if (our.deleted) {
      // Else both made it, and we deleted it: see #keepWhatTheyEdited.
      if (change.before === true) this.#restore(our);
    } else if (
      !this.#editedByUs.has(our.id) ||
      this.#wantsTheirs({ cell, reason: 'DELETED_AND_EDITED', base: false, ours: false, theirs: true })
    ) {
      this.#deleting.push({ op: 'delete', id: our.id });
    }
  }

  /** What we deleted and they edited; their edits are taken either way, and seen if the element comes back (MRG-9). */
  #keepWhatTheyEdited({ cell, after }: Difference): void {
    const our = this.ours.elements.get(cell.element);
    const their = this.theirs.elements.get(cell.element);
    const deletedByUs = cell.cell === 'deleted' && after === true;
    if (!our || !deletedByUs || !this.#editedByThem.has(cell.element) || !their || their.deleted) return;
    const theyWin = this.#wantsTheirs({ cell, reason: 'DELETED_AND_EDITED', base: false, ours: true, theirs: false });
    if (theyWin) this.#restore(our);
  }

  /** What comes back under something deleted rises to the nearest live ancestor, and must be put where it belongs. */
  #restore({ id, parent }: ElementView): void {
    this.#restored.add(id);
    if (parent !== null && !this.ours.live(parent)) this.#moved.add(id);
  }

  /** Only different parents are a conflict (MRG-8): a new place among siblings that the element left is of no use. */
  #takePlace(cell: CellOf<'place'>, { before, after }: Difference, our: ElementView, their: ElementView): void {
    if (our.parent === their.parent && our.order === their.order) return;
    const parent = parentIn(before);
    if (our.parent !== parent && our.parent !== their.parent) {
      const sides = sidesOf(valueOf(this.ours, cell), after);
      const base = before !== undefined && { base: before };
      if (their.parent === parent || !this.#wantsTheirs({ cell, reason: 'BOTH_MOVED', ...base, ...sides })) return;
    }
    if (this.#comesAlong(their.parent)) this.#moved.add(our.id);
  }

  #takeProperty(cell: CellOf<'property'>, { before, after }: Difference, our: ElementView): void {
    const present = own(our.props, cell.name);
    if (jsonEquals(present, after)) return;
    if (jsonEquals(present, before)) {
      this.#write(cell, after);
      return;
    }
    const blended = lossless(before, present, after);
    if (blended !== undefined) {
      this.#write(cell, blended);
      return;
    }
    const base = before !== undefined && { base: before };
    const conflict: MergeConflict = { cell, reason: 'BOTH_CHANGED', ...base, ...sidesOf(present, after) };
    const resolution = this.#resolution(conflict);
    if (!resolution) return;
    const value = chosen(resolution, conflict);
    if (!jsonEquals(value, present)) this.#write(cell, value);
  }

  #write({ element: id, name }: CellOf<'property'>, value: JsonValue | undefined): void {
    const path = [name] as const;
    this.#writing.push(value === undefined ? { op: 'unset', id, path } : { op: 'set', id, path, value });
  }

  /** Both sides' edits are kept: theirs is transformed over ours, as if it had come later (MRG-5). */
  #takeText({ element: id, name }: CellOf<'text'>, change: Difference, our: ElementView): void {
    const before = textOf(change.before);
    const after = textOf(change.after);
    const present = own(our.texts, name) ?? '';
    const edit = transformEdit(diffTexts(before, after), diffTexts(before, present), 'later');
    if (!isEmpty(edit) && present !== after) this.#writing.push({ op: 'text', id, name, edit });
  }

  #takeItem({ element: id, list, item }: CellOf<'item'>, our: ElementView, their: ElementView): void {
    const present = itemOf(our, list, item);
    const other = itemOf(their, list, item);
    if (!present) {
      if (other) this.#append(id, list, other);
      return;
    }
    const retracted = !other || (other.retracted ?? false);
    if ((present.retracted ?? false) !== retracted) this.#writing.push({ op: 'item', id, list, item, retracted });
  }

  #append(id: ElementId, list: string, { id: item, value, retracted }: ItemView): void {
    const key = JSON.stringify([id, list]);
    const append = this.#appending.get(key) ?? { id, list, items: [] };
    append.items.push({ id: item, value });
    this.#appending.set(key, append);
    if (retracted) this.#deleting.push({ op: 'item', id, list, item, retracted });
  }

  #takeMember({ element: id, set, member }: CellOf<'member'>, { after }: Difference, our: ElementView): void {
    const on = after === true;
    const members = own(our.sets, set);
    const present = members !== undefined && own(members, member) === true;
    if (present !== on) this.#writing.push({ op: 'member', id, set, member, on });
  }

  // ---- places, in the order of their tree: parents and earlier siblings first

  /** @param constraints whether to make constraints, which need what they bind; or to do all else */
  #place(parent: Parent, constraints: boolean): void {
    const earlier: ElementId[] = [];
    for (const id of this.#theirTree.children(parent)) {
      const their = this.theirs.elements.get(id);
      if (!their) continue;
      if (this.#created.has(id)) {
        if (their.refs.length > 0 === constraints) this.#put(their, this.#behind(earlier, this.#knownParent(their)));
      } else if (!constraints && this.#moved.has(id) && this.#closesNoCycle(their)) {
        this.#move(their, this.#behind(earlier, this.#knownParent(their)));
      }
      earlier.push(id);
      this.#place(id, constraints);
    }
  }

  #put(their: ElementView, after: After): void {
    const { id, elementType, props, texts, refs } = their;
    this.#placing.push({
      op: 'create',
      id,
      elementType,
      parent: this.#newParent(their),
      ...position(after),
      props,
      ...(Object.keys(texts).length > 0 && { texts }),
      ...(refs.length > 0 && { refs }),
    });
  }

  #move(their: ElementView, after: After): void {
    this.#placing.push({ op: 'move', id: their.id, parent: this.#newParent(their), ...position(after) });
  }

  #newParent(their: ElementView): Parent {
    const parent = this.#knownParent(their);
    this.#newParents.set(their.id, parent);
    if (their.parent !== null && !this.theirs.live(their.parent)) this.#openWayTo(parent);
    return parent;
  }

  /** What they have below something deleted stays hidden below it; but nothing can be put below what is deleted. */
  #openWayTo(parent: Parent): void {
    for (let at = parent; at !== null; at = this.#parentOf(at)) {
      if (this.ours.elements.get(at)?.deleted === true && !this.#restored.has(at)) this.#opened.add(at);
    }
  }

  #restoreBelow(parent: Parent): void {
    for (const id of this.#ourTree.children(parent)) {
      if (this.#restored.has(id) || this.#opened.has(id)) this.#restoring.push({ op: 'restore', id });
      this.#restoreBelow(id);
    }
  }

  #knownParent({ parent }: ElementView): Parent {
    const known = parent === null || this.ours.elements.has(parent) || this.#newParents.has(parent);
    return known ? parent : null;
  }

  /** Right behind the nearest earlier sibling of theirs that will be a sibling here. */
  #behind(earlier: readonly ElementId[], parent: Parent): ElementId | null {
    const isHere = (id: ElementId): boolean => this.#newParents.has(id) || this.ours.elements.has(id);
    return earlier.findLast((sibling) => isHere(sibling) && this.#parentOf(sibling) === parent) ?? null;
  }

  #parentOf(id: ElementId): Parent {
    const placed = this.#newParents.get(id);
    return placed === undefined ? (this.ours.elements.get(id)?.parent ?? null) : placed;
  }

  /**
   * Where their place and our places would close a cycle, somebody has to choose (MRG-10). Theirs then takes the places
   * of as many of their ancestors as it needs: from the top down, so that each comes below what is out of the cycle
   * already.
   */
  #closesNoCycle(their: ElementView): boolean {
    if (!this.#isWithin(this.#knownParent(their), their.id)) return true;
    const cell: CellId = { cell: 'place', element: their.id };
    const base = valueOf(this.base, cell);
    const sides = sidesOf(valueOf(this.ours, cell), valueOf(this.theirs, cell));
    if (!this.#wantsTheirs({ cell, reason: 'CYCLE', ...(base !== undefined && { base }), ...sides })) return false;
    for (const ancestor of this.#theirAncestors(their)) {
      if (this.#isWithin(ancestor.id, their.id)) this.#move(ancestor, undefined);
    }
    return true;
  }

  #isWithin(id: Parent, ancestor: ElementId): boolean {
    let at = id;
    while (at !== null && at !== ancestor) at = this.#parentOf(at);
    return at === ancestor;
  }

  /** From the top down. */
  #theirAncestors({ parent }: ElementView): readonly ElementView[] {
    const above = parent === null ? undefined : this.theirs.elements.get(parent);
    return above ? [...this.#theirAncestors(above), above] : [];
  }

  // ---- what people decide

  /** The choice made for a conflict as it is now; without one it stays open. */
  #resolution(conflict: MergeConflict): MergeResolution | undefined {
    const resolution = this.#resolutions.get(cellKey(conflict.cell));
    const { ours, theirs } = conflict;
    if (resolution && jsonEquals(resolution.ours, ours) && jsonEquals(resolution.theirs, theirs)) return resolution;
    this.#conflicts.push(conflict);
    return undefined;
  }

  #wantsTheirs(conflict: MergeConflict): boolean {
    const resolution = this.#resolution(conflict);
    if (!resolution) return false;
    switch (resolution.choice) {
      case 'OURS':
        return false;
      case 'THEIRS':
        return true;
      case 'AVERAGE':
      case 'VALUE':
        return refuseChoice(resolution, 'OURS or THEIRS');
      default:
        return assertNever(resolution);
    }
  }
}

function chosen(resolution: MergeResolution, { ours, theirs }: MergeConflict): JsonValue | undefined {
  switch (resolution.choice) {
    case 'OURS':
      return ours;
    case 'THEIRS':
      return theirs;
    case 'VALUE':
      return resolution.value;
    case 'AVERAGE': {
      const average = ours === undefined || theirs === undefined ? undefined : mean([ours, theirs]);
      return average ?? refuseChoice(resolution, 'numbers, or vectors of one length');
    }
    default:
      return assertNever(resolution);
  }
}

function refuseChoice({ choice, cell }: MergeResolution, expected: string): never {
  return refuse('invalid-operation', `choice: ${choice} for ${cellKey(cell)} (expected: ${expected})`);
}

/**
 * An edit counts for the element and for all that it hangs below, as deleting any of these would hide it. Another place
 * among the same siblings does not: every merge assigns its own order keys.
 */
function edited(changes: readonly Difference[], document: Document): ReadonlySet<ElementId> {
  const edited = new Set<ElementId>();
  for (const change of changes) {
    if ((change.cell.cell === 'deleted' && change.after === true) || isReordered(change)) continue;
    let at = document.elements.get(change.cell.element);
    while (at && !edited.has(at.id)) {
      edited.add(at.id);
      at = at.parent === null ? undefined : document.elements.get(at.parent);
    }
  }
  return edited;
}

function isReordered({ cell, before, after }: Difference): boolean {
  return cell.cell === 'place' && before !== undefined && parentIn(before) === parentIn(after);
}

function position(after: After): { readonly after?: ElementId | null } {
  return after === undefined ? {} : { after };
}

function sidesOf(ours: JsonValue | undefined, theirs: JsonValue | undefined): Sides {
  return { ...(ours !== undefined && { ours }), ...(theirs !== undefined && { theirs }) };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

type ItemView = ElementView['lists'][string][number];

function itemOf({ lists }: ElementView, list: string, item: string): ItemView | undefined {
  return own(lists, list)?.find((each) => each.id === item);
}
