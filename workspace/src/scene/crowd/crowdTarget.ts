import { Mesh, Object3D, type Intersection, type Raycaster } from 'three';
import { SOLID_KINDS, SOLIDS } from '../geometries';
import { SHOWN, type Crowd } from './crowd';

interface Candidate {
  readonly slot: number;
  /** A body cannot be hit before this distance. */
  readonly from: number;
}

const probe = new Mesh();
probe.matrixAutoUpdate = false;
const hits: Intersection[] = [];

/**
 * What pointers meet in the place of a crowd: the body that a ray hits first. `instanceId` of the hit is the body's slot.
 */
export class CrowdTarget extends Object3D {
  constructor(private readonly crowd: Crowd) {
    super();
    this.matrixAutoUpdate = false;
  }

  override raycast(raycaster: Raycaster, intersections: Intersection[]): void {
    const candidates = this.candidates(raycaster).sort((a, b) => a.from - b.from);
    let nearest: Intersection | undefined;
    for (const { slot, from } of candidates) {
      if (nearest && from > nearest.distance) break;
      const hit = this.hit(raycaster, slot);
      if (hit && (nearest === undefined || hit.distance < nearest.distance)) nearest = { ...hit, object: this, instanceId: slot };
    }
    if (nearest) intersections.push(nearest);
  }

  /** Those whose spheres the ray goes through. */
  private candidates({ ray, near, far }: Raycaster): Candidate[] {
    const { bounds, flags, length } = this.crowd;
    const { origin, direction } = ray;
    const found: Candidate[] = [];
    for (let slot = 0; slot < length; slot++) {
      if (((flags[slot] ?? 0) & SHOWN) === 0) continue;
      const x = (bounds[slot * 4] ?? 0) - origin.x;
      const y = (bounds[slot * 4 + 1] ?? 0) - origin.y;
      const z = (bounds[slot * 4 + 2] ?? 0) - origin.z;
      const radius = bounds[slot * 4 + 3] ?? 0;
      const along = x * direction.x + y * direction.y + z * direction.z;
      if (along < near - radius || along > far + radius) continue;
      if (x * x + y * y + z * z - along * along <= radius * radius) found.push({ slot, from: along - radius });
    }
    return found;
  }

  private hit(raycaster: Raycaster, slot: number): Intersection | undefined {
    probe.geometry = SOLIDS[SOLID_KINDS[this.crowd.shapes[slot] ?? 0] ?? 'unknown'];
    probe.matrixWorld.fromArray(this.crowd.matrices, slot * 16);
    hits.length = 0;
    probe.raycast(raycaster, hits);
    return hits.reduce<Intersection | undefined>((nearest, hit) => (nearest && nearest.distance <= hit.distance ? nearest : hit), undefined);
  }
}
