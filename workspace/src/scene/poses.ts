import type { DocumentView } from '@chorale/client';
import { Matrix4, Quaternion, Vector3 } from 'three';
import type { Held } from '../presence/drag';
import { Attitude, turnedTo } from './attitude';
import { isSolid } from './geometries';
import type { Placement } from './handling';
import { Motion, sameVector, type MutableVector } from './motion';
import { Pose, type Movement } from './pose';
import { childElements, decode, place, stretch, type SceneElement, type Vector } from './sceneElement';

/** What the poses of a scene follow: what is committed, and what is in somebody's hand. */
export interface PoseSource {
  readonly session: { readonly document: DocumentView };
  readonly dragging: { readonly held: ReadonlyMap<string, Placement> };
  readonly remote: { readonly drags: ReadonlyMap<string, Held> };
  readonly drawn: Map<string, { readonly position: MutableVector }>;
}

const TOP = decode({ id: '', elementType: 'group', props: {} });
const NOWHERE = new Matrix4();
const start = new Matrix4();
const next = new Matrix4();
const at = new Vector3();
const size = new Vector3();
const turn = new Quaternion();

/**
 * Where each element of a scene is drawn, through everything that it hangs from. Stepped once a frame. What costs is what
 * moves: resting elements are not looked at, and a change of the document costs one look at the tree, at the next step.
 */
export class Poses {
  /** What {@link step} placed anew, parents before what hangs from them. */
  readonly moved: Pose[] = [];
  /** What {@link step} found new, or saying something else than before, or hidden, or shown again. */
  readonly changed = new Set<Pose>();
  /** What {@link step} found to be gone. */
  readonly removed: Pose[] = [];
  /** Grows whenever a step changed anything. */
  revision = 0;
  private document: DocumentView | undefined;
  private readonly top = new Pose(TOP, undefined);
  private readonly byId = new Map<string, Pose>();
  private readonly awake = new Set<Pose>();
  private readonly stale = new Set<Pose>();
  private readonly followers = new Map<string, (pose: Pose) => void>();
  private looks = 0;
  private steps = 0;
  private ownBodies: readonly SceneElement[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(private readonly source: PoseSource) {
    this.step(0, 0);
  }

  /** The live world matrix; the identity where there is no such element. Not to be changed, nor kept beyond a frame. */
  world(id: string): Matrix4 {
    return this.byId.get(id)?.world ?? NOWHERE;
  }

  get(id: string): Pose | undefined {
    return this.byId.get(id);
  }

  /** Whether an element is drawn at all: neither it nor anything that it hangs from is hidden. */
  isShown(id: string): boolean {
    return this.byId.get(id)?.drawable ?? false;
  }

  /** All, parents before what hangs from them. */
  *all(): IterableIterator<Pose> {
    yield* this.below(this.top);
  }

  /** Everything that hangs from an element, near or far; parents before what hangs from them. */
  *below(pose: Pose): IterableIterator<Pose> {
    const waiting = [...pose.children];
    for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
      yield each;
      for (const child of each.children) waiting.push(child);
    }
  }

  /** The elements that are drawn as things of their own, not in a crowd; the same array until there are others. */
  readonly bodies = (): readonly SceneElement[] => this.ownBodies;

  /** Listens for other {@link bodies}. */
  readonly onBodies = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Calls `follower` now and whenever the element moves or changes; answers the function that stops it. */
  follow(id: string, follower: (pose: Pose) => void): () => void {
    const pose = this.byId.get(id);
    this.followers.set(id, follower);
    if (pose) follower(pose);
    return () => {
      if (this.followers.get(id) === follower) this.followers.delete(id);
    };
  }

  /** Advances to `now` (ms) by some seconds; true while there is more to move. */
  step(now: number, seconds: number): boolean {
    const { dragging, remote } = this.source;
    this.steps += 1;
    this.moved.length = 0;
    this.removed.length = 0;
    this.changed.clear();
    this.look(this.source.session.document);
    this.wakeHeld(dragging.held.keys());
    this.wakeHeld(remote.drags.keys());
    let moving = false;
    for (const pose of this.awake) moving = this.animate(pose, now, seconds) || moving;
    for (const pose of this.stale) this.placeFrom(pose);
    this.stale.clear();
    if (this.moved.length + this.removed.length + this.changed.size > 0) this.revision += 1;
    this.tellFollowers();
    return moving;
  }

  /** Forgets everything, so that nobody is told of places that are not drawn any more. */
  dispose(): void {
    for (const [id, pose] of this.byId) this.forget(id, pose);
    this.top.children = [];
    this.top.listed = [];
    this.document = undefined;
  }

  /** Finds what is different in the document since the last look. */
  private look(document: DocumentView): void {
    if (document === this.document) return;
    this.document = document;
    this.looks += 1;
    const dropped: Pose[] = [];
    const waiting = [this.top];
    let others = false;
    for (let pose = waiting.pop(); pose !== undefined; pose = waiting.pop()) {
      const listed = childElements(document, pose === this.top ? null : pose.element.id);
      if (listed !== pose.listed) {
        const before = pose.children;
        others = this.adopt(pose, listed) || others;
        for (const child of before) if (child.found !== this.looks) dropped.push(child);
      }
      for (const child of pose.children) {
        child.found = this.looks;
        this.show(child, pose.shown && !child.element.hidden);
        waiting.push(child);
      }
    }
    for (const pose of dropped) others = this.drop(pose) || others;
    if (others) this.tellOfBodies();
  }

