import type { Vector } from './sceneElement';

export interface MutableVector {
  x: number;
  y: number;
  z: number;
}

const RATE = 16;
const ARRIVED = 0.0005;
/** How long a drag that ended without its commit is shown where it ended: the commit is usually one frame behind. */
export const HOLD_MS = 1500;

/**
 * Where an object is drawn: at its committed position, or while somebody else drags it, where they hold it. It eases between
 * those and stops exactly at the committed value. After a drag it waits for the commit instead of snapping back.
 */
export class Motion {
  readonly current: MutableVector;
  private readonly held: MutableVector;
  private committed: Vector;
  private committedAt = Number.NEGATIVE_INFINITY;
  private heldAt = 0;
  private releasedAt = 0;
  private phase: 'resting' | 'dragged' | 'awaiting-commit' = 'resting';

  constructor(committed: Vector) {
    this.committed = committed;
    this.current = { x: committed[0], y: committed[1], z: committed[2] };
    this.held = { ...this.current };
  }

  /** One's own drag is not eased: the object is where the hand is. */
  jump(x: number, y: number, z: number): void {
    this.current.x = x;
    this.current.y = y;
    this.current.z = z;
    this.phase = 'resting';
  }

  /** Advances to `now` (ms); true while there is more to move. */
  step(now: number, deltaSeconds: number, committed: Vector, drag: Vector | undefined): boolean {
    if (!sameVector(committed, this.committed)) {
      this.committed = committed;
      this.committedAt = now;
    }
    this.follow(now, drag);
    const inHand = this.phase === 'awaiting-commit' || (this.phase === 'dragged' && !this.landed());
    const moving = inHand
      ? this.ease(this.held.x, this.held.y, this.held.z, deltaSeconds)
      : this.ease(committed[0], committed[1], committed[2], deltaSeconds);
    return moving || this.phase === 'awaiting-commit';
  }

  private follow(now: number, drag: Vector | undefined): void {
    if (drag !== undefined) {
      if (this.phase !== 'dragged' || drag[0] !== this.held.x || drag[1] !== this.held.y || drag[2] !== this.held.z) {
        this.held.x = drag[0];
        this.held.y = drag[1];
        this.held.z = drag[2];
        this.heldAt = now;
      }
      this.phase = 'dragged';
    } else if (this.phase === 'dragged') {
      this.releasedAt = now;
      this.phase = this.landed() ? 'resting' : 'awaiting-commit';
    } else if (this.phase === 'awaiting-commit' && (this.landed() || now - this.releasedAt > HOLD_MS)) {
      this.phase = 'resting';
    }
  }

  /** A commit that came with or after the hand's last move is that drag's own result. */
  private landed(): boolean {
    return this.committedAt >= this.heldAt;
  }

  private ease(x: number, y: number, z: number, deltaSeconds: number): boolean {
    const { current } = this;
    const share = 1 - Math.exp(-RATE * deltaSeconds);
    const dx = x - current.x;
    const dy = y - current.y;
    const dz = z - current.z;
    if (Math.abs(dx) < ARRIVED && Math.abs(dy) < ARRIVED && Math.abs(dz) < ARRIVED) {
      current.x = x;
      current.y = y;
      current.z = z;
      return false;
    }
    current.x += dx * share;
    current.y += dy * share;
    current.z += dz * share;
    return true;
  }
}

export function sameVector(a: Vector, b: Vector): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2];
}
