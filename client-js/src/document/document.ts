import { jsonEquals, type JsonValue } from '../protocol/json.js';
import type { ConflictRecord, ElementSnapshot, Snapshot } from '../protocol/frame.js';
import type { ElementId, Path } from '../protocol/operation.js';
import { own } from './components.js';
import { PersistentMap, type MapDraft } from './persistentMap.js';
import {
  createdBy,
  TEXT_MEMORY,
  UNWRITTEN,
  UNWRITTEN_PROPERTY,
  unwrittenText,
  type Cell,
  type ElementWrites,
  type TextWrites,
} from './writes.js';

/** An element at one moment. Immutable: a changed element is a new object, an unchanged one the same object. */
export type ElementView = ElementSnapshot;

/** The document at one moment: what the server confirmed and one's own edits on top. Immutable. */
export interface DocumentView {
  /** The newest confirmed revision in it. */
  readonly revision: number;
  /** All elements, deleted ones too, in no particular order. */
  readonly elements: ReadonlyMap<ElementId, ElementView>;
  /** Every conflict there ever was, by id, in the order of their opening. */
  readonly conflicts: ReadonlyMap<string, ConflictRecord>;
  /** The open conflict about a register. */
  openConflict(id: ElementId, path: Path): ConflictRecord | undefined;
  /** Whether people see the element: neither it, nor an ancestor, nor anything that these refer to is deleted. */
  live(id: ElementId): boolean;
  /** The live children, in order; the same array for as long as none of them changed. */
  children(parent: ElementId | null): readonly ElementView[];
}

type Elements = PersistentMap<ElementView>;
type Siblings = PersistentMap<readonly ElementId[]>;
type Writes = PersistentMap<ElementWrites>;
type Lookup = Pick<ReadonlyMap<ElementId, ElementView>, 'get'>;

const NOBODY: readonly ElementId[] = [];

/** How far back is known what was written. */
interface Horizon {
  /** The revision of the snapshot that the document started from, or 0. */
  readonly since: number;
  /** For how many revisions the edits of a text are remembered: at least 1. */
  readonly textMemory: number;
}

/** Conflicts by id, and the ids of the open ones by register. */
class Conflicts {
  static readonly NONE = new Conflicts(new Map(), new Map());

  constructor(
    readonly records: ReadonlyMap<string, ConflictRecord>,
    readonly open: ReadonlyMap<string, string>,
  ) {}

  openAt(id: ElementId, path: Path): ConflictRecord | undefined {
    const conflict = this.open.size === 0 ? undefined : this.open.get(registerOf(id, path));
    return conflict === undefined ? undefined : this.records.get(conflict);
  }

  with(...records: readonly ConflictRecord[]): Conflicts {
    const all = new Map(this.records);
    const open = new Map(this.open);
    for (const record of records) {
      const register = registerOf(record.element, record.path);
      all.set(record.id, record);
      if (record.status === 'OPEN') open.set(register, record.id);
      else if (open.get(register) === record.id) open.delete(register);
    }
    return new Conflicts(all, open);
  }
}

function registerOf(id: ElementId, path: Path): string {
  return id + JSON.stringify(path);
}

export class Document implements DocumentView {
  readonly #siblings: Siblings;
  /** Beside the values, so that writing the same again leaves an element the same object. */
  readonly #writes: Writes;
  readonly #conflicts: Conflicts;
  readonly #horizon: Horizon;
  #children = new Map<string, readonly ElementView[]>();
  #liveness = new Map<ElementId, boolean>();
  /** What `children` answered before this document: given again where it still is right. */
  #earlierChildren: ReadonlyMap<string, readonly ElementView[]> = new Map();

  constructor(
    readonly revision: number,
    readonly elements: Elements,
    siblings: Siblings,
    writes: Writes,
    conflicts: Conflicts,
    horizon: Horizon,
  ) {
    this.#siblings = siblings;
    this.#writes = writes;
    this.#conflicts = conflicts;
    this.#horizon = horizon;
  }

