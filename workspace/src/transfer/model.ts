import {
  BoxGeometry,
  ConeGeometry,
  CylinderGeometry,
  Group,
  Mesh,
  MeshStandardMaterial,
  OctahedronGeometry,
  Scene,
  SphereGeometry,
  type BufferGeometry,
  type Object3D,
} from 'three';
import { GLTFExporter } from 'three/examples/jsm/exporters/GLTFExporter.js';
import type { ElementKind, SceneElement } from '../scene/sceneElement';

/** The primitives as they are, without the round edges that only the screen needs. A label has no body. */
const BODIES: Readonly<Record<Exclude<ElementKind, 'label'>, () => BufferGeometry>> = {
  box: () => new BoxGeometry(1, 1, 1),
  sphere: () => new SphereGeometry(0.5, 48, 32),
  cylinder: () => new CylinderGeometry(0.5, 0.5, 1, 56),
  cone: () => new ConeGeometry(0.5, 1, 56),
  unknown: () => new OctahedronGeometry(0.22),
};

/** A scene as glTF 2.0, the text of a file that needs no others. Lengths are metres; labels are nodes that carry their text. */
export async function modelOf(elements: readonly SceneElement[]): Promise<string> {
  const scene = new Scene();
  const bodies = new Map<ElementKind, BufferGeometry>();
  const surfaces = new Map<string, MeshStandardMaterial>();
  for (const element of elements) scene.add(nodeOf(element, bodies, surfaces));
  const model = await new GLTFExporter().parseAsync(scene, { binary: false });
  return `${JSON.stringify(model)}\n`;
}

function nodeOf(element: SceneElement, bodies: Map<ElementKind, BufferGeometry>, surfaces: Map<string, MeshStandardMaterial>): Object3D {
  const { id, kind, name, text, color, position, rotation, scale } = element;
  const node = kind === 'label' ? new Group() : new Mesh(remembered(bodies, kind, BODIES[kind]), remembered(surfaces, color, () => surfaceOf(color)));
  node.name = name || text || id;
  node.userData = { element: id, kind, ...(text !== '' && { text }) };
  node.position.set(...position);
  node.rotation.set(...rotation);
  node.scale.set(...scale);
  return node;
}

function surfaceOf(color: string): MeshStandardMaterial {
  const surface = new MeshStandardMaterial({ color, roughness: 0.52, metalness: 0 });
  surface.name = color;
  return surface;
}

/** Many nodes share a body or a surface: it is in the file once. */
function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
