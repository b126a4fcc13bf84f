import type { Conflict, Lock, Operation, Overwritten, Problem, Session, SyncReport } from '@chorale/client';
import { isProblem, ProblemError } from '@chorale/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { OBJECT_COLORS } from '../app/colors';
import { randomId } from '../app/ids';
import { messages } from '../app/messages';
import { ChatRoom } from '../chat/chatRoom';
import { concerns, type Chosen } from '../conflicts/choices';
import { isForeign, lockOn } from '../locks/lockOn';
import { isBeginning } from '../parameters/parameterSet';
import { Acquaintances, type Acquaintance } from '../presence/acquaintances';
import { NOBODY, remoteState, type Doing, type Look, type RemoteState, type Selector } from '../presence/remoteState';
import { joined, reportOf, type Report } from '../report/syncReport';
import { footprint, freeSpot, resting, round } from '../scene/placement';
import { liveElements, place, sceneElement, stretch, vectorOf, type CreatableKind, type SceneElement, type Vector } from '../scene/sceneElement';
import type { MutableVector } from '../scene/motion';
import { changeText, elementName, nameOf, registerName, valueText } from './wording';

export interface Notice {
  readonly id: string;
  /** Another notice about the same takes its place. */
  readonly about?: string;
  readonly tone: 'neutral' | 'danger';
  readonly title: string;
  readonly detail?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** What components select; everything that changes each frame stays out of it. */
export interface WorkspaceState {
  readonly selectedId: string | undefined;
  readonly editingTextId: string | undefined;
  readonly objectsOpen: boolean;
  /** A colour being tried in the picker, shown here only. */
  readonly triedColor: { readonly id: string; readonly color: string } | undefined;
  readonly selections: ReadonlyMap<string, readonly Selector[]>;
  /** What the others edit right now, by participant. */
  readonly doing: ReadonlyMap<string, Doing>;
  readonly notices: readonly Notice[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Conflicts that one decided or put off: they do not ask by themselves. */
  readonly aside: ReadonlySet<string>;
  /** What became of edits made without a connection, until it is dismissed. */
  readonly report: Report | undefined;
}

/** What the scene offers to the chrome around it; absent while three.js loads or when WebGL fails. */
export interface SceneView {
  invalidate(): void;
  lookedAt(): readonly [x: number, z: number];
  showEverything(): void;
  lookFrom(look: Look): void;
}

export type VectorProperty = 'position' | 'rotation' | 'scale';
export type Axis = 0 | 1 | 2;

const MOST_NOTICES = 3;
const UNIT: Vector = [1, 1, 1];

/** One person's seat at one session: their edits, their selection, and what they see of the others. */
export class Workspace {
  readonly store: StoreApi<WorkspaceState>;
  /** Read each frame, never through React. */
  remote: RemoteState = NOBODY;
  /** The object in one's own hand. */
  readonly drag: { id: string | undefined; readonly position: MutableVector } = { id: undefined, position: { x: 0, y: 0, z: 0 } };
  view: SceneView | undefined;
  /** DOM elements that the scene moves along with what they belong to. */
  readonly tags = new Map<string, HTMLElement>();
  textField: HTMLElement | undefined;
  /** How many pixels a sheet covers at the bottom of the scene, and a panel at its right. */
  readonly covered = { bottom: 0, right: 0 };
  /** Shows the position of the object in hand, again without React. */
  readout: ((position: MutableVector) => void) | undefined;
  readonly chat: ChatRoom;
  private readonly acquaintances = new Acquaintances();
  /** Conflicts that were one's own to decide, so that one is told how they end. */
  private readonly concerning = new Set<string>();
  /** Elements whose deletion was told already, with a way back. */
  private readonly toldDeleted = new Set<string>();

  /** Leases of one's own that are being prolonged. */
  private readonly renewed = new Set<number>();
  private dragChange: string | undefined;
  private travelling = false;
  private readonly unsubscribe: readonly (() => void)[];