  /** Takes over what hangs from an element now; true where what is drawn on its own may be other things. */
  private adopt(parent: Pose, listed: readonly SceneElement[]): boolean {
    const children: Pose[] = [];
    let others = false;
    for (const element of listed) {
      const known = this.byId.get(element.id);
      // No tree has an element twice; a broken one must not make anybody go around in it.
      if (known?.found === this.looks) continue;
      const child = known ?? this.meet(element, parent);
      child.found = this.looks;
      if (known && known.parent !== parent) this.rehang(known, parent);
      if (!known || known.element !== element) {
        others ||= !isSolid(element.kind) || !isSolid(child.element.kind);
        this.change(child, element);
      }
      children.push(child);
    }
    parent.children = children;
    parent.listed = listed;
    return others;
  }

  private meet(element: SceneElement, parent: Pose): Pose {
    const pose = new Pose(element, parent);
    compose(pose.local, element);
    this.byId.set(element.id, pose);
    this.source.drawn.set(element.id, pose);
    this.stale.add(pose);
    return pose;
  }

  private change(pose: Pose, element: SceneElement): void {
    const { position, rotation, scale } = pose.element;
    const same = sameVector(position, element.position) && sameVector(rotation, element.rotation) && sameVector(scale, element.scale);
    if (!same) this.wake(pose);
    pose.element = element;
    this.changed.add(pose);
  }

  private show(pose: Pose, shown: boolean): void {
    if (pose.shown === shown) return;
    pose.shown = shown;
    this.changed.add(pose);
  }

  /** Stays where it is drawn, and goes on from there to where it belongs inside of its new parent. */
  private rehang(pose: Pose, parent: Pose): void {
    worldThrough(parent).invert().multiply(pose.world).decompose(at, turn, size);
    pose.parent = parent;
    pose.movement = undefined;
    this.stale.add(pose);
    const { motion, attitude } = this.wake(pose);
    if (![...at, ...turn, ...size].every(Number.isFinite)) return;
    motion.jump(at.x, at.y, at.z);
    attitude.jump(turn, size);
  }

  private drop(pose: Pose): boolean {
    // It may have been found under another parent after its old one was looked at.
    if (pose.found === this.looks) return false;
    let others = false;
    for (const each of [pose, ...this.below(pose)]) {
      if (each.found === this.looks) continue;
      others ||= !isSolid(each.element.kind);
      this.forget(each.element.id, each);
      this.removed.push(each);
    }
    return others;
  }

  private forget(id: string, pose: Pose): void {
    this.byId.delete(id);
    this.awake.delete(pose);
    this.stale.delete(pose);
    this.changed.delete(pose);
    if (this.source.drawn.get(id) === pose) this.source.drawn.delete(id);
  }

  private wakeHeld(ids: Iterable<string>): void {
    for (const id of ids) {
      const pose = this.byId.get(id);
      if (pose) this.wake(pose);
    }
  }

  private wake(pose: Pose): Movement {
    const { position, rotation, scale } = pose.element;
    this.awake.add(pose);
    return (pose.movement ??= { motion: new Motion(position), attitude: new Attitude(rotation, scale) });
  }

  /** True while it has further to go; it stays awake as long as it is in somebody's hand. */
  private animate(pose: Pose, now: number, seconds: number): boolean {
    const { element, movement } = pose;
    if (movement === undefined) return false;
    const own = this.source.dragging.held.get(element.id);
    const held = own ?? this.source.remote.drags.get(element.id);
    const { motion, attitude } = movement;
    if (own) motion.jump(...within(own.position, place));
    const going = !own && motion.step(now, seconds, element.position, held && within(held.position, place));
    const scale = held?.scale ? within(held.scale, stretch) : element.scale;
    const turning = attitude.step(seconds, held?.rotation ?? element.rotation, scale, own !== undefined);
    next.compose(at.copy(motion.current), attitude.quaternion, attitude.scale);
    if (!next.equals(pose.local)) {
      pose.local.copy(next);
      this.stale.add(pose);
    }
    if (!going && !turning && held === undefined) {
      pose.movement = undefined;
      this.awake.delete(pose);
    }
    return going || turning;
  }

  /** Places an element and everything that hangs from it, once a step: from the topmost one that moved. */
  private placeFrom(pose: Pose): void {
    if (pose.placed === this.steps) return;
    let topmost = pose;
    for (let above = pose.parent; above !== undefined; above = above.parent) if (this.stale.has(above)) topmost = above;
    const waiting = [topmost];
    for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
      each.placed = this.steps;
      each.place();
      this.moved.push(each);
      for (const child of each.children) waiting.push(child);
    }
  }

  private tellFollowers(): void {
    for (const [id, follower] of this.followers) {
      const pose = this.byId.get(id);
      if (pose && (pose.placed === this.steps || this.changed.has(pose))) follower(pose);
    }
  }

  private tellOfBodies(): void {
    const bodies: SceneElement[] = [];
    for (const { element } of this.all()) if (!isSolid(element.kind)) bodies.push(element);
    this.ownBodies = bodies;
    for (const listener of this.listeners) listener();
  }
}

function compose(matrix: Matrix4, { position, rotation, scale }: Placement): void {
  matrix.compose(at.set(...position), turnedTo(rotation, turn), size.set(...scale));
}

/** The world matrix of something whose parents may not have been placed yet. */
function worldThrough(pose: Pose): Matrix4 {
  start.copy(pose.local);
  for (let above = pose.parent; above !== undefined; above = above.parent) start.premultiply(above.local);
  return start;
}

const within = ([x, y, z]: Vector, limit: (component: number) => number): Vector => [limit(x), limit(y), limit(z)];
