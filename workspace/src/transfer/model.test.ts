import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decode, type SceneElement } from '../scene/sceneElement';
import { modelOf } from './model';

/** As browsers have it, as far as three.js's exporter asks. */
class Reader {
  result: string | ArrayBuffer = '';
  onloadend: () => void = () => undefined;

  readAsDataURL(blob: Blob): void {
    void blob.arrayBuffer().then((buffer) => this.end(`data:application/octet-stream;base64,${Buffer.from(buffer).toString('base64')}`));
  }

  readAsArrayBuffer(blob: Blob): void {
    void blob.arrayBuffer().then((buffer) => this.end(buffer));
  }

  private end(result: string | ArrayBuffer): void {
    this.result = result;
    this.onloadend();
  }
}

interface GltfNode {
  readonly name: string;
  readonly children?: readonly number[];
  readonly matrix?: readonly number[];
  readonly extras?: Readonly<Record<string, string>>;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

interface Gltf {
  readonly nodes: readonly GltfNode[];
  readonly scenes: readonly { readonly nodes: readonly number[] }[];
  readonly meshes: readonly unknown[];
  readonly materials: readonly { readonly alphaMode?: string; readonly pbrMetallicRoughness: { readonly metallicFactor: number; readonly roughnessFactor: number } }[];
  readonly extensions?: { readonly KHR_lights_punctual: { readonly lights: readonly { readonly type: string }[] } };
}

function element(id: string, elementType: string, parent: string | null, props: Parameters<typeof decode>[0]['props'] = {}): SceneElement {
  return decode({ id, elementType, parent, props: { name: id, ...props } });
}

beforeEach(() => {
  vi.stubGlobal('FileReader', Reader);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a scene as glTF', () => {
  it('given groups then nodes hold nodes, each as it is placed inside of its parent', async () => {
    const model = JSON.parse(
      await modelOf([
        element('stand', 'group', null, { position: [3, 0, 0] }),
        element('wall', 'box', 'stand', { position: [0, 1, 0], metalness: 1, opacity: 0.5 }),
        element('shelf', 'box', 'wall', { position: [0, 0, 0.5], metalness: 1, opacity: 0.5 }),
        element('sign', 'label', null, { text: 'Way in' }),
        element('photo', 'image', null, { asset: 'a1' }),
        element('lamp', 'light', 'stand', { light: 'spot' }),
      ]),
    ) as Gltf;
    const byName = new Map(model.nodes.map((node) => [node.name, node]));
    const below = (name: string) => (byName.get(name)?.children ?? []).map((index) => model.nodes[index]?.name);
    expect((model.scenes[0]?.nodes ?? []).map((index) => model.nodes[index]?.name)).toEqual(['stand', 'sign', 'photo']);
    expect(below('stand')).toEqual(['wall', 'lamp']);
    expect(below('wall')).toEqual(['shelf']);
    expect(byName.get('wall')?.matrix?.slice(12, 15)).toEqual([0, 1, 0]);
    expect(byName.get('sign')?.extras).toEqual({ element: 'sign', kind: 'label', text: 'Way in' });
    expect(byName.get('photo')?.extras).toEqual({ element: 'photo', kind: 'image', asset: 'a1' });
    expect(model.extensions?.KHR_lights_punctual.lights.map(({ type }) => type)).toEqual(['spot']);
    expect(model.materials).toHaveLength(1);
    expect(model.materials[0]).toMatchObject({ alphaMode: 'BLEND', pbrMetallicRoughness: { metallicFactor: 1, roughnessFactor: 0.52 } });
  });
});