  constructor(readonly session: Session, objectsOpen: boolean) {
    this.store = createStore<WorkspaceState>(() => ({
      selectedId: undefined,
      editingTextId: undefined,
      objectsOpen,
      triedColor: undefined,
      selections: NOBODY.selections,
      doing: NOBODY.doing,
      notices: [],
      canUndo: session.canUndo,
      canRedo: session.canRedo,
      aside: new Set<string>(),
      report: undefined,
    }));
    this.chat = new ChatRoom(session);
    this.unsubscribe = [
      session.on('document', () => this.documentChanged()),
      session.on('awareness', () => this.othersChanged()),
      session.on('participants', () => this.othersChanged()),
      session.on('accepted', ({ changeId }) => this.dragDecided(changeId)),
      session.on('refused', ({ changeId, problem, operations }) => this.refused(changeId, problem, operations)),
      session.on('overwritten', (overwritten) => this.overwritten(overwritten)),
      session.on('conflicts', (open) => this.conflictsChanged(open)),
      session.on('conflict', (conflict) => this.conflictEnded(conflict)),
      session.on('locks', () => this.locksChanged()),
      session.on('synced', (report) => this.synced(report)),
    ];
    this.othersChanged();
  }

  dispose(): void {
    for (const stop of this.unsubscribe) stop();
    this.chat.dispose();
    this.session.close();
  }

  element(id: string): SceneElement | undefined {
    const view = this.session.document.live(id) ? this.session.document.elements.get(id) : undefined;
    return view && sceneElement(view);
  }

  // Selection

  select(id: string | undefined): void {
    if (this.store.getState().selectedId === id) return;
    this.store.setState({ selectedId: id, editingTextId: undefined, triedColor: undefined });
    this.session.setAwareness({ selection: id === undefined ? [] : [id] });
    this.view?.invalidate();
  }

  cover(pixels: number): void {
    this.covered.bottom = pixels;
    this.view?.invalidate();
  }

  coverSide(pixels: number): void {
    this.covered.right = pixels;
    this.view?.invalidate();
  }

  // Edits

  add(kind: CreatableKind): void {
    const standing = liveElements(this.session.document);
    const text = kind === 'label' ? messages.inspector.newText : '';
    const spot = freeSpot(this.view?.lookedAt() ?? [0, 0], footprint({ kind, scale: UNIT, text }), standing);
    const number = standing.filter((element) => element.kind === kind).length + 1;
    this.create(kind, {
      name: `${messages.kinds[kind]} ${number}`,
      position: resting(spot, kind, UNIT),
      rotation: [0, 0, 0],
      scale: UNIT,
      color: kind === 'label' ? '#3d4543' : (OBJECT_COLORS[standing.length % 7] ?? OBJECT_COLORS[0]),
      text,
    });
  }

  duplicate(id: string): void {
    const original = this.element(id);
    if (original === undefined || original.kind === 'unknown') return;
    const [x, y, z] = original.position;
    const spot = freeSpot([x, z], footprint(original), liveElements(this.session.document));
    this.create(original.kind, {
      name: messages.inspector.copyOf(nameOf(original)),
      position: [spot[0], y, spot[1]],
      rotation: original.rotation,
      scale: original.scale,
      color: original.color,
      text: original.text,
    });
  }

  private create(kind: CreatableKind, look: Omit<SceneElement, 'id' | 'kind' | 'elementType'>): void {
    const id = randomId();
    const { name, position, rotation, scale, color, text } = look;
    const props = { name, position, rotation, scale, color, ...(kind === 'label' && { text }) };
    if (this.edit([{ op: 'create', id, elementType: kind, parent: null, props }])) this.select(id);
  }

  rename(id: string, name: string): void {
    this.set(id, 'name', name.trim().slice(0, 120));
  }

  setText(id: string, text: string): void {
    this.set(id, 'text', text.trim().slice(0, 400));
  }

  setColor(id: string, color: string): void {
    this.store.setState({ triedColor: undefined });
    this.set(id, 'color', color.toLowerCase());
  }

  tryColor(id: string, color: string | undefined): void {
    this.store.setState({ triedColor: color === undefined ? undefined : { id, color } });
    this.view?.invalidate();
  }

  setComponent(id: string, property: VectorProperty, axis: Axis, value: number): void {
    const element = this.element(id);
    if (element === undefined || this.isBlocked(id)) return;
    const component = property === 'scale' ? stretch(value) : place(value);
    if (element[property][axis] === component) return;
    const stored = this.session.document.elements.get(id)?.props[property];
    // One component leaves the other two to whoever edits them meanwhile; a broken vector is replaced whole.
    if (vectorOf(stored)) {
      // Steps of a key that is held down become one change while they wait.
      this.edit([{ op: 'set', id, path: [property, axis], value: component }], `${id} ${property} ${axis}`);
    } else {
      const vector = [...element[property]] as [number, number, number];
      vector[axis] = component;
      this.edit([{ op: 'set', id, path: [property], value: vector }]);
    }
  }

