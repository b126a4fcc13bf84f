import { Matrix4, Vector3 } from 'three';
import type { Attitude } from './attitude';
import type { Motion } from './motion';
import type { SceneElement } from './sceneElement';

/** Numbers beyond this are of no use to a graphics card: nested sizes multiply, and strangers choose them. */
const LARGEST = 1e7;

/** How an element moves at the moment; it has none while it rests. */
export interface Movement {
  readonly motion: Motion;
  readonly attitude: Attitude;
}

/** Where one element is drawn right now. {@link Poses} alone changes it. */
export class Pose {
  /** From the element's own space to the world. */
  readonly world = new Matrix4();
  /** Where the element's middle is in the world. */
  readonly position = new Vector3();
  /** From the element's own space to its parent's. */
  readonly local = new Matrix4();
  children: readonly Pose[] = [];
  /** What the document said of the children when it was last looked at. */
  listed: readonly SceneElement[] = [];
  movement: Movement | undefined;
  /** Whether neither it nor anything that it hangs from is hidden. */
  shown = true;
  /** The last look at the document that found it. */
  found = 0;
  /** The last step that placed it. */
  placed = 0;
  private usable = true;

  constructor(
    public element: SceneElement,
    public parent: Pose | undefined,
  ) {}

  /** Whether there is something to be seen: shown, and with numbers that can be drawn. */
  get drawable(): boolean {
    return this.shown && this.usable;
  }

  /** Works out the place in the world from the parent's. */
  place(): void {
    const { world, local, parent } = this;
    if (parent === undefined) world.copy(local);
    else world.multiplyMatrices(parent.world, local);
    this.position.setFromMatrixPosition(world);
    this.usable = world.elements.every((each) => Math.abs(each) < LARGEST);
  }
}
