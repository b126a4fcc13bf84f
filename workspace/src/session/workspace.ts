import type { Lock, Operation, Overwritten, Session } from '@chorale/client';
import { isProblem, ProblemError } from '@chorale/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { messages } from '../app/messages';
import { ChatRoom } from '../chat/chatRoom';
import type { Chosen } from '../conflicts/choices';
import { Acquaintances, type Acquaintance } from '../presence/acquaintances';
import { Company } from '../presence/company';
import { NOBODY, remoteState, type Doing, type RemoteState } from '../presence/remoteState';
import type { Bounds } from '../scene/bounds';
import type { MutableVector } from '../scene/motion';
import { sceneElement, type CreatableKind, type SceneElement } from '../scene/sceneElement';
import { denialOf, denialTold, readDenial, type Denial } from '../sharing/denial';
import { Clipboard } from './clipboard';
import { Dragging } from './dragging';
import { ElementLocks } from './elementLocks';
import { NoticeBoard } from './noticeBoard';
import { SceneEdits } from './sceneEdits';
import { Selection } from './selection';
import { TreeEdits } from './treeEdits';
import { Verdicts } from './verdicts';
import { elementName } from './wording';
import type { Mode, Notice, WorkspaceState } from './workspaceState';

export type { Axis } from '../scene/arrange';
export type { VectorProperty } from './sceneEdits';
export type { Notice, WorkspaceState } from './workspaceState';

/** In pixels of the scene, from its top left. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What the scene offers to the chrome around it; absent while three.js loads or when WebGL fails. */
export interface SceneView {
  invalidate(): void;
  lookedAt(): readonly [x: number, z: number];
  showEverything(): void;
  /** Looks at a part of the world. */
  show(part: Bounds): void;
  /** Whether drags turn the view. */
  turns(on: boolean): void;
  /** The elements whose middle is inside of a frame. */
  inside(frame: Frame): readonly string[];
}

/** So much fits surely into one change, in operations and in UTF-16 units of their JSON. */
const CHANGE_OPERATIONS = 900;
const CHANGE_LENGTH = 80_000;

/** One person's seat at one session: their edits, their selection, and what they see of the others. */
export class Workspace {
  readonly store: StoreApi<WorkspaceState>;
  /** Read each frame, never through React. */
  remote: RemoteState = NOBODY;
  view: SceneView | undefined;
  /** DOM elements that the scene moves along with what they belong to. */
  readonly tags = new Map<string, HTMLElement>();
  /** Where the scene draws elements right now. */
  readonly drawn = new Map<string, { readonly position: MutableVector }>();
  textField: HTMLElement | undefined;
  /** How many pixels a sheet covers at the bottom of the scene, and a panel at its right. */
  readonly covered = { bottom: 0, right: 0, left: 0 };
  readonly chat: ChatRoom;
  readonly company: Company;
  readonly selection = new Selection(this);
  readonly dragging = new Dragging(this);
  readonly edits = new SceneEdits(this);
  readonly tree = new TreeEdits(this);
  readonly clipboard = new Clipboard(this);
  readonly locks = new ElementLocks(this);
  /** Oneself in the session as it is now; another workspace where this one shows the past. */
  readonly live: Workspace = this;
  private readonly notices: NoticeBoard;
  private readonly verdicts = new Verdicts(this);
  private readonly acquaintances = new Acquaintances();
  private gestures = 0;
  private travelling = false;
  private readonly unsubscribe: readonly (() => void)[];

