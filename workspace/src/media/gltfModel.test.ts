import { describe, expect, it } from 'vitest';
import { packGlb, readGlb, type Glb, type Json } from './glb';
import { checkedModel } from './gltfModel';
import { pngHeader, TRIANGLE_BYTES, triangleGlb, triangleGltf } from './testModels';

function checked(more: Json = {}, bin = TRIANGLE_BYTES) {
  return checkedModel({ json: triangleGltf(more), bin });
}

const dataUri = (bytes: Uint8Array) => `data:application/octet-stream;base64,${btoa(String.fromCharCode(...bytes))}`;

describe('a binary glTF', () => {
  it('comes apart into what it was put together from', () => {
    const json = { asset: { version: '2.0' }, name: 'Größe' };
    const read = readGlb(packGlb({ json, bin: TRIANGLE_BYTES })) as Glb;
    expect(read.json).toEqual(json);
    expect(read.bin).toEqual(TRIANGLE_BYTES);
  });

  it.each([
    ['is no glTF', new TextEncoder().encode('this is a text and not a model'), 'broken'],
    ['ends in its header', triangleGlb().slice(0, 14), 'broken'],
    ['is shorter than it says', triangleGlb().slice(0, 60), 'broken'],
    ['is of version 1', changed(triangleGlb(), 4, 1), 'version'],
    ['has a part beyond its end', changed(triangleGlb(), 12, 0x7fffffff), 'broken'],
    ['holds no JSON', changed(triangleGlb(), 20, 0x21212121), 'broken'],
  ])('that %s is refused', (_, bytes, refusal) => {
    expect(readGlb(bytes)).toBe(refusal);
  });
});