  remove(id: string): void {
    const element = this.element(id);
    if (element === undefined || this.isBlocked(id)) return;
    if (this.store.getState().selectedId === id) this.select(undefined);
    const changeId = this.edit([{ op: 'delete', id }]);
    if (changeId === undefined) return;
    this.notify({
      tone: 'neutral',
      title: messages.toast.removed(nameOf(element)),
      action: {
        label: messages.toast.undo,
        run: () => {
          this.undo(changeId);
          if (this.element(id)) this.select(id);
        },
      },
    });
  }

  /** Undoes the last of one's own edits, or the one named, as far as others' later edits allow. */
  undo(changeId?: string): void {
    this.travel(() => this.session.undo(changeId));
  }

  redo(): void {
    this.travel(() => this.session.redo());
  }

  private travel(step: () => string | undefined): void {
    const before = this.session.document;
    this.travelling = true;
    const changeId = step();
    this.travelling = false;
    this.updateHistory();
    if (changeId !== undefined && this.session.document === before) {
      this.notify({ tone: 'neutral', title: messages.toast.nothingUndone, detail: messages.toast.nothingUndoneWhy });
    }
  }

  private updateHistory(): void {
    const { canUndo, canRedo } = this.session;
    const shown = this.store.getState();
    if (shown.canUndo !== canUndo || shown.canRedo !== canRedo) this.store.setState({ canUndo, canRedo });
  }

  private set(id: string, property: 'name' | 'text' | 'color', value: string): void {
    if (this.element(id)?.[property] === value || this.isBlocked(id)) return;
    this.edit([{ op: 'set', id, path: [property], value }]);
  }

  /** Makes an edit; undefined, and a notice, where no server would take it. */
  edit(operations: readonly Operation[], gesture?: string): string | undefined {
    return this.attempt(() => this.session.edit(operations, gesture === undefined ? {} : { gesture }));
  }

  private attempt(edit: () => string | undefined): string | undefined {
    try {
      return edit();
    } catch (failure) {
      if (!(failure instanceof ProblemError)) throw failure;
      this.notifyProblem(messages.toast.refused, failure.problem);
      return undefined;
    }
  }

  /** Shows the others what one edits; nothing any more where undefined. */
  setEditing(doing: Doing | undefined): void {
    this.session.setAwareness({ editing: doing === undefined ? null : { ...doing } });
  }

  // Locks

  /** The lock that holds an element. */
  lockOf(id: string): Lock | undefined {
    return lockOn(this.session.locks, this.session.document, id);
  }

  /** Somebody else's lock on an element, if there is one. */
  foreignLock(id: string): Lock | undefined {
    const lock = this.lockOf(id);
    return isForeign(lock, this.session.self?.userId) ? lock : undefined;
  }

  /** Whether somebody else's lock forbids editing; says so where it does. */
  isBlocked(id: string): boolean {
    const lock = this.foreignLock(id);
    if (!lock) return false;
    this.tellLocked(lock, id);
    return true;
  }

  toggleLock(id: string): void {
    const { session } = this;
    const lock = this.lockOf(id);
    if (lock === undefined) {
      session.lock(id).catch((reason: unknown) => {
        if (!(reason instanceof ProblemError) || session.state === 'closed') return;
        const holder = this.foreignLock(id);
        if (holder) this.tellLocked(holder, id);
        else if (!isProblem(reason.problem, 'invalid-request')) this.notifyProblem(messages.lock.failed(elementName(session.document, id)), reason.problem);
      });
    } else if (lock.participantId === session.self?.participantId) {
      session.unlock(lock.element);
    } else if (isForeign(lock, session.self?.userId)) {
      this.tellLocked(lock, id);
    }
  }

  private tellLocked(lock: Lock, id: string): void {
    const name = this.acquaintance(lock.userId, lock.name).name;
    this.notify({ tone: 'neutral', about: `lock ${id}`, title: messages.lock.isBy(elementName(this.session.document, id), name), detail: messages.lock.theirsDetail });
  }

