import { isObject, type Glb, type Json, type ModelRefusal } from './glb';
import { embedded, objects } from './gltfEmbedded';
import { boundsOf, type Bounds } from './gltfBounds';
import { imageHeader } from './imageHeader';

/** A model as it may be drawn: only what is known in it, every number within what a browser can hold. */
export interface CheckedModel extends Glb {
  /** How many are drawn, each use of a mesh counted. */
  readonly triangles: number;
  /** In metres; undefined where the file does not say. */
  readonly bounds: Bounds | undefined;
}

/** From so many triangles on people are told that a model is slow. */
export const MANY_TRIANGLES = 500_000;
const MOST_TRIANGLES = 2_000_000;
const MOST_NODES = 20_000;
const MOST_PARTS = 10_000;
/** Nodes are gone through by recursion wherever they are drawn. */
const DEEPEST = 200;
const MOST_IMAGES = 64;
const MOST_PIXELS = 8192 * 8192;
const MOST_BYTES = 256 * 1024 * 1024;

const MESHOPT = 'EXT_meshopt_compression';
/** Left out: what needs another drawing of the whole scene (transmission) or brings its own lights. */
const KNOWN_MATERIALS = ['clearcoat', 'emissive_strength', 'ior', 'sheen', 'specular', 'unlit', 'anisotropy', 'iridescence'].map((name) => `KHR_materials_${name}`);
const HARMLESS = ['KHR_materials_transmission', 'KHR_materials_volume', 'KHR_materials_dispersion', 'KHR_lights_punctual', 'EXT_texture_webp', 'KHR_materials_variants'];
const USED = ['KHR_mesh_quantization', 'KHR_texture_transform', MESHOPT, ...KNOWN_MATERIALS];
const COMPONENT_BYTES: Readonly<Record<number, number>> = { 5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4 };
const COMPONENTS: Readonly<Record<string, number>> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT2: 4, MAT3: 9, MAT4: 16 };

class Refused extends Error {
  constructor(readonly refusal: ModelRefusal) {
    super(refusal);
  }
}

/** Reads a stranger's model: what is not known in it is left out, what would do harm refuses the whole. */
export function checkedModel(glb: Glb): CheckedModel | ModelRefusal {
  const whole = embedded(glb);
  if (typeof whole === 'string') return whole;
  try {
    return check(whole);
  } catch (failure) {
    if (failure instanceof Refused) return failure.refusal;
    throw failure;
  }
}

function check({ json, bin }: Glb): CheckedModel {
  checkVersion(json);
  const views = objects(json['bufferViews']).map((view) => viewOf(view, bin.length));
  const accessors = objects(json['accessors']).map((accessor) => accessorOf(accessor, views));
  const bytes = sum([...views, ...accessors].map(({ held }) => held));
  if (bytes > MOST_BYTES) throw new Refused('too-much');
  const meshes = objects(json['meshes']).map((mesh) => meshOf(mesh, accessors.length));
  const nodes = objects(json['nodes']).map((node) => nodeOf(node, meshes.length));
  if (nodes.length > MOST_NODES) throw new Refused('too-much');
  if (sum(nodes.map(({ mesh }) => meshes[mesh ?? -1]?.primitives.length ?? 0)) > MOST_PARTS) throw new Refused('too-much');
  const roots = rootsOf(json, nodes);
  const triangles = sum(nodes.map(({ mesh }) => (mesh === undefined ? 0 : trianglesOf(meshes[mesh], accessors))));
  if (triangles > MOST_TRIANGLES) throw new Refused('too-much');
  if (triangles === 0) throw new Refused('empty');
  const images = objects(json['images']).map((image) => imageOf(image, views, bin));
  if (images.length > MOST_IMAGES) throw new Refused('too-much');

  const clean: Json = {
    asset: { version: '2.0' },
    scene: 0,
    scenes: [{ nodes: roots }],
    nodes,
    meshes,
    accessors: accessors.map(({ accessor }) => accessor),
    bufferViews: views.map(({ view }) => view),
    buffers: bin.length > 0 ? [{ byteLength: bin.length }] : [],
    images,
    textures: objects(json['textures']).map((texture) => textureOf(texture, images.length)),
    samplers: objects(json['samplers']).map((sampler) => picked(sampler, 'magFilter', 'minFilter', 'wrapS', 'wrapT')),
    materials: objects(json['materials']).map(materialOf),
    skins: objects(json['skins']).map((skin) => skinOf(skin, nodes.length, accessors.length)),
    extensionsUsed: USED,
  };
  return { json: clean, bin, triangles, bounds: boundsOf(clean) };
}

function checkVersion(json: Json): void {
  const { asset, extensionsRequired } = json;
  if (!isObject(asset) || typeof asset['version'] !== 'string' || !asset['version'].startsWith('2.')) throw new Refused('version');
  for (const name of Array.isArray(extensionsRequired) ? (extensionsRequired as readonly unknown[]) : []) {
    if (name === 'KHR_draco_mesh_compression') throw new Refused('draco');
    if (name === 'KHR_texture_basisu') throw new Refused('basisu');
    if (typeof name !== 'string' || (!USED.includes(name) && !HARMLESS.includes(name))) throw new Refused('unsupported');
  }
}

