import type { Operation, Problem, Session } from '@chorale/client';
import { ProblemError } from '@chorale/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { OBJECT_COLORS } from '../app/colors';
import { randomId } from '../app/ids';
import { messages } from '../app/messages';
import { NOBODY, remoteState, type Look, type RemoteState, type Selector } from '../presence/remoteState';
import { footprint, freeSpot, resting, round } from '../scene/placement';
import { liveElements, place, sceneElement, stretch, vectorOf, type CreatableKind, type SceneElement, type Vector } from '../scene/sceneElement';
import type { MutableVector } from '../scene/motion';

export interface Notice {
  readonly id: string;
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
  readonly notices: readonly Notice[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
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

const NOTICE_MS = 7000;
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
  /** How many pixels a sheet covers at the bottom of the scene. */
  covered = 0;
  /** Shows the position of the object in hand, again without React. */
  readout: ((position: MutableVector) => void) | undefined;

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
      notices: [],
      canUndo: session.canUndo,
      canRedo: session.canRedo,
    }));
    this.unsubscribe = [
      session.on('document', () => this.documentChanged()),
      session.on('awareness', () => this.othersChanged()),
      session.on('participants', () => this.othersChanged()),
      session.on('accepted', ({ changeId }) => this.dragDecided(changeId)),
      session.on('refused', ({ changeId, problem }) => {
        this.dragDecided(changeId);
        this.notifyProblem(messages.toast.refused, problem);
      }),
    ];
    this.othersChanged();
  }

  dispose(): void {
    for (const stop of this.unsubscribe) stop();
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
    this.covered = pixels;
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
    if (element === undefined) return;
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
    if (element === undefined) return;
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
    if (this.element(id)?.[property] === value) return;
    this.edit([{ op: 'set', id, path: [property], value }]);
  }

  private edit(operations: readonly Operation[], gesture?: string): string | undefined {
    try {
      return this.session.edit(operations, gesture === undefined ? {} : { gesture });
    } catch (failure) {
      if (!(failure instanceof ProblemError)) throw failure;
      this.notifyProblem(messages.toast.refused, failure.problem);
      return undefined;
    }
  }

  // Dragging

  dragTo(id: string, x: number, y: number, z: number): void {
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
    const changeId = this.element(id) ? this.edit([{ op: 'set', id, path: ['position'], value: position }]) : undefined;
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
    const id = randomId(6);
    this.store.setState(({ notices }) => ({ notices: [...notices, { ...notice, id }].slice(-MOST_NOTICES) }));
    setTimeout(() => this.dismiss(id), NOTICE_MS);
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
      if (gone && !this.travelling) this.notify({ tone: 'neutral', title: messages.toast.removedByOther(nameOf(sceneElement(gone))) });
    }
    this.view?.invalidate();
  }

  private othersChanged(): void {
    const { awareness, participants, self } = this.session;
    this.remote = remoteState(awareness, participants, self?.participantId, this.remote);
    if (this.store.getState().selections !== this.remote.selections) this.store.setState({ selections: this.remote.selections });
    this.view?.invalidate();
  }
}

/** What people call an element: a label by what it says, everything else by its name or its kind. */
export function nameOf({ kind, name, text }: Pick<SceneElement, 'kind' | 'name' | 'text'>): string {
  return (kind === 'label' && text) || name || messages.kinds[kind];
}
