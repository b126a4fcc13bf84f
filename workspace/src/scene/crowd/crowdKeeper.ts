import { isSolid } from '../geometries';
import type { Pose } from '../pose';
import type { Poses } from '../poses';
import { Crowd } from './crowd';
import { decorations, differing, type Decorating, type Decoration } from './decorations';

/** Keeps a crowd as the poses and people's selections are; looks at nothing but what changed. */
export class CrowdKeeper {
  readonly crowd = new Crowd();
  private decorated: ReadonlyMap<string, Decoration> = new Map();

  constructor(private readonly poses: Poses) {
    for (const pose of poses.all()) this.look(pose);
  }

  /** Takes over what the last step of the poses changed. */
  follow(): void {
    const { poses, crowd } = this;
    for (const { element } of poses.removed) crowd.remove(element.id);
    for (const pose of poses.changed) this.look(pose);
    for (const pose of poses.moved) crowd.place(pose.element.id, pose.world, pose.drawable);
  }

  /** Takes over what people do; answers whether that shows on anything. */
  decorate(doing: Decorating, ownColor: string): boolean {
    const before = this.decorated;
    this.decorated = decorations(doing, ownColor);
    const ids = differing(before, this.decorated);
    for (const id of ids) {
      const pose = this.poses.get(id);
      if (pose) this.look(pose);
    }
    return ids.length > 0;
  }

  private look(pose: Pose): void {
    const { element, world, drawable } = pose;
    const { id, kind, material } = element;
    if (!isSolid(kind)) {
      this.crowd.remove(id);
      return;
    }
    const decoration = this.decorated.get(id);
    this.crowd.put(id, { kind, color: decoration?.tried ?? element.color, material });
    this.crowd.place(id, world, drawable);
    this.crowd.outline(id, decoration?.rings ?? []);
  }
}
