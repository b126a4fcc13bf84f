import { BackSide, DoubleSide, DynamicDrawUsage, Group, InstancedMesh, MeshBasicMaterial, type BufferGeometry, type Color, type Material, type Matrix4 } from 'three';
import type { Accessory, Shape } from '../../profile/look';
import { accessoryShape, eyesShape, gazeShape, haloShape, headOf, rimOf, visorShape } from './avatarGeometry';

export type PartName = `head-${Shape}` | `rim-${Shape}` | `worn-${Accessory}` | 'visor' | 'eyes' | 'gaze' | 'halo';

const ignoreRays = () => undefined;
const SOLID = new MeshBasicMaterial({ vertexColors: true, toneMapped: false });
const FROM_INSIDE = new MeshBasicMaterial({ vertexColors: true, toneMapped: false, side: BackSide });
const FROM_BOTH_SIDES = new MeshBasicMaterial({ vertexColors: true, toneMapped: false, side: DoubleSide });
const FLAT = new MeshBasicMaterial({ toneMapped: false, side: DoubleSide });
const LIGHT = new MeshBasicMaterial({ vertexColors: true, toneMapped: false, transparent: true, opacity: 0.4, depthWrite: false, side: DoubleSide });

/** All that heads are made of: one draw call for each kind of part that anybody has, however many people there are. */
export class HeadParts {
  readonly group = new Group();
  readonly #most: number;
  readonly #parts = new Map<PartName, InstancedMesh>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Nothing is drawn but what is {@link put} from now on. */
  begin(): void {
    for (const part of this.#parts.values()) part.count = 0;
  }

  put(name: PartName, at: Matrix4, color: Color): void {
    const part = this.#parts.get(name) ?? this.#add(name);
    if (part.count === this.#most) return;
    part.setMatrixAt(part.count, at);
    part.setColorAt(part.count, color);
    part.count += 1;
  }

  end(): void {
    for (const part of this.#parts.values()) {
      part.visible = part.count > 0;
      if (!part.visible) continue;
      part.instanceMatrix.needsUpdate = true;
      if (part.instanceColor) part.instanceColor.needsUpdate = true;
    }
  }

  dispose(): void {
    for (const part of this.#parts.values()) {
      part.geometry.dispose();
      part.dispose();
    }
    this.group.clear();
    this.#parts.clear();
  }

  #add(name: PartName): InstancedMesh {
    const [geometry, material] = madeOf(name);
    const part = new InstancedMesh(geometry, material, this.#most);
    part.name = name;
    part.instanceMatrix.setUsage(DynamicDrawUsage);
    part.count = 0;
    part.frustumCulled = false;
    part.raycast = ignoreRays;
    this.#parts.set(name, part);
    this.group.add(part);
    return part;
  }
}

function madeOf(name: PartName): readonly [BufferGeometry, Material] {
  if (name === 'visor') return [visorShape(), SOLID];
  if (name === 'eyes') return [eyesShape(), SOLID];
  if (name === 'gaze') return [gazeShape(), LIGHT];
  if (name === 'halo') return [haloShape(), FLAT];
  const [kind, what] = name.split('-') as ['head' | 'rim' | 'worn', string];
  if (kind === 'head') return [headOf(what as Shape), SOLID];
  return kind === 'rim' ? [rimOf(what as Shape), FROM_INSIDE] : [accessoryShape(what as Accessory), FROM_BOTH_SIDES];
}
