import type { Operation } from '@chorale/client';
import { OBJECT_COLORS } from '../app/colors';
import { messages } from '../app/messages';
import { aligned, distributed, grounded, type Axis, type Extent, type Side, type Ways } from '../scene/arrange';
import { extentsOf } from '../scene/extents';
import { directionToParent } from '../scene/frames';
import { sceneMessages } from '../scene/messages';
import { footprint, freeSpot, resting, round } from '../scene/placement';
import { liveElements, place, stretch, vectorOf, type CreatableKind, type Vector } from '../scene/sceneElement';
import { ancestorsOf, bodiesOf, lookupIn, standingElements, topmost } from '../scene/tree';
import type { Copies } from './sceneClipboard';
import { SceneCopies } from './sceneCopies';
import type { Workspace } from './workspace';
import { nameOf } from './wording';

export type VectorProperty = 'position' | 'rotation' | 'scale';

const UNIT: Vector = [1, 1, 1];

/** What one does to the elements of a scene: each is one edit, and one step of undo, however many elements it is about. */
export class SceneEdits {
  private readonly copies: SceneCopies;

  constructor(private readonly workspace: Workspace) {
    this.copies = new SceneCopies(workspace);
  }

  add(kind: CreatableKind): void {
    const { document } = this.workspace.session;
    const standing = standingElements(document);
    const text = kind === 'label' ? messages.inspector.newText : '';
    const spot = freeSpot(this.workspace.view?.lookedAt() ?? [0, 0], footprint({ kind, scale: UNIT, text }), standing);
    const number = liveElements(document).filter((element) => element.kind === kind).length + 1;
    this.copies.create([
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

  /** Copies elements with everything that hangs from them. */
  duplicate(ids: readonly string[]): void {
    this.copies.duplicate(ids);
  }

  /** Adds what comes from a clipboard next to where it was. */
  paste(copies: Copies): void {
    this.copies.paste(copies);
  }

  rename(id: string, name: string): void {
    this.set([id], 'name', name.trim().slice(0, 120));
  }

  setText(id: string, text: string): void {
    this.set([id], 'text', text.trim().slice(0, 400));
  }

  /** Colours elements, and in the place of groups what these hold. */
  setColor(ids: readonly string[], color: string): void {
    this.workspace.store.setState({ triedColor: undefined });
    const bodies = bodiesOf(this.workspace.session.document, ids);
    this.set(bodies.map(({ id }) => id), 'color', color.toLowerCase());
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
    this.go(aligned(this.extents(ids), axis, side));
  }

  distribute(ids: readonly string[], axis: Axis): void {
    this.go(distributed(this.extents(ids), axis));
  }

  /** Puts elements down on the ground. */
  ground(ids: readonly string[]): void {
    this.go(grounded(this.extents(ids)));
  }

  private extents(ids: readonly string[]): readonly Extent[] {
    return extentsOf(this.workspace.session.document, ids);
  }

  /** Moves elements along ways of the world. */
  go(ways: Ways): void {
    const lookup = lookupIn(this.workspace.session.document);
    const operations = this.workspace.locks.editable([...ways.keys()]).flatMap((id): Operation[] => {
      const [element, way] = [this.workspace.element(id), ways.get(id)];
      if (!element || !way) return [];
      const [x, y, z] = element.parent === null ? way : directionToParent(lookup, element.parent, way);
      const exact = element.parent === null ? round : (component: number) => Math.round(component * 1e6) / 1e6 + 0;
      const to = (from: number, by: number) => (by === 0 ? from : exact(place(from + by)));
      const position: Vector = [to(element.position[0], x), to(element.position[1], y), to(element.position[2], z)];
      return position.every((component, axis) => component === element.position[axis]) ? [] : [{ op: 'set', id, path: ['position'], value: position }];
    });
    this.workspace.editTogether(operations);
  }

  remove(ids: readonly string[]): void {
    const { workspace } = this;
    const gone = workspace.locks.movable(topmost(workspace.session.document, ids));
    const [first] = gone.map((id) => workspace.element(id));
    if (first === undefined) return;
    const { ids: selected } = workspace.selection;
    const { document } = workspace.session;
    workspace.selection.set(selected.filter((id) => ![id, ...ancestorsOf(document, id)].some((each) => gone.includes(each))));
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
}