  static empty(horizon: Partial<Horizon> = {}): Document {
    const { since = 0, textMemory = TEXT_MEMORY } = horizon;
    const elements = PersistentMap.empty<ElementView>();
    const [siblings, writes] = [PersistentMap.empty<readonly ElementId[]>(), PersistentMap.empty<ElementWrites>()];
    return new Document(since, elements, siblings, writes, Conflicts.NONE, { since, textMemory });
  }

  get conflicts(): ReadonlyMap<string, ConflictRecord> {
    return this.#conflicts.records;
  }

  openConflict(id: ElementId, path: Path): ConflictRecord | undefined {
    return this.#conflicts.openAt(id, path);
  }

  live(id: ElementId): boolean {
    const known = this.#liveness.get(id);
    if (known !== undefined) return known;
    const { live, decided } = decideLiveness(this.elements, id, this.#liveness);
    for (const each of decided) this.#liveness.set(each, live);
    return live;
  }

  children(parent: ElementId | null): readonly ElementView[] {
    const key = keyOf(parent);
    let children = this.#children.get(key);
    if (!children) {
      children = this.#liveChildren(key);
      const earlier = this.#earlierChildren.get(key);
      if (earlier && sameItems(earlier, children)) children = earlier;
      this.#children.set(key, children);
    }
    return children;
  }

  /** A draft starts equal to this document and never changes it. */
  draft(): DocumentDraft {
    return new DocumentDraft(
      this.revision,
      this.elements.draft(),
      this.#siblings.draft(),
      this.#writes.draft(),
      this.#conflicts,
      this.#horizon,
    );
  }

  /** Takes over what `earlier` already knew, where the two differ in no more than the elements `touched`. */
  inherit(earlier: Document, touched: ReadonlySet<ElementId>): void {
    if (earlier === this) return;
    const changed: { readonly before: ElementView | undefined; readonly after: ElementView }[] = [];
    for (const id of touched) {
      const before = earlier.elements.get(id);
      const after = this.elements.get(id);
      if (before === after) continue;
      if (!after || (before && !this.#livesAsIn(earlier, before, after))) {
        // What depends on the element, anywhere in the tree, may show or hide with it.
        this.#earlierChildren = earlier.#children;
        return;
      }
      changed.push({ before, after });
    }
    this.#liveness = earlier.#liveness;
    this.#children = new Map(earlier.#children);
    this.#earlierChildren = earlier.#earlierChildren;
    const copies = new Map<string, ElementView[]>();
    for (const { before } of changed) {
      const children = before && this.#copied(before.parent, copies);
      if (!children) continue;
      const place = placeOf(children, before, (child) => child);
      if (children[place] === before) children.splice(place, 1);
    }
    for (const { after } of changed) {
      const children = this.live(after.id) ? this.#copied(after.parent, copies) : undefined;
      children?.splice(
        placeOf(children, after, (child) => child),
        0,
        after,
      );
    }
  }

  /** Whether the element is as live as it was, so that nobody else's liveness can have changed. */
  #livesAsIn(earlier: Document, before: ElementView, after: ElementView): boolean {
    if (before.deleted !== after.deleted || !sameItems(before.refs, after.refs)) return false;
    if (before.parent === after.parent) return true;
    return earlier.live(before.id) === decideLiveness(this.elements, after.id).live;
  }

  /** The known children of a parent as an array of this document's own, for changing it. */
  #copied(parent: ElementId | null, copies: Map<string, ElementView[]>): ElementView[] | undefined {
    const key = keyOf(parent);
    const children = copies.get(key) ?? this.#children.get(key)?.slice();
    if (children) {
      copies.set(key, children);
      this.#children.set(key, children);
    }
    return children;
  }

