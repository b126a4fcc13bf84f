import {
  Box3, ClampToEdgeWrapping, DataTexture, Group, LinearFilter, LinearMipmapLinearFilter, LinearMipmapNearestFilter, Mesh,
  MirroredRepeatWrapping, NearestFilter, NearestMipmapLinearFilter, NearestMipmapNearestFilter, RepeatWrapping, Texture, Vector3,
  type MagnificationTextureFilter, type Material, type MinificationTextureFilter, type Object3D, type Wrapping,
} from 'three';
import type { GLTFLoaderPlugin, GLTFParser } from 'three/examples/jsm/loaders/GLTFLoader.js';
import { packGlb, readGlb } from '../../media/glb';
import { checkedModel } from '../../media/gltfModel';
import { SharedPool } from '../sharedPool';
import type { Vector } from '../sceneElement';
import { decodedBitmap, textureOf } from './bitmaps';
import { AssetError, fetched, Loading, type Loader } from './loading';

/** A model on the graphics card, fitted into a cube of one metre: in its middle, on its bottom. */
export interface Model {
  readonly object: Object3D;
  /** What it fills of the cube. */
  readonly size: Vector;
  readonly triangles: number;
}

/** Whatever takes longer is given up: a page must not wait for a stranger's file. */
const LONGEST_MS = 30_000;

const loader: Loader<Model> = {
  async load(url, signal) {
    const glb = readGlb(await fetched(url, signal));
    const checked = typeof glb === 'string' ? glb : checkedModel(glb);
    if (typeof checked === 'string') throw new AssetError('broken');
    const object = await inTime(parsed(packGlb(checked)));
    return { ...fitted(object), triangles: checked.triangles };
  },
  release: ({ object }) => released(object),
  describe: ({ triangles }) => ({ status: 'ready', triangles }),
};

/** Models by their address. */
export const models = new SharedPool((url) => new Loading(url, loader));

/** What was checked has no address in it: neither this nor what it calls fetches anything. */
async function parsed(bytes: Uint8Array<ArrayBuffer>): Promise<Object3D> {
  const [{ GLTFLoader }, { MeshoptDecoder }] = await Promise.all([
    import('three/examples/jsm/loaders/GLTFLoader.js'),
    import('three/examples/jsm/libs/meshopt_decoder.module.js'),
  ]);
  const gltf = await new GLTFLoader().setMeshoptDecoder(MeshoptDecoder).register(embeddedImages).parseAsync(bytes.buffer, '');
  return gltf.scene;
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AssetError('broken')), LONGEST_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function fitted(scene: Object3D): Pick<Model, 'object' | 'size'> {
  scene.traverse((part) => {
    if (!(part instanceof Mesh)) return;
    part.castShadow = true;
    part.receiveShadow = true;
  });
  const box = new Box3().setFromObject(scene);
  const size = box.getSize(new Vector3());
  const longest = Math.max(size.x, size.y, size.z);
  if (!(longest > 0 && Number.isFinite(longest))) throw new AssetError('broken');
  const middle = box.getCenter(new Vector3());
  const share = 1 / longest;
  const object = new Group();
  object.scale.setScalar(share);
  object.position.set(-middle.x * share, -box.min.y * share - 0.5, -middle.z * share);
  object.add(scene);
  return { object, size: [size.x * share, size.y * share, size.z * share] };
}

function released(object: Object3D): void {
  const materials = new Set<Material>();
  object.traverse((part) => {
    if (!(part instanceof Mesh)) return;
    const { geometry, material } = part as Mesh;
    geometry.dispose();
    for (const each of Array.isArray(material) ? material : [material]) materials.add(each);
  });
  for (const material of materials) {
    for (const value of Object.values(material)) {
      if (!(value instanceof Texture)) continue;
      value.dispose();
      if (value.image instanceof ImageBitmap) value.image.close();
    }
    material.dispose();
  }
}

interface TextureEntry {
  readonly source: number;
  readonly sampler?: number;
}

interface SamplerEntry {
  readonly magFilter?: number;
  readonly minFilter?: number;
  readonly wrapS?: number;
  readonly wrapT?: number;
}

interface CheckedJson {
  readonly textures: readonly TextureEntry[];
  readonly images: readonly { readonly bufferView: number }[];
  readonly samplers: readonly SamplerEntry[];
}

const MAGNIFIERS: Readonly<Record<number, MagnificationTextureFilter>> = { 9728: NearestFilter, 9729: LinearFilter };
const MINIFIERS: Readonly<Record<number, MinificationTextureFilter>> = {
  9728: NearestFilter,
  9729: LinearFilter,
  9984: NearestMipmapNearestFilter,
  9985: LinearMipmapNearestFilter,
  9986: NearestMipmapLinearFilter,
  9987: LinearMipmapLinearFilter,
};
const WRAPPINGS: Readonly<Record<number, Wrapping>> = { 33071: ClampToEdgeWrapping, 33648: MirroredRepeatWrapping, 10497: RepeatWrapping };

/** Decodes the images inside of a model itself: the loader would make addresses of them and fetch those. */
function embeddedImages(parser: GLTFParser): GLTFLoaderPlugin {
  const json = parser.json as CheckedJson;
  return {
    name: 'embedded_images',
    loadTexture: async (index) => {
      const { source, sampler } = json.textures[index] ?? { source: -1 };
      const texture = await imageTexture(parser, json.images[source]?.bufferView);
      const { magFilter, minFilter, wrapS, wrapT } = json.samplers[sampler ?? -1] ?? {};
      texture.magFilter = MAGNIFIERS[magFilter ?? 0] ?? LinearFilter;
      texture.minFilter = MINIFIERS[minFilter ?? 0] ?? LinearMipmapLinearFilter;
      texture.wrapS = WRAPPINGS[wrapS ?? 0] ?? RepeatWrapping;
      texture.wrapT = WRAPPINGS[wrapT ?? 0] ?? RepeatWrapping;
      return texture;
    },
  };
}

/** White where the image cannot be decoded: the rest of the model is still worth seeing. */
async function imageTexture(parser: GLTFParser, bufferView: number | undefined): Promise<Texture> {
  try {
    const bytes = (await parser.getDependency('bufferView', bufferView ?? -1)) as ArrayBuffer;
    const texture = textureOf(await decodedBitmap(new Uint8Array(bytes)));
    // Whoever uses it says whether it holds colours.
    texture.colorSpace = '';
    return texture;
  } catch {
    const white = new DataTexture(new Uint8Array([255, 255, 255, 255]), 1, 1);
    white.needsUpdate = true;
    return white;
  }
}
