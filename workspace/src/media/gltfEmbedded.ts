import { isObject, padded, type Glb, type Json, type ModelRefusal } from './glb';

const DATA = /^data:[^,;]*(?:;[^,;]*)*;base64,/;
/** More than any file that is let in can hold. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Brings everything that a model keeps as text inside of itself into one block of bytes: a `.gltf` with all embedded
 * becomes a binary one. What lies anywhere else is refused; nothing is ever fetched.
 */
export function embedded({ json, bin }: Glb): Glb | ModelRefusal {
  const block = new Block();
  const starts: number[] = [];
  for (const [index, buffer] of objects(json['buffers']).entries()) {
    const bytes = bytesOf(buffer, index === 0 ? bin : undefined);
    if (typeof bytes === 'string') return bytes;
    starts.push(block.add(bytes));
  }
  const views = objects(json['bufferViews']).map((view) => moved(view, starts));
  const images: Json[] = [];
  for (const image of objects(json['images'])) {
    const { uri, ...rest } = image;
    if (uri === undefined) {
      images.push(image);
      continue;
    }
    const bytes = decoded(uri);
    if (typeof bytes === 'string') return bytes;
    images.push({ ...rest, bufferView: views.length });
    views.push({ buffer: 0, byteOffset: block.add(bytes), byteLength: bytes.length });
  }
  if (block.length > MOST_BYTES) return 'too-much';
  const buffers = block.length > 0 ? [{ byteLength: block.length }] : [];
  return { json: { ...json, buffers, bufferViews: views, images }, bin: block.bytes() };
}

/** The objects of a list; what is no object becomes an empty one, so that indices stay what they are. */
export function objects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map((each: unknown) => (isObject(each) ? each : {})) : [];
}

function bytesOf(buffer: Json, own: Uint8Array<ArrayBuffer> | undefined): Uint8Array<ArrayBuffer> | ModelRefusal {
  if (buffer['uri'] !== undefined) return decoded(buffer['uri']);
  // Only the first buffer of a binary file has bytes; what stands in for compressed data has none.
  return own ?? new Uint8Array(0);
}

function decoded(uri: unknown): Uint8Array<ArrayBuffer> | ModelRefusal {
  if (typeof uri !== 'string') return 'broken';
  const start = DATA.exec(uri)?.[0].length;
  if (start === undefined) return 'external';
  try {
    return Uint8Array.from(atob(uri.slice(start)), (character) => character.charCodeAt(0));
  } catch {
    return 'broken';
  }
}

function moved(view: Json, starts: readonly number[]): Json {
  const { extensions } = view;
  const compressed = isObject(extensions) && isObject(extensions['EXT_meshopt_compression']) ? extensions['EXT_meshopt_compression'] : undefined;
  return {
    ...inBlock(view, starts),
    ...(compressed && { extensions: { EXT_meshopt_compression: inBlock(compressed, starts) } }),
  };
}

function inBlock(view: Json, starts: readonly number[]): Json {
  const { buffer, byteOffset } = view;
  const start = typeof buffer === 'number' ? starts[buffer] : undefined;
  const offset = typeof byteOffset === 'number' ? byteOffset : 0;
  // A place beyond all bytes, which the check finds.
  return { ...view, buffer: 0, byteOffset: start === undefined ? -1 : start + offset };
}

/** Pieces one after the other, each at a multiple of four. */
class Block {
  private readonly pieces: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  length = 0;

  add(bytes: Uint8Array): number {
    const at = this.length;
    this.pieces.push({ at, bytes });
    this.length = padded(at + bytes.length);
    return at;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.length > MOST_BYTES ? 0 : this.length);
    if (all.length > 0) for (const { at, bytes } of this.pieces) all.set(bytes, at);
    return all;
  }
}
