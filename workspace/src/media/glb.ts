/** Why a file cannot be used as a model. */
export type ModelRefusal = 'broken' | 'version' | 'external' | 'draco' | 'basisu' | 'unsupported' | 'too-much' | 'empty';

export type Json = Readonly<Record<string, unknown>>;

/** The two parts of a binary glTF: the description, and the numbers and pictures that it points into. */
export interface Glb {
  readonly json: Json;
  readonly bin: Uint8Array<ArrayBuffer>;
}

const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BIN_CHUNK = 0x004e4942;
/** A description longer than this is no model that a browser should draw. */
const LONGEST_JSON = 8 * 1024 * 1024;
const NOTHING = new Uint8Array(0);

export function isGlb(bytes: Uint8Array): boolean {
  return bytes.length >= 12 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === MAGIC;
}

/** Takes a binary glTF apart; nothing in it is believed but the lengths, and those are checked. */
export function readGlb(bytes: Uint8Array<ArrayBuffer>): Glb | ModelRefusal {
  if (!isGlb(bytes) || bytes.length < 20) return 'broken';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(4, true) !== 2) return 'version';
  const end = view.getUint32(8, true);
  if (end > bytes.length) return 'broken';
  let [text, bin]: [Uint8Array | undefined, Uint8Array<ArrayBuffer> | undefined] = [undefined, undefined];
  for (let at = 12; at + 8 <= end; ) {
    const length = view.getUint32(at, true);
    const type = view.getUint32(at + 4, true);
    if (at + 8 + length > end) return 'broken';
    const chunk = bytes.subarray(at + 8, at + 8 + length);
    if (type === JSON_CHUNK) text ??= chunk;
    if (type === BIN_CHUNK) bin ??= chunk;
    at += 8 + length;
  }
  if (text === undefined) return 'broken';
  const json = readGltf(text);
  return typeof json === 'string' ? json : { json, bin: bin ?? NOTHING };
}

/** The description of a glTF as text. */
export function readGltf(bytes: Uint8Array): Json | ModelRefusal {
  if (bytes.length > LONGEST_JSON) return 'too-much';
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isObject(json) ? json : 'broken';
  } catch {
    return 'broken';
  }
}

/** Puts a binary glTF together. */
export function packGlb({ json, bin }: Glb): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(json));
  const [textLength, binLength] = [padded(text.length), padded(bin.length)];
  const length = 12 + 8 + textLength + (binLength > 0 ? 8 + binLength : 0);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, 2, true);
  view.setUint32(8, length, true);
  view.setUint32(12, textLength, true);
  view.setUint32(16, JSON_CHUNK, true);
  // The description is filled up with blanks, the rest with zeros.
  bytes.fill(0x20, 20, 20 + textLength);
  bytes.set(text, 20);
  if (binLength > 0) {
    view.setUint32(20 + textLength, binLength, true);
    view.setUint32(24 + textLength, BIN_CHUNK, true);
    bytes.set(bin, 28 + textLength);
  }
  return bytes;
}

export const padded = (length: number) => Math.ceil(length / 4) * 4;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
