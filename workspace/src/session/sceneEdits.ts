import type { Operation } from '@chorale/client';
import { OBJECT_COLORS } from '../app/colors';
import { randomId } from '../app/ids';
import { messages } from '../app/messages';
import { aligned, distributed, grounded, type Axis, type Moves, type Side } from '../scene/arrange';
import { sceneMessages } from '../scene/messages';
import { footprint, freeSpot, resting, round } from '../scene/placement';
import { liveElements, place, stretch, vectorOf, type CreatableKind, type SceneElement, type Vector } from '../scene/sceneElement';
import { copyOf, isCopyable, type Copied } from './sceneClipboard';
import type { Workspace } from './workspace';
import { nameOf } from './wording';

export type VectorProperty = 'position' | 'rotation' | 'scale';

const UNIT: Vector = [1, 1, 1];
/** Copies of what covers more ground than this lie beside it, overlapping. */
const WIDEST_APART = 8;
/** A place this near to where something was is the same place: spots lie on a grid. */
const SAME_PLACE = 0.2;

/** What one does to the elements of a scene: each is one edit, and one step of undo, however many elements it is about. */
export class SceneEdits {
  constructor(private readonly workspace: Workspace) {}

  add(kind: CreatableKind): void {
    const standing = liveElements(this.workspace.session.document);
    const text = kind === 'label' ? messages.inspector.newText : '';
    const spot = freeSpot(this.workspace.view?.lookedAt() ?? [0, 0], footprint({ kind, scale: UNIT, text }), standing);
    const number = standing.filter((element) => element.kind === kind).length + 1;
    this.create([
      {
        kind,
        name: `${messages.kinds[kind]} ${number}`,
        position: resting(spot, kind, UNIT),
        rotation: [0, 0, 0],
        scale: UNIT,
        color: kind === 'label' ? '#3d4543' : (OBJECT_COLORS[standing.length % 7] ?? OBJECT_COLORS[0]),
        text,
      },
    ]);
  }

  duplicate(ids: readonly string[]): void {
    const originals = this.elements(ids).filter(isCopyable);
    this.create(this.beside(originals.map((original) => ({ ...copyOf(original), name: messages.inspector.copyOf(nameOf(original)).slice(0, 120) }))));
  }

  /** Adds what comes from a clipboard next to where it was. */
  paste(elements: readonly Copied[]): void {
    this.create(this.beside(elements));
  }

  /** The same arrangement, at the nearest place that is free. */
  private beside(elements: readonly Copied[]): readonly Copied[] {
    const [low, high] = [Math.min, Math.max].map((most) => [0, 2].map((axis) => most(...elements.map(({ position }) => position[axis] ?? 0)))) as [[number, number], [number, number]];
    const centre = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2] as const;
    const radius = Math.max(0, ...elements.map((element) => Math.hypot(element.position[0] - centre[0], element.position[2] - centre[1]) + footprint(element)));
    const spot = radius > WIDEST_APART ? [centre[0] + 1, centre[1] + 1] as const : freeSpot(centre, radius, liveElements(this.workspace.session.document));
    const [dx, dz] = [spot[0] - centre[0], spot[1] - centre[1]];
    if (Math.hypot(dx, dz) < SAME_PLACE) return elements;
    return elements.map((element) => {
      const [x, y, z] = element.position;
      return { ...element, position: [round(place(x + dx)), y, round(place(z + dz))] };
    });
  }

  private create(elements: readonly Copied[]): void {
    const made = elements.map(({ kind, name, position, rotation, scale, color, text }): Operation & { readonly op: 'create' } => {
      const props = { name, position, rotation, scale, color, ...(kind === 'label' && { text }) };
      return { op: 'create', id: randomId(), elementType: kind, parent: null, props };
    });
    if (this.workspace.editTogether(made).length > 0) this.workspace.selection.set(made.map(({ id }) => id));
  }

  rename(id: string, name: string): void {
    this.set([id], 'name', name.trim().slice(0, 120));
  }

  setText(id: string, text: string): void {
    this.set([id], 'text', text.trim().slice(0, 400));
  }

  setColor(ids: readonly string[], color: string): void {
    this.workspace.store.setState({ triedColor: undefined });
    this.set(ids, 'color', color.toLowerCase());
  }

  setHidden(ids: readonly string[], hidden: boolean): void {
    this.set(ids, 'hidden', hidden);
  }

  private set(ids: readonly string[], property: 'name' | 'text' | 'color' | 'hidden', value: string | boolean): void {
    const differing = ids.filter((id) => this.workspace.element(id)?.[property] !== value);
    this.workspace.editTogether(this.workspace.locks.editable(differing).map((id) => ({ op: 'set', id, path: [property], value })));
  }

  setComponent(ids: readonly string[], property: VectorProperty, axis: Axis, value: number): void {
    const component = property === 'scale' ? stretch(value) : place(value);
    const differing = ids.filter((id) => this.workspace.element(id)?.[property][axis] !== component);
    const operations = this.workspace.locks.editable(differing).map((id) => this.componentSet(id, property, axis, component));
    // Steps of a key that is held down become one change while they wait.
    const gesture = operations.every(({ path }) => path.length === 2) ? `${ids.join()} ${property} ${axis}` : undefined;
    this.workspace.editTogether(operations, gesture);
  }

  /** One component leaves the other two to whoever edits them meanwhile; a broken vector is replaced whole. */
  private componentSet(id: string, property: VectorProperty, axis: Axis, component: number): Operation & { readonly op: 'set' } {
    if (vectorOf(this.workspace.session.document.elements.get(id)?.props[property])) return { op: 'set', id, path: [property, axis], value: component };
    const vector = [...(this.workspace.element(id)?.[property] ?? UNIT)] as [number, number, number];
    vector[axis] = component;
    return { op: 'set', id, path: [property], value: vector };
  }

  align(ids: readonly string[], axis: Axis, side: Side): void {
    this.move(aligned(this.elements(ids), axis, side));
  }

  distribute(ids: readonly string[], axis: Axis): void {
    this.move(distributed(this.elements(ids), axis));
  }

  /** Puts elements down on the ground. */
  ground(ids: readonly string[]): void {
    this.move(grounded(this.elements(ids)));
  }

  private move(moves: Moves): void {
    const operations = this.workspace.locks.editable([...moves.keys()]).flatMap((id): Operation[] => {
      const position = moves.get(id);
      return position ? [{ op: 'set', id, path: ['position'], value: position }] : [];
    });
    this.workspace.editTogether(operations);
  }

  remove(ids: readonly string[]): void {
    const { workspace } = this;
    const gone = workspace.locks.editable(ids);
    const [first] = gone.map((id) => workspace.element(id));
    if (first === undefined) return;
    const { ids: selected } = workspace.selection;
    workspace.selection.set(selected.filter((id) => !gone.includes(id)));
    const changeIds = workspace.editTogether(gone.map((id) => ({ op: 'delete', id })));
    if (changeIds.length === 0) return;
    workspace.notify({
      tone: 'neutral',
      title: gone.length === 1 ? messages.toast.removed(nameOf(first)) : sceneMessages.removed(gone.length),
      action: {
        label: messages.toast.undo,
        run: () => {
          for (const changeId of [...changeIds].reverse()) workspace.undo(changeId);
          workspace.selection.set(gone.filter((id) => workspace.element(id) !== undefined));
        },
      },
    });
  }

  private elements(ids: readonly string[]): readonly SceneElement[] {
    return ids.flatMap((id) => this.workspace.element(id) ?? []);
  }
}