  #liveChildren(key: string): readonly ElementView[] {
    const children: ElementView[] = [];
    for (const id of this.#siblings.get(key) ?? NOBODY) {
      const child = this.elements.get(id);
      if (child && this.live(id)) children.push(child);
    }
    return children;
  }
}

/** Changes on their way to a new {@link Document}. */
export class DocumentDraft {
  static of(snapshot: Snapshot): DocumentDraft {
    const draft = Document.empty({ since: snapshot.revision }).draft();
    for (const element of snapshot.document.elements) draft.put(element);
    if (snapshot.document.conflicts.length > 0) draft.putConflicts(...snapshot.document.conflicts);
    return draft;
  }

  /** The newest revision in it. */
  revision: number;
  readonly #elements: MapDraft<ElementView>;
  readonly #siblings: MapDraft<readonly ElementId[]>;
  readonly #writes: MapDraft<ElementWrites>;
  #conflicts: Conflicts;
  readonly #horizon: Horizon;
  /** The sibling lists that are this draft's own copies. */
  readonly #owned = new Map<string, ElementId[]>();

  constructor(
    revision: number,
    elements: MapDraft<ElementView>,
    siblings: MapDraft<readonly ElementId[]>,
    writes: MapDraft<ElementWrites>,
    conflicts: Conflicts,
    horizon: Horizon,
  ) {
    this.revision = revision;
    this.#elements = elements;
    this.#siblings = siblings;
    this.#writes = writes;
    this.#conflicts = conflicts;
    this.#horizon = horizon;
  }

  get size(): number {
    return this.#elements.size;
  }

  get(id: ElementId): ElementView | undefined {
    return this.#elements.get(id);
  }

