import { describe, expect, it } from 'vitest';
import { mediaCatalogues } from './messages';
import { LARGEST_FILE, plainName, prepared, seemsToBe } from './preparedFile';
import { pngHeader, TRIANGLE_BYTES, triangleGlb, triangleGltf } from './testModels';

const file = (name: string, ...parts: BlobPart[]) => new File(parts, name);
const square = () => Promise.resolve(1);

describe('a file that is to be added', () => {
  it('given an image then its content says what it is, whatever its name', async () => {
    expect(await prepared(file('Poster.final.jpg', pngHeader(200, 100)), () => Promise.resolve(2))).toMatchObject({
      kind: 'image', name: 'Poster.final', mediaType: 'image/png', aspect: 2, scale: [1, 1, 1], width: 2,
    });
  });

  it('given a model then it is uploaded as it is', async () => {
    const bytes = triangleGlb();
    const ready = await prepared(file('Chair.glb', bytes));
    expect(ready).toMatchObject({ kind: 'model', name: 'Chair', mediaType: 'model/gltf-binary', scale: [2, 2, 2] });
    if ('refusal' in ready) throw new Error(ready.refusal);
    expect(new Uint8Array(await ready.data.arrayBuffer())).toEqual(bytes);
    expect(ready.manyTriangles).toBeUndefined();
  });

  it('given a gltf with everything embedded then it becomes a glb', async () => {
    const uri = `data:application/octet-stream;base64,${btoa(String.fromCharCode(...TRIANGLE_BYTES))}`;
    const ready = await prepared(file('Chair.gltf', JSON.stringify(triangleGltf({ buffers: [{ uri, byteLength: 36 }] }))));
    if ('refusal' in ready) throw new Error(ready.refusal);
    expect(new TextDecoder().decode((await ready.data.arrayBuffer()).slice(0, 4))).toBe('glTF');
  });

  it('given so many triangles that it may be slow then that is said', async () => {
    const count = 1_600_000;
    const [POSITION] = [0];
    const json = triangleGltf({
      meshes: [{ primitives: [{ attributes: { POSITION }, indices: 1 }] }],
      accessors: [{ bufferView: 0, componentType: 5126, count: 3, type: 'VEC3' }, { bufferView: 1, componentType: 5121, count, type: 'SCALAR' }],
      bufferViews: [{ buffer: 0, byteLength: 36 }, { buffer: 0, byteOffset: 36, byteLength: count }],
      buffers: [{ byteLength: 36 + count }],
    });
    const bin = new Uint8Array(36 + count);
    bin.set(TRIANGLE_BYTES);
    const { packGlb } = await import('./glb');
    expect(await prepared(file('dense.glb', packGlb({ json, bin })))).toMatchObject({ manyTriangles: 533_333 });
  });

  it.each<[string, File, string]>([
    ['nothing', file('a.png'), 'empty-file'],
    ['too much', file('a.png', new Uint8Array(LARGEST_FILE + 1)), 'too-large'],
    ['a page', file('a.html', '<script>alert(1)</script>'), 'kind'],
    ['a drawing that could run', new File(['<svg onload="alert(1)"/>'], 'a.svg', { type: 'image/svg+xml' }), 'not-an-image'],
    ['an image of too many pixels', file('a.png', pngHeader(20_000, 20_000)), 'too-many-pixels'],
    ['a model of another server', file('a.gltf', JSON.stringify(triangleGltf({ buffers: [{ uri: 'https://example.com/a.bin', byteLength: 36 }] }))), 'external'],
    ['a model that is none', file('a.glb', 'none'), 'broken'],
  ])('given %s then it is refused', async (_, given, refusal) => {
    expect(await prepared(given, square)).toEqual({ refusal });
    for (const { reasons } of Object.values(mediaCatalogues)) expect(reasons[refusal as keyof typeof reasons]).toBeTruthy();
  });

  it('given it cannot be decoded then it is refused', async () => {
    expect(await prepared(file('a.png', pngHeader(10, 10)), () => Promise.reject(new Error('decode')))).toEqual({ refusal: 'not-an-image' });
  });

  it('is told from a session file by its name', () => {
    expect(seemsToBe(file('Stand.json'))).toBe('session');
    expect(seemsToBe(file('Stand.gltf'))).toBe('media');
    expect(seemsToBe(file('Stand.png'))).toBe('media');
  });

  it('gives its name without ending and control characters', () => {
    expect(plainName('Ein Plan\u0007.v2.webp')).toBe('Ein Plan .v2');
    expect(plainName('x'.repeat(300)).length).toBe(120);
  });
});
