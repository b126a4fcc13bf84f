import { Color, MeshBasicMaterial, type Material } from 'three';
import { BODIES, GROUND, HULLS, type Level, type SolidKind } from '../geometries';
import { contact, crowdOutline, crowdSurface } from '../materials';
import { GAP_COLOR, outlineAt } from '../rings';
import { copy, type Cast } from './batch';

/** The materials of one crowd. */
export class CrowdMaterials {
  readonly solid = crowdSurface(false);
  readonly clear = crowdSurface(true);
  readonly outline = crowdOutline();
  /** Of what is drawn into the shadow map only. */
  readonly unseen = new MeshBasicMaterial();

  dispose(): void {
    for (const material of [this.solid, this.clear, this.outline, this.unseen]) material.dispose();
  }
}

const ownSlot = (entry: number) => entry;
const ring = new Color();

/** Bodies as one sees them. */
export function bodies(kind: SolidKind, level: Level, material: Material): Cast {
  return {
    geometry: BODIES[kind][level],
    material,
    colored: true,
    extra: { name: 'surface', size: 3 },
    slotOf: ownSlot,
    write: (crowd, slot, place, { matrices, colors, extras }) => {
      copy(crowd.matrices, slot, matrices, place, 16);
      copy(crowd.colors, slot, colors, place, 3);
      copy(crowd.surfaces, slot, extras, place, 3);
    },
    dress: (mesh) => {
      mesh.receiveShadow = true;
    },
  };
}

/** Bodies as the light sees them: they are drawn into the shadow map only, so that what is out of view still throws its shadow into it. */
export function shadows(kind: SolidKind, level: Level, material: Material): Cast {
  return {
    geometry: BODIES[kind][level],
    material,
    colored: false,
    slotOf: ownSlot,
    shadowOnly: true,
    write: (crowd, slot, place, { matrices }) => copy(crowd.matrices, slot, matrices, place, 16),
  };
}

/** Patches on the ground. */
export const contacts: Cast = {
  geometry: GROUND,
  material: contact,
  colored: false,
  slotOf: ownSlot,
  write: (crowd, slot, place, { matrices }) => copy(crowd.contacts, slot, matrices, place, 16),
  dress: (mesh) => {
    mesh.renderOrder = -1;
  },
};

/** Rings around bodies; entries are as in `Sight.outlines`. */
export function rings(kind: SolidKind, level: Level, material: Material): Cast {
  return {
    geometry: HULLS[kind][level],
    material,
    colored: true,
    extra: { name: 'outline', size: 2 },
    slotOf: (entry) => entry >> 2,
    write: (crowd, entry, place, { matrices, colors, extras }) => {
      const [slot, around] = [entry >> 2, entry & 3];
      const { width, rank } = outlineAt(around);
      copy(crowd.matrices, slot, matrices, place, 16);
      if (colors) ring.set(around === 0 ? GAP_COLOR : crowd.rings.get(slot)?.[around - 1] ?? GAP_COLOR).toArray(colors, place * 3);
      extras?.set([width, rank], place * 2);
    },
  };
}
