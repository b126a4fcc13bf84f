import { packGlb, type Json } from './glb';

/** The smallest model for tests: one triangle, two metres wide and one high. */
export function triangleGltf(more: Json = {}): Json {
  return {
    asset: { version: '2.0' },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0 }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 } }] }],
    accessors: [{ bufferView: 0, componentType: 5126, count: 3, type: 'VEC3', min: [-1, 0, 0], max: [1, 1, 0] }],
    bufferViews: [{ buffer: 0, byteOffset: 0, byteLength: 36 }],
    buffers: [{ byteLength: 36 }],
    ...more,
  };
}

export const TRIANGLE_BYTES = new Uint8Array(new Float32Array([-1, 0, 0, 1, 0, 0, 0, 1, 0]).buffer);

export function triangleGlb(more: Json = {}): Uint8Array<ArrayBuffer> {
  return packGlb({ json: triangleGltf(more), bin: TRIANGLE_BYTES });
}

/** The first bytes of a PNG of this size; nothing that could be decoded. */
export function pngHeader(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(33);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x89504e47);
  view.setUint32(4, 0x0d0a1a0a);
  view.setUint32(8, 13);
  bytes.set(new TextEncoder().encode('IHDR'), 12);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}
