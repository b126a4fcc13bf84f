import { Color, type Matrix4 } from 'three';
import { SOLID_KINDS, type SolidKind } from '../geometries';
import type { MaterialLook } from '../sceneElement';

/** How one body looks. */
export interface Look {
  readonly kind: SolidKind;
  /** As `#rrggbb`. */
  readonly color: string;
  readonly material: MaterialLook;
}

/** What is true of a slot, as bits of {@link Crowd.flags}. */
export const SHOWN = 1;
/** One sees through it. */
export const CLEAR = 2;
/** It darkens the ground that it stands on. */
export const GROUNDED = 4;
/** It is solid enough to throw a shadow. */
export const CASTING = 8;

/** What is more transparent than this throws no shadow. */
const THINNEST = 0.5;
/** How much larger than a body the dark patch below it is. */
const CONTACT: Readonly<Record<SolidKind, number>> = { box: 1.5, sphere: 1.05, cylinder: 1.4, cone: 1.4, unknown: 0.6 };
const LEAST_SLOTS = 64;
const color = new Color();

/**
 * The bodies that are drawn together, in flat arrays that drawing, culling and picking run through without touching an
 * object. Each body has a slot for as long as it is there; slots are used again.
 */
export class Crowd {
  /** One more than the highest slot in use. */
  length = 0;
  /** Grows with every change. */
  version = 0;
  flags = new Uint8Array(LEAST_SLOTS);
  /** Indexes into {@link SOLID_KINDS}. */
  shapes = new Uint8Array(LEAST_SLOTS);
  /** The version that last changed a slot. */
  stamps = new Uint32Array(LEAST_SLOTS);
  /** World matrices. */
  matrices = new Float32Array(LEAST_SLOTS * 16);
  /** For each the middle of a sphere around it, and its radius. */
  bounds = new Float32Array(LEAST_SLOTS * 4);
  colors = new Float32Array(LEAST_SLOTS * 3);
  /** Roughness, metalness, opacity. */
  surfaces = new Float32Array(LEAST_SLOTS * 3);
  /** World matrices of the dark patches on the ground. */
  contacts = new Float32Array(LEAST_SLOTS * 16);
  /** The colours of outlines, innermost first. */
  readonly rings = new Map<number, readonly string[]>();
  private readonly ids: (string | undefined)[] = [];
  private readonly slots = new Map<string, number>();
  private readonly free: number[] = [];

  get size(): number {
    return this.slots.size;
  }

  idAt(slot: number): string | undefined {
    return this.ids[slot];
  }

  slotOf(id: string): number | undefined {
    return this.slots.get(id);
  }

  /** Adds a body that is not shown until it is placed, or changes how it looks. */
  put(id: string, { kind, color: hex, material }: Look): void {
    const slot = this.slots.get(id) ?? this.take(id);
    const { roughness, metalness, opacity } = material;
    this.shapes[slot] = SOLID_KINDS.indexOf(kind);
    color.set(hex).toArray(this.colors, slot * 3);
    this.surfaces.set([roughness, metalness, opacity], slot * 3);
    this.flag(slot, CLEAR, opacity < 1);
    this.flag(slot, CASTING, opacity >= THINNEST);
    this.touch(slot);
  }

  /** Moves a body. */
  place(id: string, world: Matrix4, shown: boolean): void {
    const slot = this.slots.get(id);
    if (slot === undefined) return;
    this.flag(slot, SHOWN, shown);
    world.toArray(this.matrices, slot * 16);
    if (shown) this.measure(slot);
    this.touch(slot);
  }

  /** Gives a body outlines in these colours. */
  outline(id: string, rings: readonly string[]): void {
    const slot = this.slots.get(id);
    if (slot === undefined || (rings.length === 0 && !this.rings.has(slot))) return;
    if (rings.length === 0) this.rings.delete(slot);
    else this.rings.set(slot, rings);
    this.touch(slot);
  }

  remove(id: string): void {
    const slot = this.slots.get(id);
    if (slot === undefined) return;
    this.slots.delete(id);
    this.ids[slot] = undefined;
    this.flags[slot] = 0;
    this.rings.delete(slot);
    this.free.push(slot);
    this.touch(slot);
  }

  private take(id: string): number {
    const slot = this.free.pop() ?? this.length;
    if (slot === this.length) {
      if (slot === this.flags.length) this.grow();
      this.length += 1;
    }
    this.ids[slot] = id;
    this.slots.set(id, slot);
    return slot;
  }

  private flag(slot: number, bit: number, on: boolean): void {
    const flags = this.flags[slot] ?? 0;
    this.flags[slot] = on ? flags | bit : flags & ~bit;
  }

  private touch(slot: number): void {
    this.version += 1;
    this.stamps[slot] = this.version;
  }

  private grow(): void {
    this.flags = doubled(this.flags);
    this.shapes = doubled(this.shapes);
    this.stamps = doubled(this.stamps);
    this.matrices = doubled(this.matrices);
    this.bounds = doubled(this.bounds);
    this.colors = doubled(this.colors);
    this.surfaces = doubled(this.surfaces);
    this.contacts = doubled(this.contacts);
  }

  /** The sphere around a body, and its patch on the ground: the nearer to the ground, the larger. */
  private measure(slot: number): void {
    const { matrices: m, contacts } = this;
    const from = slot * 16;
    const at = (index: number) => m[from + index] ?? 0;
    const [x, y, z] = [at(12), at(13), at(14)];
    this.bounds.set([x, y, z, reachOf(at)], slot * 4);

    const height = 0.5 * (Math.abs(at(1)) + Math.abs(at(5)) + Math.abs(at(9)));
    const share = contactShare(y, height);
    this.flag(slot, GROUNDED, share > 0.02);
    if (share <= 0.02) return;
    const size = CONTACT[SOLID_KINDS[this.shapes[slot] ?? 0] ?? 'unknown'] * contactSize(share);
    const [wide, deep] = [size * Math.hypot(at(0), at(1), at(2)), size * Math.hypot(at(8), at(9), at(10))];
    const length = Math.hypot(at(0), at(2)) || 1;
    const [cos, sin] = [at(0) / length, -at(2) / length];
    contacts.set([cos * wide, 0, -sin * wide, 0, 0, 1, 0, 0, sin * deep, 0, cos * deep, 0, x, CONTACT_HEIGHT, z, 1], from);
  }
}

/** Above the ground, so that both are told apart. */
export const CONTACT_HEIGHT = 0.006;

/** How much of its contact shadow something has whose middle is at `y` and which reaches so far down. */
export function contactShare(y: number, down: number): number {
  return y < -down ? 0 : Math.max(0, 1 - Math.max(0, y - down) / 2.5);
}

/** Distance from the ground shows as size, since all share one material. */
export const contactSize = (share: number) => (0.55 + 0.45 * share) * share;

/** From the middle of a unit cube to its farthest corner, through a matrix that may shear. */
function reachOf(at: (index: number) => number): number {
  let farthest = 0;
  for (const b of [1, -1]) {
    for (const c of [1, -1]) {
      const [x, y, z] = [at(0) + b * at(4) + c * at(8), at(1) + b * at(5) + c * at(9), at(2) + b * at(6) + c * at(10)];
      farthest = Math.max(farthest, x * x + y * y + z * z);
    }
  }
  return 0.5 * Math.sqrt(farthest);
}

function doubled<T extends Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(array.length * 2);
  larger.set(array);
  return larger;
}