  private locksChanged(): void {
    const { session } = this;
    // What an earlier page of this seat locked would end with its lease: this one prolongs it.
    for (const lock of session.locks.values()) {
      if (lock.participantId !== session.self?.participantId || this.renewed.has(lock.lease)) continue;
      this.renewed.add(lock.lease);
      session.lock(lock.element).catch(() => undefined);
    }
    const held = this.drag.id === undefined ? undefined : this.foreignLock(this.drag.id);
    if (held && this.drag.id !== undefined) {
      const name = elementName(session.document, this.drag.id);
      this.cancelDrag();
      this.notify({ tone: 'neutral', title: messages.lock.taken(name, this.acquaintance(held.userId, held.name).name) });
    }
    this.view?.invalidate();
  }

  // Conflicts

  /** Ends a conflict by one's choice. */
  decide(conflictId: string, { choice, value }: Chosen): void {
    this.putAside(conflictId);
    try {
      this.session.resolveConflict(conflictId, choice, value);
    } catch (failure) {
      if (!(failure instanceof ProblemError)) throw failure;
      this.notifyProblem(messages.toast.refused, failure.problem);
    }
  }

  putAside(conflictId: string): void {
    this.store.setState(({ aside }) => ({ aside: new Set(aside).add(conflictId) }));
  }

  /** Asks again about a conflict that was put off. */
  takeUp(conflictId: string): void {
    this.store.setState(({ aside }) => ({ aside: new Set([...aside].filter((id) => id !== conflictId)) }));
  }

  private conflictsChanged(open: ReadonlyMap<string, Conflict>): void {
    for (const conflict of open.values()) if (concerns(conflict, this.session.self?.userId)) this.concerning.add(conflict.id);
  }

  private conflictEnded(conflict: Conflict): void {
    const { id, status, resolution, element, path, current } = conflict;
    if (status === 'OPEN' || !this.concerning.delete(id)) return;
    if (resolution === undefined || resolution.userId === this.session.self?.userId) return;
    const { document } = this.session;
    const name = this.acquaintance(resolution.userId).name;
    const [what, value] = [registerName(document, element, path), valueText(current.value, path)];
    const { chose, choseAverage, superseded } = messages.conflict;
    const told = status === 'SUPERSEDED' ? superseded : resolution.choice === 'AVERAGE' ? choseAverage : chose;
    this.notify({ tone: 'neutral', about: `conflict ${element} ${path.join()}`, title: told(name, value, what) });
  }

  // What the server did with one's edits

  private refused(changeId: string, problem: Problem, operations: readonly Operation[]): void {
    this.dragDecided(changeId);
    const { session } = this;
    // Somebody else began the session in the same moment: what they began with is the same.
    if (isBeginning(operations)) {
      session.dismissRefused(changeId);
      return;
    }
    const decision = operations.find((operation) => operation.op === 'resolve');
    if (decision) {
      session.dismissRefused(changeId);
      this.takeUp(decision.conflict);
      const stale = isProblem(problem, 'conflict-stale');
      this.notify({ tone: 'neutral', title: stale ? messages.conflict.stale : messages.conflict.faster });
      return;
    }
    const edit = changeText(session.document, operations);
    const [first] = operations;
    const lock = isProblem(problem, 'locked') && first && 'id' in first ? this.foreignLock(first.id) : undefined;
    const title = lock && first && 'id' in first ? messages.lock.isBy(elementName(session.document, first.id), this.acquaintance(lock.userId, lock.name).name) : problem.title;
    this.notify({ tone: 'danger', title, detail: edit });
  }

  private overwritten(overwritten: Overwritten): void {
    const { code, element, path, by, restoring } = overwritten;
    const { document } = this.session;
    const name = this.acquaintance(by.userId).name;
    const deleted = code === 'EDIT_DELETED' || path === undefined;
    if (deleted) this.toldDeleted.add(element);
    const { toast } = messages;
    this.notify({
      tone: 'neutral',
      about: `overwritten ${element} ${path?.join() ?? ''}`,
      title: deleted ? toast.deletedYours(name, elementName(document, element)) : toast.overwrote(name, registerName(document, element, path)),
      ...(restoring.length > 0 && {
        action: { label: deleted ? toast.bringBack : toast.restoreMine, run: () => this.attempt(() => this.session.restoreMine(overwritten)) },
      }),
    });
  }

