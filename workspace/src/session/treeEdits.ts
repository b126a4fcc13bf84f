import type { Operation } from '@chorale/client';
import { randomId } from '../app/ids';
import { messages } from '../app/messages';
import { middleOf, together, worldBounds } from '../scene/bounds';
import { localMatrix, placedInside, toParent, within, worldMatrix, type Matrix, type Placed } from '../scene/frames';
import { round } from '../scene/placement';
import { liveElements, type SceneElement, type Vector } from '../scene/sceneElement';
import { ancestorsOf, canHang, commonParent, inTreeOrder, lookupIn, topmost } from '../scene/tree';
import type { Workspace } from './workspace';

const NO_TURN: Vector = [0, 0, 0];
const UNIT: Vector = [1, 1, 1];
/** Less than this is the error of computing, and no other place. */
const SAME = 1e-9;

/** What one does to the tree of a scene: everything stays where it is in the world, and each is one edit and one step of undo. */
export class TreeEdits {
  constructor(private readonly workspace: Workspace) {}

  /** Makes a group of elements, in the middle of them, in the deepest parent that they have in common; answers its id. */
  group(ids: readonly string[]): string | undefined {
    const { document } = this.workspace.session;
    const members = this.movable(ids);
    if (members.length === 0) return undefined;
    const parent = commonParent(document, members);
    const lookup = lookupIn(document);
    const bounds = together([...worldBounds(document, members).values()]);
    const middle = bounds ? middleOf(bounds).map(round) : [0, 0, 0];
    const position = tidy(toParent(lookup, parent, middle as [number, number, number]));
    const frame = within(worldMatrix(lookup, parent), localMatrix({ position, rotation: NO_TURN, scale: UNIT }));
    const id = randomId();
    const props = { name: this.newName(), position, rotation: NO_TURN, scale: UNIT };
    const made: Operation = { op: 'create', id, elementType: 'group', parent, after: this.before(parent, members), props };
    if (this.workspace.editTogether([made, ...this.moves(members, id, null, frame)]).length === 0) return undefined;
    this.workspace.selection.set([id]);
    return id;
  }

  /** Takes groups away and leaves what they held where it was. */
  ungroup(ids: readonly string[]): void {
    const { workspace } = this;
    const { document } = workspace.session;
    const groups = this.movable(ids).filter((id) => workspace.element(id)?.kind === 'group');
    const operations = groups.flatMap((id): readonly Operation[] => {
      const parent = workspace.element(id)?.parent ?? null;
      // Constraints among them: what hangs from a deleted group is gone with it.
      const held = document.children(id).map((child) => child.id);
      return [...this.moves(held, parent, id, worldMatrix(lookupIn(document), parent)), { op: 'delete', id }];
    });
    const members = groups.flatMap((id) => liveElements(document).filter(({ parent }) => parent === id));
    if (operations.length === 0 || workspace.editTogether(operations).length === 0) return;
    workspace.selection.set([...workspace.selection.ids.filter((id) => !groups.includes(id)), ...members.map(({ id }) => id)]);
  }

  /**
   * Hangs elements from another parent, or in another place among their siblings; false where that is impossible or changes nothing.
   *
   * @param after the sibling that they come behind; null for the first place, absent for the last
   */
  hang(ids: readonly string[], parent: string | null, after?: string | null): boolean {
    const { workspace } = this;
    const { document } = workspace.session;
    const moved = this.movable(ids);
    if (moved.length === 0 || !canHang(document, moved, parent)) return false;
    if (parent !== null && workspace.isBlocked(parent)) return false;
    const siblings = document.children(parent).map(({ id }) => id);
    const staying = siblings.filter((id) => !moved.includes(id));
    const place = after === undefined ? staying.length : placeBehind(after, siblings, staying);
    if (sameOrder(siblings, [...staying.slice(0, place), ...moved, ...staying.slice(place)])) return false;
    const frame = worldMatrix(lookupIn(document), parent);
    return workspace.editTogether(this.moves(moved, parent, staying[place - 1] ?? null, frame)).length > 0;
  }

  /** One place up (-1) or down (1) among the siblings of the first. */
  shift(ids: readonly string[], by: -1 | 1): boolean {
    const { document } = this.workspace.session;
    const [first] = inTreeOrder(document, ids);
    if (first === undefined) return false;
    const parent = document.elements.get(first)?.parent ?? null;
    const moved = topmost(document, inTreeOrder(document, ids)).filter((id) => document.elements.get(id)?.parent === parent);
    const siblings = document.children(parent).map(({ id }) => id);
    const staying = siblings.filter((id) => !moved.includes(id));
    const place = staying.filter((id) => siblings.indexOf(id) < siblings.indexOf(first)).length + by;
    if (place < 0 || place > staying.length) return false;
    return this.hang(moved, parent, staying[place - 1] ?? null);
  }

