import { InstancedBufferAttribute, InstancedMesh, Sphere, Vector3, type BufferGeometry, type Material, type Object3D } from 'three';
import type { Crowd } from './crowd';
import type { SlotList } from './slotList';

/** Where the numbers of the instances of a batch are written to. */
export interface Instances {
  readonly matrices: Float32Array;
  readonly colors: Float32Array | undefined;
  readonly extras: Float32Array | undefined;
}

/** What the instances of a batch consist of. */
export interface Cast {
  readonly geometry: BufferGeometry;
  readonly material: Material;
  readonly colored: boolean;
  /** A further attribute of each instance. */
  readonly extra?: { readonly name: string; readonly size: number };
  readonly slotOf: (entry: number) => number;
  /** Writes what an entry of the list is at a place among the instances. */
  readonly write: (crowd: Crowd, entry: number, place: number, into: Instances) => void;
  /** Whether it is drawn into shadow maps and nowhere else. */
  readonly shadowOnly?: boolean;
  /** Settings of the mesh. */
  readonly dress?: (mesh: InstancedMesh) => void;
}

const LEAST = 32;

/** Instances of one geometry, drawn at once: those in a list, of which only what changed goes to the graphics card. */
export class Batch {
  private mesh: InstancedMesh | undefined;
  /** What stands at each place. */
  private order = new Uint32Array(0);
  private filled = 0;
  private version = 0;

  constructor(
    private readonly parent: Object3D,
    private readonly cast: Cast,
  ) {}

  /** How many are drawn. */
  get count(): number {
    return this.filled;
  }

  /** The mesh, once there was something to draw. */
  get drawn(): InstancedMesh | undefined {
    return this.mesh;
  }

  show(crowd: Crowd, list: SlotList): void {
    if (list.count === 0 && this.filled === 0) return;
    const mesh = list.count > this.order.length || this.mesh === undefined ? this.grow(list.count) : this.mesh;
    this.update(mesh, crowd, list);
    this.filled = list.count;
    this.version = crowd.version;
    mesh.count = this.cast.shadowOnly ? 0 : list.count;
    mesh.visible = list.count > 0;
  }

  dispose(): void {
    if (this.mesh === undefined) return;
    this.parent.remove(this.mesh);
    this.mesh.geometry.dispose();
    this.mesh.dispose();
    this.mesh = undefined;
  }

  private update(mesh: InstancedMesh, crowd: Crowd, { entries, count }: SlotList): void {
    const { order, filled, version, cast } = this;
    const into = instancesOf(mesh, cast);
    let [first, last] = [count, -1];
    for (let place = 0; place < count; place++) {
      const entry = entries[place] ?? 0;
      if (place < filled && order[place] === entry && (crowd.stamps[cast.slotOf(entry)] ?? 0) <= version) continue;
      order[place] = entry;
      cast.write(crowd, entry, place, into);
      if (first > place) first = place;
      last = place;
    }
    if (last < first) return;
    for (const attribute of attributesOf(mesh, cast)) {
      attribute.addUpdateRange(first * attribute.itemSize, (last - first + 1) * attribute.itemSize);
      attribute.needsUpdate = true;
    }
  }

  /** Elsewhere it is a mesh of no instances, which the renderer passes over. */
  private drawIntoShadowsOnly(mesh: InstancedMesh): void {
    mesh.castShadow = true;
    mesh.onBeforeShadow = () => {
      mesh.count = this.filled;
    };
    mesh.onAfterShadow = () => {
      mesh.count = 0;
    };
  }

  /** Buffers of a graphics card do not grow: a larger mesh takes the place of the old one. */
  private grow(count: number): InstancedMesh {
    this.dispose();
    const { cast } = this;
    const capacity = Math.max(LEAST, 2 ** Math.ceil(Math.log2(count)));
    const geometry = cast.geometry.clone();
    const mesh = new InstancedMesh(geometry, cast.material, capacity);
    if (cast.colored) mesh.instanceColor = new InstancedBufferAttribute(new Float32Array(capacity * 3), 3);
    if (cast.extra) {
      const { name, size } = cast.extra;
      geometry.setAttribute(name, new InstancedBufferAttribute(new Float32Array(capacity * size), size));
    }
    // What is out of sight is not in the list; the middle serves for sorting, and nobody has to compute it.
    mesh.frustumCulled = false;
    mesh.boundingSphere = new Sphere(new Vector3(), Infinity);
    mesh.matrixAutoUpdate = false;
    mesh.raycast = () => undefined;
    if (cast.shadowOnly) this.drawIntoShadowsOnly(mesh);
    cast.dress?.(mesh);
    this.parent.add(mesh);
    this.mesh = mesh;
    this.order = new Uint32Array(capacity);
    this.filled = 0;
    return mesh;
  }
}

function attributesOf(mesh: InstancedMesh, { extra }: Cast): readonly InstancedBufferAttribute[] {
  const attributes = [mesh.instanceMatrix];
  if (mesh.instanceColor) attributes.push(mesh.instanceColor);
  if (extra) attributes.push(mesh.geometry.getAttribute(extra.name) as InstancedBufferAttribute);
  return attributes;
}

function instancesOf(mesh: InstancedMesh, { extra }: Cast): Instances {
  return {
    matrices: mesh.instanceMatrix.array as Float32Array,
    colors: mesh.instanceColor?.array as Float32Array | undefined,
    extras: extra && (mesh.geometry.getAttribute(extra.name).array as Float32Array),
  };
}

/** Copies `size` numbers that belong to a slot to a place among the instances. */
export function copy(from: Float32Array, slot: number, to: Float32Array | undefined, place: number, size: number): void {
  if (to === undefined) return;
  for (let index = 0; index < size; index++) to[place * size + index] = from[slot * size + index] ?? 0;
}