  private synced(report: SyncReport): void {
    if (report.conflicted.length + report.refused.length === 0) {
      this.notify({ tone: 'neutral', about: 'synced', title: messages.synced.all(report.sent) });
      return;
    }
    const next = reportOf(report, this.session.document, (userId) => this.acquaintance(userId).name);
    this.store.setState(({ report: earlier }) => ({ report: joined(earlier, next) }));
  }

  dismissReport(): void {
    this.store.setState({ report: undefined });
  }

  discardRefused(): void {
    for (const { changeId } of [...this.session.refusedEdits]) this.session.dismissRefused(changeId);
    this.store.setState(({ report }) => ({ report: report && { ...report, refused: [] } }));
  }

  /** Name and colour of somebody who is or was here. */
  acquaintance(userId: string | undefined, told?: string): Acquaintance {
    return this.acquaintances.of(userId, messages.people.somebody, told);
  }

  // Dragging

  dragTo(id: string, x: number, y: number, z: number): void {
    // A lock that somebody took in the middle of a drag ended it.
    if (this.foreignLock(id)) return;
    this.drag.id = id;
    this.drag.position.x = place(x);
    this.drag.position.y = place(y);
    this.drag.position.z = place(z);
    this.dragChange = undefined;
    this.session.setAwareness({ drag: { id, position: this.dragged() } });
    this.readout?.(this.drag.position);
    this.view?.invalidate();
  }

  endDrag(): void {
    const { id } = this.drag;
    if (id === undefined) return;
    this.drag.id = undefined;
    const position = this.dragged();
    const changeId = this.element(id) && !this.isBlocked(id) ? this.edit([{ op: 'set', id, path: ['position'], value: position }]) : undefined;
    // The others keep seeing the drag until the commit is decided, so that the object never jumps back in between.
    if (changeId !== undefined && this.session.state === 'online') this.dragChange = changeId;
    else this.session.setAwareness({ drag: null });
    this.view?.invalidate();
  }

  cancelDrag(): void {
    if (this.drag.id === undefined) return;
    this.drag.id = undefined;
    this.session.setAwareness({ drag: null });
    this.view?.invalidate();
  }

  private dragged(): Vector {
    const { x, y, z } = this.drag.position;
    return [round(x), round(y), round(z)];
  }

  private dragDecided(changeId: string): void {
    if (changeId !== this.dragChange) return;
    this.dragChange = undefined;
    this.session.setAwareness({ drag: null });
  }

  // Notices

  notify(notice: Omit<Notice, 'id'>): void {
    const { about, title, detail } = notice;
    const shown = this.store.getState().notices.find((each) => about !== undefined && each.about === about);
    if (shown?.title === title && shown.detail === detail && notice.action === undefined) return;
    const id = randomId(6);
    const others = (notices: readonly Notice[]) => notices.filter((each) => about === undefined || each.about !== about);
    this.store.setState(({ notices }) => ({ notices: [...others(notices), { ...notice, id }].slice(-MOST_NOTICES) }));
  }

  notifyProblem(title: string, problem: Problem): void {
    this.notify({ tone: 'danger', title, detail: problem.detail ?? problem.title });
  }

  dismiss(id: string): void {
    this.store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
  }

  // What comes in

  private documentChanged(): void {
    this.updateHistory();
    const { selectedId } = this.store.getState();
    if (selectedId !== undefined && !this.session.document.live(selectedId)) {
      const gone = this.session.document.elements.get(selectedId);
      if (this.drag.id === selectedId) this.cancelDrag();
      this.select(undefined);
      // What one's own undo takes away needs no explanation.
      if (gone && !this.travelling && !this.toldDeleted.delete(selectedId)) this.notify({ tone: 'neutral', title: messages.toast.removedByOther(nameOf(sceneElement(gone))) });
    }
    this.view?.invalidate();
  }

  private othersChanged(): void {
    const { awareness, participants, self } = this.session;
    this.acquaintances.meet(participants);
    this.remote = remoteState(awareness, participants, self?.participantId, this.remote);
    const { selections, doing } = this.remote;
    const shown = this.store.getState();
    if (shown.selections !== selections || shown.doing !== doing) this.store.setState({ selections, doing });
    this.view?.invalidate();
  }
}
