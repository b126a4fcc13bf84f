import {
  BufferAttribute,
  CapsuleGeometry,
  Color,
  ConeGeometry,
  CylinderGeometry,
  IcosahedronGeometry,
  RingGeometry,
  SphereGeometry,
  TorusGeometry,
  type BufferGeometry,
} from 'three';
import { RoundedBoxGeometry } from 'three/examples/jsm/geometries/RoundedBoxGeometry.js';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import type { Accessory, Shape } from '../../profile/look';

const RADIUS = 0.5;
/** How much larger the white rim around a head is. */
const RIM = 1.11;
/** How dark the underside is against the top: shade that keeps the person's own colour. */
const UNDERSIDE = 0.78;
const [GAZE_START, GAZE_LENGTH] = [0.5, 1.5];
const WHITE = '#ffffff';

/** How large a shape is where something is worn: where its top is, and how wide and high it is against a ball. */
export const FITS: Readonly<Record<Shape, { readonly top: number; readonly width: number; readonly height: number }>> = {
  round: { top: 0.47, width: 1, height: 1 },
  cube: { top: 0.42, width: 0.9, height: 0.95 },
  capsule: { top: 0.58, width: 0.86, height: 1.16 },
  gem: { top: 0.46, width: 0.98, height: 1 },
};

/** Heads look along +Z and are about one unit wide; their vertex colours are shade, to be multiplied by the person's colour. */
const HEADS: Readonly<Record<Shape, () => BufferGeometry>> = {
  round: () => new SphereGeometry(RADIUS, 32, 24).scale(1, 0.94, 1),
  cube: () => new RoundedBoxGeometry(0.88, 0.84, 0.84, 4, 0.2),
  capsule: () => new CapsuleGeometry(0.42, 0.32, 8, 28),
  gem: () => new IcosahedronGeometry(0.53, 0).rotateX(0.36),
};

export function headOf(shape: Shape): BufferGeometry {
  return shaded(HEADS[shape]());
}

/** To be drawn from its inside: what is left of it around the head is a rim. */
export function rimOf(shape: Shape): BufferGeometry {
  return tinted(HEADS[shape]().scale(RIM, RIM, RIM), WHITE);
}

/** What the eyes are on. */
export function visorShape(): BufferGeometry {
  return tinted(new SphereGeometry(1, 24, 16).scale(0.39, 0.23, 0.3).translate(0, 0.05, 0.27), WHITE);
}

export function eyesShape(): BufferGeometry {
  return merged([-0.14, 0.14].map((x) => tinted(new SphereGeometry(0.065, 12, 10).scale(1, 1.35, 0.6).translate(x, 0.07, 0.555), WHITE)));
}

