import { Euler, Quaternion, Vector3 } from 'three';
import { sameVector } from './motion';
import type { Vector } from './sceneElement';

const RATE = 16;
const ARRIVED = 0.0005;
const euler = new Euler();

/** Turns `target` as Euler angles XYZ (radians) say. */
export function turnedTo(rotation: Vector, target: Quaternion): Quaternion {
  return target.setFromEuler(euler.set(...rotation, 'XYZ'));
}

/** How an object is drawn turned and sized: it eases to what it should be, and stops exactly there. */
export class Attitude {
  readonly quaternion = new Quaternion();
  readonly scale = new Vector3();
  private readonly wanted = new Quaternion();
  private rotation: Vector;

  constructor(rotation: Vector, scale: Vector) {
    this.rotation = rotation;
    turnedTo(rotation, this.wanted);
    this.quaternion.copy(this.wanted);
    this.scale.set(...scale);
  }

  /** Is at once as given, and goes on from there. */
  jump(quaternion: Quaternion, scale: Vector3): void {
    this.quaternion.copy(quaternion);
    this.scale.copy(scale);
  }

  /** Advances by some seconds, or all the way where it is in one's own hand; true while there is more to do. */
  step(deltaSeconds: number, rotation: Vector, scale: Vector, atOnce: boolean): boolean {
    if (!sameVector(rotation, this.rotation)) {
      this.rotation = rotation;
      turnedTo(rotation, this.wanted);
    }
    const share = atOnce ? 1 : 1 - Math.exp(-RATE * deltaSeconds);
    const turning = this.turn(share);
    const growing = this.grow(scale, share);
    return turning || growing;
  }

  private turn(share: number): boolean {
    if (this.quaternion.equals(this.wanted)) return false;
    if (share === 1 || this.quaternion.angleTo(this.wanted) < ARRIVED) {
      this.quaternion.copy(this.wanted);
      return false;
    }
    this.quaternion.slerp(this.wanted, share);
    return true;
  }

  private grow([x, y, z]: Vector, share: number): boolean {
    const { scale } = this;
    const [dx, dy, dz] = [x - scale.x, y - scale.y, z - scale.z];
    if (share === 1 || (Math.abs(dx) < ARRIVED && Math.abs(dy) < ARRIVED && Math.abs(dz) < ARRIVED)) {
      scale.set(x, y, z);
      return false;
    }
    scale.set(scale.x + dx * share, scale.y + dy * share, scale.z + dz * share);
    return true;
  }
}
