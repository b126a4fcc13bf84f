import { PerspectiveCamera } from 'three';
import { describe, expect, it } from 'vitest';
import { ShadowTimes } from './shadows';

function cameraAt(x: number): PerspectiveCamera {
  const camera = new PerspectiveCamera();
  camera.position.set(x, 1, 5);
  camera.updateMatrixWorld();
  return camera;
}

describe('ShadowTimes', () => {
  it('given only the view turned then shadows are as they were, and are drawn anew once it rests', () => {
    const times = new ShadowTimes();
    expect(times.areDue(cameraAt(0), 1)).toBe(true);
    expect(times.areDue(cameraAt(1), 1)).toBe(false);
    expect(times.areDue(cameraAt(2), 1)).toBe(false);
    expect(times.areDue(cameraAt(2), 1)).toBe(true);
  });

  it('given something moved while the view turned then shadows are drawn anew at once', () => {
    const times = new ShadowTimes();
    times.areDue(cameraAt(0), 1, 'a');
    expect(times.areDue(cameraAt(1), 2, 'a')).toBe(true);
    expect(times.areDue(cameraAt(2), 2, 'b')).toBe(true);
    expect(times.areDue(cameraAt(3), 2, 'b')).toBe(false);
  });
});
