import type { AssetMediaType } from '@chorale/client/assets';
import type { Vector } from '../scene/sceneElement';
import { isGlb, packGlb, readGlb, readGltf, type Glb, type ModelRefusal } from './glb';
import { checkedModel, MANY_TRIANGLES } from './gltfModel';
import { imageHeader } from './imageHeader';
import { imageScale, modelScale } from './insertion';
import type { FileRefusal } from './messages';

export const LARGEST_FILE = 20 * 1024 * 1024;
export const MOST_PIXELS = 64_000_000;

/** A file that was looked into and can be uploaded. */
export interface PreparedFile {
  readonly kind: 'image' | 'model';
  readonly name: string;
  readonly mediaType: AssetMediaType;
  readonly data: Blob;
  /** The scale of the element that shows it. */
  readonly scale: Vector;
  /** How much room it takes beside others, in metres. */
  readonly width: number;
  /** Of an image: width by height. */
  readonly aspect?: number;
  /** Of a model, where there are so many that it may be slow. */
  readonly manyTriangles?: number;
}

export type Preparation = PreparedFile | { readonly refusal: FileRefusal };

/** What a file seems to be, by its name: what it is, its content decides. */
export function seemsToBe({ name, type }: Pick<File, 'name' | 'type'>): 'media' | 'session' {
  return type === 'application/json' || (name.toLowerCase().endsWith('.json') && !type.startsWith('image/')) ? 'session' : 'media';
}

/** Looks into a file before anybody is troubled with it. */
export async function prepared(file: File, measure: (image: Blob) => Promise<number> = turnedAspect): Promise<Preparation> {
  if (file.size === 0) return { refusal: 'empty-file' };
  if (file.size > LARGEST_FILE) return { refusal: 'too-large' };
  const bytes = await file.arrayBuffer().then((buffer) => new Uint8Array(buffer)).catch(() => undefined);
  if (bytes === undefined) return { refusal: 'unreadable' };
  const name = plainName(file.name);
  const lower = file.name.toLowerCase();
  if (isGlb(bytes) || lower.endsWith('.glb')) return model(name, readGlb(bytes), bytes);
  if (lower.endsWith('.gltf') || file.type === 'model/gltf+json') return model(name, description(bytes), undefined);
  const header = imageHeader(bytes);
  if (header === undefined) return { refusal: file.type.startsWith('image/') ? 'not-an-image' : 'kind' };
  if (header.width * header.height > MOST_PIXELS) return { refusal: 'too-many-pixels' };
  const data = new Blob([bytes], { type: header.mediaType });
  try {
    const aspect = Math.min(20, Math.max(0.05, await measure(data)));
    const scale = imageScale(aspect);
    return { kind: 'image', name, mediaType: header.mediaType, data, scale, width: scale[0] * aspect, aspect };
  } catch {
    return { refusal: 'not-an-image' };
  }
}

function description(bytes: Uint8Array): Glb | ModelRefusal {
  const json = readGltf(bytes);
  return typeof json === 'string' ? json : { json, bin: new Uint8Array(0) };
}

/** A binary file is uploaded as it is, unless it keeps parts of itself as text. */
function model(name: string, glb: Glb | ModelRefusal, bytes: Uint8Array<ArrayBuffer> | undefined): Preparation {
  if (typeof glb === 'string') return { refusal: glb };
  const checked = checkedModel(glb);
  if (typeof checked === 'string') return { refusal: checked };
  const { triangles, bounds } = checked;
  const packed = bytes ?? packGlb(checked);
  if (packed.length > LARGEST_FILE) return { refusal: 'too-large' };
  const scale = modelScale(bounds);
  return {
    kind: 'model',
    name,
    mediaType: 'model/gltf-binary',
    data: new Blob([packed], { type: 'model/gltf-binary' }),
    scale,
    width: scale[0],
    ...(triangles > MANY_TRIANGLES && { manyTriangles: triangles }),
  };
}

/** As people see it: cameras store pictures lying on their side. */
async function turnedAspect(image: Blob): Promise<number> {
  const bitmap = await createImageBitmap(image);
  const { width, height } = bitmap;
  bitmap.close();
  return width / height;
}

/** A file's name without its ending, as the name of what shows it. */
export function plainName(fileName: string): string {
  return fileName.replace(/\.[a-z0-9]{1,5}$/i, '').replace(/\p{Cc}/gu, ' ').trim().slice(0, 120);
}
