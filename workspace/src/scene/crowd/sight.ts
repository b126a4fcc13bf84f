import { Frustum, Matrix4, Vector3, type Camera } from 'three';
import { LEVEL_PIXELS, LEVELS, SOLID_KINDS, type Level } from '../geometries';
import { CASTING, CLEAR, GROUNDED, SHOWN, type Crowd } from './crowd';
import { SlotList } from './slotList';

/** Patches on the ground are not worth drawing below things of so few pixels. */
const CONTACT_PIXELS = 5;
/** A sphere fills less of the sphere around its cube than a cube does. */
const ROUND = 0.578;
const SPHERE = SOLID_KINDS.indexOf('sphere');

const matrix = new Matrix4();
const frustum = new Frustum();

/** The level at which a body with an apparent radius of so many pixels looks like the finest. */
export function levelFor(pixels: number): Level {
  if (pixels > LEVEL_PIXELS[0]) return 0;
  return pixels > LEVEL_PIXELS[1] ? 1 : 2;
}

/** Where one sees from: the planes of what is in view, and how large a thing of size 1 is at distance 1. */
export class Eye {
  readonly position = new Vector3();
  /** Four numbers for each of six planes, which point inwards. */
  readonly planes = new Float32Array(24);
  /** In pixels. */
  pixels = 1;
  private perspective = true;

  look(camera: Camera, height: number): void {
    matrix.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
    frustum.setFromProjectionMatrix(matrix, camera.coordinateSystem);
    frustum.planes.forEach(({ normal, constant }, index) => this.planes.set([normal.x, normal.y, normal.z, constant], index * 4));
    this.position.setFromMatrixPosition(camera.matrixWorld);
    this.pixels = (height / 2) * (camera.projectionMatrix.elements[5] ?? 1);
    this.perspective = camera.projectionMatrix.elements[11] === -1;
  }

  /** How far a point is inside of what is in view; negative outside. */
  inside(x: number, y: number, z: number): number {
    const { planes } = this;
    let least = Infinity;
    for (let plane = 0; plane < 24; plane += 4) {
      const away = (planes[plane] ?? 0) * x + (planes[plane + 1] ?? 0) * y + (planes[plane + 2] ?? 0) * z + (planes[plane + 3] ?? 0);
      if (away < least) least = away;
    }
    return least;
  }

  /** The radius in pixels of something of that radius at a distance. */
  apparent(radius: number, distance: number): number {
    return this.perspective ? (radius * this.pixels) / Math.max(distance, 1e-3) : radius * this.pixels;
  }
}

const lists = () => SOLID_KINDS.map(() => LEVELS.map(() => new SlotList()));
type Lists = readonly (readonly SlotList[])[];

function listAt(all: Lists, shape: number, level: Level): SlotList | undefined {
  return all[shape]?.[level];
}

/** What of a crowd is in view and how finely it has to be drawn, by shape and level. */
export class Sight {
  readonly solid: Lists = lists();
  readonly clear: Lists = lists();
  /** Entries are four times the slot, plus the outline's place from the inside; the gap is 0. */
  readonly outlines: Lists = lists();
  readonly contacts = new SlotList();
  private readonly distances = new Map<number, number>();

  look(crowd: Crowd, eye: Eye): void {
    const { bounds, flags, shapes } = crowd;
    this.clearAll();
    const { x: eyeX, y: eyeY, z: eyeZ } = eye.position;
    for (let slot = 0; slot < crowd.length; slot++) {
      const flag = flags[slot] ?? 0;
      if ((flag & SHOWN) === 0) continue;
      const x = bounds[slot * 4] ?? 0;
      const y = bounds[slot * 4 + 1] ?? 0;
      const z = bounds[slot * 4 + 2] ?? 0;
      const radius = bounds[slot * 4 + 3] ?? 0;
      const inside = eye.inside(x, y, z);
      const grounded = (flag & GROUNDED) !== 0;
      // Its patch on the ground may be in view where the body is not.
      if (inside < -radius && !(grounded && inside > -2 * radius - Math.abs(y))) continue;
      const distance = Math.sqrt((x - eyeX) ** 2 + (y - eyeY) ** 2 + (z - eyeZ) ** 2);
      const shape = shapes[slot] ?? 0;
      const pixels = eye.apparent(shape === SPHERE ? radius * ROUND : radius, distance);
      if (grounded && pixels > CONTACT_PIXELS) this.contacts.push(slot);
      if (inside >= -radius) this.see(crowd, slot, shape, levelFor(pixels), (flag & CLEAR) !== 0, distance);
    }
    for (const shape of this.clear) for (const list of shape) this.sortBackwards(list);
  }

  private see(crowd: Crowd, slot: number, shape: number, level: Level, clear: boolean, distance: number): void {
    listAt(clear ? this.clear : this.solid, shape, level)?.push(slot);
    if (clear) this.distances.set(slot, distance);
    const rings = crowd.rings.size === 0 ? undefined : crowd.rings.get(slot);
    if (rings === undefined) return;
    for (let place = 0; place <= rings.length; place++) listAt(this.outlines, shape, level)?.push(slot * 4 + place);
  }

  /** What one sees through has to be drawn from the back to the front. */
  private sortBackwards(list: SlotList): void {
    if (list.count < 2) return;
    const distanceOf = (slot: number) => this.distances.get(slot) ?? 0;
    list.entries.subarray(0, list.count).sort((a, b) => distanceOf(b) - distanceOf(a));
  }

  private clearAll(): void {
    this.contacts.clear();
    this.distances.clear();
    for (const all of [this.solid, this.clear, this.outlines]) for (const shape of all) for (const list of shape) list.clear();
  }
}

/** What of a crowd throws a shadow into what a light's camera sees. */
export class ShadowSight {
  /** By shape and level; the finest is never needed. */
  readonly casting: Lists = lists();

  /** @param height of the shadow map, in pixels */
  look(crowd: Crowd, eye: Eye): void {
    for (const shape of this.casting) for (const list of shape) list.clear();
    const { bounds, flags, shapes } = crowd;
    for (let slot = 0; slot < crowd.length; slot++) {
      if (((flags[slot] ?? 0) & (SHOWN | CASTING)) !== (SHOWN | CASTING)) continue;
      const radius = bounds[slot * 4 + 3] ?? 0;
      if (eye.inside(bounds[slot * 4] ?? 0, bounds[slot * 4 + 1] ?? 0, bounds[slot * 4 + 2] ?? 0) < -radius) continue;
      const pixels = eye.apparent(radius, 1);
      // Less than a pixel of the map is no shadow.
      if (pixels >= 1) listAt(this.casting, shapes[slot] ?? 0, levelFor(pixels) === 2 ? 2 : 1)?.push(slot);
    }
  }
}