interface CheckedView {
  readonly view: Json;
  readonly length: number;
  /** Bytes that are made anew for it. */
  readonly held: number;
}

function viewOf(given: Json, most: number): CheckedView {
  const { extensions } = given;
  const compressed = isObject(extensions) && isObject(extensions[MESHOPT]) ? extensions[MESHOPT] : undefined;
  const length = wholeNumber(given['byteLength'], MOST_BYTES);
  const view = { ...picked(given, 'byteOffset', 'byteStride', 'target'), buffer: 0, byteLength: length };
  if (!compressed) {
    if (wholeNumber(given['byteOffset'] ?? 0, most) + length > most) throw new Refused('broken');
    return { view, length, held: length };
  }
  const held = wholeNumber(compressed['count'], MOST_BYTES) * wholeNumber(compressed['byteStride'], 256);
  const packed = wholeNumber(compressed['byteOffset'] ?? 0, most) + wholeNumber(compressed['byteLength'], most);
  if (held > MOST_BYTES) throw new Refused('too-much');
  if (packed > most || held < length) throw new Refused('broken');
  const extension = picked(compressed, 'buffer', 'byteOffset', 'byteLength', 'byteStride', 'count', 'mode', 'filter');
  return { view: { ...view, byteOffset: 0, extensions: { [MESHOPT]: extension } }, length: held, held };
}

interface CheckedAccessor {
  readonly accessor: Json;
  readonly count: number;
  readonly held: number;
}

function accessorOf(given: Json, views: readonly CheckedView[]): CheckedAccessor {
  const { type, componentType, bufferView, sparse } = given;
  const components = typeof type === 'string' ? COMPONENTS[type] : undefined;
  const size = typeof componentType === 'number' ? COMPONENT_BYTES[componentType] : undefined;
  if (components === undefined || size === undefined) throw new Refused('broken');
  const count = wholeNumber(given['count'], MOST_BYTES);
  const item = components * size;
  const accessor = picked(given, 'bufferView', 'byteOffset', 'componentType', 'count', 'type', 'normalized', 'min', 'max');
  if (bufferView !== undefined) {
    const { view, length } = at(views, bufferView);
    const stride = typeof view['byteStride'] === 'number' && view['byteStride'] > 0 ? view['byteStride'] : item;
    const end = wholeNumber(given['byteOffset'] ?? 0, length) + (count === 0 ? 0 : stride * (count - 1) + item);
    if (end > length) throw new Refused('broken');
  }
  const held = bufferView === undefined || sparse !== undefined ? count * item : 0;
  return { accessor: sparse === undefined ? accessor : { ...accessor, sparse: sparseOf(sparse, views, count) }, count, held };
}

function sparseOf(given: unknown, views: readonly CheckedView[], most: number): Json {
  if (!isObject(given) || !isObject(given['indices']) || !isObject(given['values'])) throw new Refused('broken');
  const { indices, values } = given;
  at(views, indices['bufferView']);
  at(views, values['bufferView']);
  return { count: wholeNumber(given['count'], most), indices: picked(indices, 'bufferView', 'byteOffset', 'componentType'), values: picked(values, 'bufferView', 'byteOffset') };
}

interface CheckedMesh {
  readonly primitives: readonly CheckedPrimitive[];
}

interface CheckedPrimitive {
  readonly attributes: Readonly<Record<string, number>>;
  readonly indices?: number;
  readonly mode: number;
  readonly material?: number;
}

function meshOf(mesh: Json, accessors: number): CheckedMesh {
  return {
    ...picked(mesh, 'weights'),
    primitives: objects(mesh['primitives']).map((primitive) => {
      if (isObject(primitive['extensions']) && 'KHR_draco_mesh_compression' in primitive['extensions']) throw new Refused('draco');
      const { indices, material } = primitive;
      return {
        attributes: attributesOf(primitive['attributes'], accessors),
        ...(indices !== undefined && { indices: wholeNumber(indices, accessors - 1) }),
        mode: wholeNumber(primitive['mode'] ?? 4, 6),
        ...(typeof material === 'number' && { material }),
        ...(Array.isArray(primitive['targets']) && { targets: objects(primitive['targets']).map((target) => attributesOf(target, accessors)) }),
      };
    }),
  };
}

function attributesOf(given: unknown, accessors: number): Readonly<Record<string, number>> {
  if (!isObject(given)) throw new Refused('broken');
  const known = Object.entries(given).filter(([name]) => /^(POSITION|NORMAL|TANGENT|(TEXCOORD|COLOR|JOINTS|WEIGHTS)_[0-3])$/.test(name));
  return Object.fromEntries(known.map(([name, accessor]) => [name, wholeNumber(accessor, accessors - 1)]));
}

