import type { Look } from '../../presence/signals';
import type { MutableVector } from '../motion';
import type { Vector } from '../sceneElement';

/** Per second; what comes every 30 to 60 ms becomes one movement. */
const RATE = 12;
/** In units of the scene: nearer than this, it is there. */
const ARRIVED = 0.002;
/** Who went this far at once is there at once: nobody flies through the scene. */
const FARTHEST_GLIDE = 30;

/** Where somebody's camera is drawn: it glides from one told place to the next. */
export class ViewPose {
  readonly position: MutableVector;
  readonly target: MutableVector;

  constructor(look: Look) {
    this.position = mutable(look.position);
    this.target = mutable(look.target);
  }

  /** Goes a frame's way; true while there is more to go. */
  step(look: Look, deltaSeconds: number, instantly = false): boolean {
    const jumps = instantly || distance(this.position, look.position) > FARTHEST_GLIDE;
    const share = jumps ? 1 : 1 - Math.exp(-RATE * deltaSeconds);
    const moves = glide(this.position, look.position, share);
    return glide(this.target, look.target, share) || moves;
  }
}

/** Goes a share of the way to a place; true while there is more to go. */
export function glide(now: MutableVector, to: Vector, share: number): boolean {
  if (share === 1 || distance(now, to) < ARRIVED) {
    [now.x, now.y, now.z] = to;
    return false;
  }
  now.x += (to[0] - now.x) * share;
  now.y += (to[1] - now.y) * share;
  now.z += (to[2] - now.z) * share;
  return true;
}

function distance({ x, y, z }: Readonly<MutableVector>, to: Vector): number {
  return Math.hypot(to[0] - x, to[1] - y, to[2] - z);
}

const mutable = ([x, y, z]: Vector): MutableVector => ({ x, y, z });
