import {
  BoxGeometry,
  ConeGeometry,
  CylinderGeometry,
  DirectionalLight,
  Group,
  Mesh,
  MeshStandardMaterial,
  OctahedronGeometry,
  PointLight,
  Scene,
  SphereGeometry,
  SpotLight,
  type BufferGeometry,
  type Object3D,
} from 'three';
import { GLTFExporter } from 'three/examples/jsm/exporters/GLTFExporter.js';
import { SPOT, UNITS } from '../media/lightUnits';
import type { LightLook, SceneElement } from '../scene/sceneElement';

/** The primitives as they are, without the round edges that only the screen needs. What is not here has no body of its own. */
const BODIES: Readonly<Partial<Record<SceneElement['kind'], () => BufferGeometry>>> = {
  box: () => new BoxGeometry(1, 1, 1),
  sphere: () => new SphereGeometry(0.5, 48, 32),
  cylinder: () => new CylinderGeometry(0.5, 0.5, 1, 56),
  cone: () => new ConeGeometry(0.5, 1, 56),
  unknown: () => new OctahedronGeometry(0.22),
};

/**
 * A scene as glTF 2.0, the text of a file that needs no others. Lengths are metres; groups are nodes that hold the others, labels
 * are nodes that carry their text, images and models such that name their file.
 *
 * @param elements parents before what hangs from them
 */
export async function modelOf(elements: readonly SceneElement[]): Promise<string> {
  const scene = new Scene();
  const nodes = new Map<string, Object3D>();
  const bodies = new Map<string, BufferGeometry>();
  const surfaces = new Map<string, MeshStandardMaterial>();
  for (const element of elements) {
    const node = nodeOf(element, bodies, surfaces);
    nodes.set(element.id, node);
    (element.parent === null ? scene : (nodes.get(element.parent) ?? scene)).add(node);
  }
  const model = await new GLTFExporter().parseAsync(scene, { binary: false });
  return `${JSON.stringify(model)}\n`;
}

function nodeOf(element: SceneElement, bodies: Map<string, BufferGeometry>, surfaces: Map<string, MeshStandardMaterial>): Object3D {
  const { id, kind, name, text, asset, position, rotation, scale } = element;
  const node = seenOf(element, bodies, surfaces);
  node.name = name || text || id;
  node.userData = { element: id, kind, ...(text !== '' && { text }), ...(asset !== undefined && { asset }) };
  node.position.set(...position);
  node.rotation.set(...rotation);
  node.scale.set(...scale);
  return node;
}

function seenOf({ kind, color, light, materialKey, material }: SceneElement, bodies: Map<string, BufferGeometry>, surfaces: Map<string, MeshStandardMaterial>): Object3D {
  const body = BODIES[kind];
  if (body) return new Mesh(remembered(bodies, kind, body), remembered(surfaces, materialKey, () => surfaceOf(color, material)));
  return light ? lightOf(light, color) : new Group();
}

/** Lights shine down their own vertical axis here, and along −Z of their node in glTF. */
function lightOf({ type, intensity, range }: LightLook, color: string): Object3D {
  const node = new Group();
  if (type === 'point') node.add(new PointLight(color, intensity * UNITS.point, range));
  else node.add(shiningDown(type === 'spot' ? new SpotLight(color, intensity * UNITS.spot, range, SPOT.angle, SPOT.penumbra) : new DirectionalLight(color, intensity * UNITS.sun)));
  return node;
}

function shiningDown(light: SpotLight | DirectionalLight): Object3D {
  light.position.set(0, 0, 0);
  light.rotation.x = -Math.PI / 2;
  light.target.position.set(0, 0, -1);
  light.add(light.target);
  return light;
}

function surfaceOf(color: string, { roughness, metalness, opacity }: SceneElement['material']): MeshStandardMaterial {
  const surface = new MeshStandardMaterial({ color, roughness, metalness, opacity, transparent: opacity < 1 });
  surface.name = color;
  return surface;
}

/** Many nodes share a body or a surface: it is in the file once. */
function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
