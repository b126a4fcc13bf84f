import type { Camera, Vector3 } from 'three';
import { apparentSize } from '../CameraRig';

const SIZE = 0.036;
const [SMALLEST, LARGEST] = [0.16, 2.4];

/** How wide a head is drawn, in units of the scene: about the same on the screen, near or far. */
export function headSize(camera: Camera, at: Vector3): number {
  return Math.min(LARGEST, Math.max(SMALLEST, apparentSize(camera, at) * SIZE));
}
