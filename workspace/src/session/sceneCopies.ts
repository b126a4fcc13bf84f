import type { CreateOperation } from '@chorale/client';
import { randomId } from '../app/ids';
import { messages } from '../app/messages';
import { directionToParent, localMatrix, placementOf, within, type Matrix } from '../scene/frames';
import { footprint, freeSpot, round } from '../scene/placement';
import { place, type SceneElement, type Vector } from '../scene/sceneElement';
import { lookupIn, standingElements } from '../scene/tree';
import { constraintCreations, constraintsAmong, type CopiedConstraint } from './copiedConstraints';
import { originalsOf, type Copied, type Copies } from './sceneClipboard';
import type { Workspace } from './workspace';
import { nameOf } from './wording';

/** Copies of what covers more ground than this lie beside it, overlapping. */
const WIDEST_APART = 8;
/** A place this near to where something was is the same place: spots lie on a grid. */
const SAME_PLACE = 0.2;

/** Where something new hangs, where that is not the top of the scene or follows from the list. */
type Homes = ReadonlyMap<number, string>;
const NOWHERE_ELSE: Homes = new Map();

/** Makes elements like others: duplicates, what comes from a clipboard, and new ones. Each is one edit and one step of undo. */
export class SceneCopies {
  constructor(private readonly workspace: Workspace) {}

  /** Copies elements with everything that hangs from them; copies hang where the originals do. */
  duplicate(ids: readonly string[]): void {
    const { document } = this.workspace.session;
    const originals = originalsOf(document, ids);
    const way = this.wayBeside(originals.map(({ copied }) => copied));
    const homes = new Map<number, string>();
    const copies = originals.map(({ element, copied }, index): Copied => {
      if (copied.parent !== undefined) return copied;
      const named = { ...copied, name: messages.inspector.copyOf(nameOf(element)).slice(0, 120) };
      if (element.parent === null) return moved(named, way);
      homes.set(index, element.parent);
      const { position, rotation, scale } = element;
      return moved({ ...named, position, rotation, scale }, directionToParent(lookupIn(document), element.parent, way));
    });
    this.create(copies, homes, constraintsAmong(document, originals.map(({ element }) => element.id)));
  }

  /** Adds what comes from a clipboard next to where it was. */
  paste({ elements, constraints }: Copies): void {
    const way = this.wayBeside(elements);
    const placed = elements.map((element) => (element.parent === undefined ? moved(element, way) : element));
    this.create(placed, NOWHERE_ELSE, constraints);
  }

  /** Adds new elements, parents before what hangs from them, with what is to hold between them; selects what hangs from none of them. */
  create(elements: readonly Copied[], homes: Homes = NOWHERE_ELSE, constraints: readonly CopiedConstraint[] = []): void {
    const ids = elements.map(() => randomId());
    const made = elements.map(({ parent, ...element }, index): CreateOperation => {
      const home = parent === undefined ? homes.get(index) : ids[parent];
      return { op: 'create', id: ids[index] ?? randomId(), elementType: element.kind, parent: home ?? null, props: propsOf(element) };
    });
    if (this.workspace.editTogether([...made, ...constraintCreations(constraints, ids)]).length === 0) return;
    this.workspace.selection.set(ids.filter((_, index) => elements[index]?.parent === undefined));
  }

  /** The way to the nearest place that is free for the same arrangement; none where it is free already. */
  private wayBeside(elements: readonly Copied[]): Vector {
    const bodies = bodiesOf(elements);
    const [low, high] = [Math.min, Math.max].map((most) => [0, 2].map((axis) => most(...bodies.map(({ position }) => position[axis] ?? 0)))) as [[number, number], [number, number]];
    const centre = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2] as const;
    const radius = Math.max(0, ...bodies.map((body) => Math.hypot(body.position[0] - centre[0], body.position[2] - centre[1]) + footprint(body)));
    const standing = standingElements(this.workspace.session.document);
    const spot = radius > WIDEST_APART ? ([centre[0] + 1, centre[1] + 1] as const) : freeSpot(centre, radius, standing);
    const [dx, dz] = [spot[0] - centre[0], spot[1] - centre[1]];
    return Math.hypot(dx, dz) < SAME_PLACE ? [0, 0, 0] : [dx, 0, dz];
  }
}

type Body = Pick<SceneElement, 'kind' | 'text' | 'position' | 'scale'>;

/** What is seen of copies, placed as in the world. */
function bodiesOf(elements: readonly Copied[]): readonly Body[] {
  const worlds: Matrix[] = [];
  const all = elements.map((element): Body => {
    const outer = element.parent === undefined ? undefined : worlds[element.parent];
    const world = outer ? within(outer, localMatrix(element)) : localMatrix(element);
    worlds.push(world);
    return outer ? { ...element, ...placementOf(world) } : element;
  });
  const bodies = all.filter(({ kind }) => kind !== 'group');
  return bodies.length > 0 ? bodies : all;
}

function moved(element: Copied, [dx, dy, dz]: Vector): Copied {
  if (dx === 0 && dy === 0 && dz === 0) return element;
  const [x, y, z] = element.position;
  const to = (component: number, way: number) => (way === 0 ? component : round(place(component + way)));
  return { ...element, position: [to(x, dx), to(y, dy), to(z, dz)] };
}

function propsOf({ kind, name, text, position, rotation, scale, color, looks }: Omit<Copied, 'parent'>) {
  return { name, position, rotation, scale, ...(kind !== 'group' && { color }), ...(kind === 'label' && { text }), ...looks };
}
