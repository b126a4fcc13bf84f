import type { Operation } from '@chorale/client';
import { may, mayEdit } from '@chorale/client/access';
import { dragState, heldOf, type Held } from '../presence/drag';
import { placementOf, positionOf, worldMatrix, worldPosition, type Lookup, type Matrix } from '../scene/frames';
import { handled, handledInside, middleOf, type Handling, type Placement } from '../scene/handling';
import { sameVector } from '../scene/motion';
import type { Vector } from '../scene/sceneElement';
import { lookupIn, topmost } from '../scene/tree';
import type { VectorProperty } from './sceneEdits';
import type { Workspace } from './workspace';

const PROPERTIES = ['position', 'rotation', 'scale'] as const;

/** Something in the hand, as it was when the hold began. */
interface Hold {
  /** Inside of its parent. */
  readonly from: Placement;
  /** In the world. */
  readonly at: Vector;
  /** What leads from inside of its parent to the world; undefined where it hangs from nothing. */
  readonly parent: Matrix | undefined;
}

/** What is in one's own hand: hands go along the world's axes, what is held and told is the placement inside of the parent. Read each frame, never through React. */
export class Dragging {
  /** Where everything held is now inside of its parent, by element; empty while nothing moves. */
  readonly held = new Map<string, Placement>();
  /** Shows where the element is that the hand is at. */
  readonly readouts = new Set<(placement: Placement) => void>();
  private leader: string | undefined;
  private from: ReadonlyMap<string, Hold> = new Map();
  /** The change whose decision the others' picture of the drag waits for. */
  private committed: string | undefined;

  constructor(private readonly workspace: Workspace) {}

  get isOn(): boolean {
    return this.leader !== undefined;
  }

  /**
   * Takes an element in the hand, or what is selected of that which it hangs from, and with it the rest of the selection; false
   * where somebody's lock or one's own rights forbid it.
   *
   * @param property what the hand changes
   */
  begin(id: string, property: VectorProperty = 'position'): boolean {
    const { workspace } = this;
    const { document } = workspace.session;
    const leader = workspace.selection.grip(id) ?? id;
    if (!mayEdit(workspace.session) || workspace.locks.forbids(leader, property)) return false;
    const ids = workspace.selection.has(leader) ? topmost(document, workspace.selection.ids) : [leader];
    const lookup = lookupIn(document);
    const from = new Map<string, Hold>();
    for (const each of ids) {
      const free = workspace.foreignLock(each) === undefined && may(workspace.session, 'EDIT', each, property);
      const element = free ? workspace.element(each) : undefined;
      if (!element || element.hidden) continue;
      const { position, rotation, scale, parent } = element;
      from.set(each, { from: { position, rotation, scale }, at: worldPosition(lookup, each), parent: parent === null ? undefined : worldMatrix(lookup, parent) });
    }
    if (!from.has(leader)) return false;
    this.leader = leader;
    this.from = from;
    return true;
  }

  /** Where in the world the element in hand was when the hold began, and its own scale then. */
  get origin(): Pick<Placement, 'position' | 'scale'> | undefined {
    const hold = this.leader === undefined ? undefined : this.from.get(this.leader);
    return hold && { position: hold.at, scale: hold.from.scale };
  }

  /** Where in the world an element is right now as far as one's own hand knows, and how it is turned there. */
  worldNow(id: string): Placement & { readonly matrix: Matrix } {
    const committed = lookupIn(this.workspace.session.document);
    const lookup: Lookup = (each) => {
      const element = committed(each);
      const held = this.held.get(each);
      return element && held ? { ...element, ...held } : element;
    };
    const matrix = worldMatrix(lookup, id);
    return { ...placementOf(matrix), position: positionOf(matrix), matrix };
  }

  /** The middle in the world of everything held, when the hold began. */
  get middle(): Vector {
    return middleOf([...this.from.values()].map(({ at }) => at));
  }

  /** Does something in the world to everything in the hand; measured from where the hold began, so that the last call counts. */
  handle(handling: Handling): void {
    const { leader, workspace } = this;
    // A lock that somebody took in the middle of a drag ended it.
    if (leader === undefined) return;
    const told = new Map<string, Held>();
    for (const [id, { from, parent }] of this.from) {
      const to = parent ? handledInside(parent, from, handling) : handled(from, handling);
      this.held.set(id, to);
      told.set(id, heldOf(from, to));
    }
    this.committed = undefined;
    workspace.session.setAwareness({ drag: dragState(leader, told) });
    const placement = this.held.get(leader);
    if (placement) for (const show of this.readouts) show(placement);
    workspace.view?.invalidate();
  }

  /** Lets go: what moved becomes one edit. */
  end(): void {
    if (this.leader === undefined) return;
    const moved = this.held.size > 0;
    const changeId = moved ? this.workspace.editTogether(this.operations()).at(-1) : undefined;
    this.letGo();
    if (!moved) return;
    // The others keep seeing the drag until the commit is decided, so that nothing jumps back in between.
    if (changeId !== undefined && this.workspace.session.state === 'online') this.committed = changeId;
    else this.workspace.session.setAwareness({ drag: null });
  }

  /** Lets go, and everything goes back to where it was. */
  cancel(): void {
    if (this.leader === undefined) return;
    const moved = this.held.size > 0;
    this.letGo();
    if (moved) this.workspace.session.setAwareness({ drag: null });
  }

  /** The server decided about an edit of one's own. */
  decided(changeId: string): void {
    if (changeId !== this.committed) return;
    this.committed = undefined;
    this.workspace.session.setAwareness({ drag: null });
  }

  /** What is gone from the document or got locked by somebody falls out of the hand: answers that lock's element. */
  dropLost(): string | undefined {
    if (this.leader === undefined) return undefined;
    const { workspace } = this;
    if (!workspace.element(this.leader)) this.cancel();
    const locked = [...this.from.keys()].find((id) => workspace.foreignLock(id) !== undefined);
    if (locked !== undefined) this.cancel();
    return locked;
  }

  private letGo(): void {
    this.leader = undefined;
    this.from = new Map();
    this.held.clear();
    this.workspace.view?.invalidate();
  }

  private operations(): readonly Operation[] {
    const operations: Operation[] = [];
    for (const [id, to] of this.held) {
      const from = this.from.get(id)?.from;
      if (from === undefined || !this.workspace.element(id)) continue;
      for (const property of PROPERTIES) {
        if (!sameVector(from[property], to[property])) operations.push({ op: 'set', id, path: [property], value: to[property] });
      }
    }
    return operations;
  }
}