describe('a model that somebody brings', () => {
  it('is counted and measured', () => {
    const model = checked({ nodes: [{ mesh: 0, children: [1], scale: [2, 2, 2] }, { mesh: 0, translation: [0, 3, 0] }] });
    expect(model).toMatchObject({ triangles: 2, bounds: { low: [-2, 0, 0], high: [2, 8, 0] } });
  });

  it('keeps nothing that is not known', () => {
    const model = checked({ extras: { a: 1 }, animations: [{}], cameras: [{}], nodes: [{ mesh: 0, camera: 0, extras: { b: 2 }, extensions: { KHR_lights_punctual: { light: 0 } } }] });
    expect(JSON.stringify(model)).not.toMatch(/extras|animations|camera|lights/);
  });

  it('given everything is embedded as text then it becomes one block of bytes', () => {
    const json = triangleGltf({
      buffers: [{ uri: dataUri(TRIANGLE_BYTES), byteLength: 36 }],
      images: [{ uri: dataUri(pngHeader(4, 4)), mimeType: 'image/png' }],
      textures: [{ source: 0 }],
    });
    const model = checkedModel({ json, bin: new Uint8Array(0) });
    expect(model).toMatchObject({ triangles: 1, json: { images: [{ bufferView: 1, mimeType: 'image/png' }], buffers: [{ byteLength: 72 }] } });
    expect(JSON.stringify(model)).not.toContain('data:');
  });

  it.each<[string, Json, string]>([
    ['refers to a file beside it', { buffers: [{ uri: 'triangle.bin', byteLength: 36 }] }, 'external'],
    ['refers to another server', { images: [{ uri: 'https://example.com/spy.png' }] }, 'external'],
    ['needs Draco', { extensionsRequired: ['KHR_draco_mesh_compression'] }, 'draco'],
    ['uses Draco', { meshes: [{ primitives: [{ attributes: { POSITION: 0 }, extensions: { KHR_draco_mesh_compression: {} } }] }] }, 'draco'],
    ['needs KTX2', { extensionsRequired: ['KHR_texture_basisu'] }, 'basisu'],
    ['has textures in KTX2 only', { textures: [{ extensions: { KHR_texture_basisu: { source: 0 } } }] }, 'basisu'],
    ['needs what nobody knows', { extensionsRequired: ['EXT_unheard_of'] }, 'unsupported'],
    ['is of another version', { asset: { version: '1.0' } }, 'version'],
    ['says nothing about itself', { asset: 7 }, 'version'],
    ['shows nothing', { nodes: [{}] }, 'empty'],
    ['claims more points than there are', { accessors: [{ bufferView: 0, componentType: 5126, count: 4, type: 'VEC3' }] }, 'broken'],
    ['claims numbers out of nothing', { accessors: [{ componentType: 5126, count: 200_000_000, type: 'MAT4' }] }, 'too-much'],
    ['claims more points than there are numbers', { accessors: [{ componentType: 5126, count: 1e300, type: 'VEC3' }] }, 'broken'],
    ['reads beyond its bytes', { bufferViews: [{ buffer: 0, byteOffset: 30, byteLength: 36 }] }, 'broken'],
    ['reads before its bytes', { bufferViews: [{ buffer: 0, byteOffset: -4, byteLength: 36 }] }, 'broken'],
    ['hangs in itself', { nodes: [{ mesh: 0, children: [1] }, { children: [0] }] }, 'broken'],
    ['hangs in two places', { nodes: [{ mesh: 0, children: [2] }, { children: [2] }, {}] }, 'broken'],
    ['names a mesh that is not there', { nodes: [{ mesh: 9 }] }, 'broken'],
    ['has properties of the wrong kind', { meshes: [{ primitives: [{ attributes: [] }] }] }, 'broken'],
    ['unpacks to more than there is room for', { bufferViews: [{ buffer: 0, byteLength: 36, extensions: { EXT_meshopt_compression: { buffer: 0, byteLength: 36, byteStride: 256, count: 200_000_000 } } }] }, 'too-much'],
  ])('and that %s is refused', (_, more, refusal) => {
    expect(checked(more)).toBe(refusal);
  });

  it('is refused where it draws its triangles too often', () => {
    const count = 300_000;
    const bin = new Uint8Array(count * 12);
    const more = {
      nodes: Array.from({ length: 25 }, () => ({ mesh: 0 })),
      scenes: [{ nodes: Array.from({ length: 25 }, (_, index) => index) }],
      accessors: [{ bufferView: 0, componentType: 5126, count, type: 'VEC3' }],
      bufferViews: [{ buffer: 0, byteLength: bin.length }],
      buffers: [{ byteLength: bin.length }],
    };
    expect(checked(more, bin)).toBe('too-much');
  });

  it('is refused where its nodes hang in each other too deeply', () => {
    const nodes = Array.from({ length: 5_000 }, (_, index) => ({ mesh: 0, children: index === 4_999 ? [] : [index + 1] }));
    expect(checked({ nodes })).toBe('too-much');
  });

  it('is refused where an image inside of it is larger than a browser can hold', () => {
    const bin = new Uint8Array(72);
    bin.set(TRIANGLE_BYTES);
    bin.set(pngHeader(60_000, 60_000), 36);
    const more = { bufferViews: [{ buffer: 0, byteLength: 36 }, { buffer: 0, byteOffset: 36, byteLength: 33 }], images: [{ bufferView: 1 }], buffers: [{ byteLength: 72 }] };
    expect(checked(more, bin)).toBe('too-much');
  });

  it('whatever single value is broken, it is refused or drawn, and nothing else happens', () => {
    const values: readonly unknown[] = [null, -1, 1.5, 1e308, '', 'x', [], {}, true, [[]], [null], ['__proto__']];
    for (const path of paths(triangleGltf({ materials: [{}], textures: [], skins: [{ joints: [0] }] }))) {
      for (const value of values) {
        const json = structuredClone(triangleGltf({ materials: [{}], textures: [], skins: [{ joints: [0] }] }));
        put(json, path, value);
        const answer = checkedModel({ json, bin: TRIANGLE_BYTES });
        expect(typeof answer === 'string' || answer.triangles >= 1, `${path.join('.')} = ${JSON.stringify(value)}`).toBe(true);
      }
    }
  });
});

function changed(bytes: Uint8Array<ArrayBuffer>, at: number, value: number): Uint8Array<ArrayBuffer> {
  new DataView(bytes.buffer).setUint32(at, value, true);
  return bytes;
}

type Path = readonly (string | number)[];

function paths(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inside = Object.entries(value).flatMap(([key, each]) => paths(each, [...at, key]));
  return at.length === 0 ? inside : [at, ...inside];
}

function put(target: unknown, path: Path, value: unknown): void {
  let holder = target as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string | number, unknown>;
  holder[path.at(-1) ?? ''] = value;
}