/** Points and lines count as nothing. */
function trianglesOf(mesh: CheckedMesh | undefined, accessors: readonly CheckedAccessor[]): number {
  return sum(
    (mesh?.primitives ?? []).map(({ attributes, indices, mode }) => {
      const corners = accessors[indices ?? attributes['POSITION'] ?? -1]?.count ?? 0;
      return mode === 4 ? Math.floor(corners / 3) : mode > 4 ? Math.max(0, corners - 2) : 0;
    }),
  );
}

interface CheckedNode {
  readonly children: readonly number[];
  readonly mesh?: number;
}

function nodeOf(node: Json, meshes: number): CheckedNode {
  const { mesh, children } = node;
  return {
    ...picked(node, 'matrix', 'translation', 'rotation', 'scale', 'skin', 'weights'),
    ...(mesh !== undefined && { mesh: wholeNumber(mesh, meshes - 1) }),
    children: Array.isArray(children) ? (children as readonly unknown[]).map((child) => wholeNumber(child, MOST_NODES)) : [],
  };
}

/** Where drawing begins. Nodes are a forest: one that hangs in two places, or in itself, would never end. */
function rootsOf(json: Json, nodes: readonly CheckedNode[]): readonly number[] {
  const parents = new Map<number, number>();
  for (const [parent, { children }] of nodes.entries()) {
    for (const child of children) {
      if (child >= nodes.length || parents.has(child)) throw new Refused('broken');
      parents.set(child, parent);
    }
  }
  const scenes = objects(json['scenes']);
  const chosen = scenes[typeof json['scene'] === 'number' ? json['scene'] : 0]?.['nodes'];
  const roots = Array.isArray(chosen) ? (chosen as readonly unknown[]).map((root) => wholeNumber(root, nodes.length - 1)) : [...nodes.keys()].filter((node) => !parents.has(node));
  if (new Set(roots).size !== roots.length || roots.some((root) => parents.has(root))) throw new Refused('broken');
  if (depthOf(roots, nodes) > DEEPEST) throw new Refused('too-much');
  return roots;
}

function depthOf(roots: readonly number[], nodes: readonly CheckedNode[]): number {
  let depth = 0;
  for (let level = roots; level.length > 0; level = level.flatMap((node) => nodes[node]?.children ?? [])) depth += 1;
  return depth;
}

function imageOf(image: Json, views: readonly CheckedView[], bin: Uint8Array): Json {
  const { view } = at(views, image['bufferView']);
  const start = Number(view['byteOffset'] ?? 0);
  const header = imageHeader(bin.subarray(start, start + Number(view['byteLength'])));
  if (header && header.width * header.height > MOST_PIXELS) throw new Refused('too-much');
  return { bufferView: image['bufferView'], mimeType: header?.mediaType ?? 'application/octet-stream' };
}

function textureOf(texture: Json, images: number): Json {
  const { extensions, source } = texture;
  const webp = isObject(extensions) && isObject(extensions['EXT_texture_webp']) ? extensions['EXT_texture_webp']['source'] : undefined;
  const chosen = webp ?? source;
  if (chosen === undefined) throw new Refused('basisu');
  return { ...picked(texture, 'sampler'), source: wholeNumber(chosen, images - 1) };
}

function materialOf(material: Json): Json {
  const extensions = isObject(material['extensions']) ? material['extensions'] : {};
  const look = picked(material, 'pbrMetallicRoughness', 'normalTexture', 'occlusionTexture', 'emissiveTexture', 'emissiveFactor', 'alphaMode', 'alphaCutoff', 'doubleSided');
  return { ...look, ...glass(look, extensions['KHR_materials_transmission']), extensions: picked(extensions, ...KNOWN_MATERIALS) };
}

/** What lets light through is drawn as see-through: the real thing needs a drawing of the scene for itself. */
function glass(look: Json, transmission: unknown): Json {
  if (!isObject(transmission) || !(Number(transmission['transmissionFactor']) > 0.5)) return {};
  const surface = isObject(look['pbrMetallicRoughness']) ? look['pbrMetallicRoughness'] : {};
  const color: readonly unknown[] = Array.isArray(surface['baseColorFactor']) ? surface['baseColorFactor'] : [1, 1, 1, 1];
  return { alphaMode: 'BLEND', pbrMetallicRoughness: { ...surface, baseColorFactor: [...color.slice(0, 3), 0.35] } };
}

function skinOf(skin: Json, nodes: number, accessors: number): Json {
  const { joints, inverseBindMatrices } = skin;
  if (!Array.isArray(joints)) throw new Refused('broken');
  return {
    joints: (joints as readonly unknown[]).map((joint) => wholeNumber(joint, nodes - 1)),
    ...(inverseBindMatrices !== undefined && { inverseBindMatrices: wholeNumber(inverseBindMatrices, accessors - 1) }),
  };
}

function at<T>(list: readonly T[], index: unknown): T {
  const found = list[wholeNumber(index, list.length - 1)];
  if (found === undefined) throw new Refused('broken');
  return found;
}

function wholeNumber(value: unknown, most: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Refused('broken');
  if (value > most) throw new Refused(most >= MOST_BYTES ? 'too-much' : 'broken');
  return value;
}

function picked(from: Json, ...names: readonly string[]): Json {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