/** What is worn on top stands on the origin; the rest is where it is on a ball. */
const ACCESSORIES: Readonly<Record<Accessory, () => BufferGeometry>> = {
  cap: () =>
    merged([
      shaded(new SphereGeometry(0.4, 24, 10, 0, Math.PI * 2, 0, Math.PI / 2).scale(1, 0.78, 1).translate(0, -0.12, 0)),
      shaded(new CylinderGeometry(0.3, 0.3, 0.05, 24).scale(1, 1, 0.9).translate(0, -0.09, 0.36)),
      shaded(new SphereGeometry(0.06, 10, 8).translate(0, 0.2, 0)),
    ]),
  crown: () =>
    merged([
      shaded(new CylinderGeometry(0.31, 0.27, 0.2, 20, 1, true).translate(0, 0, 0)),
      ...around(6, (angle) => shaded(new ConeGeometry(0.1, 0.22, 4).translate(Math.sin(angle) * 0.29, 0.19, Math.cos(angle) * 0.29))),
      ...around(6, (angle) => shaded(new SphereGeometry(0.045, 8, 6).translate(Math.sin(angle) * 0.3, 0.32, Math.cos(angle) * 0.3))),
    ]),
  antenna: () =>
    merged([
      shaded(new CylinderGeometry(0.1, 0.15, 0.1, 16)),
      shaded(new CylinderGeometry(0.03, 0.03, 0.36, 8).translate(0, 0.2, 0)),
      shaded(new SphereGeometry(0.1, 16, 12).translate(0, 0.42, 0)),
    ]),
  bow: () =>
    merged([
      ...[-1, 1].map((side) => shaded(new ConeGeometry(0.2, 0.34, 16).scale(1, 1, 0.6).rotateZ((side * Math.PI) / 2).translate(side * 0.19, 0.08, 0.08))),
      shaded(new SphereGeometry(0.1, 12, 10).translate(0, 0.08, 0.1)),
    ]),
  headphones: () =>
    merged([
      shaded(new TorusGeometry(0.57, 0.045, 8, 32, Math.PI)),
      ...[-1, 1].map((side) => shaded(new CylinderGeometry(0.2, 0.2, 0.15, 20).rotateZ(Math.PI / 2).translate(side * 0.55, 0, 0))),
    ]),
  glasses: () =>
    merged([
      ...[-0.16, 0.16].map((x) => tinted(new TorusGeometry(0.125, 0.026, 8, 24).translate(x, 0.07, 0.6), WHITE)),
      tinted(new CylinderGeometry(0.022, 0.022, 0.09, 8).rotateZ(Math.PI / 2).translate(0, 0.09, 0.61), WHITE),
    ]),
};

export function accessoryShape(accessory: Accessory): BufferGeometry {
  return ACCESSORIES[accessory]();
}

/** A breath of light in the direction of the look, so that it is read from behind, too. */
export function gazeShape(): BufferGeometry {
  return fading(new CylinderGeometry(0.66, 0.2, GAZE_LENGTH, 32, 6, true).rotateX(Math.PI / 2).translate(0, 0.05, GAZE_START + GAZE_LENGTH / 2));
}

/** Around the head of whoever speaks; it faces whoever looks. */
export function haloShape(): BufferGeometry {
  return new RingGeometry(0.68, 0.78, 48);
}

function around(count: number, part: (angle: number) => BufferGeometry): BufferGeometry[] {
  return Array.from({ length: count }, (_, index) => part((index / count) * Math.PI * 2));
}

function shaded(geometry: BufferGeometry): BufferGeometry {
  const normals = geometry.getAttribute('normal');
  const shades = new Float32Array(normals.count * 3);
  for (let vertex = 0; vertex < normals.count; vertex++) {
    // A little from one side as well, so that the faces of a gem differ.
    const light = Math.min(1, (normals.getY(vertex) + 0.35 * normals.getX(vertex) + 1) / 1.4);
    shades.fill(UNDERSIDE + (1 - UNDERSIDE) * Math.max(0, light), vertex * 3, vertex * 3 + 3);
  }
  return geometry.setAttribute('color', new BufferAttribute(shades, 3));
}

/** Fully there where it begins, and nothing of it where it ends. */
function fading(geometry: BufferGeometry): BufferGeometry {
  const places = geometry.getAttribute('position');
  const colors = new Float32Array(places.count * 4).fill(1);
  for (let vertex = 0; vertex < places.count; vertex++) {
    colors[vertex * 4 + 3] = Math.max(0, 1 - (places.getZ(vertex) - GAZE_START) / GAZE_LENGTH) ** 1.5;
  }
  return geometry.setAttribute('color', new BufferAttribute(colors, 4));
}

function tinted(geometry: BufferGeometry, hex: string): BufferGeometry {
  const { r, g, b } = new Color(hex);
  const count = geometry.getAttribute('position').count;
  const colors = new Float32Array(count * 3);
  for (let vertex = 0; vertex < count; vertex++) colors.set([r, g, b], vertex * 3);
  return geometry.setAttribute('color', new BufferAttribute(colors, 3));
}

function merged(parts: BufferGeometry[]): BufferGeometry {
  const whole = mergeGeometries(parts);
  for (const part of parts) part.dispose();
  return whole;
}