  /** Into the nearest group above among the siblings of the first, at its end; answers that group. */
  into(ids: readonly string[]): string | undefined {
    const { workspace } = this;
    const { document } = workspace.session;
    const [first] = inTreeOrder(document, ids);
    if (first === undefined) return undefined;
    const siblings = document.children(document.elements.get(first)?.parent ?? null).map(({ id }) => id);
    const above = siblings.slice(0, siblings.indexOf(first));
    const group = above.findLast((id) => !ids.includes(id) && workspace.element(id)?.kind === 'group');
    return group !== undefined && this.hang(ids, group) ? group : undefined;
  }

  /** Out of what the first hangs from, right behind it. */
  out(ids: readonly string[]): boolean {
    const { document } = this.workspace.session;
    const [first] = inTreeOrder(document, ids);
    const parent = first === undefined ? undefined : document.elements.get(first)?.parent;
    if (typeof parent !== 'string') return false;
    return this.hang(ids, document.elements.get(parent)?.parent ?? null, parent);
  }

  private movable(ids: readonly string[]): readonly string[] {
    const { document } = this.workspace.session;
    return this.workspace.locks.movable(topmost(document, inTreeOrder(document, ids)));
  }

  /** Moves one behind the other, each with the placement that keeps it where it is in the world. */
  private moves(ids: readonly string[], parent: string | null, after: string | null, frame: Matrix): readonly Operation[] {
    const { document } = this.workspace.session;
    const lookup = lookupIn(document);
    return ids.flatMap((id, index): readonly Operation[] => {
      const view = document.elements.get(id);
      const element = view && view.refs.length === 0 ? lookup(id) : undefined;
      const move: Operation = { op: 'move', id, parent, after: ids[index - 1] ?? after };
      if (!element || element.parent === parent) return [move];
      return [move, ...placementSets(element, frame, worldMatrix(lookup, id))];
    });
  }

  /** The sibling behind which a group of these comes: it takes the place of the first of them. */
  private before(parent: string | null, members: readonly string[]): string | null {
    const { document } = this.workspace.session;
    const siblings = document.children(parent).map(({ id }) => id);
    const inside = new Set(members.flatMap((id) => [id, ...ancestorsOf(document, id)]));
    const first = siblings.findIndex((id) => inside.has(id));
    return first > 0 ? (siblings[first - 1] ?? null) : null;
  }

  private newName(): string {
    const groups = liveElements(this.workspace.session.document).filter(({ kind }) => kind === 'group');
    return `${messages.kinds.group} ${groups.length + 1}`;
  }
}

/** How many of those that stay come before what is put behind a sibling, be that one of the moved ones. */
function placeBehind(after: string | null, siblings: readonly string[], staying: readonly string[]): number {
  const place = after === null ? 0 : siblings.indexOf(after) + 1;
  return after !== null && place === 0 ? staying.length : staying.filter((id) => siblings.indexOf(id) < place).length;
}

function sameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

/** The edits that leave an element where it is in the world while it hangs from something new; none where nothing differs. */
function placementSets(element: SceneElement, frame: Matrix, world: Matrix): readonly Operation[] {
  const to = placedInside(frame, world);
  if (to === undefined) return [];
  const { id } = element;
  const sets: Operation[] = [];
  if (!near(element.position, to.position)) sets.push({ op: 'set', id, path: ['position'], value: tidy(to.position) });
  if (!sameTurn(element, to)) sets.push({ op: 'set', id, path: ['rotation'], value: tidy(to.rotation) });
  if (!near(element.scale, to.scale)) sets.push({ op: 'set', id, path: ['scale'], value: tidy(to.scale) });
  return sets;
}

const near = (a: readonly number[], b: readonly number[]) => a.every((component, index) => Math.abs(component - (b[index] ?? 0)) < SAME);

/** Different angles can turn to the same. */
function sameTurn(a: Pick<Placed, 'rotation'>, b: Pick<Placed, 'rotation'>): boolean {
  const turned = ({ rotation }: Pick<Placed, 'rotation'>) => localMatrix({ position: NO_TURN, rotation, scale: UNIT });
  return near(turned(a), turned(b));
}

const tidy = ([x, y, z]: Vector): Vector => [tidied(x), tidied(y), tidied(z)];
const tidied = (component: number) => Math.round(component * 1e9) / 1e9 + 0;
