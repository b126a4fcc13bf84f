import { Box3, Matrix4, Vector3 } from 'three';
import type { Poses } from './poses';
import type { SceneElement } from './sceneElement';

export interface Around {
  /** The middle and the size in the group's own space. */
  readonly middle: Vector3;
  readonly size: Vector3;
  /** From the group's own space to the world. */
  readonly turn: Matrix4;
  /** How large 1 in the group's space is in the world, along its axes. */
  readonly stretch: Vector3;
}

const back = new Matrix4();
const inside = new Matrix4();
const part = new Box3();

/** The box around everything that hangs from a group, in the group's own space, so that it turns with it. */
export class GroupBox {
  private readonly box = new Box3();
  private readonly result = { middle: new Vector3(), size: new Vector3(), turn: new Matrix4(), stretch: new Vector3() };
  private revision = -1;

  constructor(
    private readonly poses: Poses,
    private readonly id: string,
  ) {}

  /** Measured anew only when something moved; undefined where there is nothing to be around. */
  around(): Around | undefined {
    const { poses, box, result } = this;
    if (this.revision !== poses.revision) {
      this.revision = poses.revision;
      this.measure();
    }
    return box.isEmpty() ? undefined : result;
  }

  private measure(): void {
    const { poses, box, result } = this;
    box.makeEmpty();
    const group = poses.get(this.id);
    if (group === undefined) return;
    back.copy(group.world).invert();
    for (const { element, world, drawable } of poses.below(group)) {
      if (!drawable || element.kind === 'group') continue;
      halfOf(element, part);
      box.union(part.applyMatrix4(inside.multiplyMatrices(back, world)));
    }
    box.getCenter(result.middle);
    box.getSize(result.size);
    result.turn.copy(group.world);
    result.stretch.setFromMatrixScale(group.world);
  }
}

/** What something takes up in its own space. */
function halfOf({ kind, aspect }: SceneElement, into: Box3): void {
  const [x, y, z] = kind === 'image' ? [aspect / 2, 0.5, 0.01] : kind === 'light' ? [0.15, 0.15, 0.15] : [0.5, 0.5, 0.5];
  into.min.set(-x, -y, -z);
  into.max.set(x, y, z);
}
