import { BufferAttribute, Color, CylinderGeometry, RingGeometry, SphereGeometry, type BufferGeometry } from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';

const RADIUS = 0.5;
const RIM = 0.055;
const [VISOR, EYE] = ['#20242b', '#ffffff'];
/** How dark the underside is against the top: shade that keeps the person's own colour. */
const UNDERSIDE = 0.78;
const [GAZE_START, GAZE_LENGTH] = [0.5, 1.5];

/** A head that looks along +Z, one unit wide; its vertex colours are shade, to be multiplied by the person's colour. */
export const HEAD: BufferGeometry = shaded(new SphereGeometry(RADIUS, 32, 24).scale(1, 0.94, 1));

/** What is the same on every head: a white rim around it, a visor and two eyes. */
export const FACE: BufferGeometry = merged([
  tinted(turnedInside(new SphereGeometry(RADIUS + RIM, 32, 24).scale(1, 0.94, 1)), EYE),
  tinted(new SphereGeometry(1, 24, 16).scale(0.39, 0.23, 0.3).translate(0, 0.05, 0.27), VISOR),
  tinted(new SphereGeometry(0.065, 12, 10).scale(1, 1.35, 0.6).translate(-0.14, 0.07, 0.555), EYE),
  tinted(new SphereGeometry(0.065, 12, 10).scale(1, 1.35, 0.6).translate(0.14, 0.07, 0.555), EYE),
]);

/** A breath of light in the direction of the look, so that it is read from behind, too. */
export const GAZE: BufferGeometry = fading(new CylinderGeometry(0.66, 0.2, GAZE_LENGTH, 32, 6, true).rotateX(Math.PI / 2).translate(0, 0.05, GAZE_START + GAZE_LENGTH / 2));

/** Around the head of whoever speaks; it faces whoever looks. */
export const HALO: BufferGeometry = new RingGeometry(0.68, 0.78, 48);

function shaded(geometry: BufferGeometry): BufferGeometry {
  const normals = geometry.getAttribute('normal');
  const shades = new Float32Array(normals.count * 3);
  for (let vertex = 0; vertex < normals.count; vertex++) {
    const share = UNDERSIDE + (1 - UNDERSIDE) * Math.min(1, (normals.getY(vertex) + 1) / 1.4);
    shades.fill(share, vertex * 3, vertex * 3 + 3);
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

/** Only its far side is drawn: what is left of it around the head is a rim. */
function turnedInside(geometry: BufferGeometry): BufferGeometry {
  const index = geometry.getIndex();
  if (index === null) return geometry;
  for (let corner = 0; corner < index.count; corner += 3) {
    const first = index.getX(corner);
    index.setX(corner, index.getX(corner + 2));
    index.setX(corner + 2, first);
  }
  return geometry;
}

function merged(parts: BufferGeometry[]): BufferGeometry {
  const whole = mergeGeometries(parts);
  for (const part of parts) part.dispose();
  return whole;
}