  constructor(readonly session: Session, objectsOpen: boolean) {
    this.store = createStore<WorkspaceState>(() => ({
      selection: [],
      selectedId: undefined,
      entered: undefined,
      mode: 'move',
      snapping: false,
      gathering: false,
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
      past: undefined,
      comparing: undefined,
      marks: [],
    }));
    this.notices = new NoticeBoard(this.store);
    this.chat = new ChatRoom(session);
    this.company = new Company(this);
    this.unsubscribe = [
      session.on('document', () => this.documentChanged()),
      session.on('awareness', () => this.othersChanged()),
      session.on('participants', () => this.othersChanged()),
      session.on('accepted', ({ changeId }) => this.dragging.decided(changeId)),
      session.on('refused', ({ changeId, problem, operations }) => {
        this.dragging.decided(changeId);
        this.verdicts.refused(changeId, problem, operations);
      }),
      session.on('overwritten', (overwritten) => this.verdicts.overwritten(overwritten)),
      session.on('conflicts', (open) => this.verdicts.conflictsChanged(open)),
      session.on('conflict', (conflict) => this.verdicts.conflictEnded(conflict)),
      session.on('locks', () => this.locksChanged()),
      session.on('synced', (report) => this.verdicts.synced(report)),
    ];
    this.othersChanged();
  }

  /** Whether this shows the session as it was: then nothing in it can be changed. */
  get isPast(): boolean {
    return this.live !== this;
  }

  dispose(): void {
    this.rest();
    this.session.close();
  }

  /** Gives the seat up once everything is stored, however long the way to the server takes. */
  async part(): Promise<void> {
    this.rest();
    this.session.setAwareness({ pointer: null, selection: null, editing: null });
    if (this.session.pendingChanges > 0) await this.session.idle().catch(() => undefined);
    this.session.close();
  }

  /** Nobody looks at it any more. */
  private rest(): void {
    this.store.getState().past?.end();
    for (const stop of this.unsubscribe) stop();
    this.chat.dispose();
    this.company.dispose();
  }

  element(id: string): SceneElement | undefined {
    const view = this.session.document.live(id) ? this.session.document.elements.get(id) : undefined;
    return view && sceneElement(view);
  }

  /** Selects one element and nothing else; or nothing, and leaves the group that one is in. */
  select(id: string | undefined): void {
    if (id === undefined) this.selection.enterGroup(undefined);
    this.selection.set(id === undefined ? [] : [id]);
  }