  live(id: ElementId): boolean {
    return decideLiveness(this.#elements, id).live;
  }

  /** The element's last writes; those of a snapshot's element are not known. */
  writes(id: ElementId): ElementWrites {
    return this.#writes.get(id) ?? createdBy(UNWRITTEN, this.#horizon.since);
  }

  putWrites(id: ElementId, writes: ElementWrites): void {
    this.#writes.set(id, writes);
  }

  /** A property with its last writes. */
  cell(element: ElementView, property: string): Cell {
    const writes = this.writes(element.id).props.get(property) ?? UNWRITTEN_PROPERTY;
    return { ...writes, value: own(element.props, property) };
  }

  /** A text's last edits. */
  textWrites(id: ElementId, name: string): TextWrites {
    const writes = this.writes(id);
    return writes.texts.get(name) ?? unwrittenText(writes.since, this.#horizon.textMemory);
  }

  conflict(id: string): ConflictRecord | undefined {
    return this.#conflicts.records.get(id);
  }

  openConflict(id: ElementId, path: Path): ConflictRecord | undefined {
    return this.#conflicts.openAt(id, path);
  }

  putConflicts(...records: readonly ConflictRecord[]): void {
    this.#conflicts = this.#conflicts.with(...records);
  }

  /** All children, deleted ones too, in order. */
  children(parent: ElementId | null): readonly ElementId[] {
    return this.#siblings.get(keyOf(parent)) ?? NOBODY;
  }

  /** Adds the element, or replaces the one with its id. */
  put(element: ElementView): void {
    const before = this.#elements.get(element.id);
    const moved = !before || before.parent !== element.parent || before.order !== element.order;
    if (before && moved) {
      const siblings = this.#own(before.parent);
      siblings.splice(this.#place(siblings, before), 1);
    }
    this.#elements.set(element.id, element);
    if (moved) {
      const siblings = this.#own(element.parent);
      siblings.splice(this.#place(siblings, element), 0, element.id);
    }
  }

  /** A draft for a try: it never changes this one, as long as this one does not change either. */
  fork(): DocumentDraft {
    return new DocumentDraft(
      this.revision,
      this.#elements.fork(),
      this.#siblings.fork(),
      this.#writes.fork(),
      this.#conflicts,
      this.#horizon,
    );
  }

  /** Keeps the identity of what is as it was in `earlier`, so that nobody takes it for a change. */
  reuse(earlier: Document, touched: Iterable<ElementId>): void {
    for (const id of touched) {
      const before = earlier.elements.get(id);
      const after = this.#elements.get(id);
      if (before && after && before !== after) this.#elements.set(id, reused(before, after));
    }
  }

  /** The finished document; the draft is of no use afterwards. */
  finish(revision = this.revision): Document {
    return new Document(
      revision,
      this.#elements.finish(),
      this.#siblings.finish(),
      this.#writes.finish(),
      this.#conflicts,
      this.#horizon,
    );
  }

  #own(parent: ElementId | null): ElementId[] {
    const key = keyOf(parent);
    let siblings = this.#owned.get(key);
    if (!siblings) {
      siblings = this.#siblings.get(key)?.slice() ?? [];
      this.#owned.set(key, siblings);
      this.#siblings.set(key, siblings);
    }
    return siblings;
  }

  #place(siblings: readonly ElementId[], element: ElementView): number {
    return placeOf(siblings, element, (id) => this.#elements.get(id));
  }
}

/** The index of the first sibling that does not come before the element. */
function placeOf<T>(
  siblings: readonly T[],
  element: ElementView,
  viewOf: (sibling: T) => ElementView | undefined,
): number {
  let low = 0;
  let high = siblings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const sibling = siblings[middle];
    const other = sibling === undefined ? undefined : viewOf(sibling);
    if (other && comesBefore(other, element)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function comesBefore(a: ElementView, b: ElementView): boolean {
  return a.order === b.order ? a.id < b.id : a.order < b.order;
}

/** Element ids are never empty. */
function keyOf(parent: ElementId | null): string {
  return parent ?? '';
}

/**
 * Whether the element is live, and the elements for which that is the answer as well. Without recursion, as references
 * can go around in a circle and chains of them can be long.
 */
function decideLiveness(
  elements: Lookup,
  start: ElementId,
  known?: ReadonlyMap<ElementId, boolean>,
): { readonly live: boolean; readonly decided: Iterable<ElementId> } {
  const seen = new Set([start]);
  for (const id of seen) {
    const live = known?.get(id);
    if (live === true) continue;
    const element = elements.get(id);
    // What is not there yet is not remembered, so that creating an element changes nobody else.
    if (!element) return { live: false, decided: [] };
    if (live === false || element.deleted) return { live: false, decided: [start] };
    if (element.parent !== null) seen.add(element.parent);
    for (const ref of element.refs) seen.add(ref);
  }
  // Nothing deleted can be reached from here, so neither can it from anything on the way.
  return { live: true, decided: seen };
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((item, index) => item === b[index]));
}

/** `after` with as much of `before` in it as is equal; `after` itself where that already is so. */
function reused(before: ElementView, after: ElementView): ElementView {
  const props = reusedFields(before.props, after.props);
  const lists = reusedFields(before.lists, after.lists);
  const sets = reusedFields(before.sets, after.sets);
  const same =
    props === before.props &&
    lists === before.lists &&
    sets === before.sets &&
    before.elementType === after.elementType &&
    before.parent === after.parent &&
    before.order === after.order &&
    before.deleted === after.deleted &&
    sameItems(before.refs, after.refs) &&
    jsonEquals(before.texts, after.texts);
  if (same) return before;
  const nothing = props === after.props && lists === after.lists && sets === after.sets;
  return nothing ? after : { ...after, props, lists, sets };
}

function reusedFields<T extends JsonValue>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  if (jsonEquals(before, after)) return before;
  const reusable = Object.entries(before).filter(
    ([name, value]) => Object.hasOwn(after, name) && value !== after[name] && jsonEquals(value, after[name]),
  );
  return reusable.length === 0 ? after : { ...after, ...Object.fromEntries(reusable) };
}
