import { BoxGeometry, ConeGeometry, CylinderGeometry, Float32BufferAttribute, OctahedronGeometry, PlaneGeometry, RingGeometry, SphereGeometry, type BufferGeometry } from 'three';
import { RoundedBoxGeometry } from 'three/examples/jsm/geometries/RoundedBoxGeometry.js';
import { mergeVertices } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import type { Shape } from './sceneElement';

export type SolidKind = Shape | 'unknown';

export const SOLIDS: Readonly<Record<SolidKind, BufferGeometry>> = {
  box: new RoundedBoxGeometry(1, 1, 1, 3, 0.025),
  sphere: new SphereGeometry(0.5, 48, 32),
  cylinder: new CylinderGeometry(0.5, 0.5, 1, 56),
  cone: new ConeGeometry(0.5, 1, 56),
  unknown: new OctahedronGeometry(0.22),
};

/** The same shapes with one normal for each corner, so that pushing corners outwards leaves no gaps at hard edges. */
export const HULLS: Readonly<Record<SolidKind, BufferGeometry>> = {
  box: outwards(new BoxGeometry(1, 1, 1)),
  sphere: smooth(new SphereGeometry(0.5, 32, 20)),
  cylinder: smooth(new CylinderGeometry(0.5, 0.5, 1, 56)),
  cone: smooth(new ConeGeometry(0.5, 1, 56)),
  unknown: outwards(new OctahedronGeometry(0.22)),
};

export const GROUND = new PlaneGeometry(1, 1).rotateX(-Math.PI / 2);
export const POINTER_TIP = new ConeGeometry(0.12, 0.34, 24).rotateX(Math.PI).translate(0, 0.17, 0);
export const POINTER_RING = new RingGeometry(0.15, 0.18, 40).rotateX(-Math.PI / 2);

function outwards(geometry: BufferGeometry): BufferGeometry {
  const positions = geometry.getAttribute('position');
  const normals = new Float32Array(positions.count * 3);
  for (let index = 0; index < positions.count; index++) {
    const [x, y, z] = [positions.getX(index), positions.getY(index), positions.getZ(index)];
    const length = Math.hypot(x, y, z) || 1;
    normals.set([x / length, y / length, z / length], index * 3);
  }
  geometry.setAttribute('normal', new Float32BufferAttribute(normals, 3));
  return geometry;
}

function smooth(geometry: BufferGeometry): BufferGeometry {
  geometry.deleteAttribute('normal');
  geometry.deleteAttribute('uv');
  const merged = mergeVertices(geometry);
  merged.computeVertexNormals();
  return merged;
}