  /** Chooses what the handles do. */
  setMode(mode: Mode): void {
    this.dragging.cancel();
    this.store.setState({ mode });
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

  /** Tags stay out of what is covered at the left; the view does not move for it. */
  coverLeft(pixels: number): void {
    this.covered.left = pixels;
    this.view?.invalidate();
  }

  // Edits

  add(kind: CreatableKind): void {
    this.edits.add(kind);
  }

  duplicate(...ids: readonly string[]): void {
    this.edits.duplicate(ids);
  }

  remove(...ids: readonly string[]): void {
    this.edits.remove(ids);
  }

  setText(id: string, text: string): void {
    this.edits.setText(id, text);
  }

  tryColor(ids: readonly string[], color: string | undefined): void {
    this.store.setState({ triedColor: color === undefined ? undefined : { ids, color } });
    this.view?.invalidate();
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
    const changeId = this.attempt(step);
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

  /** Makes an edit; undefined, and a notice, where no server would take it. */
  edit(operations: readonly Operation[], gesture?: string): string | undefined {
    const denial = denialOf(this.session, operations);
    if (denial) {
      this.tellDenied(denial);
      return undefined;
    }
    return this.attempt(() => this.session.edit(operations, gesture === undefined ? {} : { gesture }));
  }

  /** Says what one may not do, and why. */
  tellDenied(denial: Denial): void {
    this.notify({ tone: 'danger', about: `denied ${denial.action}`, ...denialTold(denial, this.session.document) });
  }

  /** As `tellDenied`, where that is what a problem says; else false. */
  tellForbidden(problem: ProblemError['problem']): boolean {
    if (!isProblem(problem, 'forbidden')) return false;
    this.tellDenied(readDenial(problem, this.session.self));
    return true;
  }

  /**
   * Makes an edit of any size that is one step of undo, and one change where it fits into one: answers the ids of its
   * changes; none, and a notice, where no server would take it.
   */
  editTogether(operations: readonly Operation[], gesture?: string): readonly string[] {
    const parts = inChanges(operations);
    const name = gesture ?? (parts.length > 1 ? `together ${(this.gestures += 1)}` : undefined);
    const changeIds: string[] = [];
    for (const part of parts) {
      const changeId = this.edit(part, name);
      if (changeId === undefined) break;
      changeIds.push(changeId);
    }
    return changeIds;
  }

  /** Makes what somebody overwrote as one had it. */
  restoreMine(overwritten: Overwritten): void {
    this.attempt(() => this.session.restoreMine(overwritten));
  }

  private attempt(edit: () => string | undefined): string | undefined {
    try {
      return edit();
    } catch (failure) {
      if (!(failure instanceof ProblemError)) throw failure;
      if (!this.tellForbidden(failure.problem)) this.notifyProblem(messages.toast.refused, failure.problem);
      return undefined;
    }
  }

  /** Shows the others what one edits; nothing any more where undefined. */
  setEditing(doing: Doing | undefined): void {
    this.session.setAwareness({ editing: doing === undefined ? null : { ...doing } });
  }

  // Locks

  lockOf(id: string): Lock | undefined {
    return this.locks.on(id);
  }

  foreignLock(id: string): Lock | undefined {
    return this.locks.foreign(id);
  }

  isBlocked(id: string): boolean {
    return this.locks.isBlocked(id);
  }

  toggleLock(...ids: readonly string[]): void {
    this.locks.toggle(ids);
  }

  private locksChanged(): void {
    this.locks.prolong();
    const lost = this.dragging.dropLost();
    const holder = lost === undefined ? undefined : this.foreignLock(lost);
    if (holder && lost !== undefined) {
      const name = this.acquaintance(holder.userId, holder.name).name;
      this.notify({ tone: 'neutral', title: messages.lock.taken(elementName(this.session.document, lost), name) });
    }
    this.view?.invalidate();
  }

  // Conflicts

  /** Ends a conflict by one's choice. */
  decide(conflictId: string, { choice, value }: Chosen): void {
    this.putAside(conflictId);
    this.attempt(() => this.session.resolveConflict(conflictId, choice, value));
  }

  putAside(conflictId: string): void {
    this.store.setState(({ aside }) => ({ aside: new Set(aside).add(conflictId) }));
  }

  /** Asks again about a conflict that was put off. */
  takeUp(conflictId: string): void {
    this.store.setState(({ aside }) => ({ aside: new Set([...aside].filter((id) => id !== conflictId)) }));
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

  // Notices

  notify(notice: Omit<Notice, 'id'>): void {
    this.notices.notify(notice);
  }

  /** Takes back what was told about something, where it is over. */
  withdraw(about: string): void {
    this.notices.withdraw(about);
  }

  notifyProblem(title: string, problem: ProblemError['problem']): void {
    this.notices.notifyProblem(title, problem);
  }

  dismiss(id: string): void {
    this.notices.dismiss(id);
  }

  // What comes in

  private documentChanged(): void {
    this.updateHistory();
    this.dragging.dropLost();
    // What one's own undo takes away needs no explanation; what is not there yet in the past comes back.
    if (!this.isPast) this.selection.dropGone((id) => this.travelling || this.verdicts.toldOf(id));
    this.view?.invalidate();
  }

  private othersChanged(): void {
    const { awareness, participants, self } = this.session;
    this.acquaintances.meet(participants);
    this.remote = remoteState(awareness, participants, self?.participantId, this.remote);
    const { selections, doing } = this.remote;
    const shown = this.store.getState();
    if (shown.selections !== selections || shown.doing !== doing) this.store.setState({ selections, doing });
    this.company.othersChanged();
    this.view?.invalidate();
  }
}

function inChanges(operations: readonly Operation[]): readonly (readonly Operation[])[] {
  const parts: Operation[][] = [];
  let length = Infinity;
  for (const operation of operations) {
    const more = JSON.stringify(operation).length;
    const last = parts.at(-1);
    if (last === undefined || last.length === CHANGE_OPERATIONS || length + more > CHANGE_LENGTH) {
      parts.push([operation]);
      length = more;
    } else {
      last.push(operation);
      length += more;
    }
  }
  return parts;
}
