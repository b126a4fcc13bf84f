import {
  BoxGeometry, ConeGeometry, CylinderGeometry, Float32BufferAttribute, OctahedronGeometry, PlaneGeometry, RingGeometry, SphereGeometry,
  type BufferGeometry,
} from 'three';
import { RoundedBoxGeometry } from 'three/examples/jsm/geometries/RoundedBoxGeometry.js';
import { mergeVertices } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import type { ElementKind, Shape } from './sceneElement';

export type SolidKind = Shape | 'unknown';
export const SOLID_KINDS = ['box', 'sphere', 'cylinder', 'cone', 'unknown'] as const satisfies readonly SolidKind[];

/** Whether things of this kind are bodies of one of a few shapes; all others are drawn in their own way. */
export function isSolid(kind: ElementKind): kind is SolidKind {
  return SOLID_KINDS.some((each) => each === kind);
}

/** How finely a body is made, the finest first. */
export const LEVELS = [0, 1, 2] as const;
export type Level = (typeof LEVELS)[number];
type Levels = readonly [BufferGeometry, BufferGeometry, BufferGeometry];

/**
 * So many sides does a round body have at each level. Drawn with a radius of r pixels, n sides miss the circle by
 * r (1 − cos(π/n)): below half a pixel up to the radii of {@link LEVEL_PIXELS}.
 */
const SIDES = [56, 20, 10] as const;

/** The largest radius in pixels at which the second level is good enough, and the third. */
export const LEVEL_PIXELS = [40, 10] as const;

/** Bodies of scale 1 at each level. */
export const BODIES: Readonly<Record<SolidKind, Levels>> = {
  box: [new RoundedBoxGeometry(1, 1, 1, 3, 0.025), new RoundedBoxGeometry(1, 1, 1, 1, 0.025), new BoxGeometry(1, 1, 1)],
  sphere: [new SphereGeometry(0.5, 48, 32), new SphereGeometry(0.5, SIDES[1], 14), new SphereGeometry(0.5, SIDES[2], 7)],
  cylinder: [cylinder(0), cylinder(1), cylinder(2)],
  cone: [cone(0), cone(1), cone(2)],
  unknown: [new OctahedronGeometry(0.22), new OctahedronGeometry(0.22), new OctahedronGeometry(0.22)],
};

/** Bodies as pointers meet them. */
export const SOLIDS: Readonly<Record<SolidKind, BufferGeometry>> = {
  box: BODIES.box[0],
  sphere: BODIES.sphere[0],
  cylinder: BODIES.cylinder[0],
  cone: BODIES.cone[0],
  unknown: BODIES.unknown[0],
};

const BOX_HULL = outwards(new BoxGeometry(1, 1, 1));
const UNKNOWN_HULL = outwards(new OctahedronGeometry(0.22));

/** The same shapes with one normal for each corner, so that pushing corners outwards leaves no gaps at hard edges. */
export const HULLS: Readonly<Record<SolidKind, Levels>> = {
  box: [BOX_HULL, BOX_HULL, BOX_HULL],
  sphere: [smooth(new SphereGeometry(0.5, 32, 20)), smooth(new SphereGeometry(0.5, SIDES[1], 14)), smooth(new SphereGeometry(0.5, SIDES[2], 7))],
  cylinder: [smooth(cylinder(0)), smooth(cylinder(1)), smooth(cylinder(2))],
  cone: [smooth(cone(0)), smooth(cone(1)), smooth(cone(2))],
  unknown: [UNKNOWN_HULL, UNKNOWN_HULL, UNKNOWN_HULL],
};

export const GROUND = new PlaneGeometry(1, 1).rotateX(-Math.PI / 2);
export const POINTER_TIP = new ConeGeometry(0.12, 0.34, 24).rotateX(Math.PI).translate(0, 0.17, 0);
export const POINTER_RING = new RingGeometry(0.15, 0.18, 40).rotateX(-Math.PI / 2);

function cylinder(level: Level): BufferGeometry {
  return new CylinderGeometry(0.5, 0.5, 1, SIDES[level]);
}

function cone(level: Level): BufferGeometry {
  return new ConeGeometry(0.5, 1, SIDES[level]);
}

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
