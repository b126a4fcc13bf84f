import { Group, Matrix4, type Camera, type DirectionalLight } from 'three';
import { LEVELS, SOLID_KINDS, type Level, type SolidKind } from '../geometries';
import { Batch, type Cast } from './batch';
import { bodies, contacts, CrowdMaterials, rings, shadows } from './casts';
import type { Crowd } from './crowd';
import { CrowdTarget } from './crowdTarget';
import { Eye, ShadowSight, Sight } from './sight';
import type { SlotList } from './slotList';

type Batches = readonly (readonly Batch[])[];

/**
 * Draws a crowd: each shape at each level of detail is one drawing of instances, however many there are. Which of them are
 * in view is found out anew only when the view or the crowd changed, and only what changed goes to the graphics card.
 */
export class CrowdDrawing {
  readonly root = new Group();
  private readonly materials = new CrowdMaterials();
  private readonly eye = new Eye();
  private readonly lightEye = new Eye();
  private readonly sight = new Sight();
  private readonly shadowSight = new ShadowSight();
  private readonly solid = this.batches((kind, level) => bodies(kind, level, this.materials.solid));
  private readonly clear = this.batches((kind, level) => bodies(kind, level, this.materials.clear));
  private readonly outlines = this.batches((kind, level) => rings(kind, level, this.materials.outline));
  private readonly shadows = this.batches((kind, level) => shadows(kind, level, this.materials.unseen));
  private readonly contacts = new Batch(this.root, contacts);
  private readonly seenFrom = new Matrix4();
  private seenVersion = -1;
  private seenHeight = 0;

  constructor(private readonly crowd: Crowd) {
    this.root.add(new CrowdTarget(crowd));
  }

  /** @param height of what is drawn on, in pixels */
  draw(camera: Camera, height: number): void {
    const { crowd, sight, eye } = this;
    if (!this.isOtherView(camera, height) && this.seenVersion === crowd.version) return;
    this.seenVersion = crowd.version;
    eye.look(camera, height);
    sight.look(crowd, eye);
    show(crowd, this.solid, sight.solid);
    show(crowd, this.clear, sight.clear);
    show(crowd, this.outlines, sight.outlines);
    this.contacts.show(crowd, sight.contacts);
    this.centre(sight.clear);
  }

  /** Finds what throws a shadow into the light's map, which is to be drawn next. */
  cast(light: DirectionalLight): void {
    const { crowd, shadowSight, lightEye } = this;
    light.shadow.updateMatrices(light);
    lightEye.look(light.shadow.camera, light.shadow.mapSize.y);
    shadowSight.look(crowd, lightEye);
    show(crowd, this.shadows, shadowSight.casting);
  }

  dispose(): void {
    for (const all of [this.solid, this.clear, this.outlines, this.shadows]) for (const shape of all) for (const batch of shape) batch.dispose();
    this.contacts.dispose();
    this.materials.dispose();
  }

  private batches(cast: (kind: SolidKind, level: Level) => Cast): Batches {
    return SOLID_KINDS.map((kind) => LEVELS.map((level) => new Batch(this.root, cast(kind, level))));
  }

  private isOtherView({ projectionMatrix, matrixWorldInverse }: Camera, height: number): boolean {
    view.multiplyMatrices(projectionMatrix, matrixWorldInverse);
    if (this.seenHeight === height && view.equals(this.seenFrom)) return false;
    this.seenFrom.copy(view);
    this.seenHeight = height;
    return true;
  }

  /** What one sees through is drawn after all else, batch after batch: by where the middle of each is. */
  private centre(lists: readonly (readonly SlotList[])[]): void {
    lists.forEach((levels, shape) =>
      levels.forEach(({ entries, count }, level) => {
        const sphere = this.clear[shape]?.[level]?.drawn?.boundingSphere;
        if (!sphere || count === 0) return;
        sphere.center.set(0, 0, 0);
        for (let place = 0; place < count; place++) {
          const from = (entries[place] ?? 0) * 4;
          const { bounds } = this.crowd;
          sphere.center.x += (bounds[from] ?? 0) / count;
          sphere.center.y += (bounds[from + 1] ?? 0) / count;
          sphere.center.z += (bounds[from + 2] ?? 0) / count;
        }
      }),
    );
  }
}

const view = new Matrix4();

function show(crowd: Crowd, batches: Batches, lists: readonly (readonly SlotList[])[]): void {
  batches.forEach((levels, shape) =>
    levels.forEach((batch, level) => {
      const list = lists[shape]?.[level];
      if (list) batch.show(crowd, list);
    }),
  );
}
